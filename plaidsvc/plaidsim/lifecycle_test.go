package plaidsim_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"

	"github.com/shopspring/decimal"
)

// played is a world in which events happen.
func played(t *testing.T, events string) *world {
	t.Helper()
	sc, err := plaidsim.ReadScenario(strings.NewReader(`{"events":[` + events + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	return newWorld(t, plaidsim.Options{Settled: true, Scenario: sc})
}

// A login as scenarios tell its life: when it breaks, when it is well again, and
// what the app is told.
func TestEventsOfItems(t *testing.T) {
	for _, tt := range []struct {
		name, events string
		after        time.Duration
		state        string
		told         []string
	}{
		{"before", `{"event":"login_required","after":"2h"}`, 2*time.Hour - 1, "", nil},
		{"login required", `{"event":"login_required","after":"2h"}`, 2 * time.Hour, "ITEM_LOGIN_REQUIRED", []string{"ERROR"}},
		{"at a moment", `{"event":"login_required","at":"2026-03-15T11:00:00Z"}`, 2 * time.Hour, "ITEM_LOGIN_REQUIRED", []string{"ERROR"}},
		{"repaired", `{"event":"login_required"},{"event":"login_repaired","after":"1d"}`, day, "", []string{"ERROR", "LOGIN_REPAIRED"}},
		{"consent announced", `{"event":"consent_expiry","in":"10d"}`, 3 * day, "", []string{"PENDING_DISCONNECT"}},
		{"consent over", `{"event":"consent_expiry","in":"10d"}`, 10 * day, "ITEM_LOGIN_REQUIRED", []string{"PENDING_DISCONNECT", "ERROR"}},
		{"disconnect announced", `{"event":"pending_disconnect","after":"1d"}`, 2 * day, "", []string{"PENDING_DISCONNECT"}},
		{"disconnected", `{"event":"pending_disconnect","after":"1d","in":"2d"}`, 3 * day, "ITEM_LOGIN_REQUIRED", []string{"PENDING_DISCONNECT", "ERROR"}},
		{"revoked", `{"event":"permission_revoked","after":"1d"}`, day, "USER_PERMISSION_REVOKED", []string{"USER_PERMISSION_REVOKED"}},
		{"another Item", `{"event":"login_required","item":2}`, day, "", nil},
		{"another bank", `{"event":"login_required","institution_id":"ins_109509"}`, day, "", nil},
		{"this bank", `{"event":"login_required","institution_id":"ins_109508"}`, day, "ITEM_LOGIN_REQUIRED", []string{"ERROR"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := played(t, tt.events)
			token := w.link(hook)
			w.pass(tt.after)
			w.is(token, tt.state)
			w.tells(tt.told...)
		})
	}
}

func TestDisconnectHasItsReason(t *testing.T) {
	for _, reason := range []string{"INSTITUTION_MIGRATION", "INSTITUTION_TOKEN_EXPIRATION"} {
		w := played(t, `{"event":"pending_disconnect","reason":"`+reason+`"}`)
		w.link(hook)
		if got := w.server.Notices()[0].Details["reason"]; got != reason {
			t.Errorf("reason: got %v, want %s", got, reason)
		}
	}
}

// accounts are the names and ids of what an Item has.
func (w *world) accounts(token string) map[string]string {
	w.Helper()
	ids := make(map[string]string)
	for _, a := range w.must("/accounts/get", fields{"access_token": token}).list("accounts") {
		ids[a.text("name")] = a.text("account_id")
	}
	return ids
}

// first is the name of an Item's first account, as scenarios take it.
func (w *world) first(token string) (name, id string) {
	w.Helper()
	a := w.must("/accounts/get", fields{"access_token": token}).list("accounts")[0]
	return a.text("name"), a.text("account_id")
}

// centsOf is an amount in minor units.
func centsOf(amount any) int {
	number, _ := amount.(json.Number)
	d, err := decimal.NewFromString(number.String())
	if err != nil {
		panic(err) // the judge has let a number pass
	}
	return int(d.Shift(2).IntPart())
}

// sum is what the posted rows of an account come to, in cents.
func sum(pages []fields, account string) (rows, cents int) {
	all := make(map[string]fields)
	for _, page := range pages {
		for _, r := range append(page.list("added"), page.list("modified")...) {
			all[r.text("transaction_id")] = r
		}
		for _, r := range page.list("removed") {
			delete(all, r.text("transaction_id"))
		}
	}
	for _, r := range all {
		if r["account_id"] == account && r["pending"] == false {
			rows++
			cents += centsOf(r["amount"])
		}
	}
	return rows, cents
}

func TestAccountsThatLeave(t *testing.T) {
	for event, told := range map[string][]string{
		"account_revoked": {"USER_ACCOUNT_REVOKED"},
		"account_closed":  nil,
	} {
		t.Run(event, func(t *testing.T) {
			w := played(t, `{"event":"`+event+`","after":"1d"}`)
			token := w.link(hook)
			name, id := w.first(token)
			before := w.accounts(token)
			pages := w.pages(token, "", 500)
			w.pass(day)
			after := w.accounts(token)
			if _, still := after[name]; still || len(after) != len(before)-1 {
				t.Errorf("accounts: got %v, want %v without %s", after, before, name)
			}
			w.tells(told...)
			if len(told) > 0 && w.server.Notices()[0].Details["account_id"] != id {
				t.Errorf("the webhook is about %v, want %s", w.server.Notices()[0].Details, id)
			}
			w.pass(10 * day)
			for _, page := range append(w.pages(token, "", 500), w.pages(token, pages[len(pages)-1].text("next_cursor"), 500)...) {
				for _, r := range slices.Concat(page.list("added"), page.list("modified"), page.list("removed")) {
					if r["account_id"] == id || r["account_id"] == "" {
						t.Fatalf("a row of the account that left: %v", r)
					}
				}
			}
			w.refused("/accounts/get", fields{"access_token": token, "options": fields{"account_ids": []string{id}}}, "INVALID_ACCOUNT_ID")
			w.must("/transactions/get", fields{"access_token": token, "start_date": "2025-12-20", "end_date": "2026-03-20"})
		})
	}
}

// An account that churns comes back under another account_id with all its rows,
// and whoever syncs has nothing of the old one left.
func TestAccountChurn(t *testing.T) {
	w := played(t, `{"event":"account_churn","after":"1d"}`)
	token := w.link(hook)
	name, old := w.first(token)
	pages := w.pages(token, "", 500)
	rows, _ := sum(pages, old)
	w.pass(day)
	id := w.accounts(token)[name]
	if id == old || id == "" {
		t.Fatalf("account_id: got %q again, want another", id)
	}
	news := w.pages(token, pages[len(pages)-1].text("next_cursor"), 500)
	if got, _ := sum(append(pages, news...), old); got != 0 {
		t.Errorf("%d rows of the old account are left, want none", got)
	}
	if got, _ := sum(append(pages, news...), id); got < rows || rows == 0 {
		t.Errorf("%d rows of the new account, want the %d of the old one and more", got, rows)
	}
	var accounts []fields
	for _, page := range news {
		accounts = append(accounts, page.list("accounts")...)
	}
	if !slices.ContainsFunc(accounts, func(a fields) bool { return a["account_id"] == id }) {
		t.Errorf("accounts of the answer: got %v, want the new one", accounts)
	}
	w.refused("/accounts/get", fields{"access_token": token, "options": fields{"account_ids": []string{old}}}, "INVALID_ACCOUNT_ID")
}

// What is removed when an account churns is what the Item has had: not the rows
// from before the days that were asked for.
func TestChurnRemovesWhatThereWas(t *testing.T) {
	w := played(t, `{"event":"account_churn","after":"1d"}`)
	token := w.linkAt("ins_109508", fields{"transactions": fields{"days_requested": 60}})
	pages := w.pages(token, "", 500)
	had := make(map[string]bool)
	for _, page := range pages {
		for _, row := range page.list("added") {
			had[row.text("transaction_id")] = true
		}
	}
	w.pass(day)
	removed := 0
	for _, page := range w.pages(token, pages[len(pages)-1].text("next_cursor"), 500) {
		for _, row := range page.list("removed") {
			if removed++; !had[row.text("transaction_id")] {
				t.Errorf("removed: %v was never added", row)
			}
		}
	}
	if removed == 0 {
		t.Error("nothing was removed")
	}
}

// The same account keeps its persistent_account_id where the bank has them.
func TestChurnKeepsThePersistentID(t *testing.T) {
	w := played(t, `{"event":"account_churn","after":"1d"}`)
	token := w.linkAt("ins_56", nil)
	account := func() fields { return w.must("/accounts/get", fields{"access_token": token}).list("accounts")[0] }
	before := account()
	w.pass(day)
	after := account()
	if before.text("persistent_account_id") == "" || before["persistent_account_id"] != after["persistent_account_id"] ||
		before["account_id"] == after["account_id"] {
		t.Errorf("got %v, want another account_id and the same persistent one as %v", after, before)
	}
}

// A new account is announced, can be added in update mode, and brings its rows
// along: they are what its balance is.
func TestNewAccountJoinsInUpdateMode(t *testing.T) {
	w := played(t, `{"event":"new_account","after":"1d"}`)
	token := w.link(hook)
	pages := w.pages(token, "", 500)
	before := w.accounts(token)
	w.pass(31 * day)
	w.tells("NEW_ACCOUNTS_AVAILABLE")
	if got := w.accounts(token); len(got) != len(before) {
		t.Errorf("before the person agrees: got the accounts %v", got)
	}
	pages = append(pages, w.pages(token, pages[len(pages)-1].text("next_cursor"), 500)...)

	link := w.updateToken(token, fields{"update": fields{"account_selection_enabled": true}})
	w.finish(w.signIn(link, "ins_109508", "user_good", "pass_good"))
	id := w.accounts(token)["Holiday Savings"]
	if id == "" {
		t.Fatalf("accounts: got %v, want the new one too", w.accounts(token))
	}
	pages = append(pages, w.pages(token, pages[len(pages)-1].text("next_cursor"), 500)...)
	rows, cents := sum(pages, id)
	balance := w.must("/accounts/balance/get", fields{"access_token": token, "options": fields{"account_ids": []string{id}}})
	if got := centsOf(balance.at("accounts", 0, "balances", "current")); rows < 5 || got != -cents {
		t.Errorf("%d rows come to %d cents, the balance is %d", rows, -cents, got)
	}
}

// What happened at a bank at a moment of its own happened for those who link
// later, too.
func TestPastOfTheBank(t *testing.T) {
	w := played(t, `{"event":"new_account","at":"2026-03-01T00:00:00Z"},{"event":"account_closed","at":"2026-03-02T00:00:00Z"}`)
	plain := newWorld(t, plaidsim.Options{Settled: true})
	name, _ := plain.first(plain.link(nil))
	got := w.accounts(w.link(hook))
	if got["Holiday Savings"] == "" || got[name] != "" {
		t.Errorf("accounts: got %v, want the new one, and not %s", got, name)
	}
	w.tells()
}

// A bank that is down answers nothing of itself, and what Plaid has stays; when
// it is up again it tells what has happened meanwhile.
func TestInstitutionGoesDownAndComesUp(t *testing.T) {
	w := played(t, `{"event":"institution_down","at":"2026-03-16T00:00:00Z","institution_id":"ins_109508","code":"INSTITUTION_NOT_RESPONDING"},
		{"event":"institution_up","at":"2026-03-26T00:00:00Z","institution_id":"ins_109508"}`)
	token, other := w.link(nil), w.linkAt("ins_109509", nil)
	request := fields{"access_token": token}
	w.must("/accounts/balance/get", request)
	w.pass(day)
	cursor := w.pages(token, "", 500)
	last := cursor[len(cursor)-1].text("next_cursor")
	w.refused("/accounts/balance/get", request, "INSTITUTION_NOT_RESPONDING")
	w.refused("/sandbox/public_token/create", sandboxRequest(), "INSTITUTION_NOT_RESPONDING")
	w.must("/accounts/balance/get", fields{"access_token": other})
	w.pass(8 * day)
	w.must("/accounts/get", request)
	if page := w.pages(token, last, 500)[0]; len(held([]fields{page})) > 0 {
		t.Errorf("while it is down: got %d new rows", len(page.list("added")))
	}
	w.pass(2 * day)
	w.must("/accounts/balance/get", request)
	if page := w.pages(token, last, 500)[0]; len(page.list("added")) < 5 {
		t.Errorf("when it is up: got %d new rows, want ten days of them", len(page.list("added")))
	}
}

func TestRateLimitsOfAScenario(t *testing.T) {
	w := played(t, `{"event":"rate_limits","limits":"production","at":"2026-03-15T10:00:00Z"},
		{"event":"rate_limits","limits":"off","at":"2026-03-15T11:00:00Z"}`)
	token := w.link(nil)
	if got := w.spoilt(7, "/accounts/balance/get", token); got != nil {
		t.Errorf("before: refused calls %v", got)
	}
	w.pass(time.Hour)
	if got := w.spoilt(7, "/accounts/balance/get", token); !slices.Equal(got, []int{6, 7}) {
		t.Errorf("refused calls %v, want the sixth and seventh within a minute", got)
	}
	w.pass(time.Hour)
	if got := w.spoilt(7, "/accounts/balance/get", token); got != nil {
		t.Errorf("afterwards: refused calls %v", got)
	}
}

func TestMutationOfAScenario(t *testing.T) {
	w := played(t, `{"event":"mutate_on_page","page":2}`)
	token := w.link(nil)
	cursor := w.must("/transactions/sync", fields{"access_token": token}).text("next_cursor")
	w.refused("/transactions/sync", fields{"access_token": token, "cursor": cursor}, "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION")
}
