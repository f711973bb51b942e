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

var banksInOrder = []ledger.Progress{
	{Item: "item-1", Name: "First Platypus Bank"},
	{Item: "item-2", Name: "Gingham Credit Union"},
	{Item: "item-3", Name: "Tartan Mortgage & Trust"},
}

// at returns the progress of bank i.
func at(i int, phase ledger.Phase, rows int) ledger.Progress {
	p := banksInOrder[i]
	p.Phase, p.Rows = phase, rows
	return p
}

// ended returns how bank i ended.
func ended(i int, applied ledger.Applied, err error) ledger.SyncResult {
	p := banksInOrder[i]
	return ledger.SyncResult{Item: ledger.Item{ID: p.Item, Name: p.Name}, Applied: applied, Err: err}
}

func TestSyncDialog(t *testing.T) {
	running := []ledger.Progress{at(0, ledger.PhaseDone, 12), at(1, ledger.PhaseFetching, 1500), at(2, ledger.PhaseWaiting, 0)}
	for _, tt := range []struct {
		name    string
		report  []ledger.Progress
		keys    []string
		results []ledger.SyncResult
		err     error
		end     bool
		after   []string // keys when it has ended
	}{
		{name: "starting"},
		{name: "running", report: running},
		{name: "bank needs you", report: running, end: true, results: []ledger.SyncResult{
			ended(0, ledger.Applied{Added: 12, Modified: 2}, nil),
			ended(1, ledger.Applied{}, fmt.Errorf("sync Gingham: %w", ledger.ErrLoginRequired)),
			ended(2, ledger.Applied{}, nil),
		}},
		{name: "bank wants leave", report: running, end: true, results: []ledger.SyncResult{
			ended(0, ledger.Applied{}, nil), wanting(1, errLong), untold(2),
		}},
		{name: "stopped", report: running, keys: []string{"esc"}, end: true, err: context.Canceled, results: []ledger.SyncResult{
			ended(0, ledger.Applied{Added: 12, Modified: 2}, nil),
			ended(1, ledger.Applied{}, context.Canceled),
		}},
		{name: "no network", report: []ledger.Progress{at(0, ledger.PhaseWaiting, 0)}, end: true, err: ledger.ErrNetwork},
		{name: "long errors", report: running, end: true, after: []string{"down", "down"}, results: []ledger.SyncResult{
			ended(0, ledger.Applied{}, errLong), ended(1, ledger.Applied{}, errLong), ended(2, ledger.Applied{}, errLong),
		}},
		{name: "all well", report: running, end: true, results: []ledger.SyncResult{
			ended(0, ledger.Applied{Added: 1200}, nil), ended(1, ledger.Applied{Removed: 1}, nil), ended(2, ledger.Applied{}, nil),
		}},
	} {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s %dx%d", tt.name, size[0], size[1]), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					end := make(chan struct{})
					banks := fakeBanks{sync: func(_ context.Context, report func(ledger.Progress)) ([]ledger.SyncResult, error) {
						for _, p := range tt.report {
							report(p)
						}
						<-end
						return tt.results, tt.err
					}}
					w := live(t, family(), banks, size[0], size[1])
					w.Press("r")
					w.Advance(w.clock, 300*time.Millisecond)
					w.Press(tt.keys...)
					goldenTask(w, end, tt.end, tt.after...)
				})
			})
		}
	}
}

var errLong = errors.New("Plaid refused the request: the sum of all that was asked for today is more than what was agreed on " +
	"(RATE_LIMIT, /transactions/sync, request a1b2c3d4e5f6g7h)")

