// Package overview is the screen that answers "how am I doing?" without a key
// press: what there is, what this month has cost so far against what it usually
// costs by this day, what needs the user, and what came in last.
//
// # The usual
//
// The usual of a sum is the median of the same sum over the same days of the
// month in up to twelve months before, those in which the ledger has rows; with
// fewer than three of them nothing is called usual. A median, because one holiday
// or one new car should not make every other month look thrifty.
//
// Other currencies stand apart and are never added.
package overview

import (
	"context"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/tui/screen"
	"coffer/tui/theme"
	"coffer/tui/widget"
)

// A Model is the overview screen.
type Model struct {
	ctx   context.Context
	theme *theme.Theme
	clock screen.Clock
	keys  keyMap

	load   screen.Loader[*facts]
	facts  *facts // nil until the first Book
	layout layout
	cursor target
	window widget.Window // on the lines of a layout higher than the screen

	width, height int
}

var _ screen.Screen = (*Model)(nil)

type keyMap struct{ up, down, first, last, open key.Binding }

func defaultKeys() keyMap {
	return keyMap{
		up:    key.NewBinding(key.WithKeys("up", "k"), key.WithHelp("↑/k", "up")),
		down:  key.NewBinding(key.WithKeys("down", "j"), key.WithHelp("↓/j", "down")),
		first: key.NewBinding(key.WithKeys("home", "g"), key.WithHelp("home/g", "to the top")),
		last:  key.NewBinding(key.WithKeys("end", "G"), key.WithHelp("end/G", "to the end")),
		open:  key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "open what the cursor is on")),
	}
}

// enable switches the keys that need something to be on.
func (k *keyMap) enable(on bool) {
	for _, b := range []*key.Binding{&k.up, &k.down, &k.first, &k.last, &k.open} {
		b.SetEnabled(on)
	}
}

// New returns the screen, empty until a [screen.BookMsg] comes. Work in the
// background ends with ctx.
func New(ctx context.Context, th *theme.Theme, clock screen.Clock) *Model {
	return &Model{ctx: ctx, theme: th, clock: clock, keys: defaultKeys()}
}

// Title implements screen.Screen.
func (m *Model) Title() string { return "Overview" }

// Init implements screen.Screen.
func (m *Model) Init() tea.Cmd { return nil }

// ShortHelp implements help.KeyMap.
func (m *Model) ShortHelp() []key.Binding {
	move, open := m.keys.down, m.keys.open
	move.SetHelp("↑↓", "move")
	open.SetHelp("enter", "open")
	return []key.Binding{move, open}
}

// FullHelp implements help.KeyMap.
func (m *Model) FullHelp() [][]key.Binding {
	k := m.keys
	return [][]key.Binding{{k.up, k.down, k.first, k.last}, {k.open}}
}

// SetSize implements screen.Screen.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.window.SetHeight(height)
	m.arrange()
}

// Update applies one message.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.BookMsg:
		now, script := m.clock.Now(), widget.Script(m.theme.ASCII)
		return m.load.Load(m.ctx, func(context.Context) (*facts, error) { return learn(msg.Book, msg.Today, now, script), nil })
	case screen.LoadedMsg[*facts]:
		if m.load.Accept(msg) {
			m.facts = msg.Value
			m.arrange()
		}
	case tea.KeyMsg:
		return m.onKey(msg)
	}
	return nil
}

// arrange works out which parts go where, and keeps the cursor on something.
func (m *Model) arrange() {
	if m.facts == nil || m.width <= 0 || m.height <= 0 {
		return
	}
	m.layout = newLayout(m.facts, m.width, m.height)
	m.window.SetCount(len(m.layout.rows))
	targets := m.layout.targets()
	m.keys.enable(len(targets) > 0)
	if !slices.Contains(targets, m.cursor) && len(targets) > 0 {
		m.cursor = targets[0]
	}
	m.follow()
}

func (m *Model) onKey(msg tea.KeyMsg) tea.Cmd {
	if m.facts == nil {
		return nil
	}
	targets := m.layout.targets()
	i := slices.Index(targets, m.cursor)
	if i < 0 {
		return nil
	}
	switch {
	case key.Matches(msg, m.keys.up):
		i--
	case key.Matches(msg, m.keys.down):
		i++
	case key.Matches(msg, m.keys.first):
		i = 0
	case key.Matches(msg, m.keys.last):
		i = len(targets) - 1
	case key.Matches(msg, m.keys.open):
		return screen.Send(m.facts.destination(m.cursor))
	}
	m.cursor = targets[max(0, min(i, len(targets)-1))]
	m.follow()
	return nil
}

// follow brings the line under the cursor into view, and with the first and the
// last one all that is above or below.
func (m *Model) follow() {
	m.keys.open.SetEnabled(m.cursor != target{} && m.cursor.part != topPart)
	targets := m.layout.targets()
	switch i := slices.Index(targets, m.cursor); {
	case i <= 0:
		m.window.Home()
	case i == len(targets)-1:
		m.window.End()
	}
	if i := m.layout.find(m.cursor); i >= 0 {
		m.window.SetCursor(i)
	}
}
