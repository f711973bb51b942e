package bank

import "time"

// sweepRate is the yearly interest on cash, in hundredths of a per cent.
const sweepRate = 240

// earn pays what a day brings without a trade: dividends in the middle of a
// month, interest on the cash near its end, and in December the year's fee.
func (p *portfolio) earn(d day, prices *[securityCount]int64) {
	at, month := d.at(closingTime), p.date(d).month
	if p.firstTrading(d, 15) {
		for i := range p.securities {
			if p.securities[i].pays(month) {
				p.distribute(at, i, prices[i])
			}
		}
	}
	if p.firstTrading(d, 24) {
		if cents := p.now.cash * sweepRate / 120_000; cents > 0 {
			p.book(deal{at: at, kind: credited, security: justMoney, cash: cents})
		}
	}
	if fee := min(p.plan.fee, p.now.cash); fee > 0 && month == time.December && p.firstTrading(d, 10) {
		p.book(deal{at: at, kind: charged, security: justMoney, cash: -fee, fees: fee})
	}
}

// distribute pays the dividend of a security, and buys more of it where the plan
// says so and parts of a share can be had.
func (p *portfolio) distribute(at moment, i int, price int64) {
	s := &p.securities[i]
	cents := s.worth(p.now.of[i].quantity, price) * s.yield / 10_000 / int64(s.payments)
	if cents == 0 {
		return
	}
	p.book(deal{at: at, kind: s.income(), security: i, cash: cents})
	if p.plan.reinvests && s.places > 0 {
		p.buy(at, reinvested, i, cents, price)
	}
}

// income is what a security pays its holders.
func (s *security) income() dealKind {
	if s.kind == "fixed income" {
		return credited
	}
	return dividend
}
