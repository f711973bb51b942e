package tui_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"coffer/ledger"
	"coffer/tui"
	"coffer/tui/screen"
	"coffer/tui/tuitest"
)

const passphrase = "correct horse battery"

// fakeLock locks a fakeLedger.
type fakeLock struct {
	vault *fakeLedger
	ways  tui.Ways
	gate  chan struct{} // each Unlock takes one, if set

	mu      sync.Mutex
	forgot  int
	tried   []string
	refusal error // of the ways that ask for nothing
}

func (l *fakeLock) Forget(context.Context) {
	l.vault.fail(fmt.Errorf("no keys: %w", tui.ErrLocked))
	l.mu.Lock()
	defer l.mu.Unlock()
	l.forgot++
}

func (l *fakeLock) Ways(context.Context) tui.Ways {
	if l.ways == (tui.Ways{}) {
		return tui.Ways{Passphrase: true}
	}
	return l.ways
}

func (l *fakeLock) Unlock(ctx context.Context, p []byte) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tried = append(l.tried, string(p))
	if l.gate != nil {
		select {
		case <-l.gate:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	switch {
	case len(p) > 0 && string(p) != passphrase:
		return fmt.Errorf("open: %w", tui.ErrWrongPassphrase)
	case len(p) == 0 && l.refusal != nil:
		return l.refusal
	}
	l.vault.fail(nil)
	return nil
}

// locking shows a Book in an interface that locks after five minutes.
func locking(t testing.TB, book *ledger.Book, banks fakeBanks, width, height int) (world, *fakeLock) {
	t.Helper()
	o, clock, vault := options(book, banks)
	o.LockAfter = 5 * time.Minute
	return world{tuitest.NewConcurrent(t, tui.New(t.Context(), o), width, height), clock, vault}, o.Lock.(*fakeLock)
}

// unlock types the passphrase.
func (w world) unlock() {
	w.Type(passphrase)
	w.Press("enter")
}

// isLocked wants the lock screen, with these texts on it.
func isLocked(t *testing.T, w world, texts ...string) {
	t.Helper()
	got := w.Screen()
	for _, want := range append(texts, "Locked") {
		if !strings.Contains(strings.Join(strings.Fields(strings.ReplaceAll(got, "│", "")), " "), want) {
			t.Fatalf("the screen does not say %q:\n%s", want, got)
		}
	}
	tellsNothing(t, got)
}

var money = regexp.MustCompile(`\d[.,]\d\d|[$€¥]`)

// tellsNothing wants none of the family's names and sums in a picture.
func tellsNothing(t tuitest.T, picture string) {
	t.Helper()
	for _, name := range []string{
		"Platypus", "Gingham", "Tartan", "Netflix", "Diner", "Pizza", "Northside", "Acme", "Food", "Rent", "NET WORTH",
		"bank ", "banks", "rows", "synced", "Overview", "Transactions",
	} {
		if strings.Contains(picture, name) {
			t.Fatalf("the lock screen tells %q:\n%s", name, picture)
		}
	}
	if sum := money.FindString(picture); sum != "" {
		t.Fatalf("the lock screen tells %q:\n%s", sum, picture)
	}
}

func TestLockScreen(t *testing.T) {
	for _, tt := range []struct {
		name string
		ways tui.Ways
		play func(world, *fakeLock)
	}{
		{name: "asked for", play: func(w world, _ *fakeLock) { w.Press("ctrl+l") }},
		{name: "idle", play: func(w world, _ *fakeLock) { w.Advance(w.clock, 5*time.Minute); w.Type("half") }},
		{name: "wrong", play: func(w world, _ *fakeLock) { w.Press("ctrl+l"); w.Type("guess"); w.Press("enter") }},
		{name: "wrong again", play: func(w world, _ *fakeLock) {
			w.Press("ctrl+l")
			for range 4 {
				w.Type("guess")
				w.Press("enter")
				w.Advance(w.clock, 10*time.Second)
			}
			w.Type("guess")
			w.Press("enter")
		}},
		{name: "keyring", ways: tui.Ways{Passphrase: true, Unasked: "the keyring"}, play: func(w world, l *fakeLock) {
			l.refusal = errors.New("the keyring of the system does not answer; use the passphrase")
			w.Press("ctrl+l", "enter")
		}},
		{name: "identity", ways: tui.Ways{Unasked: "the identity file"}, play: func(w world, _ *fakeLock) { w.Press("ctrl+l", "x") }},
		{name: "new keys", play: func(w world, _ *fakeLock) {
			w.ledger.fail(fmt.Errorf("the vault was given new keys; unlock it again%w", quiet{tui.ErrLocked}))
			w.Advance(w.clock, 3*time.Second)
		}},
	} {
		for _, size := range append(sizes, [2]int{45, 15}) {
			t.Run(fmt.Sprintf("%s %dx%d", tt.name, size[0], size[1]), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					w, l := locking(t, family(), fakeBanks{}, size[0], size[1])
					l.ways = tt.ways
					tt.play(w, l)
					tellsNothing(t, w.Screen())
					w.Golden()
				})
			})
		}
	}
}

