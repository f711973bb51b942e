package screen

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// turnEvery is how often a spinner moves: enough to be alive, slow enough to be
// calm.
const turnEvery = 150 * time.Millisecond

// A Spinner shows that something is going on. bubbles' own starts timers itself;
// this one goes by the clock it is given. It stays where it is: it is known by its
// address.
type Spinner struct {
	clock Clock
	turns int
}

// NewSpinner returns a spinner that does not turn yet.
func NewSpinner(clock Clock) Spinner { return Spinner{clock: clock} }

// TurnMsg moves one spinner on.
type TurnMsg struct{ of *Spinner }

// Start returns the command that makes the spinner turn.
func (s *Spinner) Start() tea.Cmd { return s.clock.After(turnEvery, TurnMsg{s}) }

// Update moves the spinner when msg is for it, and returns nil when it is not.
func (s *Spinner) Update(msg TurnMsg) tea.Cmd {
	if msg.of != s {
		return nil
	}
	s.turns++
	return s.Start()
}

// View returns the spinner in one cell.
func (s *Spinner) View() string {
	return [...]string{"◐", "◓", "◑", "◒"}[s.turns%4]
}
