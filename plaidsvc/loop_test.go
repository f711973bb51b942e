package plaidsvc_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"coffer/internal/secret"
	"coffer/ledger"
)

// However often the data changes under the loop, and on whichever page, it
// starts over at the loop's first cursor and keeps nothing of what it had.
func TestMutationStartsTheLoopOver(t *testing.T) {
	const pages = 4
	for k := 1; k <= pages; k++ {
		for times := 1; times <= 6; times++ {
			if k == 1 && times == 6 {
				continue // the cursor is useless: the next test
			}
			w, s := scripted(t)
			mutation := plaidError(400, "TRANSACTIONS_ERROR", "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION")
			left := times
			s.on("/transactions/sync", func(rw http.ResponseWriter, r *http.Request) {
				calls := s.to("/transactions/sync")
				cursor, _ := calls[len(calls)-1].body["cursor"].(string)
				n := int(cursor[1]-'0') + 1 // the cursor before page n is c<n-1>
				if n == k && left > 0 {
					left--
					mutation(rw, r)
					return
				}
				page(row(fmt.Sprintf("page%d-after%d", n, left)), fmt.Sprintf("c%d", n), n < pages)(rw, r)
			})
			got := w.syncOne(t)
			if times <= 5 {
				if got.Err != nil || got.Applied.Added != pages || len(w.vault.deltas) != 1 {
					t.Fatalf("page %d, %d times: %+v, %v", k, times, got.Applied, got.Err)
				}
				for id := range w.vault.rows {
					if !strings.HasSuffix(string(id), "-after0") {
						t.Errorf("page %d, %d times: kept %q from a loop that broke", k, times, id)
					}
				}
			}
			checkRestarts(t, s, w, k, times, got)
		}
	}
}

// checkRestarts looks at the requests of a loop that broke on page k.
func checkRestarts(t *testing.T, s *script, w world, k, times int, got ledger.SyncResult) {
	t.Helper()
	var cursors []string
	for _, c := range s.to("/transactions/sync") {
		cursor, _ := c.body["cursor"].(string)
		cursors = append(cursors, cursor)
	}
	for i := 0; i < min(times, 5); i++ {
		if at := i * k; cursors[at] != "c0" {
			t.Errorf("page %d, %d times: run %d began at %q of %q, want c0", k, times, i+1, cursors[at], cursors)
		}
	}
	if times == 6 {
		if !errors.Is(got.Err, ledger.ErrNotReady) || len(cursors) != 6*k || len(w.vault.deltas) != 0 {
			t.Errorf("page %d, %d times: %v after %q", k, times, got.Err, cursors)
		}
	}
	naps := len(w.clock.slept())
	if want := max(0, min(times, 5)-3); naps != want {
		t.Errorf("page %d, %d times: waited %d times, want %d", k, times, naps, want)
	}
}

// A cursor that never gets past its first page, or that Plaid does not know,
// is given up: the whole history comes again and takes the place of ours.
func TestUselessCursorReplaysTheHistory(t *testing.T) {
	for name, fault := range map[string]http.HandlerFunc{
		"rejected": plaidError(400, "INVALID_REQUEST", "INVALID_FIELD"),
		"stuck":    plaidError(400, "TRANSACTIONS_ERROR", "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION"),
	} {
		w, s := scripted(t)
		w.vault.accounts["acc-1"] = ledger.Account{ID: "acc-1", Item: "item-1"}
		w.vault.rows["stale"] = ledger.Transaction{ID: "stale", Account: "acc-1"}
		s.on("/transactions/sync", func(rw http.ResponseWriter, r *http.Request) {
			calls := s.to("/transactions/sync")
			if calls[len(calls)-1].body["cursor"] != nil {
				fault(rw, r)
				return
			}
			page(row("t1"), "c9", false)(rw, r)
		})
		got := w.syncOne(t)
		if got.Err != nil || len(w.vault.deltas) != 1 {
			t.Fatalf("%s: %v", name, got.Err)
		}
		d := w.vault.deltas[0]
		if !d.Replace || d.From != "c0" || d.Next != "c9" || got.Applied != (ledger.Applied{Added: 1, Removed: 1}) {
			t.Errorf("%s: delta %+v, applied %+v; want a replacement", name, d, got.Applied)
		}
	}
}

