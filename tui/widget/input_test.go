package widget_test

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"pgregory.net/rapid"

	"coffer/tui/widget"
)

func typed(s string) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(s)} }

func TestInputShowsItsCaret(t *testing.T) {
	in := widget.NewInput()
	for _, tt := range []struct {
		key  tea.KeyMsg
		want string
	}{
		{typed("c"), "c▏      "},
		{typed("at"), "cat▏    "},
		{tea.KeyMsg{Type: tea.KeySpace, Runes: []rune(" ")}, "cat ▏   "},
		{typed("food"), "…t food▏"},
		{tea.KeyMsg{Type: tea.KeyHome}, "▏cat fo…"},
		{tea.KeyMsg{Type: tea.KeyDelete}, "▏at food"},
	} {
		in.Update(tt.key)
		if got := in.View(8, true); got != tt.want {
			t.Errorf("after %q: %q, want %q", tt.key, got, tt.want)
		}
	}
	if got, want := in.View(8, false), "at food "; got != want {
		t.Errorf("without focus: %q, want %q", got, want)
	}
}

func TestInputDoesNotStartAClipboardProgram(t *testing.T) {
	in := widget.NewInput()
	in.Update(tea.KeyMsg{Type: tea.KeyCtrlV})
	if got := in.Value(); got != "" {
		t.Errorf("ctrl+v typed %q, want nothing", got)
	}
}

// Whatever is typed or pasted, the drawing is as wide as asked and the caret is
// in it.
func TestInputAlwaysFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := widget.NewInput()
		in.SetValue(rapid.String().Draw(t, "value"))
		for range rapid.IntRange(0, 20).Draw(t, "moves") {
			in.Update(rapid.SampledFrom([]tea.KeyMsg{
				{Type: tea.KeyLeft}, {Type: tea.KeyRight}, {Type: tea.KeyHome}, {Type: tea.KeyEnd},
				{Type: tea.KeyBackspace}, {Type: tea.KeyDelete}, typed("東"), typed("\x1b[2J"), typed("a b"),
			}).Draw(t, "key"))
		}
		width := rapid.IntRange(1, 40).Draw(t, "width")
		view := in.View(width, true)
		if got := widget.Width(view); got != width {
			t.Fatalf("View(%d) of %q is %d cells: %q", width, in.Value(), got, view)
		}
		if !strings.Contains(view, "▏") {
			t.Fatalf("View(%d) of %q has no caret: %q", width, in.Value(), view)
		}
	})
}
