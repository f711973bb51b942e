package dialog

import (
	"strings"

	"coffer/ledger"
	"coffer/tui/widget"
)

// View implements screen.Dialog.
func (d *balanceDialog) View(width, height int) string {
	frame := d.theme.Dialog
	inner := min(60, width-frame.GetHorizontalFrameSize())
	room := max(1, height-frame.GetVerticalFrameSize())
	head := []string{
		d.theme.Title.Render(widget.Fit("Balance of "+widget.Account(d.of.Account, max(0, inner-len("Balance of "))), inner)),
		d.theme.Faint.Render(widget.Fit(d.of.Bank.Name, inner)),
	}
	var body, end []string
	switch {
	case !d.ended:
		body = widget.Paragraph(d.theme.Text, d.spinner.View()+" "+d.doing(), inner)
		end = d.table(inner, d.of.Account.Balance)
	case d.err != nil:
		body = widget.Paragraph(d.theme.Warn, advice(d.err, "press f"), inner)
		end = d.table(inner, d.of.Account.Balance)
	default:
		body = d.table(inner, d.answer.Balance, d.of.Account.Balance)
		if !d.answer.Balance.Live {
			end = widget.Paragraph(d.theme.Warn, "The bank tells this account's balance now and then, not in real time. This is its latest.", inner)
		}
	}
	lines := d.scroll.fit(head, body, end, room)
	d.keys.up.SetEnabled(d.scroll.moves())
	d.keys.down.SetEnabled(d.scroll.moves())
	return frame.Render(strings.Join(lines, "\n"))
}

// doing says what is waited for.
func (d *balanceDialog) doing() string {
	switch {
	case d.cancelled:
		return "stopping…"
	case d.latest.Phase == ledger.PhaseAsking:
		return "asking the bank; ten seconds are usual, a minute may be"
	case d.latest.Phase == ledger.PhaseSaving:
		return "saving what it told…"
	}
	return "waiting for a turn…"
}

// table shows balances side by side: what the bank told now, if it has, and what was
// known before.
func (d *balanceDialog) table(inner int, balances ...ledger.Balance) []string {
	const label, gap = 10, 2
	column := widget.MoneyColumn{Decimals: 2, Script: widget.Script(d.theme.ASCII)}
	column.Width = min(18, (inner-label)/len(balances)-gap)
	row := func(name string, cell func(ledger.Balance) string) string {
		cells := []string{d.theme.Faint.Render(widget.Fit(name, label))}
		for i, b := range balances {
			style := d.theme.Faint
			if i == 0 && len(balances) > 1 {
				style = d.theme.Title
			}
			cells = append(cells, style.Render(cell(b)))
		}
		line := widget.Join(gap, cells...)
		return line + strings.Repeat(" ", max(0, inner-widget.Width(line)))
	}
	titles := []string{"known"}
	switch {
	case len(balances) > 1 && balances[0].Live:
		titles = []string{"now", "before"}
	case len(balances) > 1:
		titles = []string{"told", "before"}
	}
	known, now, i := false, d.clock.Now(), -1
	rows := []string{
		row("", func(ledger.Balance) string { i++; return widget.FitRight(titles[i], column.Width) }),
		row("as of", func(b ledger.Balance) string { return widget.FitRight(widget.AsOf(now, b), column.Width) }),
		row("current", func(b ledger.Balance) string { return column.Cell(b.Current) }),
		row("available", func(b ledger.Balance) string { return column.Cell(b.Available) }),
	}
	for _, b := range balances {
		known = known || b.Limit.Known()
	}
	if known {
		rows = append(rows, row("limit", func(b ledger.Balance) string { return column.Cell(b.Limit) }))
	}
	return rows
}
