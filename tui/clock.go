package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// SystemClock makes a [screen.Clock] of the real world out of time.Now, which only
// a program's main hands out.
type SystemClock func() time.Time

// Now returns the time of day.
func (c SystemClock) Now() time.Time { return c() }

// After returns a command that sends msg when d has passed.
func (SystemClock) After(d time.Duration, msg tea.Msg) tea.Cmd {
	return tea.Tick(d, func(time.Time) tea.Msg { return msg })
}
