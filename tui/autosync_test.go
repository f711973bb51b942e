package tui_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"coffer/ledger"
	"coffer/tui"
	"coffer/tui/tuitest"
)

// A counted sync ends when it is told to.
type countedSync struct {
	calls   int
	end     chan struct{}
	results []ledger.SyncResult
	err     error
}

func (s *countedSync) banks() fakeBanks {
	return fakeBanks{sync: func(ctx context.Context, report func(ledger.Progress)) ([]ledger.SyncResult, error) {
		s.calls++
		report(at(0, ledger.PhaseFetching, 500))
		select {
		case <-s.end:
			return s.results, s.err
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}}
}

// aged is the family, whose first bank was synced some time ago.
func aged(age time.Duration) *ledger.Book {
	items, accounts := familyBanks()
	items[0].LastSync = noon().Add(-age)
	return family().WithBanks(items, accounts)
}

// opened shows a Book that may be synced by itself. It must be called in a bubble of
// testing/synctest.
func opened(t testing.TB, book *ledger.Book, s *countedSync, after time.Duration) world {
	t.Helper()
	s.end = make(chan struct{})
	o, clock, vault := options(book, s.banks())
	o.SyncAfter = after
	return world{tuitest.NewConcurrent(t, tui.New(t.Context(), o), 80, 24), clock, vault}
}

func TestOldDataIsSyncedWhenItIsOpened(t *testing.T) {
	for name, tt := range map[string]struct {
		age, after time.Duration
		calls      int
	}{
		"old":              {7 * time.Hour, 6 * time.Hour, 1},
		"young":            {5 * time.Hour, 6 * time.Hour, 0}, // though one that needs the user is old
		"never by itself":  {700 * time.Hour, 0, 0},
		"from the future":  {-700 * time.Hour, 6 * time.Hour, 0},
		"as old as can be": {6 * time.Hour, 6 * time.Hour, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var s countedSync
				w := opened(t, aged(tt.age), &s, tt.after)
				if s.calls != tt.calls {
					t.Errorf("it synced %d times, want %d", s.calls, tt.calls)
				}
				if got := strings.Contains(w.Screen(), "syncing…"); got != (tt.calls > 0) {
					t.Errorf("the strip tells of a sync: %v\n%s", got, w.Screen())
				}
				close(s.end)
			})
		})
	}
}

// A bank that Plaid gave up grows older for ever, and is no reason to ask the others.
func TestABankThatIsGivenUpIsNotSyncedForByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		items, accounts := familyBanks()
		items[0].LastSync, items[0].State, items[0].Code = noon().Add(-700*time.Hour), ledger.ItemUnavailable, "INSTITUTION_NO_LONGER_SUPPORTED"
		var s countedSync
		opened(t, family().WithBanks(items, accounts), &s, 6*time.Hour)
		if s.calls != 0 {
			t.Errorf("it synced %d times", s.calls)
		}
		close(s.end)
	})
}

func TestASyncByItselfStaysBehindTheScreen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := countedSync{results: []ledger.SyncResult{ended(0, ledger.Applied{Added: 12}, nil), ended(1, ledger.Applied{}, nil)}}
		w := opened(t, aged(7*time.Hour), &s, 6*time.Hour)
		w.Press("2", "down")
		if got := w.Screen(); !strings.Contains(got, "all transactions") || !strings.Contains(got, "syncing…") {
			t.Fatalf("while it syncs the screen is\n%s", got)
		}
		loads := w.ledger.loads
		close(s.end)
		synctest.Wait()
		w.Settle()
		if got := w.Screen(); !strings.Contains(got, "synced 2 banks: 12 new") || strings.Contains(got, "syncing…") {
			t.Errorf("after it the screen is\n%s", got)
		}
		if w.ledger.loads != loads+1 {
			t.Errorf("the ledger was loaded %d times after it, want once", w.ledger.loads-loads)
		}
		if s.calls != 1 {
			t.Errorf("it synced %d times", s.calls)
		}
	})
}

