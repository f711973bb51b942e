package bank

import "time"

// A purse is how a resident keeps the main account between a floor and a
// ceiling: what is too much goes into savings, and is invested when savings are
// large enough; what is missing comes back. Sums are in cents of 2025.
type purse struct {
	floor, ceiling int64
	savings        *account // nil is none: what is too much is invested at once
	cushion        int64    // what savings hold at the turn of the year
	rate           int64    // of savings, yearly, in hundredths of a per cent
	nest           *portfolio
	toSavings      payee
	fromMain       payee
	fromSavings    payee
	toMain         payee
	investing      payee
	interest       payee
}

// saves says where what is too much goes. Without savings there is nothing to
// fall back on, so the ceiling has to leave room for a bad month.
func (r *resident) saves(p purse) {
	p.investing = moved("EMBER INDEX FUNDS PURCHASE", "TRANSFER_OUT_INVESTMENT_AND_RETIREMENT_FUNDS", "HIGH")
	if s := p.savings; s != nil {
		p.toSavings = moved("TRANSFER TO SAVINGS "+tail(s), "TRANSFER_OUT_SAVINGS", "HIGH")
		p.fromMain = moved("TRANSFER FROM CHECKING "+tail(r.main), "TRANSFER_IN_SAVINGS", "HIGH")
		p.fromSavings = moved("TRANSFER TO CHECKING "+tail(r.main), "TRANSFER_OUT_SAVINGS", "MEDIUM")
		p.toMain = moved("TRANSFER FROM SAVINGS "+tail(s), "TRANSFER_IN_SAVINGS", "HIGH")
		p.interest = payee{text: "INTEREST PAID", category: "INCOME_INTEREST_EARNED", channel: "other", code: "interest", party: "financial_institution"}
	}
	r.purse = p
}

// A draw brings what an account of the household holds above a reserve to the
// main account, once a month: a partner's share, an owner's draw.
type draw struct {
	from    *account
	day     int
	reserve int64
	out, in payee
}

// keep does the money's own business of a day.
func (r *resident) keep(d day) {
	for i := range r.draws {
		w := &r.draws[i]
		if spare := round(w.from.current-w.from.pending-r.priced(d, w.reserve), 25_00); r.falls(d, w.day) && spare > 0 {
			r.transfer(r.occasionOf(stirText(w.from.key, "draw"), d, 0), route{w.from, r.main, &w.out, &w.in}, spare, spare)
		}
	}
	if r.falls(d, 22) {
		r.putAway(d)
	}
	if r.purse.savings == nil {
		return
	}
	r.fallBack(d)
	if r.date(d).month == time.January && r.falls(d, 12) {
		spare := round(r.purse.savings.current-r.priced(d, r.purse.cushion), 100_00)
		r.grow(d, r.purse.savings, spare)
	}
	r.credit(d, r.purse.savings, &r.purse.interest, r.purse.rate)
}

// putAway takes what the main account holds above its ceiling.
func (r *resident) putAway(d day) {
	p := &r.purse
	spare := round(r.main.current-r.main.pending-r.priced(d, p.ceiling), 25_00)
	switch {
	case spare == 0:
	case p.savings == nil:
		r.grow(d, r.main, spare)
	default:
		r.transfer(r.occasion("saving", d, 0), route{r.main, p.savings, &p.toSavings, &p.fromMain}, spare, spare)
	}
}

// fallBack brings money back from savings before the main account runs dry.
func (r *resident) fallBack(d day) {
	p := &r.purse
	there := r.main.current - r.main.pending
	if floor := r.priced(d, p.floor); there < floor {
		middle := (floor + r.priced(d, p.ceiling)) / 2
		if need := min(round(middle-there, 25_00), round(p.savings.current, 25_00)); need > 0 {
			r.transfer(r.occasion("fall back", d, 0), route{p.savings, r.main, &p.fromSavings, &p.toMain}, need, need)
		}
	}
}

// grow invests: in the household's own portfolio, or in one elsewhere.
func (r *resident) grow(d day, from *account, cents int64) {
	if cents <= 0 {
		return
	}
	r.settle(r.occasion("investing", d, 0), from, &r.purse.investing, cents, 9*hour)
	if r.purse.nest != nil {
		r.purse.nest.deposit(d.at(16*hour), deposited, cents)
	}
}
