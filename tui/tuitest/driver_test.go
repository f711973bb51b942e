package tuitest_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"coffer/tui/tuitest"
)

// log is a model that writes down what it is told, and obeys a few keys.
type log struct {
	lines []string
	clock *tuitest.Clock
	gate  chan string
}

type said string

func (l *log) Init() tea.Cmd { return say("init") }
func (l *log) View() string  { return strings.Join(l.lines, "\n") }

func (l *log) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case said:
		l.lines = append(l.lines, string(msg))
	case tea.KeyMsg:
		l.lines = append(l.lines, fmt.Sprintf("%q", msg.String()))
		return l, l.onKey(msg.String())
	}
	return l, nil
}

func (l *log) onKey(name string) tea.Cmd {
	switch name {
	case "enter":
		return tea.Batch(say("a"), tea.Sequence(say("b"), say("c")), nil)
	case "t":
		return tea.Batch(l.clock.After(2*time.Second, said("two")), l.clock.After(time.Second, said("one")))
	case "w":
		gate := l.gate
		return func() tea.Msg { return said(<-gate) }
	case "ctrl+c":
		return tea.Quit
	}
	return nil
}

func say(s string) tea.Cmd { return func() tea.Msg { return said(s) } }

func TestDriverRunsEverythingAKeyLeadsTo(t *testing.T) {
	d := tuitest.New(t, new(log), 80, 24)
	d.Press("enter", "down")
	d.Type("x y")
	want := "init\n\"enter\"\na\nb\nc\n\"down\"\n\"x\"\n\" \"\n\"y\""
	if got := d.Screen(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if d.Press("ctrl+c"); !d.Quit() {
		t.Error("the model quit and the driver did not notice")
	}
}

func TestClockDeliversInOrderOfTime(t *testing.T) {
	clock := tuitest.NewClock(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	d := tuitest.New(t, &log{clock: clock}, 80, 24)
	d.Press("t")
	for _, want := range []string{"", "\none", "\none\ntwo"} {
		if got, want := d.Screen(), "init\n\"t\""+want; got != want {
			t.Errorf("at %s: got %q, want %q", clock.Now().Format(time.TimeOnly), got, want)
		}
		d.Advance(clock, time.Second)
	}
}

func TestConcurrentDriverLeavesAWaitingCommandWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan string)
		d := tuitest.NewConcurrent(t, &log{gate: gate}, 80, 24)
		d.Press("w", "x")
		if got, want := d.Screen(), "init\n\"w\"\n\"x\""; got != want {
			t.Errorf("while it waits: got %q, want %q", got, want)
		}
		gate <- "opened"
		d.Settle()
		if got, want := d.Screen(), "init\n\"w\"\n\"x\"\nopened"; got != want {
			t.Errorf("when it is done: got %q, want %q", got, want)
		}
	})
}

func TestShuffledDriverAsksForTheOrder(t *testing.T) {
	last := func(n int) int { return n - 1 }
	d := tuitest.NewShuffled(t, new(log), 80, 24, last)
	d.Press("enter")
	// The parts of the sequence stay in order: c comes after b.
	if got, want := d.Screen(), "init\n\"enter\"\nb\nc\na"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
