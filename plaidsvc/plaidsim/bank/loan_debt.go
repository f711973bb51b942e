package bank

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"
)

// An instalment is one payment of a loan, as the lender booked it.
type instalment struct {
	at                          moment
	interest, principal, escrow int64
}

// paidUp is how many instalments of a loan were booked by a moment.
func (l *loan) paidUp(at moment) int {
	n := 0
	for n < len(l.instalments) && l.instalments[n].at <= at {
		n++
	}
	return n
}

// owed is the debt after n instalments.
func (l *loan) owed(n int) int64 {
	owed := l.amount
	for _, i := range l.instalments[:n] {
		owed -= i.principal
	}
	return owed
}

// running tells whether a loan was paid out by a moment.
func (l *loan) running(at moment) bool { return l.payment > 0 && l.disbursed.at(10*hour) <= at }

// instalmentDate is the calendar date of the n-th instalment, 1 being the first.
func (l *loan) instalmentDate(n int) time.Time {
	return time.Date(l.start.year, l.start.month+time.Month(n), l.due, 0, 0, 0, 0, time.UTC)
}

// thisYear sums up what was paid since New Year by a moment.
func (b *book) thisYear(paid []instalment, at moment) (interest, principal int64) {
	year := b.date(at.day()).year
	for _, i := range paid {
		if b.date(i.at.day()).year == year {
			interest += i.interest
			principal += i.principal
		}
	}
	return interest, principal
}

// escrowed is what the lender holds for taxes and insurance: a cushion of two
// payments, the most that 12 CFR 1024.17(c) allows, and what came in since the
// tax and the premium were paid at the turn of the half-year.
func (b *book) escrowed(paid []instalment, at moment) int64 {
	now := b.date(at.day())
	var held int64
	for _, i := range paid {
		if d := b.date(i.at.day()); d.year == now.year && (d.month-1)/6 == (now.month-1)/6 {
			held += i.escrow
		}
	}
	if len(paid) == 0 {
		return 0
	}
	return held + 2*paid[len(paid)-1].escrow
}

// mortgage tells a house loan's terms and how far it is paid off.
func (b *book) mortgage(a *account, at moment) Mortgage {
	l, no := a.loan, false
	n := l.paidUp(at)
	paid, owed := l.instalments[:n], l.owed(n)
	interest, principal := b.thisYear(paid, at)
	rate := decimal.New(int64(l.rate), -2)
	home := b.home.residence()
	m := Mortgage{
		AccountID: a.ID, AccountNumber: loanNumber(a), Rate: &rate, RateType: "fixed", LoanType: "conventional",
		Term: fmt.Sprintf("%d year", l.months/12), Origination: money(l.amount), OriginationDate: b.date(l.disbursed).iso,
		MaturityDate: l.instalmentDate(l.months).Format(time.DateOnly),
		Escrow:       money(b.escrowed(paid, at)), LateFee: money(0), PastDue: money(0),
		YTDInterest: money(interest), YTDPrincipal: money(principal),
		HasPMI: &no, HasPrepaymentPenalty: &no, Property: &home,
	}
	if n > 0 {
		last := paid[n-1]
		m.LastPayment = money(last.interest + last.principal + last.escrow)
		m.LastPaymentDate = b.date(last.at.day()).iso
	}
	if owed > 0 {
		next := l.instalmentDate(n + 1)
		m.NextPaymentDate = next.Format(time.DateOnly)
		m.NextPayment = money(l.next(owed) + l.escrow*priceLevel(next.Year())/1_000_000)
	}
	return m
}

// next is the instalment after which a debt of so much is due, without escrow.
func (l *loan) next(owed int64) int64 { return min(l.payment, owed+l.interest(owed)) }

// statementLead is how many days before an instalment its statement is sent.
const statementLead = 21

// studentLoan tells a student loan's terms and how far it is paid off.
func (b *book) studentLoan(a *account, at moment) StudentLoan {
	l, no := a.loan, false
	n := l.paidUp(at)
	paid, owed := l.instalments[:n], l.owed(n)
	interest, principal := b.thisYear(paid, at)
	payoff := l.instalmentDate(l.months).Format(time.DateOnly)
	s := StudentLoan{
		AccountID: a.ID, AccountNumber: loanNumber(a), Reference: loanNumber(a), Name: "Consolidation", Sequence: "1",
		Rate: decimal.New(int64(l.rate), -2), Status: "repayment", StatusEnds: payoff, ExpectedPayoffDate: payoff,
		Plan: "standard", PlanDescription: "Standard Repayment",
		DisbursementDates: []string{b.date(l.disbursed).iso}, OriginationDate: b.date(l.disbursed).iso,
		Origination: money(l.amount), MinimumPayment: money(l.next(owed)), Overdue: &no,
		YTDInterest: money(interest), YTDPrincipal: money(principal),
		Servicer: &Address{Street: "200 Tartan Plaza", City: "Wilmington", Region: "DE", PostalCode: "19801", Country: "US"},
	}
	since := l.disbursed
	if n > 0 {
		last := paid[n-1]
		since = last.at.day()
		s.LastPayment = money(last.interest + last.principal)
		s.LastPaymentDate = b.date(since).iso
	}
	s.Interest = money(owed * int64(l.rate) * int64(at.day()-since) / 3_650_000)
	if owed == 0 {
		s.Status, s.StatusEnds = "paid in full", ""
		return s
	}
	s.NextPaymentDueDate = l.instalmentDate(n + 1).Format(time.DateOnly)
	// The last statement is the one of the next instalment, once that is sent.
	for k := n + 1; k > 0; k-- {
		sent := l.instalmentDate(k).AddDate(0, 0, -statementLead)
		if iso := sent.Format(time.DateOnly); iso <= b.date(at.day()).iso {
			s.StatementDate = iso
			break
		}
	}
	return s
}

// loanNumber is a loan's account number; its tail is the account's mask.
func loanNumber(a *account) string {
	return fmt.Sprintf("%06d%s", stirText(a.key, "loan number")%1_000_000, a.Mask)
}

// residence is where people live at a place.
func (p *place) residence() Address {
	return Address{Street: "48 " + p.streets[len(p.streets)-2], City: p.city, Region: p.region, PostalCode: p.postal, Country: p.country}
}
