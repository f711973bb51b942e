package tui_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	"unsafe"

	tea "github.com/charmbracelet/bubbletea"

	"coffer/tui"
	"coffer/tui/tuitest"
)

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
