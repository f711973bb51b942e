package plaidsim_test

import (
	"slices"
	"testing"
	"time"

	"coffer/internal/ordeal"
	"coffer/plaidsvc/plaidsim"
)

// A reader reads the webhooks of a world as they are fired.
type reader struct {
	*world
	read int
}

// news are the webhooks fired since the last call, held against Plaid's
// document.
func (r *reader) news() []plaidsim.Notice {
	r.Helper()
	r.judged()
	all := r.server.Notices()
	fresh := all[r.read:]
	r.read = len(all)
	return fresh
}

// expect checks the codes fired since the last call and returns them by code.
func (r *reader) expect(codes ...string) map[string]fields {
	r.Helper()
	var got []string
	found := make(map[string]fields)
	for _, n := range r.news() {
		got = append(got, n.Code)
		found[n.Code] = fields(n.Details)
	}
	if !slices.Equal(got, codes) {
		r.Errorf("%s: got %v, want %v", r.Now().Format(time.RFC3339), got, codes)
	}
	return found
}

// rows is how many transactions an Item has.
func (w *world) rows(token string) int {
	w.Helper()
	n := 0
	for _, page := range w.pages(token, "", 500) {
		n += len(page.list("added"))
	}
	return n
}

// The two parts of a new Item's history are told with as many rows as there are.
func TestNewItemTellsItsHistory(t *testing.T) {
	w := &reader{world: newWorld(t, plaidsim.Options{})}
	token := w.link(fields{"webhook": "http://127.0.0.1:1/"})
	w.pass(10*time.Second - 1)
	w.expect()
	w.pass(1)
	initial := w.expect("INITIAL_UPDATE")["INITIAL_UPDATE"]["new_transactions"]
	if got := w.rows(token); got == 0 || got != initial {
		t.Errorf("initial update: told of %v rows, sync has %d", initial, got)
	}
	w.pass(50 * time.Second)
	told := w.expect("HISTORICAL_UPDATE", "SYNC_UPDATES_AVAILABLE")
	if got := w.rows(token); initial.(int)+told["HISTORICAL_UPDATE"]["new_transactions"].(int) != got {
		t.Errorf("historical update: told of %v rows and %v, sync has %d", initial, told["HISTORICAL_UPDATE"], got)
	}
	if got := told["SYNC_UPDATES_AVAILABLE"]; got["initial_update_complete"] != true || got["historical_update_complete"] != true {
		t.Errorf("got %v, want both parts complete", got)
	}
}

// An app that called sync, even in vain, is told to do so again.
func TestSyncUpdatesComeAfterTheFirstSync(t *testing.T) {
	w := &reader{world: newWorld(t, plaidsim.Options{})}
	token := w.link(fields{"webhook": "http://127.0.0.1:1/"})
	w.must("/transactions/sync", fields{"access_token": token})
	w.pass(10 * time.Second)
	got := w.expect("INITIAL_UPDATE", "SYNC_UPDATES_AVAILABLE")["SYNC_UPDATES_AVAILABLE"]
	if got["initial_update_complete"] != true || got["historical_update_complete"] != false {
		t.Errorf("got %v, want the first part complete alone", got)
	}
	w.pass(50 * time.Second)
	complete := w.expect("HISTORICAL_UPDATE", "SYNC_UPDATES_AVAILABLE")["SYNC_UPDATES_AVAILABLE"]
	w.pass(3 * day)
	for _, n := range w.news() {
		if n.Code == "SYNC_UPDATES_AVAILABLE" && (n.Details["initial_update_complete"] != complete["initial_update_complete"] ||
			n.Details["historical_update_complete"] != complete["historical_update_complete"]) {
			t.Errorf("later: got %v, want %v for ever", n.Details, complete)
		}
	}
}

