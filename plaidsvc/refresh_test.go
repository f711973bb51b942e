package plaidsvc_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/ledger"
	"coffer/plaidsvc/plaidsim"
)

func TestRefreshThenSync(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	item := s.link(t, platypus)
	if err := s.Refresh(t.Context(), item.ID); err != nil {
		t.Errorf("Refresh = %v", err)
	}
	if err := s.Refresh(t.Context(), "nobody"); err == nil {
		t.Error("Refresh of an unknown bank succeeded")
	}
}

// What was pending posts when the bank is asked, and is here when AskNow returns.
func TestAskNowWaitsForTheBankAndSyncs(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true, RefreshAfter: 12 * time.Second})
	item := s.link(t, platypus)
	waiting := func() (n int) {
		for _, row := range s.vault.rows {
			if row.Pending {
				n++
			}
		}
		return n
	}
	if waiting() == 0 {
		t.Fatal("nothing is pending")
	}
	var phases []ledger.Phase
	got, err := s.AskNow(t.Context(), item.ID, func(p ledger.Progress) { phases = append(phases, p.Phase) })
	if err != nil || got.Err != nil || got.Unheard || got.Applied.Added == 0 || got.Applied.Removed == 0 {
		t.Errorf("AskNow = %+v, %v; want rows that came and went", got, err)
	}
	if n := waiting(); n > 0 {
		t.Errorf("%d rows are pending still", n)
	}
	if phases = slices.Compact(phases); len(phases) < 4 || phases[0] != "waiting" || phases[1] != "asking" || phases[len(phases)-1] != "done" {
		t.Errorf("phases %q", phases)
	}
	if naps := s.clock.slept(); len(naps) != 3 {
		t.Errorf("waited %v for twelve seconds", naps)
	}
	// Nothing new is an answer too.
	if got, err = s.AskNow(t.Context(), item.ID, nil); err != nil || got.Err != nil || got.Unheard || got.Applied != (ledger.Applied{}) {
		t.Errorf("asked again: %+v, %v; want nothing new", got, err)
	}
}

// itemSeen is an answer about an Item that was last brought up to date at a moment.
func itemSeen(success, failure string) string {
	return `{"item":{"item_id":"item-1"},"status":{"transactions":{"last_successful_update":"` + success + `","last_failed_update":"` + failure + `"}}}`
}

// A bank that takes its time, or does not answer Plaid, is synced all the same, and
// not said to have told anything.
func TestAskNowSaysThatTheBankWasNotHeard(t *testing.T) {
	for name, tt := range map[string]struct {
		then string
		naps int
	}{
		"slow":            {itemSeen("2026-03-15T06:00:00Z", ""), 24},
		"asked in vain":   {itemSeen("2026-03-15T06:00:00Z", "2026-03-15T10:00:03Z"), 1},
		"no answer at us": {`not JSON`, 1},
	} {
		t.Run(name, func(t *testing.T) {
			w, s := scripted(t)
			s.on("/item/get", answer(200, itemSeen("2026-03-15T06:00:00Z", "")), answer(200, tt.then))
			s.on("/transactions/refresh", answer(200, `{"request_id":"r"}`))
			s.on("/transactions/sync", page(row("t1"), "c1", false))
			got, err := w.AskNow(t.Context(), "item-1", nil)
			if err != nil || got.Err != nil || !got.Unheard || got.Applied.Added != 1 {
				t.Errorf("AskNow = %+v, %v; want a row and a bank that was not heard", got, err)
			}
			if n := len(w.clock.slept()); n != tt.naps {
				t.Errorf("waited %d times, want %d", n, tt.naps)
			}
		})
	}
}

func TestAskNowIsRefusedInWords(t *testing.T) {
	for code, want := range map[string]string{
		"PRODUCTS_NOT_SUPPORTED": "the bank does not tell new transactions on demand",
		"INVALID_PRODUCT":        "https://dashboard.plaid.com",
		"ITEM_LOGIN_REQUIRED":    ledger.ErrLoginRequired.Error(),
	} {
		w, s := scripted(t)
		s.on("/transactions/refresh", plaidError(400, "ITEM_ERROR", code))
		got, err := w.AskNow(t.Context(), "item-1", nil)
		if err != nil || got.Err == nil || !strings.Contains(got.Err.Error(), want) {
			t.Errorf("%s: %v, %v; want %q", code, got.Err, err, want)
		}
		if n := len(s.to("/transactions/sync")); n > 0 {
			t.Errorf("%s: synced all the same", code)
		}
		if asks := w.vault.item(t, "item-1").State == ledger.ItemLoginRequired; asks != (code == "ITEM_LOGIN_REQUIRED") {
			t.Errorf("%s: the bank is kept as %+v", code, w.vault.item(t, "item-1"))
		}
	}
}

// Who stops waiting has the vault as it was, and others do not wait with them.
func TestAskNowIsCancelledWhileItWaits(t *testing.T) {
	w, s := scripted(t)
	s.on("/transactions/refresh", answer(200, `{"request_id":"r"}`))
	s.on("/transactions/sync", page(row("t1"), "c1", false))
	ctx, cancel := context.WithCancel(t.Context())
	w.clock.onNap = func(time.Duration) {
		w.clock.onNap = nil
		if got := w.syncOne(t); got.Err != nil { // the Item is free meanwhile
			t.Errorf("another sync: %v", got.Err)
		}
		cancel()
	}
	got, err := w.AskNow(ctx, "item-1", nil)
	if !errors.Is(err, context.Canceled) || !errors.Is(got.Err, context.Canceled) || got.Item.State != ledger.ItemOK {
		t.Errorf("AskNow = %+v, %v; want it cancelled", got, err)
	}
	if n := len(s.to("/transactions/sync")); n != 1 {
		t.Errorf("%d syncs, want that of the other", n)
	}
}

// Plaid bills what it answers, also when the answer is lost. What it says it could
// not do is asked again.
func TestWhatIsBilledIsNotAskedTwiceForAnAnswerThatWasLost(t *testing.T) {
	busy := plaidError(500, "API_ERROR", "INTERNAL_SERVER_ERROR")
	for path, do := range map[string]func(world) error{
		"/transactions/refresh": func(w world) error { return w.Refresh(t.Context(), "item-1") },
		"/accounts/balance/get": func(w world) error {
			_, err := w.Balance(t.Context(), ledger.Account{ID: "acc-1", Item: "item-1"}, nil)
			return err
		},
	} {
		w, s := scripted(t)
		s.on(path, hangUp)
		if err := do(w); !errors.Is(err, ledger.ErrNetwork) || len(s.to(path)) != 1 {
			t.Errorf("%s: %v after %d requests, want ErrNetwork after one", path, err, len(s.to(path)))
		}
		w, s = scripted(t)
		s.on(path, busy)
		if err := do(w); err == nil || len(s.to(path)) != 4 {
			t.Errorf("%s: %v after %d requests, want four", path, err, len(s.to(path)))
		}
	}
}
