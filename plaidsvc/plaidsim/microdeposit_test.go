package plaidsim_test

import (
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"
)

// linkDeposits links Houndstooth Bank as somebody whose numbers have to be
// verified, and returns the access token and the checking account.
func linkDeposits(w *world) (token, account string) {
	w.Helper()
	public := w.must("/sandbox/public_token/create", fields{
		"institution_id": "ins_109512", "initial_products": []string{"auth"},
		"options": fields{"override_username": "user_good", "override_password": "microdeposits_good", "webhook": "http://127.0.0.1:1/webhook"},
	}).text("public_token")
	token = w.must("/item/public_token/exchange", fields{"public_token": public}).text("access_token")
	return token, w.account(token, "checking")
}

// verification is what can be seen of an account.
func verification(w *world, token, account string) string {
	w.Helper()
	return w.must("/accounts/get", fields{"access_token": token, "options": fields{"account_ids": []string{account}}}).
		text("accounts", 0, "verification_status")
}

func TestMicrodepositsArriveAfterADay(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token, account := linkDeposits(w)
	if got := verification(w, token, account); got != "pending_automatic_verification" {
		t.Fatalf("got the status %q, want it pending", got)
	}
	w.pass(24*time.Hour - time.Second)
	w.refused("/auth/get", fields{"access_token": token}, "PRODUCT_NOT_READY")
	w.refused("/processor/stripe/bank_account_token/create", fields{"access_token": token, "account_id": account}, "PRODUCT_NOT_READY")
	w.pass(time.Second)
	if got := verification(w, token, account); got != "automatically_verified" {
		t.Errorf("after a day: got the status %q", got)
	}
	if got := w.must("/auth/get", fields{"access_token": token}).list("numbers", "ach"); len(got) != 2 {
		t.Errorf("after a day: got %d account numbers, want 2", len(got))
	}
	var told []string
	for _, n := range w.server.Notices() {
		if n.Kind == "AUTH" {
			told = append(told, n.Code)
		}
	}
	if len(told) != 2 || told[0] != "AUTOMATICALLY_VERIFIED" || told[1] != told[0] {
		t.Errorf("got the webhooks %q, want AUTOMATICALLY_VERIFIED for each account", told)
	}
}

func TestATestNeedNotWaitForMicrodeposits(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token, account := linkDeposits(w)
	set := func(status string) {
		w.must("/sandbox/item/set_verification_status", fields{
			"access_token": token, "account_id": account, "verification_status": status,
		})
	}
	for _, tt := range []struct{ status, code, schema string }{
		{"automatically_verified", "AUTOMATICALLY_VERIFIED", "AutomaticallyVerifiedWebhook"},
		{"verification_expired", "VERIFICATION_EXPIRED", "VerificationExpiredWebhook"},
	} {
		set(tt.status)
		notices := w.server.Notices()
		last := notices[len(notices)-1]
		if last.Kind != "AUTH" || last.Code != tt.code || last.Details["account_id"] != account {
			t.Errorf("%s: got the webhook %+v", tt.status, last)
		}
		for _, complaint := range judge(t).Schema(tt.schema, last.Body) {
			t.Error(complaint)
		}
	}
	set("automatically_verified")
	if got := w.must("/auth/get", fields{"access_token": token}).list("accounts"); len(got) != 1 || got[0].text("account_id") != account {
		t.Errorf("got the accounts %v, want the verified one", got)
	}
	set("verification_expired")
	w.pass(48 * time.Hour)
	if got := verification(w, token, account); got != "verification_expired" {
		t.Errorf("the deposit arrived although it had failed: got the status %q", got)
	}
}

func TestLinkTellsThatNumbersArePending(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	finished := w.finish(w.signIn(w.linkToken(fields{"products": []string{"auth"}}), "ins_109512", "user_good", "microdeposits_good"))
	if got := finished.text("metadata", "accounts", 0, "verification_status"); got != "pending_automatic_verification" {
		t.Errorf("got the status %q, want it pending", got)
	}
}