// The title and the end stay, and what is between them can be read to its end and back.
func TestALongSyncDialogIsScrolled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := live(t, family(), fakeBanks{sync: func(_ context.Context, report func(ledger.Progress)) (results []ledger.SyncResult, err error) {
			for i := range banksInOrder {
				report(at(i, ledger.PhaseFailed, 0))
				results = append(results, ended(i, ledger.Applied{}, errLong))
			}
			return results, nil
		}}, 45, 14)
		w.Press("r")
		seen := w.Screen()
		first := seen
		for range 30 {
			w.Press("down")
			for _, stays := range []string{" Sync ", "0 of 3 banks synced."} {
				if !strings.Contains(w.Screen(), stays) {
					t.Fatalf("%q is gone:\n%s", stays, w.Screen())
				}
			}
			seen += w.Screen()
		}
		for _, want := range []string{"First Platypus", "Gingham Credit", "Tartan Mortgage", "a1b2c3d4e5f6g7h)", "↑↓ more"} {
			if !strings.Contains(seen, want) {
				t.Errorf("%q is nowhere to be seen", want)
			}
		}
		for range 30 {
			w.Press("up")
		}
		if w.Screen() != first {
			t.Errorf("up again it shows\n%s\nwant\n%s", w.Screen(), first)
		}
		w.Resize(80, 24)
		if got := w.Screen(); strings.Contains(got, "↑↓ more") || !strings.Contains(got, "First Platypus Bank") {
			t.Errorf("with room for all of it:\n%s", got)
		}
	})
}

// goldenTask takes the picture of a task that waits for end: after it and some keys,
// or while it still runs. Either way nothing runs afterwards.
func goldenTask(w world, end chan struct{}, after bool, keys ...string) {
	finish := func() { close(end); w.Settle() }
	if after {
		finish()
		w.Screen() // what keys there are depends on what has room
		w.Press(keys...)
	} else {
		defer finish()
	}
	w.Golden()
}

func TestLinkDialog(t *testing.T) {
	const address = "http://127.0.0.1:43117/7f3c9a1e5b2d4c6f8a0b1c2d3e4f5a6b"
	bank := ledger.Item{ID: "item-1", Name: "First Platypus Bank"}
	waiting := ledger.LinkProgress{Stage: ledger.LinkWaiting, Address: address, Browser: ledger.BrowserOpened}
	for _, tt := range []struct {
		name   string
		report []ledger.LinkProgress
		keys   []string
		item   ledger.Item
		err    error
		end    bool
	}{
		{name: "starting"},
		{name: "waiting", report: []ledger.LinkProgress{waiting}},
		{name: "waiting without browser", report: []ledger.LinkProgress{{Stage: ledger.LinkWaiting, Address: address}}},
		{name: "waiting for a phone", report: []ledger.LinkProgress{{Stage: ledger.LinkWaiting, Hosted: true,
			Address: "https://secure.plaid.com/hl/ls4ph0t5s7pn6o6nljn3p4s4p6s33q6onr"}}},
		{name: "saving", report: []ledger.LinkProgress{waiting, {Stage: ledger.LinkSaving}}},
		{name: "syncing", report: []ledger.LinkProgress{waiting, {Stage: ledger.LinkSyncing, Item: bank, Sync: ledger.Progress{Rows: 1500}}}},
		{name: "stopping", report: []ledger.LinkProgress{waiting}, keys: []string{"esc"}},
		{name: "linked", end: true, item: bank},
		{name: "linked and told less", end: true, item: bank, report: []ledger.LinkProgress{{Stage: ledger.LinkCompleted, Item: bank, Synced: ledger.SyncResult{
			Item: bank, Untold: []error{errors.New("the bank is still preparing its investments; sync again in a minute")},
		}}}},
		{name: "linked without rows", end: true, item: bank, err: ledger.ErrNotReady},
		{name: "failed", end: true, err: fmt.Errorf("create a link token: %w", ledger.ErrCredentials)},
		{name: "expired", end: true, err: ledger.ErrLinkExpired},
		{name: "closed in the browser", end: true, err: ledger.ErrLinkCancelled},
	} {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s %dx%d", tt.name, size[0], size[1]), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					end := make(chan struct{})
					banks := fakeBanks{link: func(_ context.Context, report func(ledger.LinkProgress)) (ledger.Item, error) {
						for _, p := range tt.report {
							report(p)
						}
						<-end
						return tt.item, tt.err
					}}
					w := live(t, family(), banks, size[0], size[1])
					w.Press("l")
					w.Advance(w.clock, 19*time.Second)
					w.Press(tt.keys...)
					goldenTask(w, end, tt.end)
				})
			})
		}
	}
}

