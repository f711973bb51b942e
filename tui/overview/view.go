package overview

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"coffer/ledger"
	"coffer/tui/widget"
)

const mark = "▌"

// View draws the rows in the window.
func (m *Model) View() string {
	if m.facts == nil {
		return ""
	}
	if len(m.layout.rows) == 0 {
		return m.empty()
	}
	from, to := m.window.Visible()
	lines := make([]string, 0, to-from)
	for _, row := range m.layout.rows[from:to] {
		lines = append(lines, m.row(row))
	}
	return strings.Join(lines, "\n")
}

// empty says what to do when there is nothing yet.
func (m *Model) empty() string {
	room := m.width - 4
	return strings.Join([]string{
		"",
		"  " + m.theme.Title.Render(widget.Cut("No bank is linked yet.", room)),
		"",
		"  " + m.theme.Text.Render(widget.Cut("Press l to link your first bank through your browser.", room)),
		"  " + m.theme.Faint.Render(widget.Cut("Or quit and run coffer demo: a family's money to look round in.", room)),
	}, "\n")
}

// row draws one or two cells side by side, each with room for the cursor's mark.
func (m *Model) row(row []cell) string {
	switch row[0].draw {
	case heroLines:
		return "  " + m.hero(row[0].index)
	case apartLine:
		return "  " + m.apart()
	}
	line := m.cell(row[0], m.layout.left)
	if len(row) > 1 && m.layout.right > 0 {
		line += strings.Repeat(" ", columnGap-2) + m.cell(row[1], m.layout.right)
	}
	return line
}

// cell draws c in width cells after two for the mark.
func (m *Model) cell(c cell, width int) string {
	text, style := m.line(c, width)
	if c.target != (target{}) && c.target == m.cursor {
		selected := m.theme.Selected
		for i, p := range text {
			text[i].style = p.style.Inherit(selected) // keeps its colour, takes the background
		}
		return m.theme.Accent.Render(mark) + selected.Render(" ") + paint(selected, text, width)
	}
	return "  " + paint(style, text, width)
}

// A piece is a run of text in one style. A line is pieces from left to right.
type piece struct {
	text  string
	style lipgloss.Style
}

// paint draws pieces in exactly width cells.
func paint(rest lipgloss.Style, pieces []piece, width int) string {
	var b strings.Builder
	for _, p := range pieces {
		text := p.text
		if w := widget.Width(text); w > width {
			text = widget.Pad(text, width)
		}
		width -= widget.Width(text)
		if text != "" {
			b.WriteString(p.style.Render(text))
		}
	}
	if width > 0 {
		b.WriteString(rest.Render(strings.Repeat(" ", width)))
	}
	return b.String()
}

// line returns what a cell shows.
func (m *Model) line(c cell, width int) ([]piece, lipgloss.Style) {
	t := m.theme
	one := func(style lipgloss.Style, text string) []piece { return []piece{{widget.Cut(text, width), style}} }
	var pieces []piece
	switch c.draw {
	case worthLine:
		pieces = m.worth(c.index, width)
	case monthHead:
		pieces = m.monthHead(width)
	case monthCompare:
		pieces = m.monthCompare(width)
	case categoryHead:
		pieces = m.categoryHead(width)
	case categoryLine:
		pieces = m.category(c.index, width)
	case categoryNone:
		pieces = one(t.Faint, "Nothing spent so far.")
	case othersLine:
		pieces = one(t.Faint, "and "+m.list(m.facts.month.others)+", kept apart")
	case trendHead:
		pieces = []piece{{"SPENT PER MONTH", t.Faint}}
		if top := most(m.facts.trend); top.Sign() > 0 {
			pieces = append(pieces, piece{", up to " + widget.Script(m.theme.ASCII).Money(top), t.Faint})
		}
	case trendLine:
		pieces = m.trend(c.index, width)
	case needsHead:
		pieces = one(t.Faint, "NEEDS YOU")
	case needLine:
		pieces = m.need(c.index, width)
	case needMore:
		pieces = one(t.Faint, "  "+m.facts.needs[c.index].more)
	case needNone:
		pieces = []piece{{"✓ ", t.Good}, {widget.Cut("nothing at the moment", width-2), t.Faint}}
	case latestHead:
		pieces = one(t.Faint, "LATEST")
	case latestLine:
		pieces = m.latest(c.index, width)
	case latestNone:
		pieces = one(t.Faint, "No transactions yet.")
	}
	return pieces, t.Text
}

// list joins amounts: "¥12,480 and €30.00".
func (m *Model) list(amounts []ledger.Amount) string {
	texts := make([]string, len(amounts))
	for i, a := range amounts {
		texts[i] = widget.Script(m.theme.ASCII).Money(a)
	}
	if n := len(texts); n > 1 {
		return strings.Join(texts[:n-1], ", ") + " and " + texts[n-1]
	}
	return strings.Join(texts, "")
}

// monthHead says what the month has cost.
func (m *Model) monthHead(width int) []piece {
	name := strings.ToUpper(m.facts.today.Time().Format("January"))
	spent := widget.Script(m.theme.ASCII).Money(m.facts.month.total) + " spent"
	if m.facts.month.total.Sign() < 0 {
		spent = widget.Script(m.theme.ASCII).Money(m.facts.month.total.Neg()) + " more came back than was spent"
	}
	return []piece{{name + "  ", m.theme.Faint}, {widget.Cut(spent, width-widget.Width(name)-2), m.theme.Title}}
}

