package bank

import (
	"slices"
	"time"
)

// An incoming is money that somebody is paid: on days of the month, every
// second Friday, or whenever a client gets round to it.
type incoming struct {
	payee     payee
	to        *account
	cents     int64 // of 2025
	vary      int   // perMille by which it differs from time to time
	days      []int // of the month, at most 24
	fortnight bool
	chance    int          // perMille on an open day
	months    []time.Month // none is all
}

// due tells whether an income comes on a day.
func (b *book) due(in *incoming, o *occasion) bool {
	today := b.date(o.day)
	switch {
	case len(in.months) > 0 && !slices.Contains(in.months, today.month):
		return false
	case in.fortnight:
		return b.payday(o.day)
	case in.chance > 0:
		return today.open && o.chance(in.chance)
	}
	return slices.ContainsFunc(in.days, func(dom int) bool { return b.falls(o.day, dom) })
}

// earn pays an income into its account. Wages and pensions follow the price
// level, but rise each March.
func (b *book) earn(in *incoming, d day) {
	o := b.occasion("income "+in.payee.text, d, 0)
	if !b.due(in, &o) {
		return
	}
	amount := o.about(b.wage(d, in.cents), in.vary)
	if in.chance > 0 {
		b.debit(o, in.to, &in.payee, -amount)
		return
	}
	b.settle(o, in.to, &in.payee, -amount, 3*hour+o.below(hour))
}

// payday is every second Friday, or the open day before it.
func (b *book) payday(d day) bool {
	for friday := d; friday < d+4; friday++ {
		if t := b.date(friday); t.weekday == time.Friday {
			return friday/7%2 == day(b.seed%2) && b.settledBy(friday) == d
		}
	}
	return false
}

// wage is a net pay: it follows the price level, but rises each March.
func (b *book) wage(d day, cents int64) int64 {
	return b.priced(max(b.first, d-59), cents)
}
