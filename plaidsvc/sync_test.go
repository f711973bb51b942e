package plaidsvc_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"coffer/ledger"
	"coffer/plaidsvc/plaidsim"
	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/lifetest"
)

// Syncs from day to day leave what one sync from nothing would.
func TestPendingRowsPost(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	item := s.link(t, platypus)
	var posted, vanished int
	for range 8 {
		before := pendingOf(s.vault)
		s.clock.advance(day)
		if got := s.syncOne(t); got.Err != nil {
			t.Fatal(got.Err)
		}
		for _, row := range s.vault.rows {
			if slices.Contains(before, row.PendingID) {
				posted++
			}
		}
		for _, id := range before {
			if _, still := s.vault.rows[id]; !still {
				vanished++
			}
		}
	}
	sameRows(t, s.vault, s.truth(t, item.ID))
	if posted == 0 || vanished == 0 {
		t.Errorf("in eight days %d rows posted and %d pending ones went; nothing was tested", posted, vanished)
	}
}

func pendingOf(m *memory) (ids []ledger.TransactionID) {
	for id, row := range m.rows {
		if row.Pending {
			ids = append(ids, id)
		}
	}
	return ids
}

// oneBank is a neighbourhood with one login, drawn at random.
type oneBank struct{ life *lifetest.Life }

func (b oneBank) Institutions() []bank.Institution        { return []bank.Institution{b.life.Institution()} }
func (b oneBank) Login(string, string) (bank.Login, bool) { return b.life, true }

// Whatever life an account leads, and whenever it is synced, the vault ends up
// with the rows that there are: signs, days and texts.
func TestSyncFollowsAnyLife(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		life := lifetest.Draw(rt)
		s := simulate(t, plaidsim.Options{Settled: true, Banks: oneBank{life}})
		s.clock.now = lifetest.Start().AddDate(0, 0, lifetest.Days/2)
		s.linkWhole(t, platypus)
		for range rapid.IntRange(1, 4).Draw(rt, "syncs") {
			s.clock.advance(time.Duration(rapid.IntRange(1, 30*24).Draw(rt, "hours")) * time.Hour)
			if got := s.syncOne(t); got.Err != nil {
				rt.Fatal(got.Err)
			}
		}
		now := s.clock.Now()
		for id, want := range life.At(now) {
			if want.AccountID == "house" {
				continue // Plaid has no transactions of mortgages
			}
			got, ok := findByName(s.vault, want)
			if !ok || got.Amount.String() != want.Amount.Neg().StringFixed(2) ||
				got.Date.String() != want.Date || got.Pending != want.Pending {
				rt.Errorf("row %q: got %+v (%v), want %+v", id, got, ok, want)
			}
		}
		if got, want := len(s.vault.rows), len(shown(life, now)); got != want {
			rt.Errorf("%d rows, want %d", got, want)
		}
	})
}

// shown are the rows of a life that Plaid has.
func shown(life *lifetest.Life, now time.Time) map[string]bank.Transaction {
	rows := life.At(now)
	for id, row := range rows {
		if row.AccountID == "house" {
			delete(rows, id)
		}
	}
	return rows
}

// findByName finds a row by what the simulator leaves as it was: ids it renames.
func findByName(m *memory, want bank.Transaction) (ledger.Transaction, bool) {
	for _, row := range m.rows {
		if row.Name == want.Name && row.Pending == want.Pending && row.Date.String() == want.Date {
			return row, true
		}
	}
	return ledger.Transaction{}, false
}

func TestAnotherProcessWasFaster(t *testing.T) {
	w, s := scripted(t)
	s.on("/transactions/sync", page(row("t1"), "c1", false))
	s.on("/accounts/get", func(rw http.ResponseWriter, r *http.Request) {
		if len(s.to("/accounts/get")) == 1 {
			w.vault.mu.Lock()
			w.vault.cursors["item-1"] = "theirs"
			w.vault.mu.Unlock()
		}
		answer(200, `{"accounts":[],"item":{}}`)(rw, r)
	})
	got := w.syncOne(t)
	calls := s.to("/transactions/sync")
	if got.Err != nil || len(calls) != 2 || calls[1].body["cursor"] != "theirs" {
		t.Errorf("%v after %d requests; want a second one from their cursor", got.Err, len(calls))
	}

	w.vault.fail["Apply"] = ledger.ErrStale
	s.on("/accounts/get", func(rw http.ResponseWriter, r *http.Request) {
		w.vault.mu.Lock()
		w.vault.fail["Apply"] = ledger.ErrStale
		w.vault.mu.Unlock()
		answer(200, `{"accounts":[],"item":{}}`)(rw, r)
	})
	if got := w.syncOne(t); !errors.Is(got.Err, ledger.ErrStale) {
		t.Errorf("stale twice: %v, want ErrStale", got.Err)
	}
}

