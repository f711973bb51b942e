package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// SystemClock is the [screen.Clock] of the real world.
type SystemClock struct{}

// Now returns the time of day.
func (SystemClock) Now() time.Time { return time.Now() }

// After returns a command that sends msg when d has passed.
func (SystemClock) After(d time.Duration, msg tea.Msg) tea.Cmd {
	return tea.Tick(d, func(time.Time) tea.Msg { return msg })
}
