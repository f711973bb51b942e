package transactions

import (
	"coffer/ledger"
	"coffer/tui/theme"
	"coffer/tui/widget"
)

// inks are the theme's styles as this screen paints with them.
type inks struct {
	title, text, faint, rule, accent, selected, in, out, pending, warn widget.Ink
}

func newInks(th *theme.Theme) inks {
	return inks{
		title: widget.NewInk(th.Title), text: widget.NewInk(th.Text), faint: widget.NewInk(th.Faint),
		rule: widget.NewInk(th.Rule), accent: widget.NewInk(th.Accent), selected: widget.NewInk(th.Selected),
		in: widget.NewInk(th.MoneyIn), out: widget.NewInk(th.MoneyOut),
		pending: widget.NewInk(th.Pending), warn: widget.NewInk(th.Warn),
	}
}

// A cell is one column of one row, and the ink it is painted in.
type cell struct {
	text string
	ink  widget.Ink
}

// listLines draws the rows in the window and nothing else.
func (m *Model) listLines(width int) []string {
	if len(m.list.rows) == 0 {
		return m.emptyLines(width)
	}
	l := m.layout(width)
	lines := make([]string, 0, m.window.Height()+1)
	if m.headLines() > 1 {
		lines = append(lines, m.headerLine(l))
	}
	from, to := m.window.Visible()
	drawn := make([]ledger.Entry, 0, to-from)
	for i := from; i < to; i++ {
		e := m.list.book.Entry(m.list.rows[i])
		lines = append(lines, m.rowLine(l, i, e, drawn))
		drawn = append(drawn, e)
	}
	return lines
}

// rowLine draws one row. above are the rows drawn before it: in a list by date
// only the first row of a day says which day it is and what it comes to.
func (m *Model) rowLine(l layout, i int, e ledger.Entry, above []ledger.Entry) string {
	date, total := m.dateText(e.Date, l.date), ""
	if m.list.order.By == ledger.SortDate {
		newDay, newCurrency := firstOf(e, above)
		if !newDay {
			date = ""
		}
		if l.total > 0 && newCurrency {
			total = m.dayTotal(i, e)
		}
	}
	l = l.forAmount(e.Amount)
	cells := []cell{
		{widget.Fit(date, l.date), m.inks.faint},
		{widget.Fit(payee(e), payeeRoom(l, e)), m.inks.text},
		{pendingText(l, e), m.inks.pending},
		{widget.Fit(e.Category.Label(), l.category), m.inks.faint},
		{widget.Account(m.names.accounts[e.Account], l.account), m.inks.faint},
		{l.amount.Cell(e.Amount), m.moneyInk(e.Amount)},
		{widget.FitRight(total, l.total), m.inks.faint},
	}
	return m.paintRow(l, cells, i == m.window.Cursor())
}

func payee(e ledger.Entry) string {
	if e.Payee == "" {
		return "No name"
	}
	return e.Payee
}

func (m *Model) moneyInk(a ledger.Amount) widget.Ink {
	if a.Sign() > 0 {
		return m.inks.in
	}
	return m.inks.out
}

// paintRow joins the cells of a row. The row under the cursor is of one ink and
// has a mark.
func (m *Model) paintRow(l layout, cells []cell, cursor bool) string {
	line := make([]byte, 0, 6*l.width)
	gap := widget.Fit("", l.gap)
	if cursor {
		line = append(line, mark...)
	} else {
		line = append(line, ' ')
	}
	first := true
	for _, c := range cells {
		if c.text == "" {
			continue
		}
		if m.filter.err != nil {
			c.ink = m.inks.faint // these rows are of part of the filter
		}
		if !first {
			line = append(line, gap...)
		}
		first = false
		if cursor {
			line = append(line, c.text...)
		} else {
			line = append(line, c.ink.Paint(c.text)...)
		}
	}
	if cursor {
		return m.inks.selected.Paint(string(line))
	}
	return string(line)
}

// firstOf reports whether e is the first of its day among the rows drawn so far,
// and the first of its day in its currency.
func firstOf(e ledger.Entry, above []ledger.Entry) (ofDay, ofCurrency bool) {
	ofDay, ofCurrency = true, true
	for i := len(above) - 1; i >= 0 && above[i].Date == e.Date; i-- {
		ofDay = false
		ofCurrency = ofCurrency && above[i].Amount.Currency() != e.Amount.Currency()
	}
	return ofDay, ofCurrency
}

// dayTotal writes what the day of row i comes to in the row's currency.
func (m *Model) dayTotal(i int, e ledger.Entry) string {
	sum, ok := m.day(i, e).of(e.Amount.Currency())
	if !ok {
		return ""
	}
	return m.names.wide.Cell(sum)
}

// payeeRoom is what the word "pending" leaves of the payee's column.
func payeeRoom(l layout, e ledger.Entry) int {
	if !e.Pending {
		return l.payee
	}
	return max(0, l.payee-len(pendingWord)-l.gap)
}

func pendingText(l layout, e ledger.Entry) string {
	if !e.Pending {
		return ""
	}
	return widget.Fit(pendingWord, min(len(pendingWord), l.payee))
}
