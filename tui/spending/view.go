package spending

import (
	"fmt"
	"strings"

	"coffer/ledger"
	"coffer/tui/theme"
	"coffer/tui/widget"
)

const (
	mark      = "▌"
	wideWidth = 60 // from here on there are names over the columns, and air
)

type inks struct{ title, text, faint, selected, bar, good, warn widget.Ink }

func newInks(th *theme.Theme) inks {
	return inks{
		title: widget.NewInk(th.Title), text: widget.NewInk(th.Text), faint: widget.NewInk(th.Faint),
		selected: widget.NewInk(th.Selected), bar: widget.NewInk(th.Bar),
		good: widget.NewInk(th.Good), warn: widget.NewInk(th.Warn),
	}
}

// View implements screen.Screen.
func (m *Model) View() string {
	if m.width <= 0 || m.height <= 0 {
		return ""
	}
	lines := m.headLines()
	if len(m.lines) == 0 {
		lines = append(lines, m.emptyLines()...)
	} else {
		l := m.layout()
		from, to := m.window.Visible()
		for i := from; i < to; i++ {
			lines = append(lines, m.line(l, i))
		}
	}
	return strings.Join(lines[:min(len(lines), m.height)], "\n")
}

// headLines draws what stands above the groups: what is looked at, its sum, and
// the names of the columns.
func (m *Model) headLines() []string {
	if m.book == nil {
		return nil
	}
	lines := []string{m.titleLine()}
	if len(m.report.blocks) == 0 {
		return lines
	}
	if m.width < wideWidth {
		lines = append(lines, m.sumLine(m.report.blocks[0], m.width))
		if len(m.trend) > 0 && m.width > len(m.trend)+widget.Width(m.trendLabel()) {
			lines = append(lines, " "+m.inks.bar.Paint(m.spark())+m.inks.faint.Paint(m.trendLabel()))
		}
		return lines
	}
	trend := ""
	if len(m.trend) > 0 {
		trend = m.inks.bar.Paint(m.spark()) + m.inks.faint.Paint(m.trendLabel()) + " "
	}
	sum := m.sumLine(m.report.blocks[0], m.width-widget.Width(trend)-2)
	return append(lines, "", sum+"  "+trend, "", m.columnLine(m.layout()))
}

// titleLine names the span, the way in, and the grouping.
func (m *Model) titleLine() string {
	right := "  " + m.grouping() + " "
	left := " " + m.span.label()
	if m.span.running(m.today) {
		left += " so far"
	}
	if m.inside != "" {
		left += " · " + m.inside.Label()
	}
	const least = 16
	if m.width-widget.Width(right) < least {
		right = ""
	}
	room := m.width - widget.Width(right)
	return m.inks.title.Paint(fit(left, room)) + m.inks.faint.Paint(right)
}

func (m *Model) grouping() string {
	switch {
	case m.inside != "":
		return "in detail"
	case m.by == ledger.ByDetailed:
		return "by detailed category"
	}
	return "by " + string(m.by)
}

// sumLine says what a block comes to, and how that compares.
func (m *Model) sumLine(b ledger.Spending, width int) string {
	total := " " + widget.Script(m.theme.ASCII).Money(b.Total) + " spent"
	if b.Total.Sign() < 0 {
		total = " " + widget.Script(m.theme.ASCII).Money(b.Total.Neg()) + " more came back than was spent"
	}
	rest := ""
	for _, way := range m.comparisons(b) {
		if widget.Width(total+way) <= width {
			rest = way
			break
		}
	}
	room := max(0, width-widget.Width(total))
	return m.inks.text.Paint(fit(total, width-room)) + m.inks.faint.Paint(fit(rest, room))
}

// comparisons are the ways to say how a block compares, the longest first.
func (m *Model) comparisons(b ledger.Spending) []string {
	if m.report.than == "" {
		const nothing = "   nothing to compare with"
		return []string{nothing + ": the ledger begins on " + firstDay(m.book).Time().Format("2 January 2006"), nothing}
	}
	c := widget.Change(b.Total, b.Previous)
	if c == "" {
		return nil
	}
	c = "   " + c
	if b.Previous.Sign() == 0 {
		return []string{c + ", nothing in " + m.report.than, c}
	}
	against := c + " against " + m.report.than
	return []string{against + " (" + widget.Script(m.theme.ASCII).Money(b.Previous) + ")", against, c}
}

// fit is widget.Fit for a text of our own that begins with spaces, which Clean
// takes away.
func fit(s string, width int) string {
	bare := strings.TrimLeft(s, " ")
	lead := min(len(s)-len(bare), max(0, width))
	return s[:lead] + widget.Fit(bare, width-lead)
}

func (m *Model) spark() string {
	values := make([]int64, len(m.trend))
	for i, a := range m.trend {
		values[i] = a.Minor()
	}
	return widget.Sparkline(values, 0)
}

func (m *Model) trendLabel() string { return fmt.Sprintf(" %d months", len(m.trend)) }

// emptyLines says why there is nothing to see, and what to do about it.
func (m *Model) emptyLines() []string {
	what, how := "Nothing spent in "+m.span.label()+".", "← and → turn to other times."
	switch {
	case m.book == nil:
		what, how = "Reading the ledger…", ""
	case m.book.Len() == 0:
		what, how = "No transactions yet.", "l links a bank, r syncs those you have."
	case m.inside != "":
		what, how = "Nothing spent on "+m.inside.Label()+" in "+m.span.label()+".", "esc leads back."
	}
	lines := []string{"", m.inks.text.Paint(fit(" "+what, m.width))}
	if how != "" {
		lines = append(lines, m.inks.faint.Paint(fit(" "+how, m.width)))
	}
	return lines
}