// monthCompare says how that compares with the usual.
func (m *Model) monthCompare(width int) []piece {
	_, _, day := m.facts.today.YMD()
	if !m.facts.month.usual.Known() {
		return []piece{{widget.Cut("too few months to know the usual", width), m.theme.Faint}}
	}
	text := fmt.Sprintf("usual by day %d: %s   ", day, widget.Script(m.theme.ASCII).Money(m.facts.month.usual))
	change := widget.Change(m.facts.month.total, m.facts.month.usual)
	style := m.theme.Faint
	if strings.HasPrefix(change, "▲") {
		style = m.theme.Warn
	}
	if strings.HasPrefix(change, "▼") {
		style = m.theme.Good
	}
	return []piece{{text, m.theme.Faint}, {change, style}}
}

const (
	versus     = "vs usual"
	longestBar = 30 // cells; what is left over is the label's
)

// categoryColumns returns the columns of the bars: label, sum, bar, change against
// the usual, of which the last goes first when there is no room.
func (m *Model) categoryColumns(width int) (w []int, col widget.MoneyColumn) {
	col = widget.Script(m.theme.ASCII).Column(m.facts.main, 0)
	for _, r := range m.facts.month.rows {
		col.Width = max(col.Width, col.Widest(r.amount))
	}
	label := 16
	if width >= 56 {
		label = 22
	}
	w = widget.Columns(width, 1,
		widget.TableColumn{Width: label},
		widget.TableColumn{Width: col.Width},
		widget.TableColumn{Width: 6, Grow: true, Drop: 2},
		widget.TableColumn{Width: len(versus), Drop: 1})
	if over := w[2] - longestBar; over > 0 {
		w[0], w[2] = w[0]+over, longestBar
	}
	col.Width = w[1]
	return w, col
}

// categoryHead says what the changes below are against: the spending screen has
// others.
func (m *Model) categoryHead(width int) []piece {
	if w, _ := m.categoryColumns(width); w[3] == 0 || !m.facts.month.usual.Known() || len(m.facts.month.rows) == 0 {
		return nil
	}
	return []piece{{widget.FitRight(versus, width), m.theme.Faint}}
}

// category draws one bar: label, sum, bar, change against the usual.
func (m *Model) category(i, width int) []piece {
	g := m.facts.month.rows[i]
	w, col := m.categoryColumns(width)
	pieces := []piece{{widget.Fit(g.label, w[0]) + " ", m.theme.Text}, {col.Cell(g.amount), m.theme.Text}}
	if w[2] > 0 {
		part := widget.Share(g.amount.Minor(), m.facts.month.rows[0].amount.Minor())
		pieces = append(pieces, piece{" " + widget.Bar(part, w[2]), m.theme.Bar})
	}
	if w[3] > 0 {
		change := ""
		if g.usual.Known() {
			change = widget.Change(g.amount, g.usual)
		}
		pieces = append(pieces, piece{" " + widget.FitRight(change, w[3]), m.theme.Faint})
	}
	return pieces
}

// need draws one thing that needs the user.
func (m *Model) need(i, width int) []piece {
	n := m.facts.needs[i]
	sign, style := "· ", m.theme.Text
	if n.urgent {
		sign, style = "⚠ ", m.theme.Warn
	}
	return []piece{{sign, style}, {widget.Cut(n.text, width-2), style}}
}

// latest draws one of the latest rows. The category gives way first.
func (m *Model) latest(i, width int) []piece {
	e := m.facts.latest[i]
	col := widget.Script(m.theme.ASCII).Column(m.facts.main, 0)
	col.Sign = true
	day := func(e ledger.Entry) string { return widget.Day(e.Date, m.facts.today) }
	days, category := 0, 14
	for _, l := range m.facts.latest {
		col.Width = max(col.Width, col.Widest(l.Amount))
		days = max(days, widget.Width(day(l)))
		category = max(category, min(widget.Width(widget.Clean(l.Category.Label())), width/4))
	}
	w := widget.Columns(width, 2,
		widget.TableColumn{Width: days},
		widget.TableColumn{Width: 14, Grow: true},
		widget.TableColumn{Width: category, Drop: 1},
		widget.TableColumn{Width: min(col.Width, 17)})
	col.Width = w[3]
	payee, pending := w[1], 0
	if e.Pending {
		pending = len(" pending")
	}
	money := m.theme.MoneyOut
	if e.Amount.Sign() > 0 {
		money = m.theme.MoneyIn
	}
	pieces := []piece{{widget.Fit(day(e), w[0]) + "  ", m.theme.Faint}}
	name := widget.Cut(e.Payee, payee-pending)
	pieces = append(pieces, piece{name, m.theme.Text})
	if e.Pending {
		pieces = append(pieces, piece{" pending", m.theme.Pending})
	}
	if fill := payee - widget.Width(name) - pending; fill > 0 {
		pieces = append(pieces, piece{strings.Repeat(" ", fill), m.theme.Text})
	}
	if w[2] > 0 {
		pieces = append(pieces, piece{"  " + widget.Fit(e.Category.Label(), w[2]), m.theme.Faint})
	}
	return append(pieces, piece{"  " + col.Cell(e.Amount), money})
}
