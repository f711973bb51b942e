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
	"unsafe"

	tea "github.com/charmbracelet/bubbletea"
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

func (quiet) Error() string   { return "" }
func (q quiet) Unwrap() error { return q.error }

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

func TestIdleTimeLocks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, l := locking(t, family(), fakeBanks{}, 80, 24)
		w.Advance(w.clock, 5*time.Minute-time.Second)
		w.Press("down")
		w.Advance(w.clock, 5*time.Minute-time.Second)
		if l.forgot != 0 || !strings.Contains(w.Screen(), "NET WORTH") {
			t.Fatalf("it was locked though a key was pressed:\n%s", w.Screen())
		}
		w.Advance(w.clock, time.Second)
		isLocked(t, w, "nobody pressed a key for 5 minutes")
		loads := w.ledger.loads
		w.Advance(w.clock, time.Hour)
		if w.ledger.loads != loads {
			t.Error("the vault was read while it was locked")
		}
		w.unlock()
		if !strings.Contains(w.Screen(), "NET WORTH") {
			t.Fatalf("unlocked, the screen is\n%s", w.Screen())
		}
		w.Advance(w.clock, 5*time.Minute)
		isLocked(t, w)
	})
}

// sleeper is a clock of a machine that sleeps and is set: two hands that move apart.
type sleeper struct {
	*tuitest.Clock
	now time.Time
}

func (c *sleeper) Now() time.Time { return c.now }

// move turns the hand on the wall and the one that only ever goes on. A time.Time
// keeps them in its first two fields; its functions never set them apart.
func (c *sleeper) move(wall, monotonic time.Duration) {
	const seconds = 30 // the lowest bits of the first field are nanoseconds
	hands := (*struct {
		wall uint64
		ext  int64
	})(unsafe.Pointer(&c.now))
	hands.wall += uint64(int64(wall/time.Second)) << seconds
	hands.ext += int64(monotonic)
}

func TestIdleTimeGoesByBothClocks(t *testing.T) {
	for _, tt := range []struct {
		name            string
		wall, monotonic time.Duration
		locks           bool
	}{
		{"a while", 4 * time.Minute, 4 * time.Minute, false},
		{"long", 5 * time.Minute, 5 * time.Minute, true},
		{"asleep", 8 * time.Hour, 0, true},
		{"set back", -24 * time.Hour, 5 * time.Minute, true},
		{"set back, a while", -24 * time.Hour, 4 * time.Minute, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o, alarms, vault := options(family(), fakeBanks{})
			clock := &sleeper{alarms, time.Now()}
			o.Clock, o.LockAfter = clock, 5*time.Minute
			w := world{tuitest.New(t, tui.New(t.Context(), o), 80, 24), alarms, vault}
			begun := clock.now
			clock.move(tt.wall, tt.monotonic)
			if got := clock.now.Sub(begun); got != tt.monotonic {
				t.Fatalf("the monotonic hand moved by %s, want %s", got, tt.monotonic)
			}
			if got := clock.now.Round(0).Sub(begun.Round(0)); got != tt.wall {
				t.Fatalf("the hand on the wall moved by %s, want %s", got, tt.wall)
			}
			w.Advance(alarms, 2*time.Second) // as soon as anybody looks
			if locks := strings.Contains(w.Screen(), "Locked"); locks != tt.locks {
				t.Errorf("locked: %v, want %v", locks, tt.locks)
			}
			// Nor does the first key after it do anything else.
			fresh := tuitest.New(t, tui.New(t.Context(), o), 80, 24)
			clock.move(tt.wall, tt.monotonic)
			if fresh.Press("q"); fresh.Quit() == tt.locks {
				t.Errorf("q quit: %v, want %v", fresh.Quit(), !tt.locks)
			}
		})
	}
}

// waitingSync is a sync that ends when it is told to, or soon after its context.
func waitingSync(end <-chan struct{}, cancelled *bool) fakeBanks {
	return fakeBanks{sync: func(ctx context.Context, report func(ledger.Progress)) ([]ledger.SyncResult, error) {
		report(at(0, ledger.PhaseFetching, 1500))
		select {
		case <-end:
			return []ledger.SyncResult{ended(0, ledger.Applied{Added: 1500}, nil)}, nil
		case <-ctx.Done():
			*cancelled = true
			<-end // what it has begun to write it writes
			return nil, ctx.Err()
		}
	}}
}

