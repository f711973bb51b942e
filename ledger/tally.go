package ledger

import (
	"cmp"
	"math"
	"slices"
)

// A tally adds up spending by group and currency.
type tally struct {
	book   *Book
	column []uint32 // what rows are grouped by
	group  []uint32 // the group of each value in column; nil: the value itself
	keys   []string // of each group
	label  func(key string) string
	seen   []bool // the currencies that have rows in the period

	// The cells, by currency and then group: all of them, or those in use when
	// they are many more than the rows to count.
	dense  []cell
	sparse map[int]*cell
}

// A cell is what was spent in one group and currency.
type cell struct {
	spent, previous sum
	count           int
}

func (b *Book) newTally(by Grouping, p Period) *tally {
	f := b.facts
	t := &tally{book: b, seen: make([]bool, len(f.currencies))}
	switch by {
	case ByMerchant:
		t.column, t.keys, t.label = f.payee, f.payees.values, payeeLabel
	case ByAccount:
		t.column, t.label = f.account, b.accountLabel
		t.groupBy(len(f.accounts.values), func(n int) string { return string(f.accounts.values[n]) })
	default:
		t.column, t.label = b.category, func(key string) string { return Category(key).Label() }
		t.groupBy(len(b.categories.values), func(n int) string {
			c := b.categories.values[n]
			if by == ByDetailed && c != "" {
				return string(c)
			}
			return string(c.Primary())
		})
	}
	from, to := f.between(p)
	pastFrom, pastTo := f.between(p.Previous())
	const few = 4096
	if cells := len(t.keys) * len(f.currencies); cells <= few+4*(to-from+pastTo-pastFrom) {
		t.dense = make([]cell, cells)
	} else {
		t.sparse = map[int]*cell{}
	}
	t.count(from, to)
	t.countPrevious(pastFrom, pastTo)
	return t
}

// groupBy makes one group of those of n values that have one key.
func (t *tally) groupBy(n int, key func(int) string) {
	index := make(map[string]uint32, n)
	t.group = make([]uint32, n)
	for i := range n {
		k := key(i)
		g, ok := index[k]
		if !ok {
			g = uint32(len(t.keys))
			index[k] = g
			t.keys = append(t.keys, k)
		}
		t.group[i] = g
	}
}

// count adds the rows of the period. Rows that are not spending are added as
// nothing: a branch that goes either way costs more than the sum.
func (t *tally) count(from, to int) {
	f, marks := t.book.facts, t.book.marks
	for row := from; row < to; row++ {
		t.seen[f.currency[row]] = true
		one := marks[row] & spending
		c := t.cell(row)
		c.count += int(one)
		c.spent.sub(f.minor[row] * int64(one))
	}
}

func (t *tally) countPrevious(from, to int) {
	f, marks := t.book.facts, t.book.marks
	for row := from; row < to; row++ {
		t.cell(row).previous.sub(f.minor[row] * int64(marks[row]&spending))
	}
}

func (t *tally) cell(row int) *cell {
	g := t.column[row]
	if t.group != nil {
		g = t.group[g]
	}
	n := int(t.book.facts.currency[row])*len(t.keys) + int(g)
	if t.dense != nil {
		return &t.dense[n]
	}
	c := t.sparse[n]
	if c == nil {
		c = new(cell)
		t.sparse[n] = c
	}
	return c
}

// cells calls use with each group of a currency that has a cell.
func (t *tally) cells(currency uint32, use func(group int, c *cell)) {
	first := int(currency) * len(t.keys)
	if t.dense != nil {
		for group := range t.keys {
			use(group, &t.dense[first+group])
		}
		return
	}
	for n, c := range t.sparse {
		if first <= n && n < first+len(t.keys) {
			use(n-first, c)
		}
	}
}

// report makes the report of one currency.
func (t *tally) report(currency uint32, p Period) Spending {
	cur := t.book.facts.currencies[currency]
	var total, previous sum
	var lines []line
	t.cells(currency, func(group int, c *cell) {
		total.plus(c.spent)
		previous.plus(c.previous)
		if c.count > 0 {
			lines = append(lines, line{t.keys[group], c})
		}
	})
	sortLines(lines)
	s := Spending{Period: p, Currency: cur, Total: total.amount(cur), Previous: previous.amount(cur)}
	s.Rows = make([]SpendingRow, len(lines))
	for i, l := range lines {
		s.Rows[i] = SpendingRow{
			Key: l.key, Label: t.label(l.key), Count: l.count,
			Amount: l.spent.amount(cur), Previous: l.previous.amount(cur),
		}
	}
	return s
}

// A line is a cell that becomes a line of a report.
type line struct {
	key string
	*cell
}

// sortLines puts the largest first, ties by key. Sums that fit in 64 bits, as
// all but absurd ones do, are sorted as numbers; the others by comparison.
func sortLines(lines []line) {
	compare := func(x, y line) int {
		return cmp.Or(y.spent.compare(x.spent), cmp.Compare(x.key, y.key))
	}
	const worthwhile = 256
	if len(lines) < worthwhile || slices.ContainsFunc(lines, func(l line) bool { return l.spent.isLong() }) {
		slices.SortFunc(lines, compare)
		return
	}
	list := make([]keyed, len(lines))
	for i, l := range lines {
		list[i] = keyed{math.MaxInt64 - l.spent.lo, uint32(i)} // wraps to the right order
	}
	radixSort(list, make([]keyed, len(list)))
	sorted := make([]line, len(lines))
	for i, k := range list {
		sorted[i] = lines[k.row]
	}
	copy(lines, sorted)
	for lo, hi := 0, 0; lo < len(lines); lo = hi {
		for hi = lo + 1; hi < len(lines) && lines[hi].spent == lines[lo].spent; hi++ {
		}
		slices.SortFunc(lines[lo:hi], compare)
	}
}
