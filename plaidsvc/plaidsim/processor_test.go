package plaidsim_test

import (
	"regexp"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"
)

func TestProcessorTokensLookLikePlaids(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.link(nil)
	account := fields{"access_token": token, "account_id": w.account(token, "checking")}
	partner := fields{"access_token": token, "account_id": account["account_id"], "processor": "dwolla"}
	seen := make(map[string]bool)
	for _, tt := range []struct {
		endpoint string
		body     fields
		field    string
		form     string
	}{
		{"/processor/token/create", partner, "processor_token", `^processor-sandbox-[0-9a-f-]{36}$`},
		{"/processor/token/create", partner, "processor_token", `^processor-sandbox-[0-9a-f-]{36}$`},
		{"/processor/stripe/bank_account_token/create", account, "stripe_bank_account_token", `^btok_[0-9A-Za-z]{20}$`},
		{"/processor/stripe/bank_account_token/create", account, "stripe_bank_account_token", `^btok_[0-9A-Za-z]{20}$`},
		{"/sandbox/processor_token/create", fields{"institution_id": "ins_109508"}, "processor_token", `^processor-sandbox-[0-9a-f-]{36}$`},
	} {
		got := w.must(tt.endpoint, tt.body).text(tt.field)
		if !regexp.MustCompile(tt.form).MatchString(got) || seen[got] {
			t.Errorf("%s: got %q after %v, want a new one of the form %s", tt.endpoint, got, seen, tt.form)
		}
		seen[got] = true
	}
}

func TestStripeNeedsConsentToAuth(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	public := w.finish(w.signIn(w.linkToken(nil), "ins_109508", "user_good", "pass_good")).text("public_token")
	token := w.must("/item/public_token/exchange", fields{"public_token": public}).text("access_token")
	account := fields{"access_token": token, "account_id": w.account(token, "checking")}
	w.refused("/processor/stripe/bank_account_token/create", account, "ADDITIONAL_CONSENT_REQUIRED")
}

func TestASandboxProcessorTokenIsOfAnItemOfItsOwn(t *testing.T) {
	w, alone := newWorld(t, plaidsim.Options{}), newWorld(t, plaidsim.Options{})
	w.must("/sandbox/processor_token/create", fields{"institution_id": "ins_109508"})
	if second, first := w.link(nil), alone.link(nil); second == first {
		t.Errorf("the first Item linked afterwards is %q, as if there were none before", second)
	}
}

// A login whose accounts are all closed has none to hand to a partner.
func TestASandboxProcessorTokenNeedsAnOpenAccount(t *testing.T) {
	w := newWorld(t, plaidsim.Options{DocumentedUser: true, Control: true})
	for range 9 {
		w.does("scenario/play", `{"events":[{"event":"account_closed"}]}`)
	}
	w.pass(time.Second)
	w.refused("/sandbox/processor_token/create", fields{"institution_id": "ins_109508"}, "NO_ACCOUNTS")
}
