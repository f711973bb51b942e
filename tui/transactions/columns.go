package transactions

import (
	"coffer/ledger"
	"coffer/tui/widget"
)

// Below these widths the list does without something.
const (
	headerWidth = 60 // the names of the columns, weekdays, wide gaps
	besideWidth = 100
)

const (
	mark        = "▌" // the row under the cursor, where there is no colour
	pendingWord = "pending"
	dayWidth    = len("Fri Nov 20") // as long as 2026-11-20, which older rows have
	shortDay    = len("Nov 20")
)

// A layout is the width of each column, 0 for one that is dropped. Account goes
// first, then the day's total, then the category; date, payee and amount stay.
type layout struct {
	width, gap               int
	date, payee              int
	category, account, total int
	amount                   widget.MoneyColumn
	header                   bool
}

func (m *Model) layout(width int) layout {
	l := layout{width: width, gap: 2, date: dayWidth, amount: m.names.wide, header: width >= headerWidth}
	wantCategory, wantAccount, wantTotal := 19, 24, m.names.wide.Width
	if !l.header {
		l.gap, l.amount = 1, m.names.narrow
		if m.thisYearInView() {
			l.date = shortDay
		}
	}
	if m.list.order.By != ledger.SortDate {
		wantTotal = 0
	}
	w := widget.Columns(width-widget.Width(mark), l.gap,
		widget.TableColumn{Width: l.date},
		widget.TableColumn{Width: 22, Grow: true},
		widget.TableColumn{Width: wantCategory, Drop: 3},
		widget.TableColumn{Width: wantAccount, Drop: 1},
		widget.TableColumn{Width: l.amount.Width},
		widget.TableColumn{Width: wantTotal, Drop: 2})
	l.date, l.payee, l.category, l.account, l.amount.Width, l.total = w[0], w[1], w[2], w[3], w[4], w[5]
	return l
}

// thisYearInView reports whether every row on screen is of this year, in a list
// by date, so that the year need not be said.
func (m *Model) thisYearInView() bool {
	from, to := m.window.Visible()
	if m.list.order.By != ledger.SortDate || from >= to {
		return false
	}
	first, last := m.list.book.Entry(m.list.rows[from]).Date, m.list.book.Entry(m.list.rows[to-1]).Date
	this, _, _ := m.today.YMD()
	y1, _, _ := first.YMD()
	y2, _, _ := last.YMD()
	return y1 == this && y2 == this
}

// dateText writes a day for a column of this width.
func (m *Model) dateText(d ledger.Date, width int) string {
	y, _, _ := d.YMD()
	this, _, _ := m.today.YMD()
	switch {
	case width <= shortDay:
		return d.Time().Format("Jan _2")
	case y == this:
		return d.Time().Format("Mon Jan _2")
	}
	return d.String()
}

// forAmount returns l with the payee giving way to an amount that is too wide
// for its column: a payee can be cut, an amount cannot.
func (l layout) forAmount(a ledger.Amount) layout {
	const leastPayee = 8
	if over := min(l.amount.Widest(a)-l.amount.Width, l.payee-leastPayee); over > 0 {
		l.amount.Width += over
		l.payee -= over
	}
	return l
}

// headerLine names the columns and shows which one orders the list.
func (m *Model) headerLine(l layout) string {
	title := func(name string, by ledger.SortKey) string {
		switch {
		case m.list.order.By != by:
			return name
		case m.list.order.Reverse:
			return name + " ▲"
		}
		return name + " ▼"
	}
	cells := []string{
		widget.Fit(title("Date", ledger.SortDate), l.date),
		widget.Fit(title("Payee", ledger.SortPayee), l.payee),
		widget.Fit("Category", l.category),
		widget.Fit("Account", l.account),
		widget.FitRight(title("Amount", ledger.SortAmount), l.amount.Width),
		widget.FitRight("Day", l.total),
	}
	return m.inks.faint.Paint(widget.Fit("", widget.Width(mark)) + widget.Join(l.gap, cells...))
}
