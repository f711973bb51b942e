package bank

import "time"

// save moves money between the family's own accounts, so that checking stays
// between a floor and a ceiling and the rest works.
func (f *family) save(d day) {
	if f.falls(d, 2) {
		f.transfer(f.occasion("partner's share", d, 0), route{f.partners, f.everyday, &f.words.partnersOut, &f.words.partnersIn}, f.partnersShare(d), f.partnersShare(d))
	}
	if f.falls(d, 7) {
		f.transfer(f.occasion("share savings", d, 0), route{f.everyday, f.share, &f.words.toShare, &f.words.shareIn}, 100_00, 100_00)
	}
	if f.falls(d, 9) && f.rainy.current > f.priced(d, 2_000_00) {
		f.invest(f.occasion("contribution", d, 0), f.everyday, &f.words.toFunds, round(f.priced(d, 275_00), 25_00))
	}
	if f.falls(d, 23) {
		f.sweep(d)
	}
	if f.date(d).month == time.January && f.falls(d, 16) {
		f.rebalance(d)
	}
	f.refill(d)
}

// partnersShare is what the partner puts into the common account: all above a
// reserve, in steps of fifty dollars.
func (f *family) partnersShare(d day) int64 {
	return max(50_00, round(f.partners.current-f.priced(d, 700_00), 50_00))
}

// sweep puts what checking holds above its ceiling into savings.
func (f *family) sweep(d day) {
	floor := f.priced(d, 2_700_00)
	if spare := round(f.everyday.current-f.everyday.pending-floor, 50_00); spare >= 300_00 {
		f.transfer(f.occasion("sweep", d, 0), route{f.everyday, f.rainy, &f.words.toRainy, &f.words.fromEveryday}, spare, spare)
	}
}

// refill takes money back from savings when checking would not last over the first of the month,
// when the house is paid.
func (f *family) refill(d day) {
	spendable := f.everyday.current - f.everyday.pending
	if spendable >= f.priced(d, 1_700_00) {
		return
	}
	need := round(f.priced(d, 2_500_00)-spendable, 50_00)
	if need = min(need, round(f.rainy.current, 1_00)); need > 0 {
		f.transfer(f.occasion("refill", d, 0), route{f.rainy, f.everyday, &f.words.fromRainy, &f.words.toEveryday}, need, need)
	}
}

// rebalance keeps the reserves at the size of some months' spending: once a
// year, what savings hold above it is invested.
func (f *family) rebalance(d day) {
	if spare := round(f.share.current-f.priced(d, 5_000_00), 100_00); spare >= 1_000_00 {
		f.transfer(f.occasion("share rebalance", d, 0), route{f.share, f.everyday, &f.words.shareOut, &f.words.shareBack}, spare, spare)
	}
	if spare := round(f.rainy.current-f.priced(d, 18_000_00), 500_00); spare >= 3_000_00 {
		f.invest(f.occasion("rainy rebalance", d, 0), f.rainy, &f.words.rainyToFunds, spare)
	}
}

// invest sends money to the brokerage account, which buys with it when the
// exchange closes.
func (f *family) invest(o occasion, from *account, p *payee, cents int64) {
	f.settle(o, from, p, cents, 5*hour+o.below(hour))
	f.funds.portfolio.deposit(o.day.at(16*hour), deposited, cents)
}
