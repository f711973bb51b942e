package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"coffer/tui/screen"
)

// turnEvery is how often a spinner moves: enough to be alive, slow enough to be
// calm.
const turnEvery = 150 * time.Millisecond

// A spinner shows that something is going on. bubbles' own starts timers itself;
// this one goes by the clock it is given.
type spinner struct {
	clock screen.Clock
	turns int
}

// turnMsg moves one spinner on.
type turnMsg struct{ of *spinner }

// start returns the command that makes the spinner turn.
func (s *spinner) start() tea.Cmd { return s.clock.After(turnEvery, turnMsg{s}) }

// update moves the spinner when msg is for it.
func (s *spinner) update(msg turnMsg) tea.Cmd {
	if msg.of != s {
		return nil
	}
	s.turns++
	return s.start()
}

// view returns the spinner in one cell.
func (s *spinner) view() string {
	return [...]string{"◐", "◓", "◑", "◒"}[s.turns%4]
}
