package plaidsim_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"coffer/plaidsvc/plaidsim"
	"coffer/plaidsvc/plaidsim/bank"
)

// events reads all events after one, page by page.
func (w *world) events(after, count int) []fields {
	w.Helper()
	var all []fields
	for {
		page := w.must("/transfer/event/sync", fields{"after_id": after, "count": count})
		all = append(all, page.list("transfer_events")...)
		if page.at("has_more") != true {
			return all
		}
		last, err := all[len(all)-1].at("event_id").(json.Number).Int64()
		if err != nil {
			w.Fatal(err)
		}
		after = int(last)
	}
}

func TestADebitGoesAllTheWay(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	id := w.transfer(w.link(nil))
	seen := []string{"pending"}
	for _, status := range []string{"posted", "settled", "funds_available"} {
		w.pass(24 * time.Hour)
		w.simulate(id, status, nil)
		seen = append(seen, status)
		got := w.must("/transfer/get", fields{"transfer_id": id})
		if got.text("transfer", "status") != status || got.at("transfer", "cancellable") != false || got.text("transfer", "network_trace_id") == "" {
			t.Errorf("after %s: got %v", status, got)
		}
	}
	var told []string
	for i, e := range w.events(0, 1) {
		told = append(told, e.text("event_type"))
		if want := instant(morning().Add(time.Duration(i) * 24 * time.Hour)); e.text("timestamp") != want || e.text("transfer_id") != id || e.text("transfer_amount") != "10.00" {
			t.Errorf("event %d: got %v, want it at %s", i+1, e, want)
		}
	}
	if !slices.Equal(told, seen) {
		t.Errorf("got the events %q, want %q", told, seen)
	}
	if rest := w.events(4, 25); len(rest) != 0 {
		t.Errorf("got %v after the last event", rest)
	}
}

func instant(at time.Time) string { return at.Format(time.RFC3339) }

func TestAReturnedTransferSaysWhyAndBlocksTheAccount(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.link(nil)
	back := func(code string) fields {
		id := w.transfer(token)
		w.simulate(id, "posted", nil)
		w.simulate(id, "returned", fields{"ach_return_code": code})
		return w.must("/transfer/get", fields{"transfer_id": id})
	}
	if got := back("R01"); got.text("transfer", "failure_reason", "ach_return_code") != "R01" || got.text("transfer", "failure_reason", "description") != "Insufficient funds" {
		t.Errorf("got %v", got)
	}
	back("R02") // the account is closed
	w.refused("/transfer/authorization/create", proposing(nil)(w, token), "TRANSFER_ACCOUNT_BLOCKED")
	savings := fields{"account_id": w.account(token, "savings")}
	w.must("/transfer/authorization/create", proposing(savings)(w, token))
	w.refused("/transfer/authorization/create", proposing(nil)(w, w.link(nil)), "TRANSFER_ACCOUNT_BLOCKED") // linked once more, it is the same account
}

func TestAnAuthorizationIsUsedOnce(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.link(nil)
	request := moving(nil)(w, token)
	first := w.must("/transfer/create", request)
	w.pass(3 * time.Hour)
	again := w.must("/transfer/create", with(request, fields{"description": "other", "amount": "1.00"}))
	if first.text("transfer", "id") != again.text("transfer", "id") || again.text("transfer", "amount") != "10.00" {
		t.Errorf("got %v, then %v", first, again)
	}
	if got := w.events(0, 25); len(got) != 1 {
		t.Errorf("got %d events, want one", len(got))
	}
}

func TestAnAuthorizationIsGoodForAnHour(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.link(nil)
	late, inTime := moving(nil)(w, token), moving(nil)(w, token)
	w.pass(time.Hour - time.Second)
	w.must("/transfer/create", inTime)
	w.pass(time.Second)
	w.refused("/transfer/create", late, "INVALID_FIELD")
}

func TestIdempotencyKeysAreRememberedForTwoDays(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.link(nil)
	authorize := func() string {
		return w.must("/transfer/authorization/create", proposing(fields{"idempotency_key": "rent"})(w, token)).text("authorization", "id")
	}
	first := authorize()
	w.pass(48*time.Hour - time.Second)
	if again := authorize(); again != first {
		t.Errorf("got another authorization within two days")
	}
	w.pass(time.Second)
	if later := authorize(); later == first {
		t.Errorf("got the authorization of two days ago")
	}
}

