package tui

import (
	"strings"

	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/tui/screen"
	"coffer/tui/theme"
	"coffer/tui/widget"
)

// helpDialog lists every key that works on the screen in front, from the same
// values that the keys are matched against: it cannot be out of date.
type helpDialog struct {
	theme *theme.Theme
	keys  helpKeys
	lines []helpLine
	top   int // first line shown, when not all fit
	shown int // how many fitted when last drawn
}

// A helpLine is a heading, a key and what it does, or a gap.
type helpLine struct{ heading, key, does string }

type helpKeys struct{ up, down, close key.Binding }

func newHelp(th *theme.Theme, front screen.Screen, global help.KeyMap) *helpDialog {
	d := &helpDialog{theme: th, keys: helpKeys{
		up:    key.NewBinding(key.WithKeys("up", "k", "pgup"), key.WithHelp("↑", "up")),
		down:  key.NewBinding(key.WithKeys("down", "j", "pgdown", " "), key.WithHelp("↓", "down")),
		close: key.NewBinding(key.WithKeys("esc", "?", "q", "enter"), key.WithHelp("esc", "close")),
	}}
	d.add(front.Title(), front)
	d.add("Everywhere", global)
	return d
}

// add appends a section; keys that are switched off are left out.
func (d *helpDialog) add(heading string, keys help.KeyMap) {
	if len(d.lines) > 0 {
		d.lines = append(d.lines, helpLine{})
	}
	d.lines = append(d.lines, helpLine{heading: heading})
	for _, group := range keys.FullHelp() {
		for _, b := range group {
			if b.Enabled() {
				d.lines = append(d.lines, helpLine{key: b.Help().Key, does: b.Help().Desc})
			}
		}
	}
}

// Init implements screen.Dialog.
func (d *helpDialog) Init() tea.Cmd { return nil }

// Update implements screen.Dialog.
func (d *helpDialog) Update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyMsg)
	if !ok {
		return nil
	}
	switch {
	case key.Matches(k, d.keys.close):
		return screen.CloseDialog()
	case key.Matches(k, d.keys.up):
		d.top = max(0, d.top-1)
	case key.Matches(k, d.keys.down):
		d.top = max(0, min(d.top+1, len(d.lines)-d.shown))
	}
	return nil
}

// View implements screen.Dialog.
func (d *helpDialog) View(width, height int) string {
	frame := d.theme.Dialog
	inner := min(44, width-frame.GetHorizontalFrameSize())
	d.shown = max(1, min(len(d.lines), height-frame.GetVerticalFrameSize()))
	d.top = max(0, min(d.top, len(d.lines)-d.shown))
	keyWidth := 0
	for _, l := range d.lines {
		keyWidth = max(keyWidth, widget.Width(l.key))
	}
	keyWidth = min(keyWidth, inner/2)
	rows := make([]string, 0, d.shown)
	for _, l := range d.lines[d.top : d.top+d.shown] {
		rows = append(rows, d.row(l, keyWidth, inner))
	}
	return frame.Render(strings.Join(rows, "\n"))
}

func (d *helpDialog) row(l helpLine, keyWidth, inner int) string {
	if l.heading != "" || l.key == "" {
		return d.theme.Accent.Render(widget.Fit(l.heading, inner))
	}
	return d.theme.Key.Render(widget.Fit(l.key, keyWidth)) +
		d.theme.Text.Render("  "+widget.Fit(l.does, max(0, inner-keyWidth-2)))
}

// ShortHelp implements help.KeyMap.
func (d *helpDialog) ShortHelp() []key.Binding {
	if d.shown < len(d.lines) {
		return []key.Binding{d.keys.up, d.keys.down, d.keys.close}
	}
	return []key.Binding{d.keys.close}
}

// FullHelp implements help.KeyMap.
func (d *helpDialog) FullHelp() [][]key.Binding {
	return [][]key.Binding{{d.keys.up, d.keys.down, d.keys.close}}
}
