package custom

import (
	"cmp"
	"fmt"
	"time"

	"coffer/plaidsvc/plaidsim/bank"

	"github.com/shopspring/decimal"
)

// borrow gives a student loan or a mortgage its terms: those of the text, and
// usual ones where it has none.
func (m *maker) borrow(a *account) {
	said := a.said.Liability
	if a.Type != "loan" || a.Subtype != "student" && a.Subtype != "mortgage" {
		return
	}
	usual := loan{principal: decimal.NewFromInt(25_000), deferred: 6, months: 120}
	if a.Subtype == "mortgage" {
		usual = loan{principal: decimal.NewFromInt(280_000), months: 360}
	}
	l := loan{
		principal: said.Principal.value(usual.principal), rate: a.rate(),
		start: midnight(m.linked).AddDate(-4, 0, 0), grace: never,
		deferred: usual.deferred, months: usual.months,
	}
	if said.Originated != "" {
		l.start = said.Originated.time()
	}
	if said.Repayment.Months > 0 {
		l.deferred, l.months = said.Repayment.Deferred, said.Repayment.Months
	}
	if said.Grace != nil {
		l.grace = *said.Grace
	}
	a.loan = &l
}

// rate is what a debt costs a year, in per cent.
func (a *account) rate() decimal.Decimal {
	switch said := a.said.Liability; {
	case a.Type == "credit":
		return said.PurchaseAPR.value(decimal.New(1524, -2))
	case a.Subtype == "mortgage":
		return said.NominalAPR.value(decimal.New(399, -2))
	default:
		return said.NominalAPR.value(decimal.New(525, -2))
	}
}

// Liabilities implements [bank.Indebted].
func (l *login) Liabilities(at time.Time) bank.Liabilities {
	var out bank.Liabilities
	for _, a := range l.accounts {
		switch {
		case a.Type == "credit":
			out.Cards = append(out.Cards, a.card(l.linked, at))
		case a.loan == nil:
		case a.Subtype == "student":
			out.Students = append(out.Students, a.student(at))
		default:
			out.Mortgages = append(out.Mortgages, a.mortgage(at))
		}
	}
	return out
}

// card tells what is owed on a card. Its statement closes on the inflow model's
// day, or on the first of the month, and is due 25 days later.
func (a *account) card(linked, at time.Time) bank.CardDebt {
	said, day, overdue := a.said.Liability, cmp.Or(a.said.Inflow.Statement, 1), false
	closed := day.in(at, 0)
	if closed.After(at) {
		closed = day.in(at, -1)
	}
	balance := a.balance(linked, closed)
	owed := decimal.Max(*balance.Current, decimal.Zero)
	minimum := decimal.Min(owed, decimal.Max(decimal.NewFromInt(20), owed.Mul(decimal.New(2, -2)).Round(2)))
	debt := bank.CardDebt{
		AccountID: a.ID, Overdue: &overdue, Statement: balance.Current, StatementDate: string(dayOf(closed)),
		LastPayment: said.LastPayment.optional(), MinimumPayment: &minimum,
		NextPaymentDueDate: string(dayOf(closed.AddDate(0, 0, 25))),
	}
	if said.MinimumPayment != nil {
		debt.MinimumPayment = said.MinimumPayment.optional()
	}
	if said.Overdue != nil {
		debt.Overdue = said.Overdue
	}
	for _, e := range a.events(linked, time.Time{}, at) {
		if t := e.Transaction; e.Op == bank.Added && !t.Pending && t.Amount.IsNegative() {
			paid := t.Amount.Neg()
			debt.LastPaymentDate = t.Date
			if said.LastPayment == nil {
				debt.LastPayment = &paid
			}
		}
	}
	debt.APRs = a.aprs(owed)
	return debt
}

func (a *account) aprs(owed decimal.Decimal) []bank.APR {
	said := a.said.Liability
	purchase := a.rate()
	aprs := []bank.APR{{Percentage: purchase, Type: "purchase_apr", Subject: &owed}}
	for _, apr := range []struct {
		kind string
		rate *amount
	}{{"balance_transfer_apr", said.TransferAPR}, {"cash_apr", said.CashAPR}, {"special", said.SpecialAPR}} {
		if apr.rate != nil {
			aprs = append(aprs, bank.APR{Percentage: apr.rate.Decimal, Type: apr.kind})
		}
	}
	return aprs
}

