package tui_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"coffer/ledger"
	"coffer/tui"
	"coffer/tui/tuitest"
)

// toldNow is the household's checking account with what its bank says now.
func toldNow(change func(*ledger.Balance)) ledger.Account {
	_, accounts := familyBanks()
	usd := func(minor int64) ledger.Amount { return ledger.NewAmount(minor, ledger.ISO("USD")) }
	acc := accounts[0]
	acc.Balance = ledger.Balance{Current: usd(431_952), Available: usd(400_000), AsOf: noon(), Live: true}
	change(&acc.Balance)
	return acc
}

func TestBalanceDialog(t *testing.T) {
	asking := []ledger.Progress{at(0, ledger.PhaseAsking, 0)}
	for _, tt := range []struct {
		name   string
		keys   []string // after y
		report []ledger.Progress
		acc    ledger.Account
		err    error
		end    bool
	}{
		{name: "asking", report: asking},
		{name: "stopping", report: asking, keys: []string{"esc"}},
		{name: "live", end: true, acc: toldNow(func(*ledger.Balance) {})},
		{name: "not live", end: true, acc: toldNow(func(b *ledger.Balance) {
			b.Live, b.AsOf, b.Available, b.Limit = false, noon().Add(-30*time.Hour), ledger.Amount{}, ledger.NewAmount(500_000, ledger.ISO("USD"))
		})},
		{name: "no answer", end: true, err: fmt.Errorf("%w: no answer in time (/accounts/balance/get)", ledger.ErrNetwork)},
		{name: "asks to sign in", end: true, err: ledger.ErrLoginRequired},
	} {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s %dx%d", tt.name, size[0], size[1]), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					end := make(chan struct{})
					w := live(t, family(), fakeBanks{balance: func(_ context.Context, acc ledger.Account, report func(ledger.Progress)) (ledger.Account, error) {
						for _, p := range tt.report {
							report(p)
						}
						<-end
						return tt.acc, tt.err
					}}, size[0], size[1])
					w.Press("4", "b", "y")
					w.Advance(w.clock, 300*time.Millisecond)
					w.Press(tt.keys...)
					goldenTask(w, end, tt.end)
				})
			})
		}
	}
}

func TestAskNowDialog(t *testing.T) {
	for _, tt := range []struct {
		name   string
		result ledger.SyncResult
		err    error
		end    bool
	}{
		{name: "asking"},
		{name: "new rows", end: true, result: ended(0, ledger.Applied{Added: 2, Modified: 1, Removed: 2}, nil)},
		{name: "not heard", end: true, result: ledger.SyncResult{Item: ledger.Item{ID: "item-1", Name: "First Platypus Bank"}, Unheard: true}},
		{name: "refused", end: true, result: ended(0, ledger.Applied{}, errors.New("your Plaid keys may not ask for new transactions on demand; "+
			"ask Plaid for that at https://dashboard.plaid.com (INVALID_PRODUCT, /transactions/refresh, request a1b2c3)"))},
	} {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s %dx%d", tt.name, size[0], size[1]), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					end := make(chan struct{})
					w := live(t, family(), fakeBanks{askNow: func(_ context.Context, _ ledger.ItemID, report func(ledger.Progress)) (ledger.SyncResult, error) {
						report(at(0, ledger.PhaseAsking, 0))
						<-end
						return tt.result, tt.err
					}}, size[0], size[1])
					w.Press("4", "R", "y")
					w.Advance(w.clock, 300*time.Millisecond)
					goldenTask(w, end, tt.end)
				})
			})
		}
	}
}

func TestPriceDialog(t *testing.T) {
	for _, tt := range []struct {
		name, key string
		billed    bool
	}{{"ask", "R", true}, {"balance", "b", true}, {"balance for nothing", "b", false}} {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s %dx%d", tt.name, size[0], size[1]), func(t *testing.T) {
				o, clock, vault := options(family(), fakeBanks{})
				o.Billed = tt.billed
				w := world{tuitest.New(t, tui.New(t.Context(), o), size[0], size[1]), clock, vault}
				w.Press("4", tt.key)
				w.Golden()
			})
		}
	}
}

