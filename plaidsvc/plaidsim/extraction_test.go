package plaidsim_test

import (
	"encoding/json"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"
)

// ofInvestments are the webhooks about investments since the last call.
func (w *world) ofInvestments(seen *int) []plaidsim.Notice {
	w.Helper()
	schemas := map[string]string{
		"HOLDINGS DEFAULT_UPDATE":                    "HoldingsDefaultUpdateWebhook",
		"INVESTMENTS_TRANSACTIONS DEFAULT_UPDATE":    "InvestmentsDefaultUpdateWebhook",
		"INVESTMENTS_TRANSACTIONS HISTORICAL_UPDATE": "InvestmentsHistoricalUpdateWebhook",
	}
	var found []plaidsim.Notice
	for _, n := range w.server.Notices() {
		if schema := schemas[n.Kind+" "+n.Code]; schema != "" {
			found = append(found, n)
			body, err := json.Marshal(with(n.Details, fields{
				"webhook_type": n.Kind, "webhook_code": n.Code, "item_id": "x", "environment": "sandbox",
			}))
			if err != nil {
				w.Fatal(err)
			}
			for _, complaint := range judge(w).Schema(schema, body) {
				w.Errorf("%s\nin %s", complaint, body)
			}
		}
	}
	found, *seen = found[*seen:], len(found)
	return found
}

// Each morning after a trading day the app is told how many prices changed and
// how much was traded, and finds as much.
func TestDailyRefreshTellsWhatIsNew(t *testing.T) {
	w := newWorld(t, plaidsim.Options{}) // on a Sunday
	w.pass(time.Hour)                    // at the time of the refresh
	public := w.must("/sandbox/public_token/create", fields{
		"institution_id": "ins_109511", "initial_products": []string{"investments"}, "options": hook,
	}).text("public_token")
	token := w.must("/item/public_token/exchange", fields{"public_token": public}).text("access_token")
	all := func() int { return len(w.trades(token, "2026-02-01", "2100-01-01", 500)) }
	seen, trades, traded := 0, all(), 0
	for range 40 {
		w.pass(day)
		notices := w.ofInvestments(&seen)
		weekday, goodFriday := w.Now().Weekday(), w.Now().Format(time.DateOnly) == "2026-04-04"
		if quiet := weekday == time.Sunday || weekday == time.Monday || goodFriday; quiet != (len(notices) == 0) {
			t.Errorf("%s: told %v", w.Now().Format(time.RFC1123), notices)
		}
		told := 0
		for _, n := range notices {
			if n.Kind == "INVESTMENTS_TRANSACTIONS" {
				told = n.Details["new_investments_transactions"].(int)
				continue
			}
			holdings := len(w.must("/investments/holdings/get", fields{"access_token": token}).list("holdings"))
			if n := n.Details["updated_holdings"].(int); n == 0 || n > holdings {
				t.Errorf("%s: %d of %d holdings were updated", w.Now().Format(time.DateOnly), n, holdings)
			}
		}
		now := all()
		if now-trades != told {
			t.Errorf("%s: %d new trades, told of %d", w.Now().Format(time.DateOnly), now-trades, told)
		}
		trades, traded = now, traded+told
	}
	if traded < 5 {
		t.Errorf("%d trades in forty days", traded)
	}
	w.must("/sandbox/item/reset_login", fields{"access_token": token})
	w.pass(5 * day)
	if got := w.ofInvestments(&seen); len(got) > 0 {
		t.Errorf("of a broken Item: told %v", got)
	}
}

// An app that asks with async_update is told when the data is there; until then
// every call about it is refused.
func TestAsynchronousExtraction(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.linkAt("ins_109511", hook)
	request := lastYear(token, fields{"async_update": true})
	w.refused("/investments/transactions/get", request, "PRODUCT_NOT_READY")
	w.refused("/investments/holdings/get", fields{"access_token": token}, "PRODUCT_NOT_READY")
	w.pass(59 * time.Second)
	w.refused("/investments/transactions/get", lastYear(token, nil), "PRODUCT_NOT_READY")
	if status := w.must("/item/get", fields{"access_token": token}).at("status", "investments"); status != nil {
		t.Errorf("status before the data is there: got %v, want null", status)
	}
	seen := 0
	if got := w.ofInvestments(&seen); len(got) > 0 {
		t.Errorf("told %v too early", got)
	}
	w.pass(time.Second)
	got := w.ofInvestments(&seen)
	if len(got) != 1 || got[0].Code != "HISTORICAL_UPDATE" {
		t.Fatalf("told %v, want HISTORICAL_UPDATE", got)
	}
	trades := w.trades(token, "2000-01-01", "2100-01-01", 500)
	if n := got[0].Details["new_investments_transactions"]; n != len(trades) {
		t.Errorf("told of %v trades, there are %d", n, len(trades))
	}
	if status := w.must("/item/get", fields{"access_token": token}).text("status", "investments", "last_successful_update"); status == "" {
		t.Error("status does not tell of an update")
	}
}

// Without async_update Plaid lets the call wait; here it is answered at once, and
// no webhook follows.
func TestACallDoesNotWaitForTheExtraction(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	for _, token := range []string{w.linkAt("ins_109511", hook), w.linkWith("ins_54", "investments")} {
		w.must("/investments/transactions/get", lastYear(token, nil))
		w.must("/investments/holdings/get", fields{"access_token": token})
		w.must("/investments/transactions/get", lastYear(token, fields{"async_update": true}))
	}
	w.pass(time.Hour - time.Second)
	seen := 0
	if got := w.ofInvestments(&seen); len(got) > 0 {
		t.Errorf("told %v, want nothing before the first refresh", got)
	}
}
