package ledger_test

import (
	"fmt"
	"testing"
	"time"

	"coffer/ledger"
)

func TestDuesAreWhatIsStillToPay(t *testing.T) {
	day := func(n int) ledger.Date { return ledger.NewDate(2026, time.November, n) }
	usd := func(minor int64) ledger.Amount { return ledger.NewAmount(minor, ledger.ISO("USD")) }
	yes, no := true, false
	for _, tt := range []struct {
		name string
		debt ledger.Liability
		want string
	}{
		{"soon", ledger.Liability{Due: day(25), Minimum: usd(3500)}, "2026-11-25 35.00 false"},
		{"today", ledger.Liability{Due: day(20), Minimum: usd(3500)}, "2026-11-20 35.00 false"},
		{"on the last day", ledger.Liability{Due: day(30), Minimum: usd(3500)}, "2026-11-30 35.00 false"},
		{"later", ledger.Liability{Due: day(30).AddDays(1), Minimum: usd(3500)}, ""},
		{"no amount", ledger.Liability{Due: day(25)}, "2026-11-25  false"},
		{"nothing to pay", ledger.Liability{Due: day(25), Minimum: usd(0)}, ""},
		{"no day", ledger.Liability{Minimum: usd(3500)}, ""},
		{"past, and nobody says late", ledger.Liability{Due: day(19), Minimum: usd(3500)}, ""},
		{"past, and not late", ledger.Liability{Due: day(19), Minimum: usd(3500), Overdue: &no}, ""},
		{"late", ledger.Liability{Due: day(19), Minimum: usd(3500), Overdue: &yes}, "2026-11-19 35.00 true"},
		{"late by an amount", ledger.Liability{Due: day(19), Minimum: usd(3500), PastDue: usd(7000)}, "2026-11-19 70.00 true"},
		{
			"paid since the statement",
			ledger.Liability{Due: day(25), Minimum: usd(3500), StatementDate: day(1), LastPaid: day(9), LastPayment: usd(3500)}, "",
		},
		{
			"paid in part",
			ledger.Liability{Due: day(25), Minimum: usd(3500), StatementDate: day(1), LastPaid: day(9), LastPayment: usd(3400)}, "2026-11-25 35.00 false",
		},
		{
			"paid before the statement",
			ledger.Liability{Due: day(25), Minimum: usd(3500), StatementDate: day(9), LastPaid: day(9), LastPayment: usd(3500)}, "2026-11-25 35.00 false",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.debt.Account = "card"
			accounts := []ledger.Account{{ID: "card", Item: "item", Type: ledger.Credit}}
			book := ledger.NewBuilder().Build(nil, accounts, nil).WithDebts([]ledger.Liabilities{{List: []ledger.Liability{tt.debt}}})
			got := ""
			for _, d := range book.Dues(day(20), day(30)) {
				got += fmt.Sprintf("%s %s %t", d.Day, d.Amount, d.Late)
			}
			if got != tt.want {
				t.Errorf("due is %q, want %q", got, tt.want)
			}
		})
	}
}

func TestDuesBeginWithWhatIsLate(t *testing.T) {
	day := func(n int) ledger.Date { return ledger.NewDate(2026, time.November, n) }
	yes := true
	accounts := []ledger.Account{
		{ID: "soon", Item: "item"}, {ID: "late", Item: "item"}, {ID: "sooner", Item: "item"},
		{ID: "ended", Item: "item", Ended: time.Unix(1, 0)},
	}
	book := ledger.NewBuilder().Build(nil, accounts, nil).WithDebts([]ledger.Liabilities{{List: []ledger.Liability{
		{Account: "soon", Due: day(25)}, {Account: "ended", Due: day(21)}, {Account: "unknown", Due: day(21)},
	}}, {List: []ledger.Liability{
		{Account: "late", Overdue: &yes, Due: day(28)}, {Account: "sooner", Due: day(22)},
	}}})
	var got []ledger.AccountID
	for _, d := range book.Dues(day(20), day(30)) {
		got = append(got, d.Account.ID)
	}
	if want := "[late sooner soon]"; fmt.Sprint(got) != want {
		t.Errorf("due are %v, want %s", got, want)
	}
}
