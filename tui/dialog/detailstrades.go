package dialog

import (
	"strings"

	"coffer/ledger"
	"coffer/tui/widget"
)

// mostTrades is how many of the latest are listed; coffer holdings lists all.
const mostTrades = 50

// trades writes what happened in an account, the newest first.
func (s *sheet) trades(list []ledger.Trade) {
	if len(list) == 0 {
		return
	}
	s.lines = append(s.lines, "", s.theme.Title.Render(widget.Fit("Lately", s.width)))
	latest := list[:min(len(list), mostTrades)]
	day := 0
	for _, t := range latest {
		day = max(day, widget.Width(s.day(t.Date)))
	}
	for _, t := range latest {
		amount := s.signed(t.Amount)
		text := strings.Join(strings.Fields(t.What()+" "+tradeName(t)+" "+s.traded(t)), " ")
		room := max(0, s.width-day-2*detailsGap-widget.Width(amount))
		gap := strings.Repeat(" ", detailsGap)
		s.lines = append(s.lines, s.theme.Faint.Render(widget.Fit(s.day(t.Date), day))+gap+
			s.theme.Text.Render(widget.Fit(text, room)+gap+widget.Cut(amount, s.width)))
	}
	if len(list) > len(latest) {
		s.say(s.theme.Faint, "and more: coffer holdings --transactions lists them")
	}
}

// traded is how much of it, and at which price; money alone has neither.
func (s *sheet) traded(t ledger.Trade) string {
	quantity := t.Quantity.Round(quantityDecimals)
	if quantity == "" || quantity == "0" {
		return ""
	}
	text := widget.Decimal(quantity, 0, quantityDecimals)
	if t.Price != "" && t.Price != "0" {
		text += " × " + s.money.Script.Price(t.Price, priceDecimals, t.Currency)
	}
	return text
}

func tradeName(t ledger.Trade) string {
	switch {
	case t.Ticker != "":
		return t.Ticker
	case t.Security != "":
		return t.Security
	}
	return t.Name
}
