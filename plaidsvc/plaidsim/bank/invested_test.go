package bank_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"coffer/internal/ordeal"
	"coffer/plaidsvc/plaidsim/bank"
)

// investors are the logins with investment accounts.
func investors(t failer, seed int64) []bank.Login {
	t.Helper()
	h := bank.NewHousehold(bank.Options{Kind: "family", Seed: seed})
	var out []bank.Login
	for _, id := range []string{"ins_109511", "ins_11", "ins_12", "ins_54"} {
		l, ok := h.Login(id, "user_good")
		if !ok {
			t.Fatalf("no login at %s", id)
		}
		out = append(out, l)
	}
	return out
}

// closing draws a moment, now and then one within seconds of the exchange's
// closing, when everything happens.
func closing(t *rapid.T, label string) time.Time {
	at := moment(t, label)
	if rapid.Bool().Draw(t, label+" near the closing") {
		local := at.Add(-5 * time.Hour).UTC()
		at = time.Date(local.Year(), local.Month(), local.Day(), 21, 0, rapid.IntRange(-2, 3).Draw(t, "second"), 0, time.UTC)
	}
	return at
}

// A held is a position without its price.
type held struct{ account, security string }

func TestHoldingsAddUpToTheBalanceToTheCent(t *testing.T) {
	logins := investors(t, 4)
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom(logins).Draw(t, "login")
		at := closing(t, "at")
		sum, cash := map[string]decimal.Decimal{}, map[string]decimal.Decimal{}
		for _, h := range l.(bank.Invested).Holdings(at) {
			if off := h.Quantity.Mul(h.Price).Sub(h.Value).Abs(); off.GreaterThan(decimal.New(5, -3)) {
				t.Fatalf("%s: %s at %s is worth %s, not %s", h.Security.Name, h.Quantity, h.Price, h.Quantity.Mul(h.Price), h.Value)
			}
			if !h.Quantity.IsPositive() || h.CostBasis == nil || !h.CostBasis.IsPositive() {
				t.Fatalf("%s: quantity %s, cost basis %s", h.Security.Name, h.Quantity, h.CostBasis)
			}
			sum[h.AccountID] = sum[h.AccountID].Add(h.Value)
			if h.Security.CashEquivalent {
				cash[h.AccountID] = h.Value
			}
		}
		for i, a := range l.Accounts() {
			if a.Type != "investment" {
				continue
			}
			b := l.Balances(at)[i]
			if !b.Current.Equal(sum[a.ID]) {
				t.Fatalf("%s at %v: holdings add up to %s, the balance is %s", a.Name, at, sum[a.ID], b.Current)
			}
			if free := a.Subtype == "brokerage" || a.Subtype == "crypto exchange"; free != (b.Available != nil) || free && !b.Available.Equal(cash[a.ID]) {
				t.Fatalf("%s at %v: %v is available, cash is %s", a.Name, at, b.Available, cash[a.ID])
			}
		}
	})
}

// What is held is what was bought less what was sold; the cash is what came in
// less what went out; the cost of what was never sold is what was paid for it.
func TestTradesExplainTheHoldings(t *testing.T) {
	logins := investors(t, 4)
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom(logins).Draw(t, "login").(bank.Invested)
		at := closing(t, "at")
		dollars := ""
		for _, h := range l.Holdings(at) {
			if h.Security.Type == "cash" {
				dollars = h.Security.ID
			}
		}
		quantity, paid, sold := map[held]decimal.Decimal{}, map[held]decimal.Decimal{}, map[held]bool{}
		for _, x := range l.Trades(time.Time{}, at) {
			cash := held{x.AccountID, dollars}
			quantity[cash] = quantity[cash].Sub(x.Amount)
			if x.Security == nil || x.Quantity.IsZero() {
				continue
			}
			it := held{x.AccountID, x.Security.ID}
			quantity[it], paid[it] = quantity[it].Add(x.Quantity), paid[it].Add(x.Amount)
			sold[it] = sold[it] || x.Quantity.IsNegative()
			if off := x.Quantity.Mul(x.Price).Add(*x.Fees).Sub(x.Amount).Abs(); off.GreaterThan(decimal.New(5, -3)) {
				t.Fatalf("%s: %s at %s and fees of %s for %s", x.Name, x.Quantity, x.Price, x.Fees, x.Amount)
			}
		}
		for _, h := range l.Holdings(at) {
			it := held{h.AccountID, h.Security.ID}
			if !quantity[it].Equal(h.Quantity) {
				t.Fatalf("%s at %v: %s held, trades say %s", h.Security.Name, at, h.Quantity, quantity[it])
			}
			if !sold[it] && h.Security.Type != "cash" && !paid[it].Equal(*h.CostBasis) {
				t.Fatalf("%s at %v: cost basis %s, paid %s", h.Security.Name, at, h.CostBasis, paid[it])
			}
			delete(quantity, it)
		}
		for it, left := range quantity {
			if !left.IsZero() {
				t.Fatalf("%v at %v: trades leave %s, none is held", it, at, left)
			}
		}
	})
}

