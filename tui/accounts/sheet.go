package accounts

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/tui/screen"
	"coffer/tui/theme"
	"coffer/tui/widget"
)

// A Sheet is the dialog about one bank: how it is doing, and all that can be done with
// it and with the account that the cursor was on, each with its key and its price.
type Sheet struct {
	theme  *theme.Theme
	clock  screen.Clock
	billed bool
	keys   sheetKeys
	on     subject
	lines  []sheetLine
	width  int  // that the lines are for
	cursor int  // index into lines, of an action
	top    bool // the user looks at what is above the first action
	window widget.Window
}

// A sheetLine is an action, or else a fact of the bank, a heading or a gap.
type sheetLine struct {
	action  action
	bar     bar // why it cannot be done now
	heading string
	fact    string
	value   string
}

func (l sheetLine) isAction() bool { return l.action.key != "" }

type sheetKeys struct{ up, down, do, close key.Binding }

var _ screen.Dialog = (*Sheet)(nil)

// NewSheet returns the sheet that a message asks for. Billed is true where Plaid bills
// what has a price.
func NewSheet(th *theme.Theme, clock screen.Clock, billed bool, of screen.SheetMsg) *Sheet {
	s := &Sheet{theme: th, clock: clock, billed: billed, on: subject{of.Bank, of.Account}, keys: sheetKeys{
		up:    key.NewBinding(key.WithKeys("up", "k"), key.WithHelp("↑", "up")),
		down:  key.NewBinding(key.WithKeys("down", "j"), key.WithHelp("↓", "down")),
		do:    key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "do it")),
		close: key.NewBinding(key.WithKeys("esc", "m", "q"), key.WithHelp("esc", "close")),
	}}
	s.list()
	s.find("")
	return s
}

// list works the lines out: what is known of the bank, what can be done with it, and
// what with the account.
func (s *Sheet) list() {
	s.lines = s.facts()
	for _, part := range []struct {
		heading string
		bank    bool
	}{{"what can be done with it", true}, {widget.Account(s.on.account, widget.Width(widget.Clean(s.on.account.Label()))), false}} {
		head := len(s.lines)
		for _, a := range actions {
			if a.bank == part.bank && a.concerns(s.on) {
				s.lines = append(s.lines, sheetLine{action: a, bar: a.barred(s.on)})
			}
		}
		if len(s.lines) > head {
			s.lines = slices.Insert(s.lines, head, sheetLine{heading: part.heading})
		}
	}
	s.window.SetCount(len(s.lines))
}

// step moves the cursor to the next action that way, if there is one.
func (s *Sheet) step(by int) {
	for i := s.cursor + by; i >= 0 && i < len(s.lines); i += by {
		if s.lines[i].isAction() {
			s.cursor = i
			return
		}
	}
	s.top = by < 0
}

// Init implements screen.Dialog.
func (s *Sheet) Init() tea.Cmd { return nil }

// Update implements screen.Dialog. The sheet of a bank that is gone closes.
func (s *Sheet) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return s.onKey(msg)
	case screen.BookMsg:
		on, ok := s.on.in(msg.Book)
		if !ok {
			return screen.CloseDialog()
		}
		s.on = on
		s.relist()
	}
	return nil
}

// relist works the lines out anew; the cursor stays on its action.
func (s *Sheet) relist() {
	at := s.lines[s.cursor].action.key
	s.list()
	s.find(at)
}

// find puts the cursor on the action with a key, else on the one where it was or below.
func (s *Sheet) find(key string) {
	s.cursor = min(s.cursor, len(s.lines)-1)
	for i, l := range s.lines {
		if l.isAction() && l.action.key == key {
			s.cursor = i
		}
	}
	for !s.lines[s.cursor].isAction() {
		s.cursor++ // there is one below whatever is none
	}
}

func (s *Sheet) onKey(msg tea.KeyMsg) tea.Cmd {
	s.top = false
	switch {
	case key.Matches(msg, s.keys.up):
		s.step(-1)
	case key.Matches(msg, s.keys.down):
		s.step(+1)
	case key.Matches(msg, s.keys.do):
		return s.lines[s.cursor].action.start(s.on)
	case key.Matches(msg, s.keys.close):
		return screen.CloseDialog()
	}
	for _, l := range s.lines {
		if l.isAction() && key.Matches(msg, l.action.binding()) {
			return l.action.start(s.on)
		}
	}
	return nil
}

// ShortHelp implements help.KeyMap.
func (s *Sheet) ShortHelp() []key.Binding {
	move := s.keys.down
	move.SetHelp("↑↓", "move")
	return []key.Binding{move, s.keys.do, s.keys.close}
}

// FullHelp implements help.KeyMap.
func (s *Sheet) FullHelp() [][]key.Binding {
	return [][]key.Binding{{s.keys.up, s.keys.down, s.keys.do, s.keys.close}}
}
