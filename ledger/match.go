package ledger

import "math"

// maxMinor is the largest number of minor units.
const maxMinor = math.MaxInt64

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
		wanted := make([]bool, len(f.accounts.texts))
		for _, id := range q.Accounts {
			if n, ok := f.accounts.number(id); ok {
				wanted[n] = true
			}
		}
		m.tests = append(m.tests, among(f.account, wanted))
	}
	if q.Category != "" {
		m.tests = append(m.tests, among(b.category, where(b.categories.texts, q.Category.holds)))
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
	for _, word := range splitWords(q.Text) {
		m.tests = append(m.tests, f.contains(fold(word)))
	}
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

// contains tests the texts of a row for a folded word.
func (f *facts) contains(word string) test {
	paid := f.payeesWith(word)
	return func(lo, hi int, m *mask) {
		var hits mask
		f.rowTexts[lo/blockRows].mark(word, &hits)
		for i := range hi - lo {
			if paid[f.payee[lo+i]] {
				hits.set(i)
			}
		}
		for w := range m {
			m[w] &= hits[w]
		}
	}
}

// payeesWith returns, for each payee, whether its name contains a folded word.
func (f *facts) payeesWith(word string) []bool {
	with := make([]bool, 0, len(f.payees.texts)+blockRows)
	for i := range f.payeeTexts {
		var hits mask
		f.payeeTexts[i].mark(word, &hits)
		for row := range f.payeeTexts[i].ends {
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
