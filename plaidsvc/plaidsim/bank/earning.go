package bank

import "time"

// earn is the family's income of a day.
func (f *family) earn(d day) {
	today := f.date(d)
	if f.payday(d) {
		o := f.occasion("salary", d, 0)
		f.settle(o, f.everyday, &f.words.salary, -f.wage(d, 2_190_00), 3*hour+o.below(hour))
	}
	if f.falls(d, 1) || f.falls(d, 15) {
		o := f.occasion("partner's pay", d, 0)
		f.settle(o, f.partners, &f.words.partnersPay, -f.wage(d, 885_00), 4*hour+o.below(hour))
	}
	switch {
	case today.month == time.December && f.falls(d, 15):
		f.debit(f.occasion("bonus", d, 0), f.everyday, &f.words.bonus, -f.wage(d, 1_600_00))
	case today.month == time.March && f.falls(d, 19):
		o := f.occasion("tax refund", d, 0)
		f.debit(o, f.everyday, &f.words.taxRefund, -o.about(f.priced(d, 1_480_00), 300))
	case today.month == time.April && f.falls(d, 8):
		o := f.occasion("state refund", d, 0)
		f.debit(o, f.everyday, &f.words.stateRefund, -o.about(f.priced(d, 310_00), 300))
	}
	f.credit(d, f.rainy, &f.words.interest, 290)
	f.credit(d, f.share, &f.words.shareInterest, 60)
}
