package bank

import "time"

// A portfolio is the deals of an investment account. Its rows are not told; its
// deals and its movements are, and both agree with the balance.
type portfolio struct {
	*calendar
	*market
	account *account
	plan    plan
	now     positions
	deals   []deal
	fresh   bool // money came in that nothing was bought with yet
}

// invests gives an account a portfolio.
func (b *book) invests(a *account, m *market, p plan) *portfolio {
	a.portfolio = &portfolio{calendar: b.calendar, market: m, account: a, plan: p}
	return a.portfolio
}

// invested lets the market and the portfolios of a book have their day.
func (b *book) invested(m *market, d day) {
	if !b.trading(d) {
		return
	}
	m.close(d)
	for _, a := range b.accounts {
		if a.portfolio != nil {
			a.portfolio.trade(d)
		}
	}
}

// deposit pays money in. It lies there as cash until the exchange closes.
func (p *portfolio) deposit(at moment, kind dealKind, cents int64) {
	p.book(deal{at: at, kind: kind, security: justMoney, cash: cents})
	p.account.move(at, Contribution, cents)
	p.fresh = true
}

// book enters a deal.
func (p *portfolio) book(d deal) {
	d.n = len(p.deals)
	p.deals = append(p.deals, d)
	p.now.apply(&d, false)
}

// trade does a trading day's business at its closing prices, which the market
// has to have, and brings the balance to what the account is worth then.
func (p *portfolio) trade(d day) {
	at, prices := d.at(closingTime), &p.closings[len(p.closings)-1].prices
	first := len(p.deals)
	p.earn(d, prices)
	if p.date(d).month == time.January && p.firstTrading(d, 20) {
		p.trim(at, prices)
		p.fresh = true
	}
	if p.fresh {
		p.spend(at, prices)
		p.fresh = false
	}
	for _, done := range p.deals[first:] {
		if kind := done.kind.movement(); kind != Valuation {
			p.account.move(at, kind, done.cash)
		}
	}
	p.account.move(at, Valuation, p.value(&p.now, prices)-p.account.current)
}

// value is what positions are worth.
func (p *portfolio) value(held *positions, prices *[securityCount]int64) int64 {
	value := held.cash
	for i := range held.of {
		value += p.securities[i].worth(held.of[i].quantity, prices[i])
	}
	return value
}

// spend buys with the cash there is what is furthest below its share, until
// everything has its share or nothing more is worth a purchase.
func (p *portfolio) spend(at moment, prices *[securityCount]int64) {
	whole := p.value(&p.now, prices)
	kept := whole
	for _, share := range p.plan.shares {
		kept -= whole * share / 1000
	}
	for range p.plan.shares {
		lacks, most := 0, int64(0)
		for i, share := range p.plan.shares {
			if lack := whole*share/1000 - p.securities[i].worth(p.now.of[i].quantity, prices[i]); lack > most {
				lacks, most = i, lack
			}
		}
		cents := min(most, p.now.cash-kept)
		if cents < p.plan.least || !p.buy(at, bought, lacks, cents, prices[lacks]) {
			return
		}
	}
}

// buy spends up to so much on a security. It reports whether that was enough for
// any.
func (p *portfolio) buy(at moment, kind dealKind, i int, cents, price int64) bool {
	s := &p.securities[i]
	var fees int64
	if kind == bought {
		fees = p.commission(s)
	}
	quantity := (cents - fees) * s.scale() / price
	if quantity <= 0 {
		return false
	}
	p.book(deal{at: at, kind: kind, security: i, quantity: quantity, price: price, cash: -s.worth(quantity, price) - fees, fees: fees})
	return true
}

// commission is what the broker takes for a trade: of shares only.
func (p *portfolio) commission(s *security) int64 {
	if s.kind == "equity" {
		return p.plan.commission
	}
	return 0
}

// trim sells what has outgrown its share by a quarter.
func (p *portfolio) trim(at moment, prices *[securityCount]int64) {
	whole := p.value(&p.now, prices)
	for i, share := range p.plan.shares {
		s, wanted := &p.securities[i], whole*share/1000
		excess := s.worth(p.now.of[i].quantity, prices[i]) - wanted
		if excess < max(wanted/4, p.plan.least) {
			continue
		}
		quantity := excess * s.scale() / prices[i]
		if quantity == 0 {
			continue
		}
		got := s.worth(quantity, prices[i])
		fees := p.commission(s)
		if s.kind == "equity" || s.kind == "etf" {
			fees += got*28/1_000_000 + 1 // the fee of the SEC, rounded up
		}
		p.book(deal{at: at, kind: sold, security: i, quantity: -quantity, price: prices[i], cash: got - fees, fees: fees})
	}
}
