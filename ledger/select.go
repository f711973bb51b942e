package ledger

import (
	"cmp"
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
	sign := 1
	if order.Reverse {
		sign = -1
	}
	switch order.By {
	case SortAmount:
		slices.SortStableFunc(rows, func(x, y Row) int { return sign * f.compareMagnitudes(y, x) })
	case SortPayee:
		rank := f.ranked()
		slices.SortStableFunc(rows, func(x, y Row) int { return sign * cmp.Compare(rank[f.payee[x]], rank[f.payee[y]]) })
	default:
		if order.Reverse {
			slices.SortStableFunc(rows, func(x, y Row) int { return cmp.Compare(f.day[x], f.day[y]) })
		}
	}
}

// compareMagnitudes compares how much two rows moved, each in its own currency.
func (f *facts) compareMagnitudes(x, y Row) int {
	xHi, xLo := f.magnitude(x)
	yHi, yLo := f.magnitude(y)
	return cmp.Or(cmp.Compare(xHi, yHi), cmp.Compare(xLo, yLo))
}

// magnitude returns how much a row moved in hundred-millionths, in 128 bits.
func (f *facts) magnitude(r Row) (hi, lo uint64) {
	n := f.minor[r]
	scale := uint64(1)
	for range unofficialDigits - f.currencies[f.currency[r]].Digits() {
		scale *= 10
	}
	return bits.Mul64(uint64(max(n, -n)), scale)
}

// rankPayees returns the place of each payee in the alphabet. Payees that differ
// in case only are next to each other.
func (f *facts) rankPayees() []uint32 {
	type name struct {
		folded string
		number uint32
	}
	names := make([]name, len(f.payees.texts))
	for i, text := range f.payees.texts {
		names[i] = name{fold(text), uint32(i)}
	}
	slices.SortFunc(names, func(x, y name) int {
		return cmp.Or(cmp.Compare(x.folded, y.folded), cmp.Compare(f.payees.texts[x.number], f.payees.texts[y.number]))
	})
	rank := make([]uint32, len(names))
	for i, n := range names {
		rank[n.number] = uint32(i)
	}
	return rank
}
