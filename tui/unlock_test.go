package tui_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui"
	"coffer/tui/screen"
)

func TestUnlockingComesBackToWhereTheUserWas(t *testing.T) {
	for name, keys := range map[string][]string{
		"overview":     {"down", "down", "down"},
		"transactions": {"2", "/", "w", "h", "o", "l", "e", "enter", "down", "down", "down", "s", "down"},
		"details":      {"2", "down", "down", "enter"},
		"given rows":   {"4", "down", "enter", "down", "down"},
		"typing":       {"2", "/", "c", "o"},
		"spending":     {"3", "left", "down", "down"},
		"inside":       {"3", "left", "left", "enter", "down"},
		"merchants":    {"3", "g", "g", "down"},
		"accounts":     {"4", "down", "down", "down"},
	} {
		for _, size := range sizes[:3] {
			t.Run(fmt.Sprintf("%s %dx%d", name, size[0], size[1]), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					w, l := locking(t, family(), fakeBanks{}, size[0], size[1])
					w.Press(keys...)
					before := w.Screen()
					for range 2 {
						w.Press("ctrl+l")
						isLocked(t, w)
						w.unlock()
						if got := w.Screen(); got != before {
							t.Fatalf("before\n%s\nafter\n%s", before, got)
						}
					}
					if l.forgot != 2 {
						t.Errorf("the keys were forgotten %d times, want 2", l.forgot)
					}
				})
			})
		}
	}
}

func TestWrongPassphrasesAreCountedAndSlowed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, l := locking(t, family(), fakeBanks{}, 80, 24)
		w.Press("ctrl+l")
		for n, wait := range []time.Duration{1, 2, 4, 8, 16, 30, 30} {
			w.Type("wrong one")
			w.Press("enter")
			if got := len(l.tried); got != n+1 {
				t.Fatalf("%d were tried, want %d", got, n+1)
			}
			isLocked(t, w, "wrong passphrase")
			if n > 0 {
				isLocked(t, w, fmt.Sprintf("wrong passphrase, %d so far; the next one can be tried in %d seconds", n+1, wait))
			}
			w.Type("x")
			w.Press("enter")
			w.Advance(w.clock, wait*time.Second-1)
			w.Press("enter", "esc")
			if got := len(l.tried); got != n+1 {
				t.Fatalf("try %d came within %ds", got, wait)
			}
			w.Advance(w.clock, 1)
		}
		w.unlock()
		if got := w.Screen(); !strings.Contains(got, "NET WORTH") {
			t.Errorf("after the right one the screen is\n%s", got)
		}
	})
}

func TestAnAttemptCanBeStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, l := locking(t, family(), fakeBanks{}, 80, 24)
		l.ways, l.gate = tui.Ways{Passphrase: true, Unasked: "the keyring"}, make(chan struct{})
		w.Press("ctrl+l", "enter")
		isLocked(t, w, "unlocking")
		w.Type("abc") // not text now
		w.Press("esc")
		isLocked(t, w, "stopped; it is locked as before", "Passphrase ▏")
		l.gate = nil
		if w.Press("enter"); !strings.Contains(w.Screen(), "NET WORTH") {
			t.Errorf("the second attempt leads to\n%s", w.Screen())
		}
	})
}

func TestASecretIsTypedAndCorrected(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, l := locking(t, family(), fakeBanks{}, 80, 24)
		w.Press("ctrl+l", "enter") // nothing to try
		w.Type("no")
		w.Press("esc")
		w.Type("pässö")
		w.Press("backspace", "backspace", "left")
		w.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("q1\n"), Paste: true})
		w.Type(" x")
		w.Press("tab")
		isLocked(t, w, "Passphrase ••••••••▏")
		w.Press("enter")
		if len(l.tried) != 1 || l.tried[0] != "päsq1 x\t" {
			t.Errorf("tried %q", l.tried)
		}
	})
}

func TestKeysThatDoNotFitAnyMoreLeadToTheLockScreen(t *testing.T) {
	lost := fmt.Errorf("the vault was given new keys (%w)", tui.ErrLocked)
	t.Run("seen by the poll", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			w, l := locking(t, family(), fakeBanks{}, 80, 24)
			w.Press("2")
			w.ledger.fail(lost)
			w.Advance(w.clock, 2*time.Second)
			isLocked(t, w, "the vault was given new keys")
			w.ledger.change(nobody())
			if l.forgot != 1 {
				t.Errorf("the keys were forgotten %d times, want 1", l.forgot)
			}
			w.unlock()
			if got := w.Screen(); !strings.Contains(got, "Transactions") || strings.Contains(got, "Netflix") {
				t.Errorf("unlocked, the screen is\n%s", got)
			}
		})
	})
	t.Run("seen by an edit", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			w, _ := locking(t, family(), fakeBanks{}, 80, 24)
			id := pizza(t, w.ledger.book).ID
			w.ledger.fail(lost)
			w.Send(screen.CategorizeMsg{IDs: []ledger.TransactionID{id}, Category: "Party"})
			isLocked(t, w, "the vault was given new keys", "the category was not changed")
		})
	})
}
