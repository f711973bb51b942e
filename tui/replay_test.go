package tui_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"coffer/ledger"
)

func TestReplayDialog(t *testing.T) {
	for _, tt := range []struct {
		name   string
		keys   []string // after e
		result ledger.SyncResult
		err    error
		end    bool
	}{
		{name: "asks"},
		{name: "fetching", keys: []string{"y"}},
		{name: "sign in", keys: []string{"y"}, end: true, result: ended(0, ledger.Applied{}, ledger.ErrLoginRequired), err: ledger.ErrLoginRequired},
		{name: "no keys", keys: []string{"y"}, end: true, err: ledger.ErrCredentials},
		{name: "done", keys: []string{"y"}, end: true, result: ended(0, ledger.Applied{Added: 2, Removed: 7}, nil)},
	} {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s %dx%d", tt.name, size[0], size[1]), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					end := make(chan struct{})
					w := live(t, family(), fakeBanks{replay: func(_ context.Context, _ ledger.ItemID, report func(ledger.Progress)) (ledger.SyncResult, error) {
						report(at(0, ledger.PhaseFetching, 1500))
						<-end
						return tt.result, tt.err
					}}, size[0], size[1])
					w.Press("4", "m", "e")
					w.Press(tt.keys...)
					goldenTask(w, end, tt.end)
				})
			})
		}
	}
}

// Esc ends the work, not only the dialog, and what is said of it is true.
func TestAReplayIsStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var stopped error
		w := live(t, family(), fakeBanks{replay: func(ctx context.Context, _ ledger.ItemID, report func(ledger.Progress)) (ledger.SyncResult, error) {
			report(at(0, ledger.PhaseFetching, 1500))
			<-ctx.Done()
			stopped = ctx.Err()
			return ended(0, ledger.Applied{}, ctx.Err()), fmt.Errorf("replay: %w", ctx.Err())
		}}, 80, 24)
		w.Press("4", "m", "e", "y", "esc")
		if got := w.Screen(); !errors.Is(stopped, context.Canceled) || !strings.Contains(got, "Stopped; nothing was changed.") {
			t.Errorf("it ended with %v, and shows\n%s", stopped, got)
		}
	})
}