// A terminal that shows ASCII alone is promised no code, however large it is.
func TestLinkDialogPromisesNoCodeWhereNoneIsDrawn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const address = "https://secure.plaid.com/hl/ls4ph0t5s7pn6o6nljn3p4s4p6s33q6onr"
		o, clock, vault := options(family(), fakeBanks{link: func(ctx context.Context, report func(ledger.LinkProgress)) (ledger.Item, error) {
			report(ledger.LinkProgress{Stage: ledger.LinkWaiting, Address: address, Hosted: true})
			<-ctx.Done()
			return ledger.Item{}, ctx.Err()
		}})
		o.ASCII = true
		w := world{tuitest.NewConcurrent(t, tui.New(t.Context(), o), 120, 40), clock, vault}
		w.Press("l")
		if got := w.Screen(); !strings.Contains(got, address) || strings.Contains(got, "QR") {
			t.Errorf("the dialog shows\n%s", got)
		}
		w.Press("esc")
	})
}

// On the lowest screen the address is there whole, and how long there is.
func TestLinkDialogKeepsWhatMattersOnALowScreen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const address = "http://127.0.0.1:43117/7f3c9a1e5b2d4c6f8a0b1c2d3e4f5a6b"
		banks := fakeBanks{link: func(ctx context.Context, report func(ledger.LinkProgress)) (ledger.Item, error) {
			report(ledger.LinkProgress{Stage: ledger.LinkWaiting, Address: address, Browser: ledger.BrowserOpened})
			<-ctx.Done()
			return ledger.Item{}, ctx.Err()
		}}
		w := live(t, family(), banks, 40, 12)
		w.Press("l")
		joined := strings.Join(strings.Fields(w.Screen()), " ")
		for _, want := range []string{"Link a bank", "Your browser should have opened.", address[:40], address[40:], "in the browser · 10:00 left"} {
			if !strings.Contains(joined, want) {
				t.Errorf("the dialog does not show %q:\n%s", want, w.Screen())
			}
		}
		w.Press("esc")
	})
}

func TestEscStopsALinkAndClosesItsDialog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var stopped error
		banks := fakeBanks{link: func(ctx context.Context, report func(ledger.LinkProgress)) (ledger.Item, error) {
			report(ledger.LinkProgress{Stage: ledger.LinkWaiting, Address: "http://127.0.0.1:1/x"})
			<-ctx.Done()
			stopped = ctx.Err()
			return ledger.Item{}, fmt.Errorf("link: %w", ctx.Err())
		}}
		w := live(t, family(), banks, 80, 24)
		w.Press("l", "esc")
		if !errors.Is(stopped, context.Canceled) {
			t.Errorf("the session ended with %v, want it cancelled", stopped)
		}
		if got := w.Screen(); strings.Contains(got, "Link a bank\n") || !strings.Contains(got, "linking was cancelled; nothing was kept") {
			t.Errorf("after esc the screen is\n%s", got)
		}
	})
}

// A link cannot be taken back by esc once the bank has agreed: the dialog says
// what there is, and that nothing is lost.
func TestLinkIsCancelledInTheFirstSync(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bank := ledger.Item{ID: "item-1", Name: "First Platypus Bank"}
		banks := fakeBanks{link: func(ctx context.Context, report func(ledger.LinkProgress)) (ledger.Item, error) {
			report(ledger.LinkProgress{Stage: ledger.LinkSyncing, Item: bank})
			<-ctx.Done()
			return bank, fmt.Errorf("%s is linked: sync %s: %w", bank.Name, bank.Name, ctx.Err())
		}}
		w := live(t, family(), banks, 80, 24)
		w.Press("l", "esc")
		got := w.Screen()
		for _, want := range []string{"✓ First Platypus Bank is linked.", "You stopped before all its transactions were here.", "Nothing is lost"} {
			if !strings.Contains(got, want) {
				t.Errorf("the dialog does not say %q:\n%s", want, got)
			}
		}
		if strings.Contains(got, "context canceled") {
			t.Errorf("the dialog speaks of contexts:\n%s", got)
		}
	})
}

