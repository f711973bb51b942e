package plaidsim_test

import (
	"testing"

	"coffer/internal/ordeal"
	"coffer/plaidsvc/plaidsim"
)

func TestAccountsAreThoseOfTheLogin(t *testing.T) {
	ordeal.Alone(t)
	w := newWorld(t, plaidsim.Options{})
	token := w.link(nil)
	for _, endpoint := range []string{"/accounts/get", "/accounts/balance/get"} {
		answer := w.must(endpoint, fields{"access_token": token})
		accounts := answer.list("accounts")
		if len(accounts) < 3 {
			t.Fatalf("%s: got %d accounts, want the bank's at least three", endpoint, len(accounts))
		}
		for _, a := range accounts {
			iso, unofficial := a.at("balances", "iso_currency_code"), a.at("balances", "unofficial_currency_code")
			if (iso == nil) == (unofficial == nil) {
				t.Errorf("%s: got currencies %v and %v, want exactly one", a["name"], iso, unofficial)
			}
			if a.at("balances", "current") == nil && a.at("balances", "available") == nil {
				t.Errorf("%s: got neither a current nor an available balance", a["name"])
			}
		}
	}
}

func TestAccountsCanBePicked(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.link(nil)
	all := w.must("/accounts/get", fields{"access_token": token}).list("accounts")
	id := all[1].text("account_id")
	for _, endpoint := range []string{"/accounts/get", "/accounts/balance/get"} {
		request := fields{"access_token": token, "options": fields{"account_ids": []string{id}}}
		got := w.must(endpoint, request).list("accounts")
		if len(got) != 1 || got[0].text("account_id") != id {
			t.Errorf("%s: got %v, want account %s alone", endpoint, got, id)
		}
		request["options"] = fields{"account_ids": []string{id, "another"}}
		w.refused(endpoint, request, "INVALID_ACCOUNT_ID")
	}
}

// At Plaid the same account linked twice has two ids.
func TestAccountIDsBelongToTheItem(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	seen := make(map[string]bool)
	for _, token := range []string{w.link(nil), w.link(nil)} {
		for _, a := range w.must("/accounts/get", fields{"access_token": token}).list("accounts") {
			if id := a.text("account_id"); seen[id] || len(id) != 37 {
				t.Errorf("account_id: got %q, want a new one of 37 letters and digits", id)
			} else {
				seen[id] = true
			}
		}
	}
}
