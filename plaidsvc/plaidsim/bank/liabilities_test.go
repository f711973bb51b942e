package bank_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"coffer/plaidsvc/plaidsim/bank"
)

// A card's last statement is its balance on the evening of its date, and every
// loan's debt is what was lent less what was paid.
func TestLiabilitiesAgreeWithTheBalances(t *testing.T) {
	logins := signIn(t, bank.NewHousehold(bank.Options{Kind: "family", Seed: 21}))
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom(logins).Draw(t, "login")
		at := moment(t, "at")
		debts := l.(bank.Indebted).Liabilities(at)
		for _, c := range debts.Cards {
			if c.Statement == nil {
				t.Fatalf("card %s at %v: no statement", c.AccountID, at)
			}
			closed, _ := time.Parse(time.DateOnly, c.StatementDate)
			evening := closed.Add(29*time.Hour - time.Second) // the banks' midnight is five in UTC
			if evening.After(at) || at.Sub(evening) > 32*24*time.Hour {
				t.Fatalf("card %s at %v: last statement of %s", c.AccountID, at, c.StatementDate)
			}
			if was := current(l, c.AccountID, evening); !was.Equal(*c.Statement) {
				t.Fatalf("card %s: statement of %s asks for %s, the balance was %s", c.AccountID, c.StatementDate, c.Statement, was)
			}
			if c.MinimumPayment.GreaterThan(decimal.Max(decimal.Zero, *c.Statement)) {
				t.Fatalf("card %s: minimum payment %s of a statement of %s", c.AccountID, c.MinimumPayment, c.Statement)
			}
		}
		for _, m := range debts.Mortgages {
			year := time.Date(at.Add(-5*time.Hour).Year(), 1, 1, 4, 59, 59, 0, time.UTC)
			if was := current(l, m.AccountID, year); !was.IsZero() && !was.Sub(current(l, m.AccountID, at)).Equal(*m.YTDPrincipal) {
				t.Fatalf("mortgage at %v: paid %s this year, owed %s before it and %s now", at, m.YTDPrincipal, was, current(l, m.AccountID, at))
			}
		}
	})
}

// current is an account's balance at a moment.
func current(l bank.Login, accountID string, at time.Time) decimal.Decimal {
	for _, b := range l.Balances(at) {
		if b.AccountID == accountID {
			return *b.Current
		}
	}
	return decimal.Zero
}
