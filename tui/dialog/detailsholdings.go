package dialog

import (
	"cmp"
	"strings"

	"coffer/ledger"
	"coffer/tui/widget"
)

// How many decimals of what a bank tells of a holding are drawn.
const (
	quantityDecimals = 4
	priceDecimals    = 4
)

const (
	detailsGap = 2
	// tableFrom is the width from which every figure of a holding has its column.
	tableFrom = 88
)

// holdings writes what an account holds: as a table where all of its columns have
// room, else two lines and more for each.
func (s *sheet) holdings(list []ledger.Holding) {
	if s.width >= tableFrom {
		s.holdingsTable(list)
	} else {
		for _, h := range list {
			s.holding(h)
		}
	}
	s.lines = append(s.lines, "")
	for _, sum := range ledger.ValueOf(list) {
		s.pair("together", s.amount(sum), s.theme.Title)
	}
	if ledger.AnyUnvalued(list) {
		s.say(s.theme.Faint, "without what the bank tells no value of")
	}
}

func (s *sheet) holding(h ledger.Holding) {
	value := s.amount(h.Value)
	name := widget.Fit(securityName(h), max(0, s.width-widget.Width(value)-detailsGap))
	s.lines = append(s.lines, s.theme.Text.Render(name+strings.Repeat(" ", detailsGap)+widget.Cut(value, s.width)))
	parts := []string{
		widget.Decimal(h.Quantity, 0, quantityDecimals) + " × " + s.price(h) + s.dated(h),
		"cost " + s.amount(h.Cost), "gain " + s.signed(h.Gain()),
	}
	line := ""
	for _, part := range parts {
		part = widget.Clean(part)
		if line != "" && widget.Width(line)+2+widget.Width(part) > s.width-2 {
			s.lines = append(s.lines, "  "+s.theme.Faint.Render(widget.Fit(line, s.width-2)))
			line = ""
		}
		line = strings.TrimPrefix(line+", "+part, ", ")
	}
	s.lines = append(s.lines, "  "+s.theme.Faint.Render(widget.Fit(line, s.width-2)))
}

func (s *sheet) dated(h ledger.Holding) string {
	if h.PriceDate.IsZero() {
		return ""
	}
	return " of " + s.day(h.PriceDate)
}

// price is that of one unit, as exact as the bank has it.
func (s *sheet) price(h ledger.Holding) string {
	if h.Price == "" {
		return widget.Unknown
	}
	return s.money.Script.Price(h.Price, priceDecimals, h.Currency)
}

func securityName(h ledger.Holding) string {
	if h.Ticker == "" || h.Ticker == h.Security {
		return cmp.Or(h.Security, widget.Unknown)
	}
	return strings.TrimSpace(h.Ticker + " " + h.Security)
}

func (s *sheet) holdingsTable(list []ledger.Holding) {
	rows := [][]string{{"security", "quantity", "price", "of", "value", "cost", "gain"}}
	for _, h := range list {
		rows = append(rows, []string{securityName(h), widget.Decimal(h.Quantity, 0, quantityDecimals), s.price(h), s.day(h.PriceDate),
			s.amount(h.Value), s.amount(h.Cost), s.signed(h.Gain())})
	}
	columns := make([]widget.TableColumn, len(rows[0]))
	for i := range columns {
		for _, row := range rows {
			row[i] = widget.Clean(row[i])
			columns[i].Width = max(columns[i].Width, widget.Width(row[i]))
		}
	}
	columns[0] = widget.TableColumn{Width: min(columns[0].Width, 24), Grow: true}
	widths := widget.Columns(s.width, detailsGap, columns...)
	for i, row := range rows {
		cells := []string{widget.Fit(row[0], widths[0])}
		for k := 1; k < len(row); k++ {
			cells = append(cells, widget.FitRight(row[k], widths[k]))
		}
		style := s.theme.Text
		if i == 0 {
			style = s.theme.Faint
		}
		s.lines = append(s.lines, style.Render(widget.Join(detailsGap, cells...)))
	}
}
