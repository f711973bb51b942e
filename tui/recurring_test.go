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
	"coffer/tui/screen"
	"coffer/tui/tuitest"
)

func wantRecurring() screen.RecurringMsg {
	_, bank := aboutChecking()
	return screen.RecurringMsg{Bank: bank}
}

// recurs is what Plaid finds at the household's banks.
func recurs() []ledger.Streams {
	no, day := false, ledger.NewDate
	told := ledger.Told{Item: "item-1", At: noon().Add(-3 * time.Hour)}
	return []ledger.Streams{
		{Told: ledger.Told{Item: "item-2", At: noon()}, List: []ledger.Stream{{ID: "other", Account: "acc-other", Merchant: "Another bank's", Average: dollars(100)}}},
		{Told: told, List: []ledger.Stream{
			{ID: "s1", Account: tuitest.Card, Merchant: "Netflix", Frequency: "MONTHLY", Status: "MATURE", Last: day(2026, 11, 12), Next: day(2026, 12, 12), Average: dollars(-15_49), Latest: dollars(-17_99), Count: 12},
			{ID: "s2", Account: tuitest.Checking, Description: "ACME CORP PAYROLL DIRECT DEPOSIT OF THE MONTH", Frequency: "SEMI_MONTHLY", Status: "MATURE", Last: day(2026, 11, 15), Next: day(2026, 11, 30), Average: dollars(3_120_00), Count: 24},
			{ID: "s3", Account: tuitest.Checking, Merchant: "Gym\x1b[2J\u202e", Frequency: "MONTHLY", Status: "TOMBSTONED", Active: &no, Last: day(2025, 10, 1), Next: day(2025, 11, 1), Average: dollars(-29_00), Count: 4},
			{ID: "s4", Account: tuitest.Checking, Merchant: "Domain names", Frequency: "ANNUALLY", Status: "EARLY_DETECTION", Last: day(2026, 1, 3), Next: day(2027, 1, 3), Average: dollars(-1_204_00), Count: 2},
			{ID: "s5", Account: "acc-gone", Average: ledger.NewAmount(-120_000, ledger.ISO("JPY"))},
		}},
	}
}

// remembers reads these, and answers questions so.
func remembers(list []ledger.Streams, result ledger.SyncResult) fakeBanks {
	return fakeBanks{
		streams: func(context.Context) ([]ledger.Streams, error) { return list, nil },
		askStreams: func(context.Context, ledger.ItemID, func(ledger.Progress)) (ledger.SyncResult, error) {
			return result, nil
		},
	}
}

func TestRecurringDialog(t *testing.T) {
	waits := remembers(recurs(), ledger.SyncResult{})
	waits.askStreams = func(ctx context.Context, _ ledger.ItemID, report func(ledger.Progress)) (ledger.SyncResult, error) {
		report(at(0, ledger.PhaseFetching, 0))
		<-ctx.Done()
		return ended(0, ledger.Applied{}, ctx.Err()), nil
	}
	broken := fakeBanks{streams: func(context.Context) ([]ledger.Streams, error) {
		return nil, errors.New("read streams: the vault is in use by another program; try again when it has ended")
	}}
	for _, tt := range []struct {
		name  string
		banks fakeBanks
		keys  []string
	}{
		{"streams", remembers(recurs(), ledger.SyncResult{}), nil},
		{"all banks", remembers(recurs(), ledger.SyncResult{}), []string{"a"}},
		{"never asked", remembers(nil, ledger.SyncResult{}), nil},
		{"price", remembers(nil, ledger.SyncResult{}), []string{"R"}},
		{"nothing", remembers([]ledger.Streams{{Told: ledger.Told{Item: "item-1", At: noon()}}}, ledger.SyncResult{}), nil},
		{"asking", waits, []string{"R", "y"}},
		{"stopped", waits, []string{"R", "y", "esc"}},
		{"asks to sign in", remembers(recurs(), ended(0, ledger.Applied{}, ledger.ErrLoginRequired)), []string{"R", "y"}},
		{"no transactions", remembers(nil, ledger.SyncResult{Untold: []error{errors.New("it has no transactions in which something could recur")}}), []string{"R", "y"}},
		{"failed", broken, nil},
	} {
		for _, size := range sizes[:3] {
			t.Run(fmt.Sprintf("%s %dx%d", tt.name, size[0], size[1]), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					w := paying(t, tt.banks, nil, size[0], size[1])
					w.Send(wantRecurring())
					w.Press(tt.keys...)
					w.Golden()
					if strings.ContainsAny(w.View(), "\u202e") || strings.Contains(w.View(), "\x1b[2J") {
						t.Error("a control got through")
					}
					w.Press("esc")
				})
			})
		}
	}
}

// Plaid is asked about this bank, when the user agrees; what it tells is listed, and
// what another program keeps is, too.
func TestRecurringFollowsWhatIsToldAndKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var kept []ledger.Streams
		asked := 0
		w := paying(t, fakeBanks{
			streams: func(context.Context) ([]ledger.Streams, error) { return kept, nil },
			askStreams: func(_ context.Context, id ledger.ItemID, _ func(ledger.Progress)) (ledger.SyncResult, error) {
				asked++
				if id != "item-1" {
					t.Errorf("asked about %s", id)
				}
				kept = recurs()
				return ended(0, ledger.Applied{}, nil), nil
			},
		}, nil, 120, 40)
		w.Press("m", "c") // from the sheet of the bank under the cursor
		w.Press("R", "esc")
		if got := w.Screen(); asked > 0 || !strings.Contains(got, "R asks") {
			t.Errorf("who does not agree comes back to\n%s", got)
		}
		w.Press("R", "enter", "y")
		if got := w.Screen(); asked != 1 || !strings.Contains(got, "Netflix") || strings.Contains(got, "Another bank") {
			t.Errorf("after %d questions it shows\n%s", asked, got)
		}
		w.Press("a")
		if got := w.Screen(); !strings.Contains(got, "Another bank's") || strings.Contains(got, "ask now") {
			t.Errorf("of all banks it shows\n%s", got)
		}
		w.Press("R", "a") // R is about one bank
		if got := w.Screen(); strings.Contains(got, "Another bank's") || !strings.Contains(got, "ask now") {
			t.Errorf("of this bank again it shows\n%s", got)
		}
		kept[1].List = kept[1].List[1:2]
		w.ledger.change(family())
		w.Advance(w.clock, 3*time.Second)
		if got := w.Screen(); strings.Contains(got, "Netflix") || !strings.Contains(got, "ACME CORP PAYROLL") {
			t.Errorf("after the vault changed it shows\n%s", got)
		}
	})
}

// What does not fit is scrolled to.
func TestRecurringScrolls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := paying(t, remembers(recurs(), ledger.SyncResult{}), nil, 45, 20)
		w.Send(wantRecurring())
		if strings.Contains(w.Screen(), "lists no more") {
			t.Fatalf("all of it fits, so there is nothing to test:\n%s", w.Screen())
		}
		for range 5 {
			w.Press("pgdown")
			w.View()
		}
		if got := w.Screen(); !strings.Contains(got, "¥120,000") || strings.Contains(got, "ACME") {
			t.Errorf("at the end:\n%s", got)
		}
		w.Press("esc")
		if got := w.Screen(); strings.Contains(got, "¥120,000") && strings.Contains(got, "lists no more") {
			t.Errorf("esc did not close it:\n%s", got)
		}
	})
}
