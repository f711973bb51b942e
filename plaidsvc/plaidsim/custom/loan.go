package custom

import (
	"time"

	"github.com/shopspring/decimal"
)

// A loan is a debt that is paid off by equal monthly payments, after some months
// in which only interest grows.
type loan struct {
	principal decimal.Decimal
	rate      decimal.Decimal // a year, in per cent
	start     time.Time
	deferred  int // months without payments
	months    int // of payments
	grace     int // months after which interest is added to the principal, or never
}

const never = -1

// A step is what a month of a loan brings.
type step struct {
	at                 time.Time
	interest, payment  decimal.Decimal
	ofInterest         decimal.Decimal // the part of the payment that pays interest
	principal, interim decimal.Decimal // what is owed then: principal, and interest not yet paid
	instalment         decimal.Decimal // the equal payment, zero before there is one
}

// steps are the months of a loan up to a moment.
func (l *loan) steps(until time.Time) []step {
	var steps []step
	now := step{principal: l.principal}
	for n := 1; n <= l.deferred+l.months; n++ {
		now.at = l.start.AddDate(0, n, 0)
		if now.at.After(until) {
			break
		}
		if n == l.deferred+1 {
			now.instalment = l.instalment(now.principal.Add(now.interim))
		}
		now.interest = monthly(now.principal, l.rate)
		now.interim = now.interim.Add(now.interest)
		if l.grace != never && n >= l.grace {
			now.principal, now.interim = now.principal.Add(now.interim), decimal.Zero
		}
		now.pay(n == l.deferred+l.months)
		steps = append(steps, now)
	}
	return steps
}

// pay makes the month's payment: interest first, and the last one pays the rest.
func (s *step) pay(final bool) {
	owed := s.principal.Add(s.interim)
	s.payment = decimal.Min(s.instalment, owed)
	if final {
		s.payment = owed
	}
	s.ofInterest = decimal.Min(s.payment, s.interim)
	s.interim = s.interim.Sub(s.ofInterest)
	s.principal = s.principal.Sub(s.payment.Sub(s.ofInterest))
}

// instalment is the equal payment that pays a debt off in the loan's months.
func (l *loan) instalment(owed decimal.Decimal) decimal.Decimal {
	const precision = 20
	rate := l.rate.DivRound(decimal.NewFromInt(1200), precision)
	if rate.IsZero() {
		return owed.DivRound(decimal.NewFromInt(int64(l.months)), 2)
	}
	growth := decimal.NewFromInt(1)
	for range l.months {
		growth = growth.Add(growth.Mul(rate)).Round(precision)
	}
	return owed.Mul(rate).Mul(growth).DivRound(growth.Sub(decimal.NewFromInt(1)), 2)
}

// owed is what is left of the debt at a moment, interest included.
func (l *loan) owed(at time.Time) decimal.Decimal {
	steps := l.steps(at)
	if len(steps) == 0 {
		return l.principal
	}
	last := steps[len(steps)-1]
	return last.principal.Add(last.interim)
}

// ends is the day of the last payment.
func (l *loan) ends() time.Time { return l.start.AddDate(0, l.deferred+l.months, 0) }