// What a person has to do first is tried again with the same key.
func TestABrokenLoginNeedsThePerson(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.link(nil)
	proposal := proposing(fields{"idempotency_key": "rent"})(w, token)
	w.must("/sandbox/item/reset_login", fields{"access_token": token})
	asked := w.must("/transfer/authorization/create", proposal)
	if asked.text("authorization", "decision") != "user_action_required" || asked.text("authorization", "decision_rationale", "code") != "ITEM_LOGIN_REQUIRED" {
		t.Fatalf("got %v", asked)
	}
	w.refused("/transfer/create", fields{
		"access_token": token, "account_id": proposal["account_id"], "description": "rent",
		"authorization_id": asked.text("authorization", "id"),
	}, "INVALID_FIELD")
	update := w.linkToken(fields{"products": nil, "transfer": fields{"authorization_id": asked.text("authorization", "id")}})
	w.finish(w.signIn(update, "ins_109508", "user_good", "pass_good"))
	if got := w.must("/transfer/authorization/create", proposal).text("authorization", "decision"); got != "approved" {
		t.Errorf("after the repair: got %q, want approved", got)
	}
}

// A purse is a bank where somebody has one checking account with so much in it.
type purse struct {
	neighbourhood
	available *decimal.Decimal
}

type purseLogin struct {
	bank.Login
	available *decimal.Decimal
}

func (p purse) Login(institution, user string) (bank.Login, bool) {
	l, ok := p.neighbourhood.Login(institution, user)
	return purseLogin{l, p.available}, ok
}

func (l purseLogin) Numbers(id string) bank.Numbers { return l.Login.(bank.Numbered).Numbers(id) }

func (l purseLogin) Balances(at time.Time) []bank.Balance {
	balances := l.Login.Balances(at)
	for i := range balances {
		balances[i].Available, balances[i].Current = l.available, l.available
	}
	return balances
}

func TestDecisionsFollowTheAccount(t *testing.T) {
	for _, tt := range []struct {
		available, kind, decision, rationale string
	}{
		{"10.00", "debit", "approved", ""},
		{"9.99", "debit", "declined", "NSF"},
		{"0.00", "debit", "declined", "RISK"},
		{"", "debit", "approved", "ERROR"}, // the bank does not tell
		{"0.00", "credit", "approved", ""},
	} {
		p := purse{neighbourhood: family()}
		if tt.available != "" {
			d := decimal.RequireFromString(tt.available)
			p.available = &d
		}
		w := newWorld(t, plaidsim.Options{Banks: p})
		got := w.must("/transfer/authorization/create", proposing(fields{"type": tt.kind})(w, w.link(nil)))
		if got.text("authorization", "decision") != tt.decision || got.text("authorization", "decision_rationale", "code") != tt.rationale {
			t.Errorf("a %s of 10.00 with %q available: got %v, want %s %s", tt.kind, tt.available, got, tt.decision, tt.rationale)
		}
	}
}

func TestTransfersNeedConsent(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	public := w.finish(w.signIn(w.linkToken(nil), "ins_109508", "user_good", "pass_good")).text("public_token")
	token := w.must("/item/public_token/exchange", fields{"public_token": public}).text("access_token")
	w.refused("/transfer/authorization/create", proposing(nil)(w, token), "ADDITIONAL_CONSENT_REQUIRED")
}

func TestWhoSimulatesMayBeTold(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	id := w.transfer(w.link(fields{"webhook": "http://127.0.0.1:1/item"}))
	before := len(w.server.Notices())
	w.simulate(id, "posted", nil)
	if got := w.server.Notices()[before:]; len(got) != 0 {
		t.Errorf("got the webhooks %v although nobody asked for any", got)
	}
	w.must("/sandbox/transfer/simulate", fields{"transfer_id": id, "event_type": "settled", "webhook": "http://127.0.0.1:1/transfers"})
	if got := w.server.Notices()[before:]; len(got) != 1 || got[0].Kind != "TRANSFER" || got[0].Code != "TRANSFER_EVENTS_UPDATE" {
		t.Errorf("got the webhooks %v, want TRANSFER_EVENTS_UPDATE", got)
	}
}

func TestTooLateForTheSameDay(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.link(nil)
	w.pass(34*time.Hour + 30*time.Minute) // Monday, 3:30 pm in New York
	request := moving(nil)(w, token)
	request["authorization_id"] = w.must("/transfer/authorization/create", proposing(fields{"network": "same-day-ach"})(w, token)).text("authorization", "id")
	got := w.must("/transfer/create", request)
	if got.text("transfer", "network") != "ach" || got.text("transfer", "expected_settlement_date") != "2026-03-17" {
		t.Errorf("got %v, want it sent by ach to settle on Tuesday", got)
	}
}
