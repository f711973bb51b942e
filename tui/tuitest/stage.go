package tuitest

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"coffer/tui/screen"
	"coffer/tui/widget"
)

// A Stage stands in for the root while one screen is tested: the screen has the
// terminal for itself, its dialogs open over it, and what it asks of the root is
// kept.
type Stage struct {
	screen        screen.Screen
	dialog        screen.Dialog
	asked         []tea.Msg
	width, height int
}

// NewStage returns a model that shows s.
func NewStage(s screen.Screen) *Stage { return &Stage{screen: s} }

// Asked returns what the screen and its dialogs asked of the root since the last
// call, dialogs opened and closed not counted.
func (s *Stage) Asked() []tea.Msg {
	asked := s.asked
	s.asked = nil
	return asked
}

// Dialog returns the open dialog, nil when there is none.
func (s *Stage) Dialog() screen.Dialog { return s.dialog }

// Init implements tea.Model.
func (s *Stage) Init() tea.Cmd { return s.screen.Init() }

// Update implements tea.Model. It routes as package screen says.
func (s *Stage) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.width, s.height = msg.Width, msg.Height
		s.screen.SetSize(msg.Width, msg.Height)
		return s, nil
	case tea.KeyMsg:
		if s.dialog != nil {
			return s, s.dialog.Update(msg)
		}
		return s, s.screen.Update(msg)
	case screen.OpenMsg:
		s.dialog = msg.Dialog
		return s, s.dialog.Init()
	case screen.CloseMsg:
		s.dialog = nil
		return s, nil
	case screen.GotoMsg, screen.BankMsg, screen.SheetMsg, screen.LinkMsg, screen.AllowMsg, screen.ReplayMsg, screen.RemoveMsg, screen.RepairMsg, screen.DetailsMsg, screen.CategorizeMsg,
		screen.FailedMsg, screen.NoticeMsg:
		s.asked = append(s.asked, msg)
		return s, nil
	case screen.RowsMsg:
		s.asked = append(s.asked, msg)
	}
	cmd := s.screen.Update(msg)
	if s.dialog != nil {
		cmd = tea.Batch(cmd, s.dialog.Update(msg))
	}
	return s, cmd
}

// View implements tea.Model.
func (s *Stage) View() string {
	view := s.screen.View()
	if s.dialog == nil {
		return view
	}
	lines := strings.Split(view, "\n")
	for len(lines) < s.height {
		lines = append(lines, "")
	}
	for i, line := range lines {
		lines[i] = line + strings.Repeat(" ", max(0, s.width-ansi.StringWidth(line)))
	}
	return widget.Overlay(strings.Join(lines, "\n"), s.dialog.View(s.width, s.height))
}

// Fits reports how a drawing is larger than its place.
func Fits(view string, width, height int) error {
	lines := strings.Split(view, "\n")
	if len(lines) > height {
		return fmt.Errorf("%d lines in a height of %d:\n%s", len(lines), height, view)
	}
	for i, line := range lines {
		if w := ansi.StringWidth(line); w > width {
			return fmt.Errorf("line %d is %d cells wide, in a width of %d: %q", i, w, width, line)
		}
	}
	return nil
}
