package overview

import (
	"strings"

	"coffer/ledger"
	"coffer/tui/widget"
)

// trend draws line i of the months' chart: one line of it is a sparkline, more are
// columns with the months' names below. The present month is drawn in the accent:
// it is not over.
func (m *Model) trend(i, width int) []piece {
	values := make([]int64, len(m.facts.trend))
	for k, a := range m.facts.trend {
		values[k] = a.Minor()
	}
	if len(values) == 0 {
		return nil
	}
	last := len(values) - 1
	if m.layout.trend == 1 {
		line := widget.Sparkline(values, 0)
		cut := len(line) - len("█")
		return []piece{{line[:cut], m.theme.Faint}, {line[cut:], m.theme.Bar}}
	}
	column := max(1, min(4, width/len(values)))
	if i == m.layout.trend-1 {
		return m.months(column)
	}
	rows := widget.Columnar(values, m.layout.trend-1, max(1, column-1))
	cells := rows[i]
	var b strings.Builder
	for _, c := range cells[:last] {
		b.WriteString(c + " ")
	}
	return []piece{{b.String(), m.theme.Faint}, {cells[last], m.theme.Bar}}
}

// months draws the names under the columns: three letters or one, for two can mean
// two months.
func (m *Model) months(column int) []piece {
	const whole = len("Jan")
	letters := 1
	if column > whole {
		letters = whole
	}
	var b strings.Builder
	first := m.facts.today.Month().Add(1 - len(m.facts.trend))
	for k := range m.facts.trend {
		b.WriteString(widget.Fit(first.Add(k).First().Time().Format("Jan")[:letters], column))
	}
	return []piece{{b.String(), m.theme.Faint}}
}

// most returns the largest of amounts of one currency.
func most(amounts []ledger.Amount) ledger.Amount {
	var top ledger.Amount
	for _, a := range amounts {
		if !top.Known() || a.Minor() > top.Minor() {
			top = a
		}
	}
	return top
}
