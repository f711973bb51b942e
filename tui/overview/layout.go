package overview

import "slices"

// The parts of the screen, and what they need.
const (
	twoColumns = 76 // from here on the parts stand side by side
	columnGap  = 4
	widest     = 80 // cells of the left one: its bars say no more when they are longer
	low        = 12 // lines below which there are none without text
	tallest    = 8  // lines of the trend
	fewest     = 3  // categories and latest rows that are shown at the least
)

// A cell is one line of one column: what to draw, and what the cursor on it means.
type cell struct {
	draw   drawing
	index  int
	target target
}

// A drawing names how a line is drawn.
type drawing int

const (
	blankLine drawing = iota
	heroLines         // the three lines of sums, drawn as one block
	worthLine         // one sum, in a narrow screen
	apartLine
	monthHead
	monthCompare
	categoryHead
	categoryLine
	categoryNone
	othersLine
	trendHead
	trendLine
	needsHead
	needLine
	needMore
	needNone
	latestHead
	latestLine
	latestNone
)

// A layout says what stands where: rows of one or two cells.
type layout struct {
	width, left, right int  // right is 0 with a single column
	trend              int  // lines that the trend takes
	low                bool // the screen has no lines to spare
	rows               [][]cell
	order              []target
}

// newLayout arranges the parts for a screen.
func newLayout(f *facts, width, height int) layout {
	l := layout{width: width, trend: 1, low: height < low}
	if f.banks == 0 && len(f.latest) == 0 {
		return l
	}
	if width < twoColumns {
		l.oneColumn(f)
	} else {
		l.twoColumns(f, height)
	}
	l.startAtTheTop(height)
	return l
}

// oneColumn puts the parts below one another: what needs the user first, when
// anything does.
func (l *layout) oneColumn(f *facts) {
	l.left = l.width - 2
	for i := range f.sums() {
		l.add(cell{draw: worthLine, index: i})
	}
	l.addApart(f)
	l.gap()
	gap, needs := []cell{{}}, l.needsPart(f)
	if len(f.needs) > 0 {
		l.stack(needs, gap, l.monthPart(f, 8), gap, l.trendPart(), gap, l.latestPart(f, 10))
		return
	}
	l.stack(l.monthPart(f, 8), gap, l.trendPart(), gap, needs, gap, l.latestPart(f, 10))
}

// twoColumns puts what needs the user and the latest rows beside the month.
func (l *layout) twoColumns(f *facts, height int) {
	l.left = min((l.width-2-columnGap)/2, widest)
	l.right = l.width - 2 - columnGap - l.left
	l.gap()
	for i := range 3 {
		l.add(cell{draw: heroLines, index: i})
	}
	l.addApart(f)
	l.gap()
	room := height - len(l.rows)
	if tall := room - len(l.monthPart(f, len(f.month.rows))) - 2; tall >= 5 {
		l.trend = min(tall, tallest)
	}
	left := l.leftColumn(f, room)
	needs := slices.Concat(l.needsPart(f), []cell{{}})
	l.beside(left, needs, l.latestPart(f, max(fewest, room-len(needs)-1)))
}

// startAtTheTop gives the cursor a place above the first thing to open when that
// is not on the first screenful: else the figures at the top could not be
// reached.
func (l *layout) startAtTheTop(height int) {
	if len(l.order) > 0 && l.find(l.order[0]) >= height {
		l.order = slices.Insert(l.order, 0, target{part: topPart})
	}
}

// gap adds a line without text where there are lines to spare.
func (l *layout) gap() {
	if !l.low {
		l.add(cell{})
	}
}

// leftColumn gives the categories what the month's head and the trend leave.
func (l *layout) leftColumn(f *facts, room int) []cell {
	trend := slices.Concat([]cell{{}}, l.trendPart())
	fixed := len(l.monthPart(f, 0)) + len(trend)
	return slices.Concat(l.monthPart(f, max(fewest, room-fixed)), trend)
}

func (l *layout) add(cells ...cell) { l.rows = append(l.rows, cells) }

// addApart adds the line of other currencies, if there are any.
func (l *layout) addApart(f *facts) {
	if len(f.apart) > 0 {
		l.add(cell{draw: apartLine})
	}
}

// stack puts parts below one another.
func (l *layout) stack(parts ...[]cell) {
	for _, part := range parts {
		for _, c := range part {
			l.add(c)
			l.note(c)
		}
	}
}

// beside puts two columns beside one another, the right one of two parts. The
// cursor begins with what needs the user; from there it goes down the left column.
func (l *layout) beside(left, needs, latest []cell) {
	right := slices.Concat(needs, latest)
	for i := range max(len(left), len(right)) {
		row := []cell{{}, {}}
		if i < len(left) {
			row[0] = left[i]
		}
		if i < len(right) {
			row[1] = right[i]
		}
		l.add(row...)
	}
	for _, c := range slices.Concat(needs, left, latest) {
		l.note(c)
	}
}

// note enters a cell that the cursor can be on.
func (l *layout) note(c cell) {
	if c.target != (target{}) {
		l.order = append(l.order, c.target)
	}
}

// targets lists what the cursor can be on, in its order.
func (l *layout) targets() []target { return l.order }

// find returns the row that t is in, -1 when there is none.
func (l *layout) find(t target) int {
	if t.part == topPart {
		return 0
	}
	return slices.IndexFunc(l.rows, func(row []cell) bool {
		return slices.ContainsFunc(row, func(c cell) bool { return c.target == t && t != target{} })
	})
}

func (l *layout) monthPart(f *facts, most int) []cell {
	cells := []cell{{draw: monthHead}, {draw: monthCompare}}
	if f.month.usual.Known() || !l.low {
		cells = append(cells, cell{draw: categoryHead})
	}
	for i := range min(most, len(f.month.rows)) {
		cells = append(cells, cell{draw: categoryLine, index: i, target: target{categoryPart, i + 1}})
	}
	if len(f.month.rows) == 0 {
		cells = append(cells, cell{draw: categoryNone})
	}
	if len(f.month.others) > 0 {
		cells = append(cells, cell{draw: othersLine})
	}
	return cells
}

func (l *layout) trendPart() []cell {
	cells := []cell{{draw: trendHead}}
	for i := range l.trend {
		cells = append(cells, cell{draw: trendLine, index: i})
	}
	return cells
}

func (l *layout) needsPart(f *facts) []cell {
	cells := []cell{{draw: needsHead}}
	for i, n := range f.needs {
		cells = append(cells, cell{draw: needLine, index: i, target: target{needPart, i + 1}})
		if n.more != "" {
			cells = append(cells, cell{draw: needMore, index: i})
		}
	}
	if len(f.needs) == 0 {
		cells = append(cells, cell{draw: needNone})
	}
	return cells
}

func (l *layout) latestPart(f *facts, most int) []cell {
	cells := []cell{{draw: latestHead}}
	for i := range min(most, len(f.latest)) {
		cells = append(cells, cell{draw: latestLine, index: i, target: target{latestPart, i + 1}})
	}
	if len(f.latest) == 0 {
		cells = append(cells, cell{draw: latestNone})
	}
	return cells
}
