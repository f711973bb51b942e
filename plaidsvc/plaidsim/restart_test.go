package plaidsim_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"coffer/internal/ordeal"
	"coffer/plaidsvc/plaidsim"
)

// demo is a simulator as coffer's demo starts one, in a process of its own, with a year
// of history for its two.
func demo(t testing.TB, seed int64, day int) *world {
	t.Helper()
	w := &world{TB: t, clock: &clock{now: morning().AddDate(0, 0, day)}}
	w.server = plaidsim.New(plaidsim.Options{Seed: seed, Years: 1, Settled: true, Clock: w.Now})
	return w
}

// banks are the demo's links, in its order.
func (w *world) banks() (tokens []string) {
	w.Helper()
	for _, id := range []string{"ins_109508", "ins_109509", "ins_109508"} {
		public := w.must("/sandbox/public_token/create", fields{
			"institution_id": id, "initial_products": []string{"transactions"},
			"options": fields{"transactions": fields{"days_requested": 730}},
		}).text("public_token")
		tokens = append(tokens, w.must("/item/public_token/exchange", fields{"public_token": public}).text("access_token"))
	}
	return tokens
}

func TestSameSeedGivesTheSameNames(t *testing.T) {
	one, two, other := demo(t, 7, 0), demo(t, 7, 3), demo(t, 8, 0)
	first, again, elsewhere := one.banks(), two.banks(), other.banks()
	if !slices.Equal(first, again) {
		t.Errorf("access tokens: got %v three days later, want %v", again, first)
	}
	if slices.Equal(first, elsewhere) {
		t.Errorf("access tokens: another seed gave the same, %v", elsewhere)
	}
	for i, token := range first {
		request := fields{"access_token": token}
		a, b := one.must("/accounts/get", request), two.must("/accounts/get", request)
		if a.text("item", "item_id") != b.text("item", "item_id") {
			t.Errorf("bank %d: got item_id %s, want %s", i, b.text("item", "item_id"), a.text("item", "item_id"))
		}
		for n, account := range a.list("accounts") {
			if got, want := b.list("accounts")[n]["account_id"], account["account_id"]; got != want {
				t.Errorf("bank %d: account %d: got %v, want %v", i, n, got, want)
			}
		}
	}
}

// A cursor of yesterday's process is good in today's: the client ends with what
// it would have had with one process, removed pending rows and posted ones.
func TestCursorOutlivesItsProcess(t *testing.T) {
	ordeal.Alone(t)
	const days = 5
	before, through := demo(t, 7, 0), demo(t, 7, 0)
	token := before.banks()[0]
	through.banks()
	pages := before.pages(token, "", 500)
	cursor := pages[len(pages)-1].text("next_cursor")

	after := demo(t, 7, days)
	after.banks()
	rest := after.pages(token, cursor, 500)
	if len(rest[0].list("added")) == 0 || len(rest[0].list("removed")) == 0 {
		t.Errorf("after %d days: got %d added and %d removed, want both", days,
			len(rest[0].list("added")), len(rest[0].list("removed")))
	}
	through.pass(days * 24 * time.Hour)
	want := held(through.pages(token, "", 500))
	if got := held(append(pages, rest...)); !maps.Equal(got, want) {
		t.Errorf("got %d rows, want the %d of one process", len(got), len(want))
	}
}

// The same in the middle of a loop: the new process says that the data changed,
// or goes on where the old one stopped.
func TestPageCursorOutlivesItsProcess(t *testing.T) {
	ordeal.Alone(t)
	before := demo(t, 7, 0)
	token := before.banks()[0]
	cursor := before.must("/transactions/sync", fields{"access_token": token}).text("next_cursor")
	want := before.pages(token, cursor, 100)

	same, later := demo(t, 7, 0), demo(t, 7, 1)
	same.banks()
	later.banks()
	if got := same.pages(token, cursor, 100); !maps.Equal(held(got), held(want)) || len(got) != len(want) {
		t.Errorf("got %d pages, want the same %d", len(got), len(want))
	}
	later.refused("/transactions/sync", fields{"access_token": token, "cursor": cursor},
		"TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION")
}
