package bank

import "github.com/shopspring/decimal"

// A cardStatement is what a card asked for on the day it closed, and what
// became of that. It is known from the end of that day.
type cardStatement struct {
	closed, due day
	balance     int64
	paid        moment // when the payment posts on the card, 0 while there is none
}

// dueDay is the day on which the statement that closes on a day is collected.
func (b *book) dueDay(closed day, c *billing) day {
	d := closed + 1
	for b.date(d).dom != c.due {
		d++
	}
	return b.settles(d)
}

// cardDebt is what a card owes at a moment, by its own billing.
func (b *book) cardDebt(a *account, at moment) CardDebt {
	no := false
	debt := CardDebt{AccountID: a.ID, Overdue: &no}
	var last *cardStatement
	for i := range a.card.statements {
		s := &a.card.statements[i]
		if s.closed+1 > at.day() {
			break
		}
		last = s
		if s.paid != 0 && s.paid <= at {
			debt.LastPayment = money(s.balance)
			debt.LastPaymentDate = b.date(s.paid.day()).iso
		}
	}
	subject := int64(0)
	if last != nil {
		debt.Statement, debt.StatementDate = money(last.balance), b.date(last.closed).iso
		debt.MinimumPayment = money(0)
		if open := last.balance > 0 && (last.paid == 0 || last.paid > at); open {
			subject = last.balance
			if at.day() <= last.due {
				debt.MinimumPayment = money(minimumPayment(last.balance))
				debt.NextPaymentDueDate = b.date(last.due).iso
			}
		}
	}
	debt.APRs = a.aprs(subject)
	return debt
}

// minimumPayment is one per cent of a statement in whole dollars, at least
// forty dollars, and never more than the statement.
func minimumPayment(statement int64) int64 {
	return min(statement, max(40_00, (statement/100+99)/100*100))
}

// aprs are a card's rates. Nobody here carries a balance, so no interest is
// ever charged; subject is what purchases would be charged on.
func (a *account) aprs(subject int64) []APR {
	chance := dice{stirText(a.key, "apr")}
	purchase := int64(1749 + 25*chance.below(30))
	cash := max(purchase+500, 2899)
	rate := func(kind string, percent, subject int64) APR {
		return APR{Percentage: decimal.New(percent, -2), Type: kind, Subject: money(subject), InterestCharge: money(0)}
	}
	return []APR{
		rate("purchase_apr", purchase, subject),
		rate("balance_transfer_apr", purchase, 0),
		rate("cash_apr", cash, 0),
	}
}
