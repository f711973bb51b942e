package dialog

import (
	"errors"
	"fmt"
	"strings"

	"coffer/ledger"
	"coffer/tui/widget"
)

// View implements screen.Dialog.
func (d *Sync) View(width, height int) string {
	frame := d.theme.Dialog
	inner := min(60, width-frame.GetHorizontalFrameSize())
	room := max(1, height-frame.GetVerticalFrameSize())
	head, banks, end := []string{d.theme.Title.Render(widget.Fit(d.title, inner))}, d.bankLines(inner), d.summary(inner)
	if d.err != nil && !d.cancelled { // it is all there is to say, and may be long
		if len(banks) > 0 {
			banks = append(banks, "")
		}
		banks, end = append(banks, end...), nil
	}
	lines := d.scroll.fit(head, banks, end, room)
	d.keys.up.SetEnabled(d.scroll.moves())
	d.keys.down.SetEnabled(d.scroll.moves())
	return frame.Render(strings.Join(lines, "\n"))
}

// bankLines is one line per bank, and what there is to read of it below.
func (d *Sync) bankLines(inner int) []string {
	state := min(24, inner/2)
	name := inner - state - 2
	var lines []string
	for _, b := range d.banks {
		style, text := d.theme.Text, d.state(b)
		if widget.Width(text) > state && b.Rows > 0 {
			text = widget.Plural(b.Rows, "row")
		}
		if b.Phase == ledger.PhaseWaiting {
			style = d.theme.Faint
		}
		result, over := d.result(b.Item)
		if over && trouble(result) != nil || b.Phase == ledger.PhaseFailed {
			style = d.theme.Warn
		}
		lines = append(lines, d.theme.Text.Render(widget.Fit(b.Name, name))+"  "+style.Render(widget.FitRight(text, state)))
		if !over {
			continue
		}
		for _, remark := range remarks(result) {
			for _, l := range widget.Wrap(advice(remark, "press f"), inner-2) {
				lines = append(lines, "  "+d.theme.Faint.Render(widget.Fit(l, inner-2)))
			}
		}
	}
	return lines
}

// state says in a few words how a bank is doing, or ended.
func (d *Sync) state(b ledger.Progress) string {
	result, over := d.result(b.Item)
	switch {
	case over && result.Err == nil:
		return changes(result.Applied)
	case over && d.cancelled:
		return "stopped"
	case over && (errors.Is(result.Err, ledger.ErrLoginRequired) || leave(result) != ""):
		return "needs you"
	case over || b.Phase == ledger.PhaseFailed:
		return "failed"
	case d.ended:
		return "not begun"
	case b.Phase == ledger.PhaseDone:
		return "done"
	case b.Phase == ledger.PhaseAsking:
		return "asking the bank"
	case b.Rows > 0:
		return fmt.Sprintf("%s, %s", b.Phase, widget.Plural(b.Rows, "row"))
	}
	return string(b.Phase)
}

// summary is the last part of the dialog: how far all of it is, or how it ended.
func (d *Sync) summary(inner int) []string {
	done := 0
	for _, b := range d.banks {
		if b.Phase == ledger.PhaseDone || b.Phase == ledger.PhaseFailed {
			done++
		}
	}
	switch {
	case !d.ended && d.cancelled:
		return []string{d.theme.Faint.Render(widget.Fit(d.spinner.View()+" stopping…", inner))}
	case !d.ended && len(d.banks) == 0:
		return []string{d.theme.Faint.Render(widget.Fit(d.spinner.View()+" starting…", inner))}
	case !d.ended && d.asked.ID != "":
		return widget.Paragraph(d.theme.Faint, d.spinner.View()+" half a minute is usual, two are the most", inner)
	case !d.ended && d.again.ID != "":
		return widget.Paragraph(d.theme.Faint, d.spinner.View()+" until all of it is here, nothing changes", inner)
	case !d.ended:
		text := fmt.Sprintf("%s %d of %s done", d.spinner.View(), done, widget.Plural(len(d.banks), "bank"))
		return []string{d.theme.Faint.Render(widget.Fit(text, inner))}
	}
	text, style := "", d.theme.Text
	good := 0
	for _, r := range d.results {
		if r.Err == nil {
			good++
		}
	}
	switch {
	case d.cancelled && good == 0 && d.asked.ID != "":
		text = "Stopped; what the bank tells Plaid comes with a sync."
	case d.cancelled && good == 0:
		text = "Stopped; nothing was changed."
	case d.cancelled:
		text = fmt.Sprintf("Stopped. %d of %s synced; what they brought is kept.", good, widget.Plural(len(d.banks), "bank"))
	case d.err != nil:
		text, style = d.err.Error(), d.theme.Error
	default:
		text = fmt.Sprintf("%d of %s synced.", good, widget.Plural(len(d.results), "bank"))
	}
	return widget.Paragraph(style, text, inner)
}
