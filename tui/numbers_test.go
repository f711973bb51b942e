package tui_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"coffer/ledger"
	"coffer/tui"
	"coffer/tui/tuitest"
)

// fakeClipboard remembers what became of it.
type fakeClipboard struct {
	mu    sync.Mutex
	calls []string
	err   error
}

func (c *fakeClipboard) Copy(_ context.Context, d ledger.Digits) error {
	return c.note("copy " + d.Reveal())
}

func (c *fakeClipboard) Clear(context.Context) error { return c.note("clear") }

func (c *fakeClipboard) note(call string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls = append(c.calls, call)
	return c.err
}

func (c *fakeClipboard) did(t *testing.T, want ...string) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	if !slices.Equal(c.calls, want) {
		t.Errorf("the clipboard was told %q, want %q", c.calls, want)
	}
}

func checkingNumbers() ledger.Numbers {
	d := ledger.NewDigits
	return ledger.Numbers{ACH: []ledger.ACHNumbers{{Account: d("537843243975"), Routing: d("011401533"), WireRouting: d("021100523")}}}
}

// answers gives every account these numbers.
func answers(n ledger.Numbers, err error) fakeBanks {
	return fakeBanks{numbers: func(context.Context, ledger.Account) (ledger.Numbers, error) { return n, err }}
}

// paying shows the accounts screen of the family, with the cursor on the first.
func paying(t *testing.T, banks fakeBanks, board tui.Clipboard, width, height int) world {
	t.Helper()
	o, clock, vault := options(family(), banks)
	o.Clipboard = board
	w := world{tuitest.NewConcurrent(t, tui.New(t.Context(), o), width, height), clock, vault}
	w.Press("4")
	return w
}

func TestNumbersDialog(t *testing.T) {
	tokenized := checkingNumbers()
	tokenized.ACH[0].Tokenized = true
	d := ledger.NewDigits
	british := ledger.Numbers{
		International: []ledger.InternationalNumbers{{IBAN: d("MT84MALT011000012345MTLCAST001S"), BIC: d("MALTMTMTXXX")}},
		BACS:          []ledger.BACSNumbers{{Account: d("31926819"), SortCode: d("601613")}},
	}
	hostile := ledger.Numbers{ACH: []ledger.ACHNumbers{{Account: d("12\x1b[2J34\u202e56"), Routing: d("\x1b]0;pwned\a1")}}}
	for _, tt := range []struct {
		name  string
		banks fakeBanks
		board tui.Clipboard
		keys  []string
	}{
		{"masked", answers(checkingNumbers(), nil), &fakeClipboard{}, nil},
		{"whole", answers(checkingNumbers(), nil), &fakeClipboard{}, []string{"r", "down"}},
		{"copied", answers(checkingNumbers(), nil), &fakeClipboard{}, []string{"c"}},
		{"no clipboard", answers(tokenized, nil), nil, []string{"c"}},
		{"british", answers(british, nil), &fakeClipboard{}, []string{"r"}},
		{"hostile", answers(hostile, nil), &fakeClipboard{}, []string{"r"}},
		{"not allowed", answers(ledger.Numbers{}, fmt.Errorf("First Platypus Bank: %w: account numbers; allow it with coffer items repair item-1 --allow auth",
			ledger.ErrNotAllowed)), &fakeClipboard{}, []string{"r", "c", "down"}},
	} {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s %dx%d", tt.name, size[0], size[1]), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					w := paying(t, tt.banks, tt.board, size[0], size[1])
					w.Press("n", "y")
					w.Press(tt.keys...)
					w.Golden()
				})
			})
		}
	}
}

func TestNumbersAreAskedForEachTimeAndGoWithTheDialog(t *testing.T) {
	const whole = "537843243975"
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		w := paying(t, fakeBanks{numbers: func(_ context.Context, acc ledger.Account) (ledger.Numbers, error) {
			asked++
			if acc.ID != tuitest.Checking {
				t.Errorf("asked for %s", acc.ID)
			}
			return checkingNumbers(), nil
		}}, nil, 80, 24)
		for i, leave := range []string{"esc", "q", "ctrl+l"} {
			w.Press("n", "y")
			if got := w.Screen(); strings.Contains(got, whole) || !strings.Contains(got, "****3975") {
				t.Errorf("opened, it shows\n%s", got)
			}
			w.Press("r")
			if !strings.Contains(w.Screen(), whole) {
				t.Errorf("r shows\n%s", w.Screen())
			}
			w.Press("r")
			if strings.Contains(w.Screen(), whole) {
				t.Errorf("r again shows\n%s", w.Screen())
			}
			w.Press("r", leave)
			if got := w.Screen(); strings.Contains(got, whole) || strings.Contains(got, "3975") || asked != i+1 {
				t.Errorf("after %s and %d questions it shows\n%s", leave, asked, got)
			}
		}
	})
}

