package ledger

import (
	"cmp"
	"math/bits"
	"slices"
)

// A matcher finds the rows that a Query wants, block by block.
type matcher struct {
	from, to int // the rows of the period
	tests    []test
}

// A test takes those rows of a block out of m that are not wanted. The block's
// first row is lo, and hi the one after its last.
type test func(lo, hi int, m *mask)

// matcher compiles q. What no row has (an account, a payee) makes it empty.
func (b *Book) matcher(q Query) matcher {
	var m matcher
	f := b.facts
	m.from, m.to = f.between(q.Period)
	if q.Currency != (Currency{}) {
		m.tests = append(m.tests, among(f.currency, where(f.currencies, func(c Currency) bool { return c == q.Currency })))
	}
	if len(q.Accounts) > 0 {
		wanted := make([]bool, len(f.accounts.values))
		for _, id := range q.Accounts {
			if n, ok := f.accounts.number(id); ok {
				wanted[n] = true
			}
		}
		m.tests = append(m.tests, among(f.account, wanted))
	}
	if q.Category != "" {
		m.tests = append(m.tests, among(b.category, where(b.categories.values, q.Category.holds)))
	}
	if q.Payee != "" {
		if n, ok := f.payees.number(q.Payee); ok {
			m.tests = append(m.tests, equal(f.payee, n))
		} else {
			m.to = m.from
		}
	}
	if marks := q.marks(); marks != 0 {
		m.tests = append(m.tests, marked(b.marks, marks))
	}
	if q.Amount != (AmountRange{}) {
		m.tests = append(m.tests, f.within(q.Amount))
	}
	m.tests = append(m.tests, f.containsAll(splitWords(q.Text))...)
	return m
}

// holds reports whether a row of category c is in k or under it.
func (k Category) holds(c Category) bool {
	return c == k || c.Primary() == k
}

func (q Query) marks() mark {
	var m mark
	if q.Pending {
		m |= pending
	}
	if q.Spending {
		m |= spending
	}
	return m
}

// where returns, for each value, whether it is wanted.
func where[T any](values []T, want func(T) bool) []bool {
	wanted := make([]bool, len(values))
	for i, v := range values {
		wanted[i] = want(v)
	}
	return wanted
}

// keep makes a test of a function of the row.
func keep(want func(row int) bool) test {
	return func(lo, hi int, m *mask) {
		for w := range m {
			if m[w] == 0 {
				continue
			}
			first := lo + 64*w
			var bits uint64
			for i := range min(64, hi-first) {
				if want(first + i) {
					bits |= 1 << i
				}
			}
			m[w] &= bits
		}
	}
}

func among(column []uint32, wanted []bool) test {
	return keep(func(row int) bool { return wanted[column[row]] })
}

func equal(column []uint32, value uint32) test {
	return keep(func(row int) bool { return column[row] == value })
}

func marked(column []mark, want mark) test {
	return keep(func(row int) bool { return column[row]&want == want })
}

// within tests the amount of a row. A row without an amount is in no range.
func (f *facts) within(r AmountRange) test {
	type limit struct{ from, to int64 }
	limits := make([]limit, len(f.currencies))
	for i, cur := range f.currencies {
		if limits[i] = (limit{1, 0}); cur != (Currency{}) {
			limits[i].from, limits[i].to = r.minor(cur)
		}
	}
	return keep(func(row int) bool {
		n := f.minor[row]
		n = max(n, -n)
		l := limits[f.currency[row]]
		return l.from <= n && n <= l.to
	})
}

// containsAll returns the tests for words, the rarest first: it leaves the fewest
// rows to the others.
func (f *facts) containsAll(words []string) []test {
	var needles []needle
	for _, word := range words {
		needles = append(needles, f.rowBytes().needle(fold(word)))
	}
	slices.SortStableFunc(needles, func(x, y needle) int { return cmp.Compare(y.rarity, x.rarity) })
	var tests []test
	for _, n := range needles {
		tests = append(tests, f.contains(n))
	}
	return tests
}

// contains tests the texts of a row.
func (f *facts) contains(n needle) test {
	paid := f.payeesWith(f.payeeBytes().needle(n.word))
	return func(lo, hi int, m *mask) {
		var hits mask
		switch rows := m.count(); {
		case rows == 0:
			return
		case rows <= fewRows:
			f.rowTexts[lo/blockRows]().markFew(n, *m, &hits)
		default:
			f.rowTexts[lo/blockRows]().mark(n, &hits)
		}
		for w := range m {
			for left := m[w] &^ hits[w]; left != 0; left &= left - 1 {
				i := bits.TrailingZeros64(left)
				if !paid[f.payee[lo+64*w+i]] {
					m[w] &^= 1 << i
				}
			}
		}
	}
}

// fewRows is up to how many rows are searched one by one rather than the whole
// block at once.
const fewRows = 256

// payeesWith returns, for each payee, whether its name contains n.
func (f *facts) payeesWith(n needle) []bool {
	with := make([]bool, 0, len(f.payees.values)+blockRows)
	for _, block := range f.payeeTexts() {
		var hits mask
		block.mark(n, &hits)
		for row := range block.ends {
			with = append(with, hits.has(row))
		}
	}
	return with
}

// blocks calls use with each block of rows that m may want, newest first, until
// it returns false. Bit 0 of the mask is row lo.
func (m *matcher) blocks(rows int, use func(lo int, hits *mask) bool) {
	for lo := m.from - m.from%blockRows; lo < m.to; lo += blockRows {
		hits := span(m.from-lo, m.to-lo)
		hi := min(lo+blockRows, rows)
		for _, test := range m.tests {
			test(lo, hi, &hits)
		}
		if !use(lo, &hits) {
			return
		}
	}
}

// span returns a mask of the rows from one to before another, which may lie
// outside of the block.
func span(from, to int) mask {
	var m mask
	for i := max(from, 0); i < min(to, blockRows); i++ {
		m.set(i)
	}
	return m
}
