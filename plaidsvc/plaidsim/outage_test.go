package plaidsim_test

import (
	"slices"
	"testing"
)

// outage is a bank that is down for ten days from the first midnight on.
const outage = `{"event":"institution_down","at":"2026-03-16T00:00:00Z","institution_id":"ins_109508"},
	{"event":"institution_up","at":"2026-03-26T00:00:00Z","institution_id":"ins_109508"}`

// What Plaid has of a bank that is down stays as it was, all figures of one
// moment, and says since when.
func TestFiguresStandStillWhileTheBankIsDown(t *testing.T) {
	w := played(t, outage)
	token := w.linkWith("ins_109508", "transactions", "liabilities")
	request := fields{"access_token": token}
	w.pass(day) // the bank went down nine hours ago
	shown := func() []string {
		var texts []string
		for _, endpoint := range []string{"/accounts/get", "/liabilities/get"} {
			answer := w.must(endpoint, request)
			delete(answer, "request_id")
			texts = append(texts, w.text(answer))
		}
		return texts
	}
	before, last := shown(), w.must("/item/get", request).at("status", "transactions", "last_successful_update")
	w.pass(8 * day)
	if now := shown(); !slices.Equal(now, before) {
		t.Errorf("after eight days: got\n%s\nwant it as on the first\n%s", now, before)
	}
	status := w.must("/item/get", request)
	if status.at("status", "transactions", "last_failed_update") == nil {
		t.Error("got last_failed_update null, want the latest attempt")
	}
	if got := status.at("status", "transactions", "last_successful_update"); got != last {
		t.Errorf("last_successful_update: got %v, want it to stay %v", got, last)
	}
	w.pass(2 * day)
	if now := shown(); now[0] == before[0] || now[1] == before[1] {
		t.Errorf("up again: got the balances and debts of before, want those of today")
	}
	if got := w.must("/item/get", request).at("status", "transactions", "last_failed_update"); got != nil {
		t.Errorf("up again: got last_failed_update %v, want null", got)
	}
}

func TestBankThatIsDownIsNotAskedForNews(t *testing.T) {
	w := played(t, outage)
	request := fields{"access_token": w.link(nil)}
	w.must("/transactions/refresh", request)
	w.pass(day)
	w.refused("/transactions/refresh", request, "INSTITUTION_DOWN")
	w.pass(10 * day)
	w.must("/transactions/refresh", request)
}

// What was to happen at a bank that is down happens when it is up again, and is
// told then.
func TestEventsWaitForTheBank(t *testing.T) {
	w := played(t, outage+`,{"event":"new_account","at":"2026-03-17T00:00:00Z"},
		{"event":"account_closed","at":"2026-03-18T00:00:00Z","account":"Holiday Savings"},
		{"event":"new_account","at":"2026-03-19T00:00:00Z"},
		{"event":"rows_removed","at":"2026-03-20T00:00:00Z","rows":2,"contains":"transfer"}`)
	token := w.link(hook)
	pages := w.pages(token, "", 500)
	w.pass(10 * day)
	w.tells()
	if removed := w.pages(token, pages[len(pages)-1].text("next_cursor"), 500)[0].list("removed"); len(removed) > 0 {
		t.Errorf("while the bank is down: got %d rows removed", len(removed))
	}
	w.pass(day)
	w.tells("NEW_ACCOUNTS_AVAILABLE", "NEW_ACCOUNTS_AVAILABLE")
	later := w.link(nil)
	if got := w.accounts(later)["Holiday Savings"]; got == "" {
		t.Errorf("linked later: got the accounts %v, want the second new one", w.accounts(later))
	}
	plain := played(t, outage)
	untouched := plain.link(nil)
	plain.pass(11 * day)
	got, want := len(held(w.pages(token, "", 500))), len(held(plain.pages(untouched, "", 500)))-2
	if got != want || want < 10 {
		t.Errorf("got %d rows, want %d: two less than without the event", got, want)
	}
}

// An account that is opened belongs to whom the others belong to, and can be
// paid by numbers like theirs.
func TestNewAccountHasHoldersAndNumbers(t *testing.T) {
	w := played(t, `{"event":"new_account","at":"2026-03-01T00:00:00Z"}`)
	request := fields{"access_token": w.linkWith("ins_109508", "identity", "auth")}
	owners := make(map[string]string)
	for _, a := range w.must("/identity/get", request).list("accounts") {
		owners[a.text("name")] = w.text(fields{"owners": a["owners"]})
	}
	first, _ := w.first(request.text("access_token"))
	if got := owners["Holiday Savings"]; got == "" || got != owners[first] {
		t.Errorf("owners: got %s, want those of %s, %s", got, first, owners[first])
	}
	id := w.accounts(request.text("access_token"))["Holiday Savings"]
	var own, other fields
	for _, n := range w.must("/auth/get", request).list("numbers", "ach") {
		if n["account_id"] == id {
			own = n
		} else {
			other = n
		}
	}
	if own == nil || own["routing"] != other["routing"] || own["account"] == other["account"] ||
		len(own.text("account")) != len(other.text("account")) {
		t.Errorf("numbers: got %v, want another account of the branch of %v", own, other)
	}
}