func TestASyncIsCancelledAndTellsWhatCameIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		banks := fakeBanks{sync: func(ctx context.Context, report func(ledger.Progress)) ([]ledger.SyncResult, error) {
			report(at(0, ledger.PhaseDone, 3))
			report(at(1, ledger.PhaseFetching, 500))
			<-ctx.Done()
			return []ledger.SyncResult{ended(0, ledger.Applied{Added: 3}, nil), ended(1, ledger.Applied{}, ctx.Err())}, ctx.Err()
		}}
		w := live(t, family(), banks, 80, 24)
		loads := w.ledger.loads
		w.Press("r", "x")
		for _, want := range []string{"3 new", "stopped; its data is as it was", "1 of 2 banks synced"} {
			if !strings.Contains(w.Screen(), want) {
				t.Errorf("the dialog does not say %q:\n%s", want, w.Screen())
			}
		}
		if w.ledger.loads != loads+1 {
			t.Errorf("the ledger was loaded %d times after the sync, want once", w.ledger.loads-loads)
		}
		if w.Press("esc"); strings.Contains(w.Screen(), "3 new") {
			t.Errorf("esc did not close the dialog:\n%s", w.Screen())
		}
	})
}

// What a bank did not tell besides stays to be read, and the bank counts as synced.
func TestASyncTellsWhatABankDidNotTell(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		banks := fakeBanks{sync: func(_ context.Context, report func(ledger.Progress)) ([]ledger.SyncResult, error) {
			report(at(0, ledger.PhaseDone, 3))
			report(at(1, ledger.PhaseDone, 0))
			result := ended(0, ledger.Applied{Added: 3}, nil)
			result.Untold = []error{errors.New("ask for its investments: Plaid cannot be reached"), errors.New("the bank is still preparing the terms of its cards and loans")}
			return []ledger.SyncResult{result, ended(1, ledger.Applied{}, nil)}, nil
		}}
		w := live(t, family(), banks, 80, 24)
		w.Press("r")
		for _, want := range []string{"3 new", "ask for its investments", "still preparing the terms", "2 of 2 banks synced"} {
			if !strings.Contains(w.Screen(), want) {
				t.Errorf("the dialog does not say %q:\n%s", want, w.Screen())
			}
		}
	})
}

func TestASyncThatIsStoppedAtOnceChangedNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		banks := fakeBanks{sync: func(ctx context.Context, report func(ledger.Progress)) ([]ledger.SyncResult, error) {
			report(at(0, ledger.PhaseFetching, 500))
			report(at(1, ledger.PhaseWaiting, 0))
			<-ctx.Done()
			return []ledger.SyncResult{ended(0, ledger.Applied{}, ctx.Err())}, ctx.Err()
		}}
		w := live(t, family(), banks, 80, 24)
		w.Press("r", "esc")
		if got := w.Screen(); !strings.Contains(got, "Stopped; nothing was changed.") || strings.Contains(got, "is kept") {
			t.Errorf("the dialog says\n%s", got)
		}
	})
}

// A sync that had to leave rows out is no failure, and must not look like a
// success either: the dialog stays and says so.
func TestASyncTellsWhatItLeftOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		banks := fakeBanks{sync: func(_ context.Context, report func(ledger.Progress)) ([]ledger.SyncResult, error) {
			report(at(0, ledger.PhaseDone, 3))
			result := ended(0, ledger.Applied{Added: 3}, nil)
			result.Skipped = errors.New("2 rows could not be read and were left out")
			return []ledger.SyncResult{result}, nil
		}}
		w := live(t, family(), banks, 80, 24)
		w.Press("r")
		if got := w.Screen(); !strings.Contains(got, "2 rows could not be read and were left out") {
			t.Errorf("the screen does not tell:\n%s", got)
		}
	})
}

// Reports may come from any goroutine, as fast as they like, also too late.
func TestReportsFromManyGoroutinesArriveInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		late := make(chan func(ledger.Progress), 1)
		banks := fakeBanks{sync: func(_ context.Context, report func(ledger.Progress)) ([]ledger.SyncResult, error) {
			done := make(chan struct{})
			for i := range 3 {
				go func() {
					for rows := 100; rows <= 1000; rows += 100 {
						report(at(i, ledger.PhaseFetching, rows))
					}
					done <- struct{}{}
				}()
			}
			for range 3 {
				<-done
			}
			late <- report
			return nil, ledger.ErrRateLimited
		}}
		w := live(t, family(), banks, 80, 24)
		w.Press("r")
		(<-late)(at(0, ledger.PhaseFetching, 99_999))
		w.Settle()
		if got := w.Screen(); strings.Contains(got, "99,999") || strings.Count(got, "not begun") != 3 {
			t.Errorf("the screen is\n%s", got)
		}
	})
}