// A first sync polls until Plaid has something, and says that it waits.
func TestFirstSyncWaitsForPlaid(t *testing.T) {
	s := simulate(t, plaidsim.Options{InitialAfter: 9 * time.Second, HistoryAfter: time.Minute})
	item := s.link(t, platypus)
	if item.State != ledger.ItemOK || item.HistoryReady || len(s.vault.rows) == 0 {
		t.Errorf("after linking: %+v with %d rows; want thirty days and more to come", item, len(s.vault.rows))
	}
	for _, nap := range s.clock.slept() {
		if nap != 2*time.Second {
			t.Errorf("waited %v, want 2 s", nap)
		}
	}
	some := len(s.vault.rows)
	s.clock.advance(time.Minute)
	if got := s.syncOne(t); !got.Item.HistoryReady || len(s.vault.rows) <= some {
		t.Errorf("a minute later: %+v with %d rows, had %d", got.Item, len(s.vault.rows), some)
	}
}

func TestFirstSyncGivesUpInTheEnd(t *testing.T) {
	s := simulate(t, plaidsim.Options{InitialAfter: time.Hour, HistoryAfter: time.Hour})
	began := s.clock.Now()
	var waiting int
	item, err := s.LinkSandbox(t.Context(), sandboxLink(platypus), func(p ledger.LinkProgress) {
		if p.Sync.Phase == ledger.PhaseWaiting {
			waiting++
		}
	})
	if !errors.Is(err, ledger.ErrNotReady) || item.ID == "" || item.Name == "" {
		t.Fatalf("link: %+v, %v; want a bank and ErrNotReady", item, err)
	}
	if took := s.clock.Now().Sub(began); took < time.Minute || took > 2*time.Minute || waiting < 30 {
		t.Errorf("gave up after %v and %d reports of waiting", took, waiting)
	}
	if kept := s.vault.item(t, item.ID); kept.State != ledger.ItemSyncing {
		t.Errorf("state %q, want syncing", kept.State)
	}
	s.clock.advance(2 * time.Hour)
	if got := s.syncOne(t); got.Err != nil || got.Item.State != ledger.ItemOK || len(s.vault.rows) == 0 {
		t.Errorf("two hours later: %+v, %v", got.Item, got.Err)
	}
}

// Cancelling takes effect at once, wherever the sync is, and stores nothing.
func TestSyncIsCancelledAtOnce(t *testing.T) {
	hang := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	for _, path := range []string{"/transactions/sync", "/accounts/get", "/item/get"} {
		w, s := scripted(t)
		s.on("/transactions/sync", page(row("t1"), "c1", false))
		s.on(path, hang)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(20*time.Millisecond, cancel)
		before := w.vault.snapshot()
		began := time.Now()
		results, err := w.Sync(ctx, nil, nil)
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("%s: cancelling took %v", path, took)
		}
		if !errors.Is(err, context.Canceled) || len(results) != 1 || !errors.Is(results[0].Err, context.Canceled) {
			t.Errorf("%s: %+v, %v; want Canceled", path, results, err)
		}
		if w.vault.snapshot() != before || w.vault.writes > 0 {
			t.Errorf("%s: a cancelled sync changed the vault", path)
		}
	}
}

// Two syncs of one Item take turns; Items do not wait for each other.
func TestItemsTakeTurns(t *testing.T) {
	w, s := scripted(t)
	busy, most := 0, 0
	s.on("/transactions/sync", func(rw http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		busy++
		most = max(most, busy)
		s.mu.Unlock()
		time.Sleep(2 * time.Millisecond)
		s.mu.Lock()
		busy--
		n := len(s.calls)
		s.mu.Unlock()
		page(row("t1"), fmt.Sprintf("c%d", n), false)(rw, r)
	})
	done := make(chan error)
	for range 6 {
		go func() {
			results, err := w.Sync(t.Context(), nil, nil)
			if err == nil {
				err = results[0].Err
			}
			done <- err
		}()
	}
	for range 6 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if most != 1 {
		t.Errorf("%d syncs of one Item at a time, want 1", most)
	}
}

// Progress tells the phases in order, and how many rows there are.
func TestProgress(t *testing.T) {
	w, s := scripted(t)
	s.on("/transactions/sync", page(row("t1")+","+row("t2"), "c1", true), page(row("t3"), "c2", false))
	var got []string
	_, err := w.Sync(t.Context(), nil, func(p ledger.Progress) {
		got = append(got, fmt.Sprintf("%s %s %d", p.Name, p.Phase, p.Rows))
	})
	want := []string{"First Bank waiting 0", "First Bank fetching 0", "First Bank fetching 2", "First Bank saving 3", "First Bank done 3"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("progress %q, %v; want %q", got, err, want)
	}
}
