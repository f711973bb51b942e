package wire

import (
	"errors"

	"coffer/ledger"
)

// ReadHoldings reads an answer of /investments/holdings/get.
func ReadHoldings(body []byte) (list List[ledger.Holding], err error) {
	answer, err := parseLoose(body)
	told, ok := answer.listed("holdings")
	if err != nil || !ok {
		return list, errors.New("it lists no holdings")
	}
	securities := answer.byID("securities", "security_id")
	for _, h := range told {
		if h.text("account_id") == "" {
			list.Skipped.add(h.text("security_id"), errNoAccount)
			continue
		}
		cur, s := h.currency(), securities[h.text("security_id")]
		list.All = append(list.All, ledger.Holding{
			Account:   ledger.AccountID(h.text("account_id")),
			Security:  s.text("name"),
			Ticker:    s.text("ticker_symbol"),
			Kind:      s.text("type"),
			Quantity:  h.decimal("quantity"),
			Price:     h.decimal("institution_price"),
			PriceDate: h.date("institution_price_as_of"),
			Currency:  cur,
			Value:     h.amount("institution_value", cur),
			Cost:      h.amount("cost_basis", cur),
		})
	}
	return list, nil
}
