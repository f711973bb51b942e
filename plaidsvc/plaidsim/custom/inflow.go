package custom

import (
	"time"

	"coffer/plaidsvc/plaidsim/bank"

	"github.com/shopspring/decimal"
)

// inflowMonths is how far back a regular income goes: as far as Plaid's history.
const inflowMonths = 24

// inflows are the rows that come by a model instead of by the text's list: a
// monthly income, payments on a debt, the instalments of a loan.
func (a *account) inflows(linked, until time.Time) []bank.Event {
	switch a.said.Inflow.Type {
	case "monthly-income":
		return a.incomes(linked, until)
	case "monthly-balance-payment", "monthly-interest-only-payment":
		return a.payments(linked, until)
	}
	if a.loan != nil && a.said.Transactions == nil {
		return a.instalments(until)
	}
	return nil
}

func (a *account) incomes(linked, until time.Time) []bank.Event {
	var events []bank.Event
	for month := -inflowMonths; ; month++ {
		day := a.said.Inflow.Payment.in(linked, month)
		if day.After(until) {
			return events
		}
		events = append(events, a.told(day, a.said.Inflow.Name, a.said.Inflow.Amount.Neg()))
	}
}

// payments are made on what the statement says that comes before each, from the
// first one after the user was linked: what an earlier one said is not known.
// Each statement charges a month's interest.
func (a *account) payments(linked, until time.Time) []bank.Event {
	var events []bank.Event
	for month := 0; ; month++ {
		statement := a.said.Inflow.Statement.in(linked, month)
		switch {
		case statement.After(until):
			return events
		case !statement.After(linked):
			continue
		}
		owed := a.moved(a.posted(linked, statement, events))
		interest := monthly(owed, a.rate())
		due := owed.Add(interest)
		if a.said.Inflow.Type == "monthly-interest-only-payment" {
			due = interest
		}
		if interest.IsPositive() {
			events = append(events, a.told(statement, "INTEREST CHARGE", interest))
		}
		day := a.said.Inflow.Payment.in(linked, month)
		if !day.After(statement) {
			day = a.said.Inflow.Payment.in(linked, month+1)
		}
		if due.IsPositive() && !day.After(until) {
			events = append(events, a.told(day, a.said.Inflow.Name, due.Neg()))
		}
	}
}

// instalments are what a loan with terms shows: its interest and its payments.
func (a *account) instalments(until time.Time) []bank.Event {
	var events []bank.Event
	for _, s := range a.loan.steps(until) {
		if s.interest.IsPositive() {
			events = append(events, a.told(s.at, "INTEREST CHARGE", s.interest))
		}
		if s.payment.IsPositive() {
			events = append(events, a.told(s.at, "LOAN PAYMENT - THANK YOU", s.payment.Neg()))
		}
	}
	return events
}

// monthly is a month's interest on a debt, at a yearly rate in per cent.
func monthly(owed, rate decimal.Decimal) decimal.Decimal {
	if !owed.IsPositive() {
		return decimal.Zero
	}
	return owed.Mul(rate).DivRound(decimal.NewFromInt(1200), 2)
}

// told is a row that posts on a day without having been pending.
func (a *account) told(at time.Time, name string, amount decimal.Decimal) bank.Event {
	t := bank.Transaction{
		ID: identity(a.ID, "model", name, string(dayOf(at))), AccountID: a.ID,
		Amount: amount, Currency: a.Currency, Unofficial: a.Unofficial,
		Date: string(dayOf(at)), AuthorizedDate: string(dayOf(at)),
		Name: name, OriginalDescription: name, Channel: "other",
	}
	File(&t)
	if a.debt() && amount.IsNegative() {
		t.Detailed = "LOAN_PAYMENTS_OTHER_PAYMENT"
		switch a.Subtype {
		case "credit card", "paypal":
			t.Detailed = "LOAN_PAYMENTS_CREDIT_CARD_PAYMENT"
		case "student":
			t.Detailed = "LOAN_PAYMENTS_STUDENT_LOAN_PAYMENT"
		case "mortgage":
			t.Detailed = "LOAN_PAYMENTS_MORTGAGE_PAYMENT"
		}
		t.Primary = bank.PrimaryCategory(t.Detailed)
	}
	return bank.Event{At: at, Op: bank.Added, Transaction: t}
}