// What costs money is asked for by a key that means yes, and by no other.
func TestNothingIsBilledBeforeTheUserAgrees(t *testing.T) {
	for _, ask := range []string{"b", "R", "n"} {
		for _, no := range []string{"enter", " ", "Y", "b", "R", "r", "tab", "4"} {
			w := open(t, family(), 80, 24) // whose banks panic when they are asked
			w.Press("4", ask, no)
			if got := w.Screen(); !strings.Contains(got, "With real banks Plaid bills this") {
				t.Errorf("%s, then %q:\n%s", ask, no, got)
			}
			if w.Press("esc"); strings.Contains(w.Screen(), "With real banks Plaid bills this") {
				t.Errorf("%s: esc does not close:\n%s", ask, w.Screen())
			}
		}
	}
}

// A bank that wants the user first is not asked, and who belongs to no bank neither.
func TestABankThatWouldNotAnswerIsNotAsked(t *testing.T) {
	for _, key := range []string{"b", "R"} {
		w := open(t, family(), 120, 40)
		w.Press("4", "down", "down", key)
		if got := w.Screen(); !strings.Contains(got, "Gingham Credit Union would not answer:") || !strings.Contains(got, "press f to sign in again") {
			t.Errorf("%s at a bank that asks the user to sign in:\n%s", key, got)
		}
		items, accounts := familyBanks()
		own := family().WithBanks(items, append(accounts, ledger.Account{ID: "c_house", Name: "House"}))
		w = open(t, own, 120, 40)
		w.Press("4", "end", key)
		if got := w.Screen(); !strings.Contains(got, "this account is kept by you") {
			t.Errorf("%s at an account of the user's own:\n%s", key, got)
		}
	}
}

// The question is about the account under the cursor, its answer is shown as live
// wherever accounts are, and what is known of the others stays as it was.
func TestALiveBalanceIsToldApart(t *testing.T) {
	for _, size := range sizes[:3] {
		synctest.Test(t, func(t *testing.T) {
			items, accounts := familyBanks()
			var w world
			w = live(t, family(), fakeBanks{balance: func(_ context.Context, acc ledger.Account, _ func(ledger.Progress)) (ledger.Account, error) {
				accounts[1].Balance = ledger.Balance{Current: accounts[1].Balance.Current, AsOf: noon(), Live: true}
				w.ledger.change(family().WithBanks(items, accounts))
				if acc.ID != accounts[1].ID {
					t.Errorf("asked about %s, want %s", acc.ID, accounts[1].ID)
				}
				return accounts[1], nil
			}}, size[0], size[1])
			w.Press("4", "down", "b", "y", "esc")
			w.Advance(w.clock, 5*time.Minute)
			if got := w.Screen(); strings.Count(got, "live 5m") != 1 {
				t.Errorf("at %v the screen is\n%s", size, got)
			}
		})
	}
}

// Esc ends the waiting, not only the dialog.
func TestAQuestionToABankIsCancelled(t *testing.T) {
	for _, key := range []string{"b", "R"} {
		synctest.Test(t, func(t *testing.T) {
			var stopped error
			w := live(t, family(), fakeBanks{
				balance: func(ctx context.Context, _ ledger.Account, _ func(ledger.Progress)) (ledger.Account, error) {
					<-ctx.Done()
					stopped = ctx.Err()
					return ledger.Account{}, ctx.Err()
				},
				askNow: func(ctx context.Context, _ ledger.ItemID, report func(ledger.Progress)) (ledger.SyncResult, error) {
					report(at(0, ledger.PhaseAsking, 0))
					<-ctx.Done()
					stopped = ctx.Err()
					return ended(0, ledger.Applied{}, ctx.Err()), ctx.Err()
				},
			}, 80, 24)
			w.Press("4", key, "y", "esc")
			if !errors.Is(stopped, context.Canceled) {
				t.Errorf("%s: the question ended with %v, want it cancelled", key, stopped)
			}
			if got := w.Screen(); !strings.Contains(strings.ToLower(got), "stopped; ") {
				t.Errorf("%s: after esc the screen is\n%s", key, got)
			}
		})
	}
}
