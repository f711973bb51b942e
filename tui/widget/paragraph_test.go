package widget_test

import (
	"slices"
	"testing"

	"github.com/charmbracelet/lipgloss"

	"coffer/tui/widget"
)

func TestParagraph(t *testing.T) {
	for text, want := range map[string][]string{
		"":                         nil,
		"\x1b\n":                   nil,
		"a bank":                   {"a bank  "},
		"a bank\nthat \x1b[2Jasks": {"a bank  ", "that    ", "[2Jasks "},
	} {
		if got := widget.Paragraph(lipgloss.NewStyle(), text, 8); !slices.Equal(got, want) {
			t.Errorf("Paragraph(%q) = %q, want %q", text, got, want)
		}
	}
}
