package transactions

import "coffer/ledger"

// dayLimit is how many rows of one day are added up. Nobody has as many; a file
// that does must not make a key press slow.
const dayLimit = 4096

// A dayTotal is what the rows of one day on the list come to, by currency.
type dayTotal struct {
	sums []daySum
	// open is true when there may be rows of the day that are not here yet, or
	// too many of them.
	open bool
}

type daySum struct {
	sum   ledger.Amount
	count int
}

// day returns the total of the day that row i is in. It is kept: the rows of a
// list do not change.
func (m *Model) day(i int, e ledger.Entry) dayTotal {
	if t, ok := m.days[e.Date]; ok {
		return t
	}
	var t dayTotal
	t.add(e.Amount)
	n := 1
	walk := func(from, step int) {
		j := from + step
		for ; j >= 0 && j < len(m.list.rows); j += step {
			other := m.list.book.Entry(m.list.rows[j])
			if other.Date != e.Date {
				return
			}
			if n++; n > dayLimit {
				t.open = true
				return
			}
			t.add(other.Amount)
		}
		t.open = t.open || j >= 0 && !m.list.whole
	}
	walk(i, -1)
	walk(i, +1)
	if m.days == nil {
		m.days = map[ledger.Date]dayTotal{}
	}
	m.days[e.Date] = t
	return t
}

func (t *dayTotal) add(a ledger.Amount) {
	for i := range t.sums {
		s := &t.sums[i]
		if s.sum.Currency() != a.Currency() {
			continue
		}
		sum, err := s.sum.Add(a)
		if err != nil {
			t.open = true // beyond what can be counted: no total
			return
		}
		s.sum, s.count = sum, s.count+1
		return
	}
	t.sums = append(t.sums, daySum{a, 1})
}

// of returns the day's total in a currency, when there is more than one row to
// add up.
func (t dayTotal) of(cur ledger.Currency) (ledger.Amount, bool) {
	if t.open {
		return ledger.Amount{}, false
	}
	for _, s := range t.sums {
		if s.sum.Currency() == cur {
			return s.sum, s.count > 1
		}
	}
	return ledger.Amount{}, false
}
