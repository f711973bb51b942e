package widget

import "github.com/charmbracelet/lipgloss"

// Paragraph returns a text in a style, in as many lines of exactly width cells as it
// takes (see [Wrap] and [Fit]).
func Paragraph(style lipgloss.Style, text string, width int) []string {
	lines := Wrap(text, width)
	for i, line := range lines {
		lines[i] = style.Render(Fit(line, width))
	}
	return lines
}
