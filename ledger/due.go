package ledger

import (
	"cmp"
	"slices"
)

// A Due is a payment that a bank waits for.
type Due struct {
	Account Account
	Day     Date   // the zero Date when the bank does not say
	Amount  Amount // the least to pay, positive; not Known when the bank does not say
	Late    bool   // the bank says that the day has gone by without it
}

// WithDebts returns a Book that knows on which terms money is owed; it replaces what
// was known. Everything else is shared with b.
func (b *Book) WithDebts(owed []Liabilities) *Book {
	next := *b
	next.debts = nil
	for _, told := range owed {
		next.debts = append(next.debts, told.List...)
	}
	return &next
}

// Dues lists the payments that are late, and those that are due from today to last, the
// soonest first. One that was made since the statement that asks for it is none.
func (b *Book) Dues(today, last Date) []Due {
	var dues []Due
	for _, l := range b.debts {
		acc, ok := b.Account(l.Account)
		if !ok || acc.IsEnded() {
			continue
		}
		switch late := l.IsOverdue(); {
		case late != nil && *late:
			amount := l.PastDue
			if amount.Sign() <= 0 {
				amount = l.Minimum
			}
			dues = append(dues, Due{acc, l.Due, amount, true})
		case l.Due.Compare(today) < 0, l.Due.Compare(last) > 0, l.isPaid():
		default:
			dues = append(dues, Due{acc, l.Due, l.Minimum, false})
		}
	}
	slices.SortStableFunc(dues, func(x, y Due) int {
		return cmp.Or(compareLate(x, y), x.Day.Compare(y.Day), CompareAccounts(x.Account, y.Account))
	})
	return dues
}

// compareLate puts what is late first.
func compareLate(x, y Due) int {
	switch {
	case x.Late == y.Late:
		return 0
	case x.Late:
		return -1
	}
	return 1
}

// isPaid reports whether there is nothing to pay, or what the last statement asks for
// was paid after it came. Where a bank has no statements nothing shows that.
func (l Liability) isPaid() bool {
	if l.Minimum.Known() && l.Minimum.Sign() == 0 {
		return true
	}
	return !l.StatementDate.IsZero() && l.StatementDate.Compare(l.LastPaid) < 0 &&
		l.Minimum.Known() && l.LastPayment.Known() && l.LastPayment.Currency() == l.Minimum.Currency() &&
		l.LastPayment.Minor() >= l.Minimum.Minor()
}
