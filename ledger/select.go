package ledger

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// A SortKey is what a list is ordered by.
type SortKey string

// The orders: newest, largest sum (whatever its sign) and A first. Sums of
// several currencies are ordered by their number: 1200 yen before 12 dollars.
const (
	SortDate   SortKey = "date"
	SortAmount SortKey = "amount"
	SortPayee  SortKey = "payee"
)

// A Sort is an order of rows; Reverse turns it round. Ties are newest first and
// then by id, also when it is turned round. The zero Sort is by date.
type Sort struct {
	By      SortKey
	Reverse bool
}

// A Selection is the answer to a Query.
type Selection struct {
	Rows []Row
	// Sums are the sums of the rows, one per currency, in the order of
	// [Book.Spending].
	Sums []Amount
}

// Select returns every row that q wants, in order.
func (b *Book) Select(q Query, order Sort) Selection {
	m := b.matcher(q)
	var s Selection
	m.blocks(b.Len(), func(lo int, hits *mask) bool {
		s.Rows = appendRows(s.Rows, lo, hits)
		return true
	})
	s.Sums = b.facts.sums(s.Rows)
	b.facts.sort(s.Rows, order)
	return s
}

// First returns the newest rows that q wants, n at most. It stops as soon as it
// has them: the screen that a user types at waits for this, not for Select.
func (b *Book) First(q Query, n int) []Row {
	if n <= 0 {
		return nil
	}
	m := b.matcher(q)
	var rows []Row
	m.blocks(b.Len(), func(lo int, hits *mask) bool {
		rows = appendRows(rows, lo, hits)
		return len(rows) < n
	})
	return rows[:min(n, len(rows))]
}

func appendRows(rows []Row, lo int, hits *mask) []Row {
	for w, word := range hits {
		for ; word != 0; word &= word - 1 {
			rows = append(rows, Row(lo+64*w+bits.TrailingZeros64(word)))
		}
	}
	return rows
}

// sums adds up rows by currency.
func (f *facts) sums(rows []Row) []Amount {
	totals := make([]sum, len(f.currencies))
	seen := make([]bool, len(f.currencies))
	for _, r := range rows {
		c := f.currency[r]
		totals[c].add(f.minor[r])
		seen[c] = true
	}
	var list []Amount
	for _, c := range f.currencyOrder {
		if seen[c] {
			list = append(list, totals[c].amount(f.currencies[c]))
		}
	}
	return list
}

// sort puts rows, which are in the order of the Book, in another.
func (f *facts) sort(rows []Row, order Sort) {
	switch order.By {
	case SortAmount:
		f.sortByMagnitude(rows, order.Reverse)
	case SortPayee:
		rank := f.ranked()
		sortByKey(rows, order.Reverse, func(r Row) uint64 { return uint64(rank[f.payee[r]]) })
	default:
		if order.Reverse {
			f.oldestFirst(rows)
		}
	}
}

// sortByKey sorts rows by a number, the smallest first, or the largest.
func sortByKey(rows []Row, reverse bool, key func(Row) uint64) {
	flip := uint64(0)
	if reverse {
		flip = math.MaxUint64
	}
	list := make([]keyed, len(rows))
	for i, r := range rows {
		list[i] = keyed{key(r) ^ flip, uint32(r)}
	}
	radixSort(list, make([]keyed, len(list)))
	for i := range list {
		rows[i] = Row(list[i].row)
	}
}

// oldestFirst turns the days round and leaves the rows of each day as they are.
func (f *facts) oldestFirst(rows []Row) {
	slices.Reverse(rows)
	for lo, hi := 0, 0; lo < len(rows); lo = hi {
		for hi = lo + 1; hi < len(rows) && f.day[rows[hi]] == f.day[rows[lo]]; hi++ {
		}
		slices.Reverse(rows[lo:hi])
	}
}

// sortByMagnitude sorts rows by how much they moved, the largest first. Amounts
// are brought to the decimals of the currency that has most, in 128 bits if 64
// are too few.
func (f *facts) sortByMagnitude(rows []Row, smallestFirst bool) {
	scales := f.scales()
	scaled := func(r Row) (hi, lo uint64) {
		n := f.minor[r]
		return bits.Mul64(uint64(max(n, -n)), scales[f.currency[r]])
	}
	long := func(r Row) bool { hi, _ := scaled(r); return hi != 0 }
	if !slices.ContainsFunc(rows, long) {
		sortByKey(rows, !smallestFirst, func(r Row) uint64 { _, lo := scaled(r); return lo })
		return
	}
	slices.SortStableFunc(rows, func(x, y Row) int {
		if smallestFirst {
			x, y = y, x
		}
		xHi, xLo := scaled(x)
		yHi, yLo := scaled(y)
		return cmp.Or(cmp.Compare(yHi, xHi), cmp.Compare(yLo, xLo))
	})
}

// scales returns, for each currency, what makes its minor units as fine as those
// of the finest.
func (f *facts) scales() []uint64 {
	finest := 0
	for _, c := range f.currencies {
		finest = max(finest, c.Digits())
	}
	scales := make([]uint64, len(f.currencies))
	for i, c := range f.currencies {
		scales[i] = 1
		for range finest - c.Digits() {
			scales[i] *= 10
		}
	}
	return scales
}

// rankPayees returns the place of each payee in the alphabet. Payees that differ
// in case only are next to each other.
func (f *facts) rankPayees() []uint32 {
	type name struct {
		folded string
		number uint32
	}
	names := make([]name, len(f.payees.values))
	for i, text := range f.payees.values {
		names[i] = name{fold(text), uint32(i)}
	}
	slices.SortFunc(names, func(x, y name) int {
		return cmp.Or(cmp.Compare(x.folded, y.folded), cmp.Compare(f.payees.values[x.number], f.payees.values[y.number]))
	})
	rank := make([]uint32, len(names))
	for i, n := range names {
		rank[n.number] = uint32(i)
	}
	return rank
}
