package tui

import (
	"io"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// isTerminal reports whether w is one.
func isTerminal(w io.Writer) bool {
	f, ok := w.(term.File)
	return ok && term.IsTerminal(f.Fd())
}

// askBackground returns a command that asks the terminal for its background
// colour (xterm's OSC 11). The answer comes as keys, for [answers] to pick out.
func askBackground(out io.Writer) tea.Cmd {
	return func() tea.Msg {
		// A terminal that cannot be written to cannot be drawn on either: what
		// draws reports it.
		_, _ = io.WriteString(out, ansi.RequestBackgroundColor)
		return nil
	}
}

// copyTo returns what puts a text on the clipboard of the user's terminal, also
// through ssh (xterm's OSC 52).
func copyTo(out io.Writer) func(string) tea.Cmd {
	return func(text string) tea.Cmd {
		return func() tea.Msg {
			_, _ = io.WriteString(out, ansi.SetSystemClipboard(text))
			return nil
		}
	}
}

// answers picks the terminal's answer out of the keys. Bubble Tea v1 does not know
// it and takes "ESC ] 11;rgb:1e1e/1e1e/1e1e ESC \" apart: alt+], letters, alt+\ or
// ctrl+g. An answer must never act as keys: it has an r in it, which is a sync.
type answers struct {
	open bool
	text strings.Builder
}

// filter is a filter for tea.WithFilter.
func (a *answers) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	k, ok := msg.(tea.KeyMsg)
	if !ok {
		return msg
	}
	switch name := k.String(); {
	case name == "alt+]":
		a.open = true
		a.text.Reset()
		return nil
	case !a.open:
		return msg
	case name == `alt+\` || name == "ctrl+g":
		a.open = false
		return background(a.text.String())
	case k.Type == tea.KeyRunes && !k.Alt && a.fits(string(k.Runes)):
		a.text.WriteString(string(k.Runes))
		return nil
	}
	a.open = false // somebody pressed alt+] after all
	return msg
}

// fits reports whether an answer may go on with s.
func (a *answers) fits(s string) bool {
	const longest = len("11;rgba:ffff/ffff/ffff/ffff")
	return a.text.Len()+len(s) <= longest && strings.Trim(s, "0123456789abcdefABCDEFrg:;/") == ""
}

// background reads "11;rgb:RRRR/GGGG/BBBB", one to four digits each. What is
// anything else says nothing.
func background(answer string) tea.Msg {
	spec, ok := strings.CutPrefix(answer, "11;")
	if !ok {
		return nil
	}
	c := ansi.XParseColor(spec)
	if c == nil {
		return nil
	}
	r, g, b, _ := c.RGBA()
	// The luma of ITU-R BT.601, halfway between black and white.
	return backgroundMsg{dark: 299*r+587*g+114*b < 1000*0xffff/2}
}
