package bank

import "time"

var _ Indebted = (*login)(nil)

// Liabilities implements [Indebted]. Car loans are not among the debts that
// Plaid knows details of.
func (l *login) Liabilities(at time.Time) Liabilities {
	m := max(momentOf(at), l.from)
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.book
	b.liveUntil(m.day())
	var out Liabilities
	for _, a := range b.accounts {
		switch {
		case a.log != l.log:
		case a.card != nil:
			out.Cards = append(out.Cards, b.cardDebt(a, m))
		case a.loan == nil || !a.loan.running(m):
		case a.Subtype == "mortgage":
			out.Mortgages = append(out.Mortgages, b.mortgage(a, m))
		case a.Subtype == "student":
			out.Students = append(out.Students, b.studentLoan(a, m))
		}
	}
	return out
}