// A bank that was synced and has no cursor lost it, when its vault was salvaged:
// what came back with the salvage and the bank does not have must go.
func TestLostCursorReplaysTheHistory(t *testing.T) {
	w, s := scripted(t)
	item := w.vault.items["item-1"]
	item.LastSync = w.clock.Now()
	w.vault.items["item-1"], w.vault.cursors["item-1"] = item, ""
	w.vault.accounts["acc-1"] = ledger.Account{ID: "acc-1", Item: "item-1"}
	w.vault.rows["stale"] = ledger.Transaction{ID: "stale", Account: "acc-1"}
	s.on("/transactions/sync", page(row("t1"), "c1", false))
	got := w.syncOne(t)
	if got.Err != nil || got.Applied != (ledger.Applied{Added: 1, Removed: 1}) || !w.vault.deltas[0].Replace {
		t.Errorf("applied %+v, %v; want a replacement", got.Applied, got.Err)
	}
}

// Without its access token a bank has to be linked again. Plaid is not asked.
func TestLostAccessIsToldAndNotTried(t *testing.T) {
	w, s := scripted(t)
	w.vault.tokens["item-1"] = secret.Text{}
	if got := w.syncOne(t); !errors.Is(got.Err, ledger.ErrRevoked) {
		t.Errorf("sync: %v, want ErrRevoked", got.Err)
	}
	if calls := s.to("/transactions/sync"); len(calls) != 0 {
		t.Errorf("Plaid was asked %d times", len(calls))
	}
}

// Part of a history must not take the place of all of it.
func TestReplayWaitsForTheWholeHistory(t *testing.T) {
	w, s := scripted(t)
	partial := strings.Replace(pageJSON(row("t1"), "c1", false), "HISTORICAL_UPDATE_COMPLETE", "INITIAL_UPDATE_COMPLETE", 1)
	s.on("/transactions/sync", answer(200, partial), answer(200, partial), page(row("t1")+","+row("t2"), "c2", false))
	got, err := w.Replay(t.Context(), "item-1", nil)
	if err != nil || got.Applied.Added != 2 || len(w.vault.deltas) != 1 {
		t.Errorf("Replay = %+v, %v; want both rows, once", got.Applied, err)
	}
	s.on("/transactions/sync", answer(200, partial))
	before := w.vault.snapshot()
	if _, err := w.Replay(t.Context(), "item-1", nil); !errors.Is(err, ledger.ErrNotReady) || w.vault.snapshot() != before {
		t.Errorf("Replay of a partial history = %v; want ErrNotReady and no change", err)
	}
}

// Who stops a replay between two pages has lost nothing, and the next sync goes on from
// where the last one was.
func TestAStoppedReplayChangesNothing(t *testing.T) {
	w, s := scripted(t)
	s.on("/transactions/sync", page(row("t1"), "c1", false))
	w.syncOne(t)
	before := w.vault.snapshot()
	ctx, cancel := context.WithCancel(t.Context())
	s.on("/transactions/sync", page(row("t2"), "c2", true), func(http.ResponseWriter, *http.Request) { cancel() })
	if _, err := w.Replay(ctx, "item-1", nil); !errors.Is(err, context.Canceled) || w.vault.snapshot() != before {
		t.Errorf("a replay that was stopped: %v; want Canceled and no change", err)
	}
	s.on("/transactions/sync", page(row("t3"), "c3", false))
	if got := w.syncOne(t); got.Err != nil || got.Applied.Added != 1 {
		t.Errorf("the sync after it: %+v", got)
	}
}

