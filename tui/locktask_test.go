package tui_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"coffer/ledger"
	"coffer/tui/screen"
)

// waitingSync is a sync that ends when it is told to, or soon after its context.
func waitingSync(end <-chan struct{}, cancelled *bool) fakeBanks {
	return fakeBanks{sync: func(ctx context.Context, report func(ledger.Progress)) ([]ledger.SyncResult, error) {
		report(at(0, ledger.PhaseFetching, 1500))
		select {
		case <-end:
			return []ledger.SyncResult{ended(0, ledger.Applied{Added: 1500}, nil)}, nil
		case <-ctx.Done():
			*cancelled = true
			<-end // what it has begun to write it writes
			return nil, ctx.Err()
		}
	}}
}

func TestATaskUnderWayEndsBeforeTheKeysGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		end, cancelled := make(chan struct{}), false
		w, l := locking(t, family(), waitingSync(end, &cancelled), 80, 24)
		w.Press("r")
		w.Advance(w.clock, 5*time.Minute)
		isLocked(t, w, "a sync is under way; the vault is locked when it is over", "ctrl+l stop it")
		w.Type("secret")
		w.Press("enter", "q")
		if l.forgot != 0 || len(l.tried) != 0 || w.Quit() || cancelled {
			t.Fatalf("before it is over: forgotten %d, tried %q, quit %v, cancelled %v", l.forgot, l.tried, w.Quit(), cancelled)
		}
		close(end)
		w.Settle()
		isLocked(t, w, "Passphrase", "nobody pressed a key")
		if l.forgot != 1 {
			t.Errorf("the keys were forgotten %d times, want 1", l.forgot)
		}
		w.unlock()
		if got := w.Screen(); !strings.Contains(got, "NET WORTH") || strings.Contains(got, "Sync") {
			t.Errorf("unlocked, the screen is\n%s", got)
		}
	})
}

func TestLockingAtOnceStopsATask(t *testing.T) {
	for name, keys := range map[string][]string{"at once": {"r", "ctrl+l"}, "after a while": {"r", "idle", "ctrl+l"}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				end, cancelled := make(chan struct{}), false
				w, l := locking(t, family(), waitingSync(end, &cancelled), 80, 24)
				for _, k := range keys {
					if k == "idle" {
						w.Advance(w.clock, 5*time.Minute)
						continue
					}
					w.Press(k)
				}
				isLocked(t, w)
				if !cancelled || l.forgot != 0 {
					t.Errorf("cancelled %v, and the keys forgotten %d times before it ended", cancelled, l.forgot)
				}
				close(end)
				w.Settle()
				if isLocked(t, w, "Passphrase"); l.forgot != 1 {
					t.Errorf("the keys were forgotten %d times, want 1", l.forgot)
				}
			})
		})
	}
}

func TestAnEditIsWrittenBeforeTheKeysGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, l := locking(t, family(), fakeBanks{}, 80, 24)
		w.ledger.gate = make(chan struct{})
		ids := []ledger.TransactionID{pizza(t, w.ledger.book).ID}
		w.Send(screen.CategorizeMsg{IDs: ids, Category: "Party"}, screen.CategorizeMsg{IDs: ids, Category: "Feast"})
		w.Press("ctrl+l")
		w.Send(screen.CategorizeMsg{IDs: ids, Category: "Ball"}) // it was on its way
		isLocked(t, w, "writing your last change")
		for range 3 {
			if l.forgot != 0 {
				t.Fatal("the keys were forgotten with edits unwritten")
			}
			w.ledger.gate <- struct{}{}
			w.Settle()
		}
		isLocked(t, w, "Passphrase")
		if got := pizza(t, w.ledger.book).Category; got != "Ball" || l.forgot != 1 {
			t.Errorf("the vault has %q, want Ball; forgotten %d times", got, l.forgot)
		}
	})
}

func TestAnEditThatCannotBeWrittenIsToldOnTheLockScreen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, _ := locking(t, family(), fakeBanks{}, 80, 24)
		w.ledger.gate = make(chan struct{})
		w.Send(screen.CategorizeMsg{IDs: []ledger.TransactionID{pizza(t, w.ledger.book).ID}, Category: "Party"})
		w.Press("ctrl+l", "ctrl+c")
		w.ledger.fail(errors.New("the disk is full"))
		w.ledger.gate <- struct{}{}
		w.Settle()
		isLocked(t, w, "the category was not changed: the disk is full", "Passphrase")
		if w.Quit() {
			t.Error("it quit before the user heard of it")
		}
		w.ledger.fail(nil)
		w.unlock()
		if strings.Contains(w.Screen(), "Party") {
			t.Errorf("the edit is still shown:\n%s", w.Screen())
		}
	})
}

// What a screen asked for just before it was locked is not begun behind the lock.
func TestNoDialogOpensBehindTheLock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, l := locking(t, family(), fakeBanks{}, 80, 24) // banks that nobody may ask
		w.Press("ctrl+l")
		w.Send(screen.RepairMsg{}, screen.NumbersMsg{})
		isLocked(t, w, "Passphrase")
		w.unlock()
		if got := w.Screen(); l.forgot != 1 || !strings.Contains(got, "NET WORTH") || strings.Contains(got, "Sign in") {
			t.Errorf("unlocked, the screen is\n%s", got)
		}
	})
}