// What comes in at the broker has left another account of the same people on the
// same day.
func TestDepositsLeftAnotherAccount(t *testing.T) {
	ordeal.Alone(t)
	from, until := noon(2020, 1, 1), noon(2026, 11, 10)
	rows, accounts := lived(t, 4, from, until)
	left := map[string]decimal.Decimal{}
	for _, x := range rows {
		if accounts[x.AccountID].Currency == "USD" && x.Detailed == "TRANSFER_OUT_INVESTMENT_AND_RETIREMENT_FUNDS" {
			left[x.Date] = left[x.Date].Add(x.Amount)
		}
	}
	tartan := investors(t, 4)[0].(bank.Invested)
	deposits := 0
	for _, x := range tartan.Trades(from, until) {
		if x.Subtype == "deposit" {
			deposits++
			left[x.Date] = left[x.Date].Add(x.Amount)
		}
	}
	for date, cents := range left {
		if !cents.IsZero() {
			t.Errorf("%s: %s left for the broker and did not arrive", date, cents)
		}
	}
	if deposits < 60 {
		t.Errorf("%d deposits in seven years", deposits)
	}
}

// A security has one id and one price, whoever holds it.
func TestASecurityIsTheSameEverywhere(t *testing.T) {
	ordeal.Alone(t)
	seen, ids := map[string]bank.Security{}, map[string]bool{}
	for _, l := range investors(t, 4) {
		for _, h := range l.(bank.Invested).Holdings(noon(2026, 6, 1)) {
			s := h.Security
			name := s.Ticker + s.Name
			if other, known := seen[name]; known && !reflect.DeepEqual(other, s) {
				t.Errorf("%s: %+v and %+v", s.Ticker, s, other)
			}
			seen[name], ids[s.ID] = s, true
		}
	}
	kinds := map[string]bool{}
	for _, s := range seen {
		kinds[s.Type] = true
	}
	for _, kind := range []string{"equity", "etf", "mutual fund", "fixed income", "cash", "cryptocurrency"} {
		if !kinds[kind] {
			t.Errorf("nobody holds any %s", kind)
		}
	}
	if len(ids) != len(seen) {
		t.Errorf("%d ids of %d securities", len(ids), len(seen))
	}
}