// A client that syncs whenever it is told to finds exactly what it was told of,
// and finds nothing when it was told nothing.
func TestPollsTellWhatSyncFinds(t *testing.T) {
	w := &reader{world: newWorld(t, plaidsim.Options{Settled: true})}
	token := w.link(fields{"webhook": "http://127.0.0.1:1/"})
	pages := w.pages(token, "", 500)
	cursor := pages[len(pages)-1].text("next_cursor")
	updates := 0
	for range 30 * 4 {
		w.pass(6 * time.Hour)
		told := make(map[string]fields)
		for _, n := range w.news() {
			told[n.Code] = fields(n.Details)
		}
		page := w.must("/transactions/sync", fields{"access_token": token, "cursor": cursor, "count": 500})
		cursor = page.text("next_cursor")
		added, modified := len(page.list("added")), len(page.list("modified"))
		var removed []string
		for _, row := range page.list("removed") {
			removed = append(removed, row.text("transaction_id"))
		}
		if update, got := told["DEFAULT_UPDATE"]; got != (added+modified > 0) || got && update["new_transactions"] != added {
			t.Errorf("%s: told %v, sync added %d and modified %d", w.Now(), update, added, modified)
		}
		ids, _ := told["TRANSACTIONS_REMOVED"]["removed_transactions"].([]string)
		if !slices.Equal(ids, removed) {
			t.Errorf("%s: told of %v removed, sync removed %v", w.Now(), ids, removed)
		}
		if _, got := told["SYNC_UPDATES_AVAILABLE"]; got != (added+modified+len(removed) > 0) {
			t.Errorf("%s: told to sync: %v, it found %d, %d, %d", w.Now(), got, added, modified, len(removed))
		}
		if len(told) > 0 {
			updates++
		}
	}
	if updates < 15 || updates == 30*4 {
		t.Errorf("a month: got %d polls with news of %d, want some with and some without", updates, 30*4)
	}
}

func TestRefreshTellsWhenItTookEffect(t *testing.T) {
	w := &reader{world: newWorld(t, plaidsim.Options{Settled: true})}
	token := w.link(fields{"webhook": "http://127.0.0.1:1/"})
	w.rows(token)
	w.pass(5 * time.Minute)
	w.must("/transactions/refresh", fields{"access_token": token})
	w.pass(2*time.Second - 1)
	w.expect()
	w.pass(1)
	told := w.expect("DEFAULT_UPDATE", "TRANSACTIONS_REMOVED", "SYNC_UPDATES_AVAILABLE")
	if n, _ := told["DEFAULT_UPDATE"]["new_transactions"].(int); n == 0 {
		t.Errorf("got %v, want the pending rows posted", told["DEFAULT_UPDATE"])
	}
}

// A bank that wants the person to sign in tells nothing; afterwards the gap is
// covered, at once where it was a long one.
func TestNewsOfABrokenItemComeAfterItsRepair(t *testing.T) {
	for _, tt := range []struct {
		broken time.Duration
		atOnce bool
	}{{3 * day, true}, {7 * time.Hour, false}} {
		w := &reader{world: newWorld(t, plaidsim.Options{Settled: true})}
		token := w.link(fields{"webhook": "http://127.0.0.1:1/"})
		w.must("/sandbox/item/reset_login", fields{"access_token": token})
		w.expect("ERROR")
		w.pass(tt.broken)
		w.expect()
		w.server.OnItem(token, w.server.Repair())
		w.pass(time.Second)
		if got := slices.ContainsFunc(w.news(), func(n plaidsim.Notice) bool { return n.Code == "DEFAULT_UPDATE" }); got != tt.atOnce {
			t.Errorf("broken for %s: told at once: %v, want %v", tt.broken, got, tt.atOnce)
		}
		w.pass(2 * day)
		if len(w.news()) == 0 {
			t.Errorf("broken for %s: told nothing two days later, want the news", tt.broken)
		}
	}
}

// Who has no address is told nothing, and what happened until there is one is no
// news then; who is removed is told nothing any more.
func TestNewsNeedAnAddressAndAnItem(t *testing.T) {
	w := &reader{world: newWorld(t, plaidsim.Options{Settled: true})}
	token := w.link(nil)
	w.pass(5 * day)
	w.expect()
	w.must("/item/webhook/update", fields{"access_token": token, "webhook": "http://127.0.0.1:1/"})
	w.pass(time.Second)
	w.expect("WEBHOOK_UPDATE_ACKNOWLEDGED")
	w.pass(3 * day)
	if len(w.news()) == 0 {
		t.Error("three days with an address: told nothing, want the news")
	}
	w.must("/item/remove", fields{"access_token": token})
	w.pass(10 * day)
	w.expect()
}

