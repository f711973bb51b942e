package bank

// Times of day in seconds after local midnight.
const (
	minute = 60
	hour   = 60 * minute
)

// swipe pays with a card: a hold at once, the charge one to five days later.
// tip, when not 0, is what the posted amount adds to the held one.
func (b *book) swipe(o occasion, a *account, p *payee, amount, tip int64, second int) {
	r := o.row(a, p, amount+tip)
	r.held = amount
	r.shown = o.day.at(second)
	r.settled = b.clearing(&o)
	r.pending = !a.mute && !o.chance(100)
	r.unmatched = o.chance(50)
	b.correct(&o, &r)
	b.enter(r)
}

// clearing is when a card payment of today posts: early on an open day, one to
// five days from now.
func (b *book) clearing(o *occasion) moment {
	d := b.settles(o.day + 1 + day(o.below(3)+o.below(3)))
	if d > o.day+5 {
		d = b.settledBy(o.day + 5)
	}
	return d.at(2*hour + o.below(4*hour))
}

// correct lets Plaid think again about one row in forty, some days after it
// posted: the merchant's name or the category comes out better.
func (b *book) correct(o *occasion, r *row) {
	if !o.chance(25) {
		return
	}
	r.refiled = r.payee.guess != "" && o.chance(600)
	r.renamed = !r.refiled && r.payee.name != ""
	if r.refiled || r.renamed {
		r.corrected = r.settled + moment((2+o.below(8))*secondsADay+o.below(hour))
	}
}

// hold blocks an amount that lapses after some days without a charge of its
// own, as fuel pumps and hotel desks do.
func (b *book) hold(o occasion, a *account, p *payee, amount int64, days day, second int) {
	if a.mute {
		return
	}
	r := o.row(a, p, amount)
	r.stream = stir(r.stream, 1) // the charge itself has the occasion's identity
	r.shown = o.day.at(second)
	r.settled = (o.day + days).at(3*hour + o.below(2*hour))
	r.pending, r.posts = true, false
	b.enter(r)
}

// debit is a payment that somebody draws or a deposit that somebody sends by
// ACH. The bank sees about half of them coming the evening before.
func (b *book) debit(o occasion, a *account, p *payee, amount int64) {
	r := o.row(a, p, amount)
	r.settled = o.day.at(3*hour + o.below(3*hour))
	if !a.mute && o.chance(500) {
		r.pending = true
		r.shown = o.day.at(15*hour + o.below(4*hour))
		r.settled = b.settles(o.day + 1).at(3*hour + o.below(3*hour))
	}
	b.enter(r)
}

// settle posts a row at a time of today, without a pending life.
func (b *book) settle(o occasion, a *account, p *payee, amount int64, second int) {
	r := o.row(a, p, amount)
	r.settled = o.day.at(second)
	b.enter(r)
}

// refund gives money back on a later day, posted at once.
func (b *book) refund(o occasion, a *account, p *payee, amount int64, after day) {
	r := o.row(a, p, -amount)
	r.stream = stir(r.stream, 2)
	r.settled = b.settles(o.day + after).at(4*hour + o.below(hour))
	r.authorized = r.settled.day()
	b.enter(r)
}

// A route is how money goes between two accounts of the same people.
type route struct {
	from, to *account
	out, in  *payee
}

// transfer moves money between own accounts: inside one bank both legs post
// this evening, between banks the second one on the next open day. It returns
// when the second one posts.
func (b *book) transfer(o occasion, r route, out, in int64) moment {
	second := 20*hour + o.below(hour)
	b.settle(o, r.from, r.out, out, second)
	leg := o.row(r.to, r.in, -in)
	leg.settled = o.day.at(second)
	if r.from.log != r.to.log {
		leg.settled = b.settles(o.day + 1).at(3*hour + o.below(2*hour))
		leg.authorized = leg.settled.day()
	}
	b.enter(leg)
	return leg.settled
}

// credit pays a month's interest on its last day, at a yearly rate in
// hundredths of a per cent on what is there.
func (b *book) credit(d day, a *account, p *payee, rate int64) {
	if b.date(d+1).dom != 1 {
		return
	}
	if cents := a.current * rate / 120_000; cents > 0 {
		b.settle(b.occasion("interest", d, 0), a, p, -cents, 23*hour)
	}
}

// round rounds down to a multiple; what is negative becomes 0.
func round(cents, step int64) int64 { return max(0, cents/step*step) }
