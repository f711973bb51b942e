package bank

import (
	"cmp"
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

var _ Invested = (*login)(nil)

// Holdings implements [Invested]. Cash is a holding of its own, the last one of
// its account.
func (l *login) Holdings(at time.Time) []Holding {
	m := max(momentOf(at), l.from)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.book.liveUntil(m.day())
	var out []Holding
	for _, a := range l.book.accounts {
		if a.log == l.log && a.portfolio != nil {
			out = append(out, a.portfolio.holdings(m)...)
		}
	}
	return out
}

// Trades implements [Invested].
func (l *login) Trades(from, until time.Time) []Trade {
	last := momentOf(until)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.book.liveUntil(last.day())
	first := max(momentOf(from).day().at(0), l.from+1)
	var out []Trade
	for _, a := range l.book.accounts {
		if a.log == l.log && a.portfolio != nil {
			out = append(out, a.portfolio.trades(first, last)...)
		}
	}
	slices.SortStableFunc(out, func(a, b Trade) int { return cmp.Compare(a.Date, b.Date) })
	return out
}

// positions are what the portfolio held at a moment.
func (p *portfolio) positions(at moment) positions {
	var held positions
	vested := at
	if p.plan.vests > 0 {
		vested = at - moment(p.plan.vests)*365*secondsADay
	}
	for i := range p.deals {
		if d := &p.deals[i]; d.at <= at {
			held.apply(d, d.at <= vested)
		}
	}
	return held
}

// available is the cash that can be withdrawn. Nothing can before retirement.
func (p *portfolio) available(at moment) *decimal.Decimal {
	if p.account.Subtype == "ira" || p.account.Subtype == "401k" {
		return nil
	}
	return money(p.positions(at).cash)
}

// holdings words the positions at a moment, at the last closing prices.
func (p *portfolio) holdings(at moment) []Holding {
	held := p.positions(at)
	c, priced := p.last(at)
	var out []Holding
	for i := range p.securities {
		if s := &p.securities[i]; priced && held.of[i].quantity > 0 {
			out = append(out, p.holding(s, held.of[i], c.prices[i], p.date(c.day).iso))
		}
	}
	if held.cash != 0 {
		cash := *money(held.cash)
		out = append(out, Holding{
			AccountID: p.account.ID, Security: dollars(), Quantity: cash, Price: decimal.NewFromInt(1),
			Value: cash, CostBasis: &cash, Currency: "USD",
		})
	}
	return out
}

func (p *portfolio) holding(s *security, held position, cents int64, closed string) Holding {
	h := Holding{
		AccountID: p.account.ID, Security: s.told(cents, closed), Quantity: s.units(held.quantity),
		Price: *money(cents), Value: *money(s.worth(held.quantity, cents)), CostBasis: money(held.cost),
		PriceDate: closed, Currency: "USD",
	}
	if p.plan.vests > 0 && s.kind == "equity" {
		quantity := s.units(held.vested)
		h.VestedQuantity, h.VestedValue = &quantity, money(s.worth(held.vested, cents))
	}
	return h
}

// trades words the deals from one moment to another, both included.
func (p *portfolio) trades(first, last moment) []Trade {
	c, _ := p.last(last)
	var out []Trade
	for i := range p.deals {
		d := &p.deals[i]
		if d.at < first || d.at > last {
			continue
		}
		words := dealWords[d.kind]
		t := Trade{
			ID: opaqueText("%s deal %d", p.account.ID, d.n), AccountID: p.account.ID,
			Date: p.date(d.at.day()).iso, Name: words.text, Type: words.kind, Subtype: words.subtype,
			Price: *money(d.price), Amount: *money(-d.cash), Fees: money(d.fees), Currency: "USD",
		}
		if d.security != justMoney {
			s := &p.securities[d.security]
			told := s.told(c.prices[d.security], p.date(c.day).iso)
			t.Security, t.Quantity, t.Name = &told, s.units(d.quantity), words.text+" "+s.name
		}
		out = append(out, t)
	}
	return out
}
