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
	"coffer/tui/screen"
	"coffer/tui/tuitest"
)

const processorToken = "processor-sandbox-0asd1-a92nc-7f3e5b1c9d2a4e6f8091a2b3c4d5e6f7"

func wantProcessor(acc ledger.Account, bank ledger.Item) any {
	return screen.ProcessorMsg{Account: acc, Bank: bank}
}

// hands makes this token for everybody.
func hands(err error) fakeBanks {
	return fakeBanks{token: func(context.Context, ledger.Account, string) (ledger.Digits, error) {
		return ledger.NewDigits(processorToken), err
	}}
}

func TestTokenDialog(t *testing.T) {
	for _, tt := range []struct {
		name  string
		banks fakeBanks
		board tui.Clipboard
		typed string
		keys  []string
	}{
		{name: "processors", keys: []string{"down", "down"}},
		{name: "narrowed", typed: "check"},
		{name: "unknown", typed: "zzz", keys: []string{"enter"}},
		{name: "price", typed: "modern tr", keys: []string{"enter"}},
		{name: "masked", banks: hands(nil), board: &fakeClipboard{}, typed: "dwolla", keys: []string{"enter", "y"}},
		{name: "whole", banks: hands(nil), board: &fakeClipboard{}, typed: "dwolla", keys: []string{"enter", "y", "r"}},
		{name: "no clipboard", banks: hands(nil), typed: "stripe", keys: []string{"enter", "y", "c"}},
		{name: "refused", banks: hands(fmt.Errorf("First Platypus Bank: %w: account numbers; allow it with coffer items repair item-1 --allow auth", ledger.ErrNotAllowed)),
			board: &fakeClipboard{}, typed: "dwolla", keys: []string{"enter", "y", "r", "c"}},
	} {
		for _, size := range sizes[:3] {
			t.Run(fmt.Sprintf("%s %dx%d", tt.name, size[0], size[1]), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					w := paymentWorld(t, tt.banks, tt.board, wantProcessor, size[0], size[1])
					w.Type(tt.typed)
					w.Press(tt.keys...)
					w.Golden()
				})
			})
		}
	}
}

// Only the processor that was chosen gets the account that was meant, once for each
// time that the user agrees; the token is masked until it is wanted, and then gone.
func TestATokenIsMadeOnceAndGoesWithTheDialog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		made, board := 0, &fakeClipboard{}
		w := paying(t, fakeBanks{token: func(_ context.Context, acc ledger.Account, processor string) (ledger.Digits, error) {
			made++
			if acc.ID != tuitest.Checking || processor != "modern_treasury" {
				t.Errorf("%s for %s", acc.ID, processor)
			}
			return ledger.NewDigits(processorToken), nil
		}}, board, 120, 40)
		for i, leave := range []string{"esc", "q", "ctrl+l"} {
			w.Send(wantProcessor(aboutChecking()))
			w.Type("modern")
			w.Press("enter", "esc") // and thinks again
			if got := w.Screen(); made != i || !strings.Contains(got, "modern") {
				t.Errorf("after %d tokens, it is back at\n%s", made, got)
			}
			w.Press("enter", "enter")
			if got := w.Screen(); made != i || !strings.Contains(got, "Whoever has it can") {
				t.Errorf("before anything is made it shows\n%s", got)
			}
			w.Press("y")
			if got := w.Screen(); made != i+1 || strings.Contains(got, "0asd1") || !strings.Contains(got, "****e6f7") {
				t.Errorf("made, it shows\n%s", got)
			}
			if w.Press("r"); !strings.Contains(w.Screen(), "0asd1") {
				t.Errorf("r shows\n%s", w.Screen())
			}
			if w.Press(leave); strings.Contains(w.Screen(), "e6f7") {
				t.Errorf("after %s it shows\n%s", leave, w.Screen())
			}
		}
	})
}

func TestATokenIsClearedFromTheClipboard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		board := &fakeClipboard{}
		w := paymentWorld(t, hands(nil), board, wantProcessor, 80, 24)
		w.Press("enter", "y", "c", "esc")
		w.Advance(w.clock, 29*time.Second)
		board.did(t, "copy "+processorToken)
		w.Advance(w.clock, 2*time.Second)
		board.did(t, "copy "+processorToken, "clear")
	})
}
