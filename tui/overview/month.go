package overview

import (
	"slices"

	"coffer/ledger"
)

// leastMonths is how many months it takes to call something usual.
const leastMonths = 3

// A month is what the present month has cost so far.
type month struct {
	total  ledger.Amount
	usual  ledger.Amount // by the same day; not known without enough months
	rows   []group
	others []ledger.Amount // spent in other currencies
}

// A group is the spending in one primary category.
type group struct {
	key, label string
	amount     ledger.Amount
	usual      ledger.Amount
	count      int
}

// learnMonth sums the month that today is in and compares it with those before.
func learnMonth(b *ledger.Book, main ledger.Currency, today ledger.Date) month {
	m := month{total: ledger.NewAmount(0, main)}
	for _, s := range b.Spending(today.Month().Period(), ledger.ByCategory) {
		if s.Currency != main {
			m.others = append(m.others, s.Total)
			continue
		}
		m.total = s.Total
		for _, r := range s.Rows {
			m.rows = append(m.rows, group{key: r.Key, label: r.Label, amount: r.Amount, count: r.Count})
		}
	}
	before := earlier(b, main, today)
	m.usual = usual(before, main, func(s ledger.Spending) int64 { return s.Total.Minor() })
	for i, g := range m.rows {
		m.rows[i].usual = usual(before, main, func(s ledger.Spending) int64 {
			for _, r := range s.Rows {
				if r.Key == g.key {
					return r.Amount.Minor()
				}
			}
			return 0
		})
	}
	return m
}

// earlier returns the spending of up to twelve months before, each up to the day
// of the month that today is. Months before the ledger begins are left out, and so
// is its first: the bank may have begun in the middle of it.
func earlier(b *ledger.Book, main ledger.Currency, today ledger.Date) []ledger.Spending {
	if b.Len() == 0 {
		return nil
	}
	began := b.Entry(ledger.Row(b.Len() - 1)).Date.Month()
	_, _, day := today.YMD()
	var all []ledger.Spending
	for back := 1; back <= trendMonths; back++ {
		m := today.Month().Add(-back)
		if m.Compare(began) <= 0 {
			break
		}
		first, last := m.First(), m.Last()
		if today != today.Month().Last() { // the whole month is compared with whole months
			last = m.First().AddDays(min(day, ledger.Period{From: first, To: last}.Days()) - 1)
		}
		s := ledger.Spending{Total: ledger.NewAmount(0, main)}
		for _, one := range b.Spending(ledger.Period{From: first, To: last}, ledger.ByCategory) {
			if one.Currency == main {
				s = one
			}
		}
		all = append(all, s)
	}
	return all
}

// usual returns the median of a figure over some months, and an amount that is not
// known when the months are too few.
func usual(months []ledger.Spending, cur ledger.Currency, of func(ledger.Spending) int64) ledger.Amount {
	if len(months) < leastMonths {
		return ledger.Amount{}
	}
	figures := make([]int64, len(months))
	for i, m := range months {
		figures[i] = of(m)
	}
	slices.Sort(figures)
	mid := len(figures) / 2
	median := figures[mid]
	if len(figures)%2 == 0 {
		median = figures[mid-1] + (figures[mid]-figures[mid-1])/2
	}
	return ledger.NewAmount(median, cur)
}