func TestATaskUnderWayEndsBeforeTheKeysGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		end, cancelled := make(chan struct{}), false
		w, l := locking(t, family(), waitingSync(end, &cancelled), 80, 24)
		w.Press("r")
		w.Advance(w.clock, 5*time.Minute)
		isLocked(t, w, "a sync is under way; the vault is locked when it is over", "ctrl+l stop it")
		w.Type("secret")
		w.Press("enter", "q")
		if l.forgot != 0 || len(l.tried) != 0 || w.Quit() || cancelled {
			t.Fatalf("before it is over: forgotten %d, tried %q, quit %v, cancelled %v", l.forgot, l.tried, w.Quit(), cancelled)
		}
		close(end)
		w.Settle()
		isLocked(t, w, "Passphrase", "nobody pressed a key")
		if l.forgot != 1 {
			t.Errorf("the keys were forgotten %d times, want 1", l.forgot)
		}
		w.unlock()
		if got := w.Screen(); !strings.Contains(got, "NET WORTH") || strings.Contains(got, "Sync") {
			t.Errorf("unlocked, the screen is\n%s", got)
		}
	})
}

func TestLockingAtOnceStopsATask(t *testing.T) {
	for name, keys := range map[string][]string{"at once": {"r", "ctrl+l"}, "after a while": {"r", "idle", "ctrl+l"}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				end, cancelled := make(chan struct{}), false
				w, l := locking(t, family(), waitingSync(end, &cancelled), 80, 24)
				for _, k := range keys {
					if k == "idle" {
						w.Advance(w.clock, 5*time.Minute)
						continue
					}
					w.Press(k)
				}
				isLocked(t, w)
				if !cancelled || l.forgot != 0 {
					t.Errorf("cancelled %v, and the keys forgotten %d times before it ended", cancelled, l.forgot)
				}
				close(end)
				w.Settle()
				if isLocked(t, w, "Passphrase"); l.forgot != 1 {
					t.Errorf("the keys were forgotten %d times, want 1", l.forgot)
				}
			})
		})
	}
}

func TestAnEditIsWrittenBeforeTheKeysGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, l := locking(t, family(), fakeBanks{}, 80, 24)
		w.ledger.gate = make(chan struct{})
		ids := []ledger.TransactionID{pizza(t, w.ledger.book).ID}
		w.Send(screen.CategorizeMsg{IDs: ids, Category: "Party"}, screen.CategorizeMsg{IDs: ids, Category: "Feast"})
		w.Press("ctrl+l")
		w.Send(screen.CategorizeMsg{IDs: ids, Category: "Ball"}) // it was on its way
		isLocked(t, w, "writing your last change")
		for range 3 {
			if l.forgot != 0 {
				t.Fatal("the keys were forgotten with edits unwritten")
			}
			w.ledger.gate <- struct{}{}
			w.Settle()
		}
		isLocked(t, w, "Passphrase")
		if got := pizza(t, w.ledger.book).Category; got != "Ball" || l.forgot != 1 {
			t.Errorf("the vault has %q, want Ball; forgotten %d times", got, l.forgot)
		}
	})
}

func TestAnEditThatCannotBeWrittenIsToldOnTheLockScreen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, _ := locking(t, family(), fakeBanks{}, 80, 24)
		w.ledger.gate = make(chan struct{})
		w.Send(screen.CategorizeMsg{IDs: []ledger.TransactionID{pizza(t, w.ledger.book).ID}, Category: "Party"})
		w.Press("ctrl+l", "ctrl+c")
		w.ledger.fail(errors.New("the disk is full"))
		w.ledger.gate <- struct{}{}
		w.Settle()
		isLocked(t, w, "the category was not changed: the disk is full", "Passphrase")
		if w.Quit() {
			t.Error("it quit before the user heard of it")
		}
		w.ledger.fail(nil)
		w.unlock()
		if strings.Contains(w.Screen(), "Party") {
			t.Errorf("the edit is still shown:\n%s", w.Screen())
		}
	})
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
		isLocked(t, w, "Passphrase •••••••▏")
		w.Press("enter")
		if len(l.tried) != 1 || l.tried[0] != "päsq1 x" {
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

// countingClock counts the alarms that have not gone off.
type countingClock struct {
	*tuitest.Clock
	mu  sync.Mutex
	set map[string]int
}

func (c *countingClock) After(d time.Duration, msg tea.Msg) tea.Cmd {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.set[fmt.Sprintf("%T", msg)]++
	return c.Clock.After(d, msg)
}

// However often it is locked, there is one alarm for the vault and one for the idle
// time: after many rounds a minute sets as many as after none.
func TestLockingLeavesNoTimersBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, alarms, vault := options(family(), fakeBanks{})
		clock := &countingClock{Clock: alarms, set: make(map[string]int)}
		o.Clock, o.LockAfter = clock, time.Hour
		w := world{tuitest.NewConcurrent(t, tui.New(t.Context(), o), 80, 24), alarms, vault}
		minute := func() string {
			w.Advance(alarms, time.Second) // spinners that are to end do
			clear(clock.set)
			w.Advance(alarms, time.Minute)
			return fmt.Sprint(clock.set)
		}
		want := minute()
		for range 20 {
			w.Press("ctrl+l")
			w.Type("wrong")
			w.Press("enter")
			w.Advance(alarms, time.Second)
			w.unlock()
		}
		if got := minute(); got != want {
			t.Errorf("a minute sets the alarms %s, after twenty locks %s", want, got)
		}
	})
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