func TestASyncByItselfTellsWhyItFailed(t *testing.T) {
	for name, tt := range map[string]struct {
		results []ledger.SyncResult
		err     error
		want    string // "" is nothing
	}{
		"nothing new": {results: []ledger.SyncResult{ended(0, ledger.Applied{}, nil)}},
		"a bank": {
			results: []ledger.SyncResult{ended(0, ledger.Applied{Added: 3}, nil), ended(1, ledger.Applied{}, fmt.Errorf("sync Gingham: %w", ledger.ErrNetwork))},
			want:    "1 bank not synced",
		},
		"a bank that needs the user": {
			results: []ledger.SyncResult{ended(0, ledger.Applied{}, nil), ended(1, ledger.Applied{}, ledger.ErrLoginRequired)},
			want:    "asks you to sign in again: press 4,",
		},
		"all of it": {err: ledger.ErrStale, want: "the banks were not asked"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := countedSync{results: tt.results, err: tt.err}
				w := opened(t, aged(7*time.Hour), &s, 6*time.Hour)
				before := w.Lines()
				close(s.end)
				synctest.Wait()
				w.Settle()
				got := w.Lines()
				if tt.want != "" && !strings.Contains(w.Screen(), tt.want) {
					t.Errorf("the screen does not say %q:\n%s", tt.want, w.Screen())
				}
				if last := len(got) - 1; tt.want == "" && got[last] != before[last] {
					t.Errorf("the last line was %q and is %q", before[last], got[last])
				}
			})
		})
	}
}

// Locked and opened again, what has grown old is synced again; what is under way ends
// before the keys go.
func TestASyncByItselfEndsBeforeTheKeysGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s countedSync
		w := opened(t, aged(7*time.Hour), &s, 6*time.Hour)
		w.Press("ctrl+l") // cancels it
		isLocked(t, w, "Passphrase")
		w.unlock()
		if s.calls != 2 {
			t.Errorf("it synced %d times, want again when it is opened", s.calls)
		}
		close(s.end)
	})
}

// How it went must not cover the keys of a dialog, and is told when that is closed.
func TestASyncByItselfTellsNothingOverADialog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := countedSync{results: []ledger.SyncResult{ended(0, ledger.Applied{Added: 3}, nil)}}
		w := opened(t, aged(7*time.Hour), &s, 6*time.Hour)
		w.Press("?")
		close(s.end)
		w.Settle()
		if got := w.Screen(); strings.Contains(got, "3 new") || !strings.Contains(got, "esc close") {
			t.Errorf("over the help it says\n%s", got)
		}
		if w.Press("esc"); !strings.Contains(w.Screen(), "synced 1 bank: 3 new") {
			t.Errorf("afterwards it says\n%s", w.Screen())
		}
		if w.Press("2", "?", "esc"); strings.Contains(w.Screen(), "3 new") {
			t.Errorf("it says so again:\n%s", w.Screen())
		}
	})
}

// The dialog of a sync tells of all banks itself.
func TestASyncByItselfIsNotToldBesideAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		first, second := make(chan struct{}), make(chan struct{})
		calls := 0
		o, clock, vault := options(aged(7*time.Hour), fakeBanks{sync: func(_ context.Context, report func(ledger.Progress)) ([]ledger.SyncResult, error) {
			calls++
			report(at(0, ledger.PhaseFetching, 0))
			if calls == 1 {
				<-first
				return []ledger.SyncResult{ended(0, ledger.Applied{Added: 3}, nil)}, nil
			}
			<-second
			return []ledger.SyncResult{ended(0, ledger.Applied{}, nil)}, nil
		}})
		o.SyncAfter = 6 * time.Hour
		w := world{tuitest.NewConcurrent(t, tui.New(t.Context(), o), 80, 24), clock, vault}
		w.Press("r")
		close(first)
		w.Settle()
		if got := w.Screen(); strings.Contains(got, "3 new") || !strings.Contains(got, "esc stop") {
			t.Errorf("in the dialog it says\n%s", got)
		}
		close(second)
		w.Settle()
		if got := w.Screen(); strings.Contains(got, "3 new") || !strings.Contains(got, "synced 1 bank: nothing new") {
			t.Errorf("afterwards it says\n%s", got)
		}
	})
}
