package widget

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

// inputLimit is how many characters an [Input] takes. It bounds what one paste
// can do.
const inputLimit = 500

// caret shows where the next letter goes. It is a character and not a reversed
// cell, so that a terminal without colours and styles shows it too.
const caret = "▏"

// An Input is one line of text that the user edits: bubbles' text input for the
// keys, and a drawing of our own that needs no timer and no style.
type Input struct{ field textinput.Model }

// NewInput returns an empty Input.
func NewInput() Input {
	f := textinput.New()
	f.CharLimit = inputLimit
	// A paste comes from the terminal, as text. The binding of bubbles would
	// start a clipboard program instead.
	f.KeyMap.Paste = key.NewBinding(key.WithDisabled())
	f.Focus() // its command would only start a blinking that nobody draws
	return Input{f}
}

// Update applies one key press: a letter is inserted, whatever it is.
func (i *Input) Update(msg tea.KeyMsg) { i.field, _ = i.field.Update(msg) }

// Value returns the text.
func (i *Input) Value() string { return i.field.Value() }

// SetValue replaces the text and puts the caret at its end.
func (i *Input) SetValue(s string) {
	i.field.SetValue(s)
	i.field.CursorEnd()
}

// View returns the text in exactly width cells, cleaned, scrolled so that the
// caret is in sight. Without focus there is no caret.
func (i *Input) View(width int, focus bool) string {
	if width <= 0 {
		return ""
	}
	if !focus {
		return Fit(i.Value(), width)
	}
	runes := []rune(i.Value())
	at := min(i.field.Position(), len(runes))
	before, after := cleanKeepingSpaces(string(runes[:at])), cleanKeepingSpaces(string(runes[at:]))
	line := tail(before, width-Width(caret)) + caret
	line += ansi.Truncate(after, width-Width(line), "…")
	return line + strings.Repeat(" ", max(0, width-Width(line)))
}

// tail returns the end of s in at most width cells, with an ellipsis for what is
// left out.
func tail(s string, width int) string {
	if Width(s) <= width {
		return s
	}
	for s != "" && Width(s) > width-1 {
		cluster, _ := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		s = s[len(cluster):]
	}
	return ansi.Truncate("…"+s, width, "")
}

// cleanKeepingSpaces is [Clean] for text that is being typed, where a space at
// the end must be seen.
func cleanKeepingSpaces(s string) string {
	words := strings.Split(s, " ")
	for i, w := range words {
		words[i] = Clean(w)
	}
	return strings.Join(words, " ")
}
