package plaidsim_test

import (
	"encoding/json"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"

	"github.com/shopspring/decimal"
)

// trades pages through the investment transactions of some days as the
// documentation says.
func (w *world) trades(token, start, end string, count int) []fields {
	w.Helper()
	request := fields{"access_token": token, "start_date": start, "end_date": end}
	var all []fields
	for {
		request["options"] = fields{"count": count, "offset": len(all)}
		page := w.must("/investments/transactions/get", request)
		rows := page.list("investment_transactions")
		all = append(all, rows...)
		total, _ := page["total_investment_transactions"].(json.Number).Int64()
		if len(rows) == 0 || len(all) >= int(total) {
			if len(all) != int(total) {
				w.Fatalf("got %d trades, total_investment_transactions says %d", len(all), total)
			}
			return all
		}
	}
}

// quantities are what is held of each security on each account.
func (w *world) quantities(token string) map[string]decimal.Decimal {
	w.Helper()
	held := map[string]decimal.Decimal{}
	for _, h := range w.must("/investments/holdings/get", fields{"access_token": token}).list("holdings") {
		held[h.text("account_id")+" "+h.text("security_id")] = exact(w, h["quantity"])
	}
	return held
}

// brokers are where somebody invests.
var brokers = []string{"ins_109511", "ins_11", "ins_12", "ins_54"}

// Whatever the day, and whether transactions are pulled as well, what the
// holdings are worth is what the accounts hold.
func TestHoldingsAddUpToTheBalances(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	tokens := []string{w.linkWith("ins_109511", "transactions", "investments"), w.linkWith("ins_12", "transactions")}
	for _, id := range brokers {
		tokens = append(tokens, w.linkWith(id, "investments"))
	}
	for range 12 {
		for _, token := range tokens {
			answer := w.must("/investments/holdings/get", fields{"access_token": token})
			worth, priced := map[string]decimal.Decimal{}, map[string]bool{}
			for _, s := range answer.list("securities") {
				priced[s.text("security_id")] = true
			}
			for _, h := range answer.list("holdings") {
				if !priced[h.text("security_id")] {
					t.Errorf("security %s is not told", h.text("security_id"))
				}
				worth[h.text("account_id")] = worth[h.text("account_id")].Add(exact(t, h["institution_value"]))
			}
			invested := 0
			for _, a := range w.must("/accounts/get", fields{"access_token": token}).list("accounts") {
				if a.text("type") != "investment" {
					continue
				}
				invested++
				if current := exact(t, a.at("balances", "current")); !current.Equal(worth[a.text("account_id")]) {
					t.Errorf("%s: %s holds %s, its holdings are worth %s", w.Now().Format(time.RFC3339), a.text("name"), current, worth[a.text("account_id")])
				}
			}
			if n := len(answer.list("accounts")); n != invested {
				t.Errorf("%d accounts beside the holdings, want the %d of investments", n, invested)
			}
		}
		w.pass(31 * time.Hour)
	}
}

// What changed of the quantities between two days is what was traded between
// them.
func TestTradesExplainTheChangeOfQuantities(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	for _, id := range brokers {
		token := w.linkWith(id, "investments")
		before, start := w.quantities(token), w.Now()
		w.pass(150 * day)
		after := w.quantities(token)
		cash := map[string]decimal.Decimal{}
		for _, x := range w.trades(token, start.Format(time.DateOnly), w.Now().Format(time.DateOnly), 100) {
			account := x.text("account_id")
			cash[account] = cash[account].Sub(exact(t, x["amount"]))
			if security := x.text("security_id"); security != "" {
				before[account+" "+security] = before[account+" "+security].Add(exact(t, x["quantity"]))
			}
		}
		for _, s := range w.must("/investments/holdings/get", fields{"access_token": token}).list("securities") {
			for account, amount := range cash {
				if key := account + " " + s.text("security_id"); s.text("type") == "cash" {
					before[key] = before[key].Add(amount)
				}
			}
		}
		for key, was := range before {
			if !was.Equal(after[key]) {
				t.Errorf("%s: %s is held of %s, trades say %s", id, after[key], key, was)
			}
		}
		w.must("/item/remove", fields{"access_token": token})
	}
}