// quiet is an error without a text.
type quiet struct{ error }

func (quiet) Error() string { return "" }

func (q quiet) Unwrap() error { return q.error }

func TestWithoutALockThereIsNone(t *testing.T) {
	o, clock, _ := options(family(), fakeBanks{})
	o.Lock, o.LockAfter = nil, time.Minute
	d := tuitest.New(t, tui.New(t.Context(), o), 120, 40)
	before := d.Screen()
	d.Advance(clock, 30*time.Second)
	if d.Press("ctrl+l"); d.Screen() != before || strings.Contains(before, "ctrl+l") {
		t.Errorf("ctrl+l leads to\n%s", d.Screen())
	}
	if d.Advance(clock, time.Hour); strings.Contains(d.Screen(), "Locked") {
		t.Error("it locked itself")
	}
}

func TestAWarningIsToldOnce(t *testing.T) {
	w := open(t, family(), 80, 24)
	w.ledger.warning = errors.New("today's copy of the vault could not be made: the disk is full")
	w.Advance(w.clock, 2*time.Second)
	if got := w.Screen(); !strings.Contains(got, "today's copy of the vault could not be made: the disk is full") {
		t.Errorf("the warning is not told:\n%s", got)
	}
	w.Press("down")
	w.Advance(w.clock, 4*time.Second)
	if strings.Contains(w.Screen(), "today's copy") {
		t.Error("the warning is told again")
	}
}

// Whatever is pressed on the lock screen, and whatever happens to the vault
// meanwhile, nothing of it is drawn.
func TestTheLockScreenTellsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o, clock, vault := options(family(), fakeBanks{})
		o.LockAfter = 5 * time.Minute
		pick := func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "next") }
		d := tuitest.NewShuffled(t, tui.New(context.Background(), o), 100, 30, pick)
		d.Press(rapid.SampledFrom([]string{"1", "2", "3", "4"}).Draw(t, "screen"))
		d.Press(rapid.SampledFrom([]string{"enter", "c", "?", "down", "/"}).Draw(t, "key"))
		d.Press("ctrl+l")
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			switch rapid.IntRange(0, 4).Draw(t, "what") {
			case 0:
				d.Press(rapid.SampledFrom([]string{"enter", "esc", "tab", "1", "q", "r", "l", "?", "ctrl+l", "backspace"}).Draw(t, "key"))
			case 1:
				d.Resize(rapid.IntRange(40, 120).Draw(t, "width"), rapid.IntRange(12, 40).Draw(t, "height"))
			case 2:
				d.Advance(clock, time.Duration(rapid.IntRange(1, 400).Draw(t, "seconds"))*time.Second)
			case 3:
				vault.change(family())
			case 4:
				d.Send(screen.GotoMsg{To: screen.Accounts}, screen.CategorizeMsg{IDs: []ledger.TransactionID{"tx-0001"}, Category: "Food"},
					screen.FailedMsg{Err: errors.New("Netflix")}, screen.NoticeMsg{Text: "Gingham"}, screen.RowsMsg{Query: ledger.Query{Payee: "Netflix"}})
			}
			tellsNothing(t, d.Screen())
		}
	})
}
