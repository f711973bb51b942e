package plaidsim_test

import (
	"encoding/json"
	"testing"

	"coffer/plaidsvc/plaidsim"
)

// owner is one of the two whose first account is a joint one, as the bank has
// them on file.
func owner(w *world, token string, i int) (id string, known fields) {
	account := w.must("/identity/get", fields{"access_token": token}).list("accounts")[0]
	o := account.list("owners")[i]
	return account.text("account_id"), fields{
		"legal_name":    o.at("names", 0),
		"phone_number":  o.at("phone_numbers", 0, "data"),
		"email_address": o.at("emails", 0, "data"),
		"address":       o.at("addresses", 0, "data"),
	}
}

func score(f fields, field string) any { return f.at("accounts", 0, field, "score") }

func TestBothOwnersMatchPerfectly(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.link(nil)
	for i := range 2 {
		id, user := owner(w, token, i)
		answer := w.must("/identity/match", fields{"access_token": token, "user": user, "options": fields{"account_ids": []string{id}}})
		if got := answer.list("accounts"); len(got) != 1 {
			t.Fatalf("got %d accounts, want the one asked for", len(got))
		}
		for _, field := range []string{"legal_name", "phone_number", "email_address", "address"} {
			if got := score(answer, field); got != json.Number("100") {
				t.Errorf("owner %d: %s: got the score %v, want 100", i, field, got)
			}
		}
		if answer.at("accounts", 0, "address", "is_postal_code_match") != true {
			t.Errorf("owner %d: the postal code does not match", i)
		}
		for _, amount := range []string{"available", "current", "limit", "iso_currency_code"} {
			if got := answer.at("accounts", 0, "balances", amount); got != nil {
				t.Errorf("balances.%s: got %v, want null", amount, got)
			}
		}
	}
}

func TestWhatTheAppDoesNotKnowHasNoScore(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	answer := w.must("/identity/match", fields{"access_token": w.link(nil), "user": fields{"legal_name": "Nobody Inparticular"}})
	for _, field := range []string{"phone_number", "email_address", "address"} {
		if got := score(answer, field); got != nil {
			t.Errorf("%s: got the score %v, want null", field, got)
		}
	}
	if got, _ := score(answer, "legal_name").(json.Number); got == "" || len(got) > 1 && got >= "70" {
		t.Errorf("legal_name: got the score %q, want a mismatch", got)
	}
}

func TestMatchingNeedsConsentToIdentity(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	public := w.finish(w.signIn(w.linkToken(nil), "ins_109508", "user_good", "pass_good")).text("public_token")
	token := w.must("/item/public_token/exchange", fields{"public_token": public}).text("access_token")
	w.refused("/identity/match", fields{"access_token": token, "user": fields{"legal_name": "A B"}}, "ADDITIONAL_CONSENT_REQUIRED")
}
