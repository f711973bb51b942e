package screen

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// A Clock tells the time and wakes models up. The root hands one to whoever
// needs it; a test's clock moves only when told to, so no test ever sleeps.
type Clock interface {
	Now() time.Time
	// After returns a command that sends msg when d has passed.
	After(d time.Duration, msg tea.Msg) tea.Cmd
}
