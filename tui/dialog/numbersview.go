package dialog

import (
	"strings"

	"coffer/ledger"
	"coffer/tui/widget"
)

// View implements screen.Dialog. Where there is little room, explanations are left
// out whole.
func (d *numbersDialog) View(width, height int) string {
	frame := d.theme.Dialog
	inner := min(60, width-frame.GetHorizontalFrameSize())
	room := max(1, height-frame.GetVerticalFrameSize())
	lines := []string{
		d.theme.Title.Render(widget.Fit("Numbers of "+widget.Account(d.account, max(0, inner-len("Numbers of "))), inner)),
		d.theme.Faint.Render(widget.Fit(d.bank.Name, inner)),
		"",
	}
	switch {
	case !d.ended:
		lines = append(lines, widget.Paragraph(d.theme.Text, d.spinner.View()+" asking the bank…", inner)...)
	case d.err != nil:
		lines = append(lines, widget.Paragraph(d.theme.Warn, mending(d.err, numbersProduct), inner)...)
	default:
		lines = append(lines, d.numberLines(inner)...)
		for _, text := range d.remarks() {
			if said := widget.Paragraph(d.theme.Faint, text, inner); len(lines)+1+len(said) <= room {
				lines = append(append(lines, ""), said...)
			}
		}
	}
	return frame.Render(strings.Join(lines[:min(len(lines), room)], "\n"))
}

// remarks are what there is to know of the numbers, what matters most first.
func (d *numbersDialog) remarks() []string {
	var list []string
	if d.answer.Tokenized() {
		list = append(list, "The account number stands for the account's own: it is for Plaid's client alone, ends in other digits, and the bank can revoke it.")
	}
	if !d.copies {
		list = append(list, "They cannot be copied: there is no clipboard here that could be cleared again.")
	}
	return append(list, "coffer keeps them nowhere.")
}

// numberLines is a line for each number; one that is longer than its line gets one
// of its own, since half a number is none.
func (d *numbersDialog) numberLines(inner int) []string {
	label, room := 0, inner-2
	for _, l := range d.lines {
		label = max(label, widget.Width(l.Label)+2)
	}
	var lines []string
	for i, l := range d.lines {
		mark, style := "  ", d.theme.Text
		if i == d.cursor {
			mark, style = "▌ ", d.theme.Selected
		}
		for _, text := range d.split(l, label, room) {
			lines = append(lines, d.theme.Accent.Render(mark)+style.Render(text))
		}
	}
	return lines
}

// split is a label with its number, on one line where there is room.
func (d *numbersDialog) split(l ledger.NumberLine, label, room int) []string {
	value := l.Digits.Masked()
	if d.revealed {
		value = l.Digits.Reveal()
	}
	if label+widget.Width(widget.Clean(value)) <= room {
		return []string{widget.Fit(l.Label, label) + widget.Fit(value, room-label)}
	}
	lines := []string{widget.Fit(l.Label, room)}
	for _, line := range widget.Wrap(value, room) {
		lines = append(lines, widget.Fit(line, room))
	}
	return lines
}
