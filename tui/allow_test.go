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

func TestAllowDialog(t *testing.T) {
	for _, tt := range []struct {
		name   string
		keys   []string
		billed bool
	}{{"choosing", []string{"down", " "}, true}, {"for nothing", nil, false}} {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s %dx%d", tt.name, size[0], size[1]), func(t *testing.T) {
				o, clock, vault := options(banksIn(func(i *ledger.Item) { i.Billed = "transactions" }), fakeBanks{})
				o.Billed = tt.billed
				w := world{tuitest.New(t, tui.New(t.Context(), o), size[0], size[1]), clock, vault}
				w.Press("4", "m", "w")
				w.Press(tt.keys...)
				w.Golden()
			})
		}
	}
}

// What the bank may tell is agreed to on its page: what was chosen, or what the cursor
// was on. A bank that tells nothing without leave names the key, and one press does it.
func TestProductsAreAllowedFromTheInterface(t *testing.T) {
	wanting := banksIn(func(i *ledger.Item) {
		i.State, i.Code, i.Since = ledger.ItemUnavailable, "ADDITIONAL_CONSENT_REQUIRED", noon().Add(-48*time.Hour)
		i.Billed = "transactions"
	})
	well := banksIn(func(i *ledger.Item) { i.Billed = "transactions" })
	for name, tt := range map[string]struct {
		book   *ledger.Book
		keys   []string
		before string // on the accounts screen
		want   ledger.Products
		says   string
	}{
		"what the cursor is on": {well, []string{"m", "w", "enter"}, "First Platypus Bank", "auth", "What First Platypus Bank may tell: account numbers"},
		"what was chosen": {well, []string{"m", "w", " ", "down", "down", "x", "down", " ", " ", "enter"}, "First Platypus Bank", "auth investments",
			"may tell: account numbers, what its accounts hold"},
		"what the bank wants": {wanting, []string{"f"}, "press f to allow it", "transactions", "What First Platypus Bank may tell: its transactions"},
		"on its sheet":        {wanting, []string{"m", "f"}, "f allow it", "transactions", "What First Platypus Bank may tell: its transactions"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var asked ledger.Products
				end := make(chan error, 1)
				w := live(t, tt.book, fakeBanks{allow: func(ctx context.Context, id ledger.ItemID, products ledger.Products, report func(ledger.LinkProgress)) (ledger.Item, error) {
					asked = products
					report(ledger.LinkProgress{Stage: ledger.LinkWaiting, Address: "http://127.0.0.1:1/x", Browser: ledger.BrowserOpened})
					select {
					case <-ctx.Done():
						return ledger.Item{}, ctx.Err()
					case err := <-end:
						return ledger.Item{ID: id, Name: "First Platypus Bank", HistoryReady: true}, err
					}
				}}, 80, 24)
				w.Press("4")
				if got := w.Screen(); !strings.Contains(got, tt.before) {
					t.Errorf("the accounts screen does not say %q:\n%s", tt.before, got)
				}
				w.Press(tt.keys...)
				if got := w.Screen(); asked != tt.want || !strings.Contains(got, tt.says) {
					t.Errorf("it asks for %q, want %q, and shows\n%s", asked, tt.want, got)
				}
				end <- nil
				synctest.Wait()
				w.Settle()
				if got := w.Screen(); !strings.Contains(got, "may tell from now on: ") {
					t.Errorf("in the end it shows\n%s", got)
				}
			})
		})
	}
}

// Who chooses nothing has allowed nothing.
func TestNothingIsAllowedByLeaving(t *testing.T) {
	w := open(t, family(), 80, 24) // whose banks panic when they are asked
	w.Press("4", "m", "w", " ", "esc")
	if got := w.Screen(); strings.Contains(got, "Allow more") {
		t.Errorf("esc does not leave:\n%s", got)
	}
	all := banksIn(func(i *ledger.Item) { i.Consented = ledger.AllowableProducts })
	w = open(t, all, 80, 24)
	w.Press("4", "m", "w")
	if got := w.Screen(); !strings.Contains(got, "may tell all that coffer asks for") {
		t.Errorf("where all is allowed w shows\n%s", got)
	}
}

// wanting is how bank i ended that tells nothing without leave, untold one that tells
// all but its transactions.
func wanting(i int, err error) ledger.SyncResult {
	r := ended(i, ledger.Applied{}, err)
	r.Item.State, r.Item.Code = ledger.ItemUnavailable, "ADDITIONAL_CONSENT_REQUIRED"
	return r
}

func untold(i int) ledger.SyncResult {
	r := ended(i, ledger.Applied{}, nil)
	r.Untold = []error{fmt.Errorf("%w: its transactions; allow it with coffer", &ledger.NotAllowedError{Product: "transactions"})}
	return r
}

// After a sync one key allows what a bank did not tell; a network that is down is not
// the user's to allow.
func TestASyncLeadsToWhatIsNotAllowed(t *testing.T) {
	for name, tt := range map[string]struct {
		result ledger.SyncResult
		want   ledger.Products
	}{
		"a bank that tells nothing":    {wanting(0, errLong), "transactions"},
		"a bank that tells the rest":   {untold(0), "transactions"},
		"a bank that was not reached":  {wanting(0, fmt.Errorf("x: %w", ledger.ErrNetwork)), ""},
		"a bank that is asked to wait": {wanting(0, fmt.Errorf("x: %w", ledger.ErrRateLimited)), ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var asked ledger.Products
				w := live(t, family(), fakeBanks{
					sync: func(context.Context, func(ledger.Progress)) ([]ledger.SyncResult, error) {
						return []ledger.SyncResult{tt.result}, nil
					},
					allow: func(_ context.Context, id ledger.ItemID, products ledger.Products, _ func(ledger.LinkProgress)) (ledger.Item, error) {
						asked = products
						return ledger.Item{ID: id}, nil
					},
				}, 80, 24)
				w.Press("r")
				if got := w.Screen(); strings.Contains(got, "f allow it") != (tt.want != "") {
					t.Errorf("after the sync it shows\n%s", got)
				}
				if w.Press("f"); asked != tt.want {
					t.Errorf("f asks for %q, want %q", asked, tt.want)
				}
			})
		})
	}
}
