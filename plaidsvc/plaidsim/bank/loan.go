package bank

import "time"

// A loan is a debt that equal monthly payments pay off. Its interest is worked
// out month by month, as the lender does, so the last payment is the odd one.
type loan struct {
	account *account
	start   month
	again   int // years after which a new one is taken out, 0 is never
	months  int // term
	rate    int // yearly interest in hundredths of a per cent
	amount  int64
	due     int   // day of the month
	escrow  int64 // of 2025, paid with each instalment
	payment int64 // the instalment, worked out when the loan is paid out
	payer   *account
	out     payee
	in      *payee // the row that a told loan account shows for an instalment, nil for others
	paidOut *payee // the same for the disbursement

	disbursed   day          // when it was last paid out
	instalments []instalment // since then
}

// A month is a civil month.
type month struct {
	year  int
	month time.Month
}

func (m month) index() int { return m.year*12 + int(m.month) - 1 }

// paid tells which payment of a loan is due in a month, 1 being the first; 0
// means that the loan is paid out in it, and ok is false while there is none.
func (l *loan) paid(now month) (n int, ok bool) {
	n = now.index() - l.start.index()
	if l.again > 0 {
		n = (n%(12*l.again) + 12*l.again) % (12 * l.again)
	}
	return n, n >= 0 && n <= l.months
}

// instalment is the equal payment that pays the loan off: the smallest one, to
// the cent, that leaves nothing after the term.
func (l *loan) instalment() int64 {
	low, high := int64(1), l.amount
	for low < high {
		middle := (low + high) / 2
		owed := l.amount
		for range l.months {
			owed += l.interest(owed) - middle
		}
		if owed <= 0 {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}

// interest is a month's interest on a debt, rounded to the cent.
func (l *loan) interest(owed int64) int64 {
	if owed <= 0 {
		return 0
	}
	return (owed*int64(l.rate) + 60_000) / 120_000
}

// serve does a loan's business of a day. It reports whether the loan was taken
// out on it.
func (b *book) serve(l *loan, d day) (taken bool) {
	if !b.falls(d, l.due) {
		return false
	}
	today := b.date(d)
	n, ok := l.paid(month{today.year, today.month})
	switch {
	case !ok:
		return false
	case n == 0:
		b.disburse(l, d)
		return true
	case l.account.current > 0:
		b.instal(l, d)
	}
	return false
}

// disburse pays the loan out to whom it was taken for: the family sees the debt.
func (b *book) disburse(l *loan, d day) {
	l.payment, l.disbursed, l.instalments = l.instalment(), d, nil
	if l.in == nil {
		l.account.move(d.at(10*hour), Disbursement, l.amount)
		return
	}
	b.settle(b.occasion("disbursement", d, 0), l.account, l.paidOut, l.amount, 10*hour)
}

// instal pays an instalment: interest and escrow go to the lender, the rest
// lowers the debt.
func (b *book) instal(l *loan, d day) {
	o := b.occasion("loan "+l.out.text, d, 0)
	interest := l.interest(l.account.current)
	principal := min(l.payment-interest, l.account.current)
	escrow := b.priced(d, l.escrow)
	l.instalments = append(l.instalments, instalment{d.at(6 * hour), interest, principal, escrow})
	b.settle(o, l.payer, &l.out, principal+interest+escrow, 4*hour+o.below(hour))
	if l.in == nil {
		l.account.move(d.at(6*hour), Principal, -principal)
		return
	}
	b.settle(o, l.account, l.in, -principal, 6*hour)
}
