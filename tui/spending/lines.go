package spending

import (
	"fmt"
	"strings"

	"coffer/ledger"
	"coffer/tui/widget"
)

// A layout is the width of each column, 0 for one that is dropped: the count
// goes first, then the share, then the bar; label, amount and change stay.
type layout struct {
	gap, label, amount, bar, share, count, change int
	decimals                                      int
	script                                        widget.Script
}

func (m *Model) layout() layout {
	l := layout{gap: 2, label: 24, amount: 12, bar: 12, decimals: m.report.blocks[0].Currency.Digits(), script: widget.Script(m.theme.ASCII)}
	if m.width < wideWidth {
		l.gap, l.label, l.amount, l.bar = 1, 14, 8, 6
	}
	for _, b := range m.report.blocks { // rows come largest first
		l.amount = max(l.amount, l.column(b).Widest(b.Rows[0].Amount, b.Rows[len(b.Rows)-1].Amount))
	}
	w := widget.Columns(m.width-widget.Width(mark)-1, l.gap,
		widget.TableColumn{Width: l.label, Grow: true},
		widget.TableColumn{Width: l.amount},
		widget.TableColumn{Width: l.bar, Grow: m.width >= wideWidth, Drop: 3},
		widget.TableColumn{Width: len("Share"), Drop: 2},
		widget.TableColumn{Width: len("Rows") + 1, Drop: 1},
		widget.TableColumn{Width: 7}) // "▲ 999+%"
	l.label, l.amount, l.bar, l.share, l.count, l.change = w[0], w[1], w[2], w[3], w[4], w[5]
	return l
}

// column draws a block's amounts bare: their currency is in the heading.
func (l layout) column(b ledger.Spending) widget.MoneyColumn {
	return widget.MoneyColumn{Width: l.amount, Decimals: l.decimals, Currency: b.Currency, Script: l.script}
}

func (m *Model) columnLine(l layout) string {
	return m.inks.faint.Paint(" " + widget.Join(l.gap,
		widget.Fit("", l.label),
		widget.FitRight("Amount", l.amount),
		widget.Fit("", l.bar),
		widget.FitRight("Share", l.share),
		widget.FitRight("Rows", l.count),
		widget.FitRight(m.changeHead(), l.change),
	))
}

// changeHead says what the changes are against: the overview has others.
func (m *Model) changeHead() string {
	if m.report.versus == "" {
		return ""
	}
	return "vs " + m.report.versus
}

func (m *Model) line(l layout, i int) string {
	at := m.lines[i]
	b := m.report.blocks[at.block]
	switch at.row {
	case gapLine:
		return ""
	case headingLine:
		return m.sumLine(b, m.width)
	}
	return m.rowLine(l, b, b.Rows[at.row], i == m.window.Cursor())
}

// rowLine draws one group. A group that got more back than was spent has no bar
// and no share, and says why.
func (m *Model) rowLine(l layout, b ledger.Spending, row ledger.SpendingRow, cursor bool) string {
	bar, share, barInk := widget.Bar(widget.Share(row.Amount.Minor(), largest(b)), l.bar), m.share(b, row), m.inks.bar
	if row.Amount.Sign() < 0 {
		bar, share, barInk = widget.Fit("refund", l.bar), "", m.inks.faint
	}
	text := []string{
		m.label(row, l.label),
		l.column(b).Cell(row.Amount),
		bar,
		widget.FitRight(share, l.share),
		widget.FitRight(widget.Count(row.Count), l.count),
		widget.FitRight(widget.Change(row.Amount, row.Previous), l.change),
	}
	if cursor {
		return m.inks.selected.Paint(mark + widget.Join(l.gap, text...))
	}
	for i, ink := range []widget.Ink{m.inks.text, m.inks.text, barInk, m.inks.faint, m.inks.faint, m.changeInk(row)} {
		text[i] = ink.Paint(text[i])
	}
	return " " + widget.Join(l.gap, text...)
}

// label names a group in exactly width cells.
func (m *Model) label(row ledger.SpendingRow, width int) string {
	if m.by == ledger.ByAccount {
		if a, ok := m.book.Account(ledger.AccountID(row.Key)); ok && a.Name != "" {
			return widget.Account(a, width)
		}
	}
	return widget.Fit(row.Label, width)
}

// share writes the group's part of the total, "–" where a part means nothing.
func (m *Model) share(b ledger.Spending, row ledger.SpendingRow) string {
	part, ok := b.Share(row)
	if !ok {
		return widget.Unknown
	}
	if part > 0 && part < 0.01 {
		return "<1%"
	}
	return fmt.Sprintf("%.0f%%", part*100)
}

func (m *Model) changeInk(row ledger.SpendingRow) widget.Ink {
	switch c := widget.Change(row.Amount, row.Previous); {
	case strings.HasPrefix(c, "▲"):
		return m.inks.warn
	case strings.HasPrefix(c, "▼"):
		return m.inks.good
	}
	return m.inks.faint
}