// Buying and selling is for trading days, and what happened stays.
func TestTradesStayAsTheyAre(t *testing.T) {
	ordeal.Alone(t)
	asked := investors(t, 9)
	for _, l := range asked {
		l.Balances(noon(2031, 1, 1))
	}
	types := map[string]int{}
	for i, l := range investors(t, 9) {
		fresh, old := l.(bank.Invested), asked[i].(bank.Invested)
		a, b, c := noon(2014, 2, 2), noon(2019, 11, 11), noon(2026, 4, 4)
		want := fresh.Trades(a, c)
		if got := old.Trades(a, c); !reflect.DeepEqual(got, want) {
			t.Errorf("login %d: %d trades when asked of 2031 before, want %d", i, len(got), len(want))
		}
		parts := len(fresh.Trades(a, b)) + len(fresh.Trades(b.AddDate(0, 0, 1), c))
		if parts != len(want) {
			t.Errorf("login %d: %d trades in two parts, want %d", i, parts, len(want))
		}
		if !reflect.DeepEqual(old.Holdings(b), fresh.Holdings(b)) {
			t.Errorf("login %d: other holdings when asked of 2031 before", i)
		}
		ids := map[string]bool{}
		for _, x := range want {
			d, _ := time.Parse(time.DateOnly, x.Date)
			if ids[x.ID] || (d.Weekday() == time.Saturday || d.Weekday() == time.Sunday) && x.Type != "cash" {
				t.Errorf("login %d: %+v", i, x)
			}
			ids[x.ID] = true
			types[x.Type+"/"+x.Subtype]++
		}
	}
	for _, kind := range []string{"buy/buy", "buy/dividend reinvestment", "sell/sell", "cash/deposit", "cash/contribution", "cash/dividend", "cash/interest", "fee/account fee"} {
		if types[kind] == 0 {
			t.Errorf("nobody ever has a %s; there are %v", kind, types)
		}
	}
}

// The last closing price tells when the exchange was open.
func TestTheExchangeKeepsItsHolidays(t *testing.T) {
	broker := investors(t, 4)[3].(bank.Invested)
	for day, open := range map[string]bool{
		"2024-03-28": true, "2024-03-29": false, "2026-04-03": false, "2019-04-19": false, // Good Fridays
		"2024-11-11": true, "2023-10-09": true, // Veterans Day, Columbus Day
		"2021-12-24": false, "2021-12-31": true, "2022-01-03": true, "2023-01-02": false, // on a weekend
		"2021-07-05": false, "2020-07-03": false, "2021-06-18": true, "2022-06-20": false,
		"2025-01-20": false, "2025-02-17": false, "2025-05-26": false, "2025-09-01": false, "2025-11-27": false, "2025-11-28": true,
	} {
		d, _ := time.Parse(time.DateOnly, day)
		evening := d.Add(23 * time.Hour)
		if got := broker.Holdings(evening)[0].PriceDate == day; got != open {
			t.Errorf("%s: open is %v, want %v", day, got, open)
		}
	}
}

// The employer's shares are the person's for good three years after they were
// bought.
func TestEmployersSharesVest(t *testing.T) {
	fidelity := investors(t, 4)[2].(bank.Invested)
	at := noon(2026, 6, 1)
	bought := decimal.Zero
	for _, x := range fidelity.Trades(time.Time{}, at.AddDate(0, 0, -3*365)) {
		if x.Security != nil && x.Security.Type == "equity" && x.AccountID == account(t, fidelity.(bank.Login), "401k") {
			bought = bought.Add(x.Quantity)
		}
	}
	vested := 0
	for _, h := range fidelity.Holdings(at) {
		if h.VestedQuantity == nil {
			continue
		}
		vested++
		if !h.VestedQuantity.LessThan(h.Quantity) || h.VestedQuantity.GreaterThan(bought) || !h.VestedQuantity.IsPositive() {
			t.Errorf("%s: %s of %s vested, %s bought three years ago", h.Security.Name, h.VestedQuantity, h.Quantity, bought)
		}
	}
	if vested != 1 {
		t.Errorf("%d holdings vest, want the employer's shares", vested)
	}
}

// account finds the id of an account by its subtype.
func account(t failer, l bank.Login, subtype string) string {
	t.Helper()
	for _, a := range l.Accounts() {
		if a.Subtype == subtype {
			return a.ID
		}
	}
	t.Fatalf("no %s account", subtype)
	return ""
}

// Where nothing is invested there is nothing to tell.
func TestOtherLoginsHoldNothing(t *testing.T) {
	chase, _ := bank.NewHousehold(bank.Options{Kind: "family", Seed: 4}).Login("ins_56", "user_good")
	l := chase.(bank.Invested)
	if n, m := len(l.Holdings(noon(2026, 1, 1))), len(l.Trades(time.Time{}, noon(2026, 1, 1))); n+m > 0 {
		t.Errorf("%d holdings and %d trades", n, m)
	}
}