// Of what the pages of a loop say of one id, the last holds.
func TestLastWordOfALoopHolds(t *testing.T) {
	w, s := scripted(t)
	changed := strings.Replace(row("a"), "Coffee", "Tea", 1)
	removed := func(id string) string { return `{"transaction_id":"` + id + `","account_id":"acc-1"}` }
	all := func(added, modified, removed, next string, more bool) http.HandlerFunc {
		text := pageJSON(added, next, more)
		text = strings.Replace(text, `"modified":[]`, `"modified":[`+modified+`]`, 1)
		return answer(200, strings.Replace(text, `"removed":[]`, `"removed":[`+removed+`]`, 1))
	}
	s.on("/transactions/sync",
		all(row("a")+","+row("b")+","+row("c"), "", removed("b"), "c1", true),
		all(row("b"), changed, removed("c")+","+removed("unknown"), "c2", true),
		all("", "", removed("c"), "c3", false))
	if got := w.syncOne(t); got.Err != nil {
		t.Fatal(got.Err)
	}
	if len(w.vault.rows) != 2 || w.vault.rows["a"].Name != "Tea" || w.vault.rows["b"].Name != "Coffee" {
		t.Errorf("rows %+v, want a with tea and b", w.vault.rows)
	}
	if got := w.vault.deltas[0].Removed; !slices.Equal(got, []ledger.TransactionID{"c", "unknown"}) {
		t.Errorf("removed %q, want c and unknown, once each", got)
	}
}

// A page that was cut short anywhere is no page.
func TestCutPagesAreNotStored(t *testing.T) {
	whole := pageJSON(row("t1")+","+row("t2"), "c2", false)
	w, s := scripted(t)
	before := w.vault.snapshot()
	for n := range len(whole) {
		s.on("/transactions/sync", page(row("t0"), "c1", true), answer(200, whole[:n]))
		if got := w.syncOne(t); !errors.Is(got.Err, ledger.ErrNetwork) {
			t.Fatalf("cut at byte %d of %d: %v, want ErrNetwork", n, len(whole), got.Err)
		}
		if len(w.vault.deltas) > 0 || w.vault.snapshot() != before {
			t.Fatalf("cut at byte %d: something was stored", n)
		}
	}
	s.on("/transactions/sync", page(row("t0"), "c1", true), answer(200, whole))
	if got := w.syncOne(t); got.Applied.Added != 3 {
		t.Errorf("the whole page: %+v, %v; want three rows", got.Applied, got.Err)
	}
}

// A connection that breaks in the middle of a page is tried again.
func TestBrokenConnectionIsTriedAgain(t *testing.T) {
	w, s := scripted(t)
	whole := pageJSON(row("t1"), "c1", false)
	s.on("/transactions/sync", answer(200, whole[:80], "Content-Length", fmt.Sprint(len(whole))), answer(200, whole))
	if got := w.syncOne(t); got.Applied.Added != 1 || len(s.to("/transactions/sync")) != 2 {
		t.Errorf("%+v, %v after %d requests", got.Applied, got.Err, len(s.to("/transactions/sync")))
	}
}

// What goes over the wire is what Plaid's documentation asks for, and no
// default that nobody chose.
func TestSyncRequest(t *testing.T) {
	w, s := scripted(t)
	s.on("/transactions/sync", page(row("t1"), "c1", false))
	w.syncOne(t)
	c := s.to("/transactions/sync")[0]
	want := fmt.Sprint(map[string]any{
		"access_token": plantedToken, "cursor": "c0", "count": 500,
		"options": map[string]any{"include_original_description": true},
	})
	if got := fmt.Sprint(c.body); got != want {
		t.Errorf("body %s, want %s", got, want)
	}
	if c.header.Get("PLAID-SECRET") != plantedSecret || c.header.Get("PLAID-CLIENT-ID") != "client" {
		t.Errorf("headers %v, want credentials", c.header)
	}
}
