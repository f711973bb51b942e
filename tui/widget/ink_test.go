package widget_test

import (
	"io"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"coffer/tui/widget"
)

func TestInkPaintsWhatTheStyleRenders(t *testing.T) {
	for _, profile := range []termenv.Profile{termenv.Ascii, termenv.ANSI, termenv.TrueColor} {
		r := lipgloss.NewRenderer(io.Discard)
		r.SetColorProfile(profile)
		for _, style := range []lipgloss.Style{
			r.NewStyle(),
			r.NewStyle().Foreground(lipgloss.Color("#ff0000")).Bold(true),
			r.NewStyle().Foreground(lipgloss.Color("4")).Reverse(true),
		} {
			for _, text := range []string{"12.00", "東京"} {
				if got, want := widget.NewInk(style).Paint(text), style.Render(text); got != want {
					t.Errorf("profile %v: Paint(%q) = %q, want %q", profile, text, got, want)
				}
			}
		}
	}
}
