package widget

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Fit returns s in exactly width cells: cleaned (see [Clean]), cut with an
// ellipsis if too long, padded with spaces if too short.
//
// Payee names come from banks and merchants, bank names and error texts from
// servers. An escape sequence in one must not reach the terminal, so every text
// from outside passes through here, and is styled after.
func Fit(s string, width int) string {
	s = Cut(s, width)
	return s + strings.Repeat(" ", max(0, width-ansi.StringWidth(s)))
}

// FitRight is [Fit] with the text at the right end.
func FitRight(s string, width int) string {
	s = Cut(s, width)
	return strings.Repeat(" ", max(0, width-ansi.StringWidth(s))) + s
}

// Cut returns s cleaned and in at most width cells, without padding.
func Cut(s string, width int) string {
	return strings.TrimRight(ansi.Truncate(Clean(s), max(0, width), "…"), " ")
}

// Wrap returns s cleaned and broken at spaces, and within words that are too
// long, into lines of at most width cells: none if there is nothing to see.
func Wrap(s string, width int) []string {
	if s = Clean(s); s == "" {
		return nil
	}
	return strings.Split(ansi.Wrap(s, max(1, width), ""), "\n")
}

// Pad returns a line that is drawn already, styles and all, in exactly width
// cells: cut if too long, padded if too short. It cleans nothing: what is in the
// line has been through [Fit] or [Clean].
func Pad(line string, width int) string {
	line = ansi.Truncate(line, max(0, width), "")
	return line + strings.Repeat(" ", max(0, width-ansi.StringWidth(line)))
}

// Width returns the cells that s takes on the screen, styles not counted.
func Width(s string) int { return ansi.StringWidth(s) }
