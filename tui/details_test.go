package tui_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"coffer/ledger"
	"coffer/tui"
	"coffer/tui/dialog"
	"coffer/tui/tuitest"
)

// fakeDetails tells the same of every account.
type fakeDetails struct {
	details ledger.Details
	err     error
}

func (f fakeDetails) Details(context.Context, ledger.Account) (ledger.Details, error) {
	return f.details, f.err
}

func dollars(minor int64) ledger.Amount { return ledger.NewAmount(minor, ledger.ISO("USD")) }

// portfolio is what a brokerage holds: known, unknown in part, in debt, not in
// dollars, and with a name as long as they come.
func portfolio() ledger.Details {
	usd, btc, day := ledger.ISO("USD"), ledger.Unofficial("BTC"), ledger.NewDate(2026, 11, 20)
	return ledger.Details{HeldAt: noon().Add(-3 * time.Hour), Holdings: []ledger.Holding{
		{Security: "Ember Total Market Fund", Ticker: "EMTM", Quantity: "755.1673", Price: "172.56", PriceDate: day, Currency: usd, Value: dollars(13_031_167), Cost: dollars(7_410_591)},
		{Security: "Dutchess County NY General Obligation Bond 2.75 % due 2041", Quantity: "18", Price: "978.4331", PriceDate: day.AddDays(-400), Currency: usd, Value: dollars(1_761_174), Cost: dollars(1_773_441)},
		{Security: "U S Dollar", Ticker: "CUR:USD", Quantity: "18013.88", Price: "1", Currency: usd, Value: dollars(1_801_388)},
		{Ticker: "BTC", Quantity: "0.04210001", Price: "0.5", Currency: btc, Value: ledger.NewAmount(4_210_001, btc)},
		{Security: "Something that nobody values", Currency: usd},
	}}
}

// traded is a portfolio in which something happened lately.
func traded() ledger.Details {
	d, day := portfolio(), ledger.NewDate(2026, 11, 20)
	d.Holdings = d.Holdings[:2]
	usd := ledger.ISO("USD")
	d.Trades = []ledger.Trade{
		{Date: day, Kind: "buy", Subkind: "buy", Ticker: "EMTM", Quantity: "10", Price: "172.56", Currency: usd, Amount: dollars(-172_560)},
		{Date: day.AddDays(-2), Kind: "cash", Subkind: "dividend", Security: "Dutchess County NY General Obligation Bond", Quantity: "0", Price: "0", Currency: usd, Amount: dollars(2_475)},
		{Date: day.AddDays(-400), Kind: "fee", Name: "Advisory fee\x1b[2J", Currency: usd, Amount: dollars(-500)},
		{Date: day.AddDays(-401), Kind: "sell", Ticker: "EMTM", Quantity: "-2.123456789", Price: "150.1", Currency: usd},
	}
	return d
}

func owed(l ledger.Liability) ledger.Details {
	return ledger.Details{OwedAt: noon().Add(-2 * time.Minute), Debt: &l}
}

func cardTerms() ledger.Liability {
	no := false
	return ledger.Liability{
		Kind: ledger.CardDebt, Rates: []ledger.Rate{{Kind: "purchase_apr", Percent: "18.49"}, {Kind: "cash_apr", Percent: "27.2400"}, {Kind: "special", Percent: "0"}},
		Minimum: dollars(4_000), Due: ledger.NewDate(2026, 12, 14), Overdue: &no, Statement: dollars(118_240), StatementDate: ledger.NewDate(2026, 11, 17),
		LastPayment: dollars(25_000), LastPaid: ledger.NewDate(2026, 11, 12),
	}
}

func mortgageTerms() ledger.Liability {
	return ledger.Liability{
		Kind: ledger.Mortgage, Name: "conventional, 30 year", Rates: []ledger.Rate{{Kind: "fixed", Percent: "3.88"}}, Minimum: dollars(184_114),
		Due: ledger.NewDate(2026, 11, 1), PastDue: dollars(184_114), Principal: dollars(39_100_000), Ends: ledger.NewDate(2049, 7, 1),
	}
}