func TestTradesPagesCoverEverythingOnce(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.linkWith("ins_109511", "investments")
	whole := w.trades(token, "2000-01-01", "2100-01-01", 500)
	if len(whole) < 100 || whole[len(whole)-1].text("date") < "2024-03-15" {
		t.Fatalf("%d trades since %s, want those of two years", len(whole), whole[len(whole)-1].text("date"))
	}
	for _, count := range []int{7, 100, len(whole) - 1, len(whole)} {
		seen, last := map[string]bool{}, "9999"
		for i, x := range w.trades(token, "2000-01-01", "2100-01-01", count) {
			id, date := x.text("investment_transaction_id"), x.text("date")
			if seen[id] || date > last || id != whole[i].text("investment_transaction_id") {
				t.Fatalf("trade %d of pages of %d: %s of %s after %s", i, count, id, date, last)
			}
			seen[id], last = true, date
		}
	}
}

func TestTradesOfSomeDaysAndAccounts(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.linkWith("ins_12", "investments")
	plan := w.account(token, "401k")
	request := lastYear(token, fields{"account_ids": []string{plan}, "count": 500})
	answer := w.must("/investments/transactions/get", request)
	rows := answer.list("investment_transactions")
	if len(rows) == 0 || len(answer.list("accounts")) != 1 {
		t.Fatalf("got %d trades on %d accounts", len(rows), len(answer.list("accounts")))
	}
	for _, x := range rows {
		if x.text("account_id") != plan || x.text("date") < "2025-03-15" || x.text("date") > "2026-03-15" {
			t.Errorf("got a trade of %s on %s", x.text("date"), x.text("account_id"))
		}
	}
}

// A security has one id, whoever asks at whichever bank with whichever seed.
func TestASecurityHasOneID(t *testing.T) {
	ids := map[string]string{}
	for _, seed := range []int64{1, 2} {
		w := newWorld(t, plaidsim.Options{Seed: seed})
		for _, institution := range brokers {
			answer := w.must("/investments/holdings/get", fields{"access_token": w.linkWith(institution, "investments")})
			for _, s := range answer.list("securities") {
				ticker, id := s.text("ticker_symbol"), s.text("security_id")
				if other := ids[ticker]; len(id) != 37 || other != "" && other != id {
					t.Errorf("%s: %s and %s", ticker, other, id)
				}
				ids[ticker] = id
			}
		}
	}
}

func TestInvestmentsNeedConsent(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	public := w.finish(w.signIn(w.linkToken(nil), "ins_109511", "user_good", "pass_good")).text("public_token")
	token := w.must("/item/public_token/exchange", fields{"public_token": public}).text("access_token")
	w.refused("/investments/holdings/get", fields{"access_token": token}, "ADDITIONAL_CONSENT_REQUIRED")
	w.refused("/investments/transactions/get", lastYear(token, nil), "ADDITIONAL_CONSENT_REQUIRED")
}

// A broker that is no bank is not found by an app that wants transactions.
func TestSomeBrokersHaveNoTransactions(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	for product, want := range map[string]int{"transactions": 0, "investments": 1} {
		search := fields{"query": "Robinhood", "country_codes": []string{"US"}, "products": []string{product}}
		if got := len(w.must("/institutions/search", search).list("institutions")); got != want {
			t.Errorf("%s: got %d brokers, want %d", product, got, want)
		}
	}
	w.refused("/sandbox/public_token/create", fields{"institution_id": "ins_54", "initial_products": []string{"transactions"}}, "PRODUCTS_NOT_SUPPORTED")
	w.refused("/transactions/sync", fields{"access_token": w.linkWith("ins_54", "investments")}, "PRODUCTS_NOT_SUPPORTED")
}
