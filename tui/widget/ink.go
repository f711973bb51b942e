package widget

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
)

// An Ink is a style worked out once, for texts that are drawn hundreds of times
// a frame: Lip Gloss takes a microsecond and fourteen allocations for each.
//
// An Ink only colours. It neither pads, wraps nor borders, and it takes text as
// it is: texts from outside are cleaned before.
type Ink struct{ on, off string }

// NewInk returns the colours of style.
func NewInk(style lipgloss.Style) Ink {
	const probe = "x"
	on, off, _ := strings.Cut(style.Inline(true).Render(probe), probe)
	return Ink{on, off}
}

// Paint returns s in the ink. An empty s stays empty.
func (k Ink) Paint(s string) string {
	if s == "" || k.on == "" {
		return s
	}
	return k.on + s + k.off
}