// detailed shows the details of the nth account of the family.
func detailed(t *testing.T, source dialog.Details, downs, width, height int) world {
	t.Helper()
	o, clock, vault := options(family(), fakeBanks{})
	o.Details = source
	w := world{tuitest.New(t, tui.New(t.Context(), o), width, height), clock, vault}
	w.Press("4")
	for range downs {
		w.Press("down")
	}
	w.Press("d")
	return w
}

// Where the accounts of the family stand on their screen.
const (
	atCard      = 1
	atBrokerage = 6
	atMortgage  = 7
)

func TestDetailsOfAnAccount(t *testing.T) {
	hostile := portfolio()
	hostile.Holdings = hostile.Holdings[:1]
	hostile.Holdings[0].Security, hostile.Holdings[0].Ticker = "\x1b[2JFund\u202e\r\n", "\x1b]0;pwned\a"
	for _, tt := range []struct {
		name   string
		source fakeDetails
		downs  int
	}{
		{"holdings", fakeDetails{details: portfolio()}, atBrokerage},
		{"trades", fakeDetails{details: traded()}, atBrokerage},
		{"nothing held", fakeDetails{details: ledger.Details{HeldAt: noon()}}, atBrokerage},
		{"not told", fakeDetails{}, atBrokerage},
		{"card", fakeDetails{details: owed(cardTerms())}, atCard},
		{"unknown terms", fakeDetails{details: owed(ledger.Liability{Kind: ledger.CardDebt})}, atCard},
		{"mortgage", fakeDetails{details: owed(mortgageTerms())}, atMortgage},
		{"no terms", fakeDetails{details: ledger.Details{OwedAt: noon()}}, atMortgage},
		{"hostile", fakeDetails{details: hostile}, atBrokerage},
		{"failed", fakeDetails{err: errors.New("read holdings: the vault is in use by another program; try again when it has ended")}, atBrokerage},
	} {
		for _, size := range sizes[:3] {
			t.Run(fmt.Sprintf("%s %dx%d", tt.name, size[0], size[1]), func(t *testing.T) {
				w := detailed(t, tt.source, tt.downs, size[0], size[1])
				w.Golden()
				if strings.ContainsAny(w.View(), "\a\r") {
					t.Error("a control got through")
				}
			})
		}
	}
}

// What does not fit is scrolled to, and the dialog ends where it ends.
func TestDetailsScroll(t *testing.T) {
	w := detailed(t, fakeDetails{details: portfolio()}, atBrokerage, 45, 20)
	if strings.Contains(w.Screen(), "together") {
		t.Fatalf("all of it fits, so there is nothing to test:\n%s", w.Screen())
	}
	for range 30 {
		w.Press("down")
	}
	if got := w.Screen(); !strings.Contains(got, "together") || strings.Contains(got, "EMTM") {
		t.Errorf("at the end:\n%s", got)
	}
	w.Press("pgup", "pgup", "pgup", "up", "k")
	if got := w.Screen(); !strings.Contains(got, "EMTM") {
		t.Errorf("at the beginning again:\n%s", got)
	}
	w.Press("esc")
	if got := w.Screen(); strings.Contains(got, "EMTM") {
		t.Errorf("esc did not close it:\n%s", got)
	}
}

// A sync that brings other holdings changes what is shown.
func TestDetailsFollowTheVault(t *testing.T) {
	source := &fakeDetails{details: portfolio()}
	w := detailed(t, source, atBrokerage, 120, 40)
	source.details.Holdings = source.details.Holdings[:1]
	w.ledger.change(family())
	w.Advance(w.clock, 3*time.Second)
	if got := w.Screen(); strings.Contains(got, "U S Dollar") || !strings.Contains(got, "EMTM") {
		t.Errorf("after the vault changed:\n%s", got)
	}
}

// Of a checking account there is nothing to open, and the user hears why.
func TestDetailsOfACheckingAccount(t *testing.T) {
	w := detailed(t, fakeDetails{}, 0, 120, 40)
	if got := w.Screen(); !strings.Contains(got, "banks tell rows and a balance") {
		t.Errorf("d on a checking account:\n%s", got)
	}
}