// course is how far a loan is paid off.
type course struct {
	last                      *step
	ytdInterest, ytdPrincipal decimal.Decimal
	next                      time.Time // payment, or zero
}

func (l *loan) course(at time.Time) course {
	var c course
	steps := l.steps(at)
	for i, s := range steps {
		if !s.payment.IsPositive() {
			continue
		}
		c.last = &steps[i]
		if s.at.Year() == at.Year() {
			c.ytdInterest = c.ytdInterest.Add(s.ofInterest)
			c.ytdPrincipal = c.ytdPrincipal.Add(s.payment.Sub(s.ofInterest))
		}
	}
	if n := max(len(steps), l.deferred) + 1; n <= l.deferred+l.months {
		c.next = l.start.AddDate(0, n, 0)
	}
	return c
}

func (a *account) student(at time.Time) bank.StudentLoan {
	said, c, overdue := a.said.Liability, a.loan.course(at), false
	instalment, interest := a.loan.instalment(a.loan.principal), decimal.Zero
	if steps := a.loan.steps(at); len(steps) > 0 {
		interest = steps[len(steps)-1].interim
	}
	s := bank.StudentLoan{
		AccountID: a.ID, AccountNumber: a.numbers.Account, Name: cmp.Or(said.LoanName, "Consolidation"), Guarantor: cmp.Or(said.Guarantor, "DEPT OF ED"),
		Sequence: cmp.Or(said.Sequence, "1"), Reference: cmp.Or(said.Reference, a.numbers.Account),
		Rate: a.rate(), Status: "repayment", StatusEnds: string(dayOf(a.loan.ends())),
		Plan: cmp.Or(said.Plan, "standard"), PlanDescription: cmp.Or(said.PlanDescription, "Standard Repayment"),
		DisbursementDates:  []string{string(dayOf(a.loan.start))},
		ExpectedPayoffDate: cmp.Or(string(said.Payoff), string(dayOf(a.loan.ends()))),
		OriginationDate:    string(dayOf(a.loan.start)), Origination: &a.loan.principal, Interest: &interest,
		MinimumPayment: &instalment, Overdue: &overdue, YTDInterest: &c.ytdInterest, YTDPrincipal: &c.ytdPrincipal,
	}
	if c.last == nil {
		s.Status = "in school"
	} else {
		s.LastPayment, s.LastPaymentDate = &c.last.payment, string(dayOf(c.last.at))
		s.MinimumPayment = &c.last.instalment
		s.StatementDate = s.LastPaymentDate
	}
	if !c.next.IsZero() {
		s.NextPaymentDueDate = string(dayOf(c.next))
	}
	overrule(&s, said)
	return s
}

// overrule puts in what the text says of a student loan that would follow from
// its terms otherwise.
func overrule(s *bank.StudentLoan, said liability) {
	if said.MinimumPayment != nil {
		s.MinimumPayment = said.MinimumPayment.optional()
	}
	if said.Overdue != nil {
		s.Overdue = said.Overdue
	}
	if said.Status.Type != "" {
		s.Status, s.StatusEnds = said.Status.Type, string(said.Status.Ends)
	}
	if said.Servicer != nil {
		servicer := said.Servicer.address()
		s.Servicer = &servicer
	}
	if p := said.PSLF; p != nil && *p != (pslf{}) {
		s.PSLF = &bank.PSLF{EligibilityDate: string(p.Eligible), PaymentsMade: p.Made, PaymentsRemaining: p.Remaining}
	}
}

func (a *account) mortgage(at time.Time) bank.Mortgage {
	c, no, rate := a.loan.course(at), false, a.rate()
	m := bank.Mortgage{
		AccountID: a.ID, AccountNumber: a.numbers.Account, Rate: &rate, RateType: "fixed", LoanType: "conventional",
		Term: fmt.Sprintf("%d year", a.loan.months/12), Origination: &a.loan.principal,
		OriginationDate: string(dayOf(a.loan.start)), MaturityDate: string(dayOf(a.loan.ends())),
		YTDInterest: &c.ytdInterest, YTDPrincipal: &c.ytdPrincipal, HasPMI: &no, HasPrepaymentPenalty: &no,
	}
	if c.last != nil {
		m.LastPayment, m.LastPaymentDate = &c.last.payment, string(dayOf(c.last.at))
		m.NextPayment = &c.last.instalment
	}
	if !c.next.IsZero() {
		m.NextPaymentDate = string(dayOf(c.next))
	}
	return m
}