// Plaid looks out for streams once it was asked for them.
func TestStreamsThatChangeAreTold(t *testing.T) {
	ordeal.Alone(t)
	for _, asked := range []bool{true, false} {
		w := &reader{world: newWorld(t, plaidsim.Options{Settled: true})}
		token := w.link(fields{"webhook": "http://127.0.0.1:1/", "transactions": fields{"days_requested": 730}})
		before := w.streams(token)
		if !asked {
			w = &reader{world: newWorld(t, plaidsim.Options{Settled: true})}
			w.link(fields{"webhook": "http://127.0.0.1:1/", "transactions": fields{"days_requested": 730}})
		}
		w.pass(20 * day)
		told := make(map[string]bool)
		for _, n := range w.news() {
			if n.Code == "RECURRING_TRANSACTIONS_UPDATE" {
				for _, id := range n.Details["account_ids"].([]string) {
					told[id] = true
				}
			}
		}
		if !asked {
			if len(told) > 0 {
				t.Errorf("nobody asked: told of %v, want nothing", told)
			}
			continue
		}
		after := w.streams(token)
		for description, s := range after {
			if s.text("last_date") != before[description].text("last_date") && !told[s.text("account_id")] {
				t.Errorf("%s has a new row, and its account was not told of", description)
			}
		}
		if len(told) == 0 {
			t.Error("twenty days: told of no stream, want some")
		}
	}
}

// What is told of a debt is what /liabilities/get says differently.
func TestDebtsThatChangeAreTold(t *testing.T) {
	w := &reader{world: newWorld(t, plaidsim.Options{Settled: true})}
	request := fields{
		"institution_id": "ins_109508", "initial_products": []string{"liabilities"}, "options": fields{"webhook": "http://127.0.0.1:1/"},
	}
	public := w.must("/sandbox/public_token/create", request).text("public_token")
	token := w.must("/item/public_token/exchange", fields{"public_token": public}).text("access_token")
	card := func() fields {
		return w.must("/liabilities/get", fields{"access_token": token}).list("liabilities", "credit")[0]
	}
	w.pass(6 * time.Hour)
	w.expect()
	before, firings := card(), 0
	for range 40 {
		w.pass(day)
		want := make(map[string]bool)
		after := card()
		for name := range after {
			if w.text(fields{"": after[name]}) != w.text(fields{"": before[name]}) {
				want[name] = true
			}
		}
		got := make(map[string]bool)
		for _, n := range w.news() {
			firings++
			for _, name := range n.Details["account_ids_with_updated_liabilities"].(map[string][]string)[after.text("account_id")] {
				got[name] = true
			}
		}
		for name := range want {
			if !got[name] {
				t.Errorf("%s: %s changed, and was not told: %v", w.Now(), name, got)
			}
		}
		before = after
	}
	if firings < 1 || firings > 80 {
		t.Errorf("forty days: got %d webhooks, want some, and not one for each poll", firings)
	}
}

// An account that joins has numbers the app does not know.
func TestNumbersOfANewAccountAreTold(t *testing.T) {
	w := &reader{world: newWorld(t, plaidsim.Options{Settled: true})}
	public := w.must("/sandbox/public_token/create", fields{
		"institution_id": "ins_109508", "initial_products": []string{"auth"}, "options": fields{"webhook": "http://127.0.0.1:1/"},
	}).text("public_token")
	token := w.must("/item/public_token/exchange", fields{"public_token": public}).text("access_token")
	accounts := w.linked(token)
	selection := fields{"update": fields{"account_selection_enabled": true}}
	choose := func(ids []string) {
		session := w.start(w.updateToken(token, selection))
		w.must("/link/session/credentials", with(session, fields{
			"institution_id": "ins_109508", "username": "user_good", "password": "pass_good",
		}))
		w.finish(with(session, fields{"institution_id": "ins_109508", "account_ids": ids}))
	}
	choose(accounts[:1])
	w.pass(6 * time.Hour)
	w.expect()
	choose(accounts)
	w.pass(6 * time.Hour)
	added, _ := w.expect("DEFAULT_UPDATE")["DEFAULT_UPDATE"]["account_ids_with_new_auth"].([]string)
	if len(added) == 0 || slices.Contains(added, accounts[0]) {
		t.Errorf("got %v, want the accounts that joined, not %s", added, accounts[0])
	}
}
