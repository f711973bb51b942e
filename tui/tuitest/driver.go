// Package tuitest drives a Bubble Tea model without a terminal, without sleeping
// and without a clock of its own, so a test of the screen is as repeatable as a
// test of a function.
package tuitest

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

// busy is how many messages a model may handle in a row: one that never rests
// is a bug worth naming.
const busy = 10_000

// T is what a Driver needs of a test: *testing.T, *testing.B and *rapid.T have it.
type T interface {
	Helper()
	Name() string
	Errorf(format string, args ...any)
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// A Driver runs one model. Each method returns only when every command the
// model started has finished and its message has been applied; in a concurrent
// Driver, when every command has finished or waits for something outside.
type Driver struct {
	t     T
	model tea.Model
	run   runner
	quit  bool
}

// A runner starts commands and gives back their messages one at a time. next
// reports false when there is none to be had until something else happens.
type runner interface {
	start(cmds ...tea.Cmd)
	next() (tea.Msg, bool)
}

// New starts m in a terminal of the given size. Commands run one at a time, in
// the order they were asked for.
func New(t T, m tea.Model, width, height int) *Driver {
	t.Helper()
	return begin(t, m, width, height, new(inOrder))
}

// NewShuffled is [New] with commands run in an order that pick decides: it
// returns the index of one of n. A model whose last screen depends on the order
// of answers that have none is broken.
func NewShuffled(t T, m tea.Model, width, height int, pick func(n int) int) *Driver {
	t.Helper()
	return begin(t, m, width, height, &shuffled{pick: pick})
}

// NewConcurrent is [New] with every command in a goroutine of its own, so that
// one may wait for the test or for another. It must be called in a bubble of
// testing/synctest, whose notion of "everybody waits" tells it when to go on.
func NewConcurrent(t T, m tea.Model, width, height int) *Driver {
	t.Helper()
	return begin(t, m, width, height, new(concurrent))
}

func begin(t T, m tea.Model, width, height int, r runner) *Driver {
	t.Helper()
	d := &Driver{t: t, model: m, run: r}
	d.run.start(m.Init())
	d.Settle()
	d.Resize(width, height)
	return d
}

// Send delivers msgs in order.
func (d *Driver) Send(msgs ...tea.Msg) {
	d.t.Helper()
	for _, msg := range msgs {
		d.apply(msg)
		d.Settle()
	}
}

// Press types each key by the name tea.KeyMsg.String gives it, such as "down",
// "enter" or "j".
func (d *Driver) Press(names ...string) {
	d.t.Helper()
	for _, name := range names {
		d.Send(press(name))
	}
}

// Type presses the key of every character of text.
func (d *Driver) Type(text string) {
	d.t.Helper()
	for _, r := range text {
		if r == ' ' {
			d.Send(tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}})
			continue
		}
		d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
	}
}

// Resize gives the terminal another size.
func (d *Driver) Resize(width, height int) {
	d.t.Helper()
	d.Send(tea.WindowSizeMsg{Width: width, Height: height})
}

// Quit reports whether the model asked the program to end.
func (d *Driver) Quit() bool { return d.quit }

// Lines returns the screen as text, without styles and trailing spaces.
func (d *Driver) Lines() []string {
	lines := strings.Split(ansi.Strip(d.model.View()), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}

// Screen returns the screen as one text, as [Driver.Lines] has it.
func (d *Driver) Screen() string { return strings.Join(d.Lines(), "\n") }

// View returns what the model draws, styles and all.
func (d *Driver) View() string { return d.model.View() }

// Settle lets every command run as far as it can.
func (d *Driver) Settle() {
	d.t.Helper()
	for range busy {
		msg, ok := d.run.next()
		if !ok {
			return
		}
		d.apply(msg)
	}
	d.t.Fatalf("model still busy after %d messages", busy)
}

func (d *Driver) apply(msg tea.Msg) {
	d.t.Helper()
	switch msg := msg.(type) {
	case nil:
		return
	case tea.BatchMsg:
		d.run.start(msg...)
		return
	case step:
		d.apply(msg.msg)
		d.run.start(inTurn(msg.rest))
		return
	case tea.QuitMsg:
		d.quit = true
		return
	case tea.Cmd: // compiles, and is never run
		d.t.Fatal("a command returned a command as its message")
	}
	if cmds, ok := sequence(msg); ok {
		d.run.start(inTurn(cmds))
		return
	}
	var cmd tea.Cmd
	d.model, cmd = d.model.Update(msg)
	d.run.start(cmd)
}

func press(name string) tea.KeyMsg {
	for t := tea.KeyType(-128); t <= 128; t++ {
		if k := (tea.KeyMsg{Type: t}); t != tea.KeyRunes && k.String() == name {
			return k
		}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}
