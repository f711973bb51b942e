package plaidsim_test

import (
	"slices"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"
)

// everything is all products that have webhooks.
var everything = []string{"transactions", "auth", "identity", "liabilities", "investments", "assets"}

// linkAll links a bank with all products, as user_good has all kinds of accounts
// there.
func (w *world) linkAll(options fields) string {
	w.Helper()
	token := w.must("/sandbox/public_token/create", fields{
		"institution_id": "ins_109508", "initial_products": everything, "options": options,
	}).text("public_token")
	return w.must("/item/public_token/exchange", fields{"public_token": token}).text("access_token")
}

// TestEveryWebhookCanBeFired fires all that Plaid lists. IDENTITY is in the
// description of the endpoint, but not among the types of v29's document.
func TestEveryWebhookCanBeFired(t *testing.T) {
	for _, tt := range []struct{ kind, code, fired string }{
		{"", "DEFAULT_UPDATE", "TRANSACTIONS DEFAULT_UPDATE"},
		{"TRANSACTIONS", "DEFAULT_UPDATE", "TRANSACTIONS DEFAULT_UPDATE"},
		{"AUTH", "DEFAULT_UPDATE", "AUTH DEFAULT_UPDATE"},
		{"LIABILITIES", "DEFAULT_UPDATE", "LIABILITIES DEFAULT_UPDATE"},
		{"HOLDINGS", "DEFAULT_UPDATE", "HOLDINGS DEFAULT_UPDATE"},
		{"INVESTMENTS_TRANSACTIONS", "DEFAULT_UPDATE", "INVESTMENTS_TRANSACTIONS DEFAULT_UPDATE"},
		{"", "SYNC_UPDATES_AVAILABLE", "TRANSACTIONS SYNC_UPDATES_AVAILABLE"},
		{"", "RECURRING_TRANSACTIONS_UPDATE", "TRANSACTIONS RECURRING_TRANSACTIONS_UPDATE"},
		{"", "NEW_ACCOUNTS_AVAILABLE", "ITEM NEW_ACCOUNTS_AVAILABLE"},
		{"", "SMS_MICRODEPOSITS_VERIFICATION", "AUTH SMS_MICRODEPOSITS_VERIFICATION"},
		{"", "AUTHORIZATION_GRANTED", "ITEM AUTHORIZATION_GRANTED"},
		{"", "LOGIN_REPAIRED", "ITEM LOGIN_REPAIRED"},
		{"", "PRODUCT_READY", "ASSETS PRODUCT_READY"},
		{"", "ERROR", "ASSETS ERROR"},
		{"ITEM", "ERROR", "ITEM ERROR"},
	} {
		w := newWorld(t, plaidsim.Options{Settled: true})
		request := fields{"access_token": w.linkAll(hook), "webhook_code": tt.code}
		if tt.kind != "" {
			request["webhook_type"] = tt.kind
		}
		if got := w.must("/sandbox/item/fire_webhook", request); got.at("webhook_fired") != true {
			t.Errorf("%s %s: got %v, want webhook_fired", tt.kind, tt.code, got)
		}
		if got := w.judged(); !slices.Equal(got, []string{tt.fired}) {
			t.Errorf("%s %s: fired %v, want %s", tt.kind, tt.code, got, tt.fired)
		}
	}
}

// TestNewerWebhooksCanBeFired fires those that v29's document does not let one
// ask for.
func TestNewerWebhooksCanBeFired(t *testing.T) {
	for _, tt := range []struct{ kind, code string }{
		{"IDENTITY", "DEFAULT_UPDATE"},
		{"ITEM", "PENDING_DISCONNECT"},
		{"ITEM", "USER_PERMISSION_REVOKED"},
		{"ITEM", "USER_ACCOUNT_REVOKED"},
	} {
		w := newWorld(t, plaidsim.Options{Settled: true})
		request := fields{"access_token": w.linkAll(hook), "webhook_type": tt.kind, "webhook_code": tt.code}
		w.quick("/sandbox/item/fire_webhook", request)
		if got := w.judged(); !slices.Equal(got, []string{tt.kind + " " + tt.code}) {
			t.Errorf("%s %s: fired %v, want it", tt.kind, tt.code, got)
		}
	}
}

// A webhook that was fired by hand is sent like any other and changes nothing.
func TestFiredWebhookIsSentAndChangesNothing(t *testing.T) {
	app, network := newApp(t)
	w := newWorld(t, plaidsim.Options{Settled: true, Network: network})
	token := w.link(fields{"webhook": app.URL})
	w.must("/sandbox/item/fire_webhook", fields{"access_token": token, "webhook_type": "ITEM", "webhook_code": "ERROR"})
	w.server.Deliver(t.Context())
	if got := app.codes(t); !slices.Equal(got, []string{"ITEM ERROR"}) {
		t.Errorf("sent %v, want ITEM ERROR", got)
	}
	w.is(token, "")
	w.pass(time.Second)
	if got := w.must("/item/get", fields{"access_token": token}).text("status", "last_webhook", "code_sent"); got != "ERROR" {
		t.Errorf("last webhook: got %q, want ERROR", got)
	}
}
