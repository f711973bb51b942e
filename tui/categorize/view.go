package categorize

import (
	"fmt"
	"strings"

	"coffer/tui/theme"
	"coffer/tui/widget"
)

// The size that the dialog takes when there is room. Labels of Plaid's run to
// forty letters, and a longer list than this is typed at, not read.
const (
	wantWidth = 72
	wantRows  = 14
)

const (
	prompt      = "› "
	placeholder = "type to find one, or to make your own"
)

type inks struct{ title, text, faint, accent, selected widget.Ink }

func newInks(th *theme.Theme) inks {
	return inks{
		title: widget.NewInk(th.Title), text: widget.NewInk(th.Text), faint: widget.NewInk(th.Faint),
		accent: widget.NewInk(th.Accent), selected: widget.NewInk(th.Selected),
	}
}

// View draws the box.
func (d *Dialog) View(width, height int) string {
	frame := d.theme.Dialog
	inner := min(width, wantWidth) - frame.GetHorizontalFrameSize()
	if inner <= len(prompt) {
		return ""
	}
	head := []string{
		d.inks.title.Paint(widget.Fit(d.title(), inner)),
		d.inks.faint.Paint(widget.Fit(d.state(), inner)),
		"",
		d.inputLine(inner),
		"",
	}
	rows := min(wantRows, height-frame.GetVerticalFrameSize()-len(head))
	lines := append(head, d.list(inner, rows)...)
	box := frame.Width(inner + frame.GetHorizontalPadding()).Render(strings.Join(lines, "\n"))
	return firstLines(box, height)
}

func (d *Dialog) title() string {
	if len(d.entries) > 1 {
		return fmt.Sprintf("Category for %d transactions", len(d.entries))
	}
	e := d.entries[0]
	return fmt.Sprintf("Category for %s  %s", widget.Clean(e.Payee), widget.Script(d.theme.ASCII).Money(e.Amount))
}

// state says what is in force now and who said so.
func (d *Dialog) state() string {
	switch {
	case d.now == "" && len(d.entries) > 1:
		return "they have several categories now"
	case d.now == "":
		return "it has no category now"
	case d.entries[0].Edit.Category != "":
		return "now " + d.now.Label() + ", from you"
	}
	return "now " + d.now.Label() + ", from the bank"
}

func (d *Dialog) inputLine(width int) string {
	room := width - widget.Width(prompt)
	line := d.inks.accent.Paint(prompt)
	if d.input.Value() == "" {
		caret := d.input.View(1, true)
		return line + d.inks.accent.Paint(caret) + d.inks.faint.Paint(widget.Fit(placeholder, room-1))
	}
	return line + d.inks.text.Paint(d.input.View(room, true))
}

// list draws the options round the cursor, in exactly rows lines so that the
// box keeps its size while the user types.
func (d *Dialog) list(width, rows int) []string {
	if rows <= 0 {
		return nil
	}
	lines := make([]string, 0, rows)
	from := max(0, min(d.cursor-rows/2, len(d.shown)-rows))
	for i := from; i < min(from+rows, len(d.shown)); i++ {
		lines = append(lines, d.line(i, width))
	}
	if len(d.shown) == 0 {
		lines = append(lines, d.inks.faint.Paint(widget.Fit("no such category", width)))
	}
	for len(lines) < rows {
		lines = append(lines, "")
	}
	return lines
}

// line draws one option: mark, label, and its group where there is room.
func (d *Dialog) line(i, width int) string {
	const mark, now, least = "▌", " now", 24
	o, tail := d.shown[i], ""
	if d.isNow(o) {
		tail = now
	}
	room := width - widget.Width(mark) - len(now)
	w := widget.Columns(room, 1, widget.TableColumn{Width: least, Grow: true}, widget.TableColumn{Width: least, Drop: 1})
	label, detail := widget.Fit(o.label, w[0]), ""
	if w[1] > 0 {
		detail = " " + widget.Fit(o.detail, w[1])
	}
	if i == d.cursor {
		return d.inks.selected.Paint(mark + label + detail + widget.Fit(tail, len(now)))
	}
	return " " + d.inks.text.Paint(label) + d.inks.faint.Paint(detail+tail)
}

// firstLines cuts a drawing that is taller than its place.
func firstLines(s string, n int) string {
	lines := strings.Split(s, "\n")
	return strings.Join(lines[:max(0, min(n, len(lines)))], "\n")
}
