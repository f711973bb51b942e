package dialog

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"coffer/tui/screen"
	"coffer/tui/theme"
	"coffer/tui/widget"
)

// processorDialog asks which payment processor an account is handed to: a list that
// narrows as the user types.
type processorDialog struct {
	theme  *theme.Theme
	keys   processorKeys
	of     screen.ProcessorMsg
	next   func(screen.ProcessorMsg, string, screen.Dialog) screen.Dialog
	all    []string
	shown  []string
	cursor int // in shown
	input  widget.Input
}

// Every other key is text.
type processorKeys struct{ up, down, choose, cancel key.Binding }

func (desk *Desk) newProcessors(of screen.ProcessorMsg) *processorDialog {
	d := &processorDialog{theme: desk.theme, of: of, next: desk.offerToken, all: desk.options.Payer.Processors(), input: widget.NewInput(), keys: processorKeys{
		up:     key.NewBinding(key.WithKeys("up", "ctrl+p"), key.WithHelp("↑", "up")),
		down:   key.NewBinding(key.WithKeys("down", "ctrl+n"), key.WithHelp("↓", "down")),
		choose: key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "choose")),
		cancel: key.NewBinding(key.WithKeys("esc"), key.WithHelp("esc", "cancel")),
	}}
	d.shown = d.all
	return d
}

// Init implements screen.Dialog.
func (d *processorDialog) Init() tea.Cmd { return nil }

// Update implements screen.Dialog. Esc takes away what was typed, then the dialog.
func (d *processorDialog) Update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyMsg)
	switch {
	case !ok:
	case key.Matches(k, d.keys.up):
		d.cursor = max(0, d.cursor-1)
	case key.Matches(k, d.keys.down):
		d.cursor = max(0, min(d.cursor+1, len(d.shown)-1))
	case key.Matches(k, d.keys.choose):
		if d.cursor < len(d.shown) {
			return screen.Open(d.next(d.of, d.shown[d.cursor], d))
		}
	case key.Matches(k, d.keys.cancel) && d.input.Value() == "":
		return screen.CloseDialog()
	case key.Matches(k, d.keys.cancel):
		d.input.SetValue("")
		d.narrow()
	default:
		before := d.input.Value()
		if d.input.Update(k); d.input.Value() != before {
			d.narrow()
		}
	}
	return nil
}

// narrow lists the processors that the text may mean, best first.
func (d *processorDialog) narrow() {
	d.cursor, d.shown = 0, d.all
	text := strings.Join(strings.Fields(d.input.Value()), "_") // how Plaid joins words
	if text == "" {
		return
	}
	d.shown = nil
	for _, m := range fuzzy.Find(text, d.all) {
		d.shown = append(d.shown, d.all[m.Index])
	}
}

// View implements screen.Dialog. Its size stays while the user types.
func (d *processorDialog) View(width, height int) string {
	const prompt, most = "› ", 10
	frame := d.theme.Dialog
	inner := max(0, min(widestPairs, width-frame.GetHorizontalFrameSize()))
	room := max(1, height-frame.GetVerticalFrameSize())
	typed := d.theme.Text.Render(d.input.View(max(0, inner-widget.Width(prompt)), true))
	if d.input.Value() == "" {
		typed = d.theme.Accent.Render(d.input.View(1, true)) + d.theme.Faint.Render(widget.Fit("type to find a payment processor", max(0, inner-widget.Width(prompt)-1)))
	}
	lines := []string{
		d.theme.Title.Render(widget.Fit("Hand over "+widget.Account(d.of.Account, max(0, inner-len("Hand over "))), inner)),
		d.theme.Faint.Render(widget.Fit(d.of.Bank.Name, inner)),
		"", d.theme.Accent.Render(prompt) + typed, "",
	}
	lines = append(lines, d.list(inner, max(0, min(most, room-len(lines))))...)
	return frame.Render(strings.Join(lines[:min(len(lines), room)], "\n"))
}

// list draws the processors round the cursor, in exactly rows lines.
func (d *processorDialog) list(inner, rows int) []string {
	lines := make([]string, rows)
	from := max(0, min(d.cursor-rows/2, len(d.shown)-rows))
	for i := range lines {
		switch at := from + i; {
		case at < len(d.shown) && at == d.cursor:
			lines[i] = d.theme.Accent.Render("▌ ") + d.theme.Selected.Render(widget.Fit(d.shown[at], inner-2))
		case at < len(d.shown):
			lines[i] = "  " + d.theme.Text.Render(widget.Fit(d.shown[at], inner-2))
		case at == 0:
			lines[i] = d.theme.Faint.Render(widget.Fit("Plaid knows none of that name", inner))
		default:
			lines[i] = strings.Repeat(" ", inner)
		}
	}
	return lines
}

// ShortHelp implements help.KeyMap.
func (d *processorDialog) ShortHelp() []key.Binding {
	move := d.keys.down
	move.SetHelp("↑↓", "move")
	return []key.Binding{move, d.keys.choose, d.keys.cancel}
}

// FullHelp implements help.KeyMap.
func (d *processorDialog) FullHelp() [][]key.Binding { return [][]key.Binding{d.ShortHelp()} }
