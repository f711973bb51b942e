package tui_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"coffer/ledger"
)

// A repairer is told which bank, and ends when it is told to.
type repairer struct {
	asked []ledger.ItemID
	end   chan error
}

func (r *repairer) banks() fakeBanks {
	r.end = make(chan error, 1)
	return fakeBanks{repair: func(ctx context.Context, id ledger.ItemID, report func(ledger.LinkProgress)) (ledger.Item, error) {
		r.asked = append(r.asked, id)
		report(ledger.LinkProgress{Stage: ledger.LinkWaiting, Address: "http://127.0.0.1:1/x", Browser: ledger.BrowserOpened})
		select {
		case err := <-r.end:
			if err != nil {
				return ledger.Item{}, err
			}
			return ledger.Item{ID: id, Name: "Gingham Credit Union", HistoryReady: true}, nil
		case <-ctx.Done():
			return ledger.Item{}, ctx.Err()
		}
	}}
}

// The overview leads to the bank that needs the user, and one key lets them sign in.
func TestABankIsSignedInToAgainFromTheInterface(t *testing.T) {
	for name, tt := range map[string]struct {
		err  error
		want string
	}{
		"signed in": {nil, "lets coffer in again"},
		"closed":    {ledger.ErrLinkCancelled, "The page was closed before you signed in. Nothing was changed."},
		"too late":  {ledger.ErrLinkExpired, "Nobody signed in on the page in time. Nothing was changed."},
		"offline":   {ledger.ErrNetwork, "Plaid cannot be reached"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var r repairer
				w := live(t, family(), r.banks(), 80, 24)
				w.Press("enter", "f")
				if len(r.asked) != 1 || r.asked[0] != "item-2" {
					t.Fatalf("asked for %v, want item-2", r.asked)
				}
				if got := w.Screen(); !strings.Contains(got, "Sign in to Gingham Credit Union again") || !strings.Contains(got, "http://127.0.0.1:1/x") {
					t.Fatalf("the dialog shows\n%s", got)
				}
				loads := w.ledger.loads
				r.end <- tt.err
				synctest.Wait()
				w.Settle()
				if got := w.Screen(); !strings.Contains(got, tt.want) {
					t.Errorf("it does not say %q:\n%s", tt.want, got)
				}
				if tt.err == nil && w.ledger.loads != loads+1 {
					t.Errorf("the ledger was loaded %d times after it", w.ledger.loads-loads)
				}
				if tt.err != nil {
					w.Press("f")
					if len(r.asked) != 2 || r.asked[1] != "item-2" {
						t.Errorf("tried again, it asks for %v", r.asked)
					}
				}
				w.Press("esc")
			})
		})
	}
}

func TestSigningInAgainCanBeStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r repairer
		w := live(t, family(), r.banks(), 80, 24)
		w.Press("4", "f", "esc")
		if got := w.Screen(); !strings.Contains(got, "nothing was changed") || strings.Contains(got, "127.0.0.1") {
			t.Errorf("after esc the screen is\n%s", got)
		}
	})
}

// A sync that meets a bank which asks the user to sign in offers the key for it.
func TestASyncLeadsToSigningIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r repairer
		banks := r.banks()
		banks.sync = func(_ context.Context, report func(ledger.Progress)) ([]ledger.SyncResult, error) {
			report(at(0, ledger.PhaseWaiting, 0))
			report(at(1, ledger.PhaseWaiting, 0))
			return []ledger.SyncResult{ended(0, ledger.Applied{}, errors.New("something else")), ended(1, ledger.Applied{}, ledger.ErrLoginRequired)}, nil
		}
		w := live(t, family(), banks, 80, 24)
		w.Press("r")
		if got := w.Screen(); !strings.Contains(got, "press f") {
			t.Errorf("the dialog shows\n%s", got)
		}
		w.Press("f")
		if len(r.asked) != 1 || r.asked[0] != banksInOrder[1].Item {
			t.Errorf("asked for %v, want %s", r.asked, banksInOrder[1].Item)
		}
	})
}

// With no bank that asks, the key does nothing and is not offered.
func TestNobodySignsInToABankThatIsWell(t *testing.T) {
	w := open(t, nobody(), 80, 24)
	w.Press("4", "f")
	if got := w.Screen(); strings.Contains(got, "sign in") {
		t.Errorf("the screen offers it:\n%s", got)
	}
}

// Choosing accounts is a sign-in too, and says what it is for.
func TestAccountsAreChosenFromTheInterface(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r repairer
		banks := r.banks()
		banks.choose, banks.repair = banks.repair, nil
		w := live(t, family(), banks, 80, 24)
		w.Press("4", "a")
		if len(r.asked) != 1 || !strings.Contains(w.Screen(), "Choose the accounts of ") {
			t.Fatalf("asked for %v:\n%s", r.asked, w.Screen())
		}
		r.end <- nil
		synctest.Wait()
		w.Settle()
		if got := w.Screen(); !strings.Contains(got, "shares the accounts that you chose") {
			t.Errorf("at the end it shows\n%s", got)
		}
		w.Press("esc")
	})
}

// A bank that is linked already is not linked again: one key signs in to the link that
// is there.
func TestALinkedBankIsSignedInToInstead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r repairer
		banks := r.banks()
		old := ledger.Item{ID: "item-2", Name: "Gingham Credit Union"}
		banks.link = func(context.Context, func(ledger.LinkProgress)) (ledger.Item, error) {
			return ledger.Item{}, &ledger.LinkedError{Old: old}
		}
		w := live(t, family(), banks, 80, 24)
		w.Press("l")
		if got := w.Screen(); !strings.Contains(got, "Gingham Credit Union is linked already") || !strings.Contains(got, "Press f to sign in") {
			t.Fatalf("the dialog shows\n%s", got)
		}
		w.Press("f")
		if len(r.asked) != 1 || r.asked[0] != "item-2" || !strings.Contains(w.Screen(), "Sign in to Gingham Credit Union again") {
			t.Errorf("asked for %v:\n%s", r.asked, w.Screen())
		}
		w.Press("esc")
	})
}
