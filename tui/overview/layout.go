package overview

import "slices"

// The parts of the screen, and what they need.
const (
	twoColumns = 76 // from here on the parts stand side by side
	columnGap  = 4
	tallest    = 8 // lines of the trend
	fewest     = 3 // categories and latest rows that are shown at the least
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
	width, left, right int // right is 0 with a single column
	trend              int // lines that the trend takes
	rows               [][]cell
	order              []target
}

// newLayout arranges the parts for a screen.
func newLayout(f *facts, width, height int) layout {
	l := layout{width: width, trend: 1}
	if f.banks == 0 && len(f.latest) == 0 {
		return l
	}
	if width < twoColumns {
		l.left = width - 2
		for i := range f.sums() {
			l.add(cell{draw: worthLine, index: i})
		}
		l.addApart(f)
		l.stack(l.monthPart(f, 8), []cell{{}}, l.trendPart(), []cell{{}}, l.needsPart(f), []cell{{}}, l.latestPart(f, 10))
		return l
	}
	l.left = (width - 2 - columnGap) / 2
	l.right = width - 2 - columnGap - l.left
	l.add(cell{})
	for i := range 3 {
		l.add(cell{draw: heroLines, index: i})
	}
	l.addApart(f)
	l.add(cell{})
	room := height - len(l.rows)
	if tall := room - len(l.monthPart(f, len(f.month.rows))) - 2; tall >= 5 {
		l.trend = min(tall, tallest)
	}
	left := l.leftColumn(f, room)
	right := slices.Concat(l.needsPart(f), []cell{{}})
	right = append(right, l.latestPart(f, max(fewest, room-len(right)-1))...)
	l.beside(left, right)
	return l
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
	if l.right == 0 {
		l.add(cell{})
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

// beside puts two columns beside one another. The cursor goes down the left one
// first.
func (l *layout) beside(left, right []cell) {
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
	for _, c := range slices.Concat(left, right) {
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
	return slices.IndexFunc(l.rows, func(row []cell) bool {
		return slices.ContainsFunc(row, func(c cell) bool { return c.target == t && t != target{} })
	})
}

func (l *layout) monthPart(f *facts, most int) []cell {
	cells := []cell{{draw: monthHead}, {draw: monthCompare}, {}}
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