func TestNumbersStopWithTheDialog(t *testing.T) {
	for _, leave := range []string{"esc", "ctrl+l"} {
		synctest.Test(t, func(t *testing.T) {
			var ended error
			w := paying(t, fakeBanks{numbers: func(ctx context.Context, _ ledger.Account) (ledger.Numbers, error) {
				<-ctx.Done()
				ended = ctx.Err()
				return checkingNumbers(), nil // it came all the same
			}}, nil, 80, 24)
			w.Press("n", "y")
			if !strings.Contains(w.Screen(), "asking the bank") {
				t.Errorf("while it asks:\n%s", w.Screen())
			}
			w.Press(leave)
			w.Settle()
			if got := w.Screen(); !errors.Is(ended, context.Canceled) || strings.Contains(got, "ACH") {
				t.Errorf("%s ended it with %v, and shows\n%s", leave, ended, got)
			}
		})
	}
}

func TestClipboardIsClearedAfterAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		board := &fakeClipboard{}
		w := paying(t, answers(checkingNumbers(), nil), board, 80, 24)
		w.Press("n", "y", "c", "esc")
		w.Advance(w.clock, 29*time.Second)
		board.did(t, "copy 537843243975")
		w.Press("n", "y", "down", "c", "ctrl+l") // the time begins anew, and does not stop for a lock
		w.Advance(w.clock, 29*time.Second)
		board.did(t, "copy 537843243975", "copy 011401533")
		w.Advance(w.clock, 2*time.Second)
		board.did(t, "copy 537843243975", "copy 011401533", "clear")
		w.Advance(w.clock, time.Minute)
		board.did(t, "copy 537843243975", "copy 011401533", "clear")
	})
}

// loudClipboard says on standard error what becomes of it.
type loudClipboard struct{}

func (loudClipboard) Copy(ctx context.Context, _ ledger.Digits) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	_, err := os.Stderr.WriteString("copied\n")
	return err
}

func (loudClipboard) Clear(context.Context) error {
	_, err := os.Stderr.WriteString("cleared\n")
	return err
}

// Who leaves before the time is up leaves no number behind, also when that is at
// once; and who copied none, nothing to clear.
func TestClipboardIsClearedOnTheWayOut(t *testing.T) {
	for name, leave := range map[string]func(*terminal){
		"after a while":  func(term *terminal) { term.write("c"); term.await("is copied"); term.write("q\x03") },
		"at once":        func(term *terminal) { term.write("c\x03") },
		"without a copy": func(term *terminal) { term.write("\x03") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			term := startChild(t, "copy")
			term.await("NET WORTH")
			term.write("4n")
			term.await("Account numbers")
			term.write("y")
			term.await("ACH account")
			leave(term)
			err, said := term.end(), term.err.String()
			if err != nil || strings.HasSuffix(said, "copied\n") || name == "after a while" && said != "copied\ncleared\n" ||
				name == "without a copy" && said != "" {
				t.Errorf("it ends with %v and says %q", err, said)
			}
		})
	}
}

func TestClipboardThatFailsIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		board := &fakeClipboard{err: errors.New("no display")}
		w := paying(t, answers(checkingNumbers(), nil), board, 80, 24)
		w.Press("n", "y", "c")
		if !strings.Contains(w.Screen(), "copy ACH account: no display; show it and type it instead") {
			t.Errorf("it shows\n%s", w.Screen())
		}
		w.Advance(w.clock, time.Minute)
		board.did(t, "copy 537843243975")
	})
}

// A copy that fails leaves the one before it on the clipboard, which goes all the same.
func TestClipboardIsClearedOfWhatWasThereBeforeAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		board := &fakeClipboard{}
		w := paying(t, answers(checkingNumbers(), nil), board, 80, 24)
		w.Press("n", "y", "c")
		board.err = errors.New("no display")
		w.Press("down", "c")
		board.err = nil
		w.Advance(w.clock, time.Minute)
		board.did(t, "copy 537843243975", "copy 011401533", "clear")
	})
}

func TestOnlyAccountsWithNumbersAreAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := paying(t, fakeBanks{}, nil, 80, 24)
		w.Press("down", "n")
		if !strings.Contains(w.Screen(), "only checking and savings accounts have numbers") {
			t.Errorf("on a card n shows\n%s", w.Screen())
		}
	})
}
