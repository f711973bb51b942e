package wire

import (
	"errors"

	"coffer/ledger"
)

// Trades is a page of trades, and how many there are on all pages.
type Trades struct {
	List[ledger.Trade]
	Total int
}

// ReadTrades reads an answer of /investments/transactions/get. Plaid counts money
// that leaves an account as positive here too, and what was sold below zero.
func ReadTrades(body []byte) (page Trades, err error) {
	answer, err := parseLoose(body)
	told, ok := answer.listed("investment_transactions")
	if err != nil || !ok {
		return Trades{}, errors.New("it lists no investment transactions")
	}
	total, err := answer.number("total_investment_transactions").Int64()
	if err != nil || total < 0 {
		return Trades{}, errors.New("it does not say how many investment transactions there are")
	}
	page.Total = int(total)
	securities := answer.byID("securities", "security_id")
	for _, t := range told {
		if err := vitalsOfTrade(t); err != nil {
			page.Skipped.add(t.text("investment_transaction_id"), err)
			continue
		}
		cur, s := t.currency(), securities[t.text("security_id")]
		page.All = append(page.All, ledger.Trade{
			ID:       t.text("investment_transaction_id"),
			Account:  ledger.AccountID(t.text("account_id")),
			Date:     t.date("date"),
			Name:     t.text("name"),
			Security: s.text("name"),
			Ticker:   s.text("ticker_symbol"),
			Kind:     t.text("type"),
			Subkind:  t.text("subtype"),
			Quantity: t.decimal("quantity"),
			Price:    t.decimal("price"),
			Currency: cur,
			Amount:   t.amount("amount", cur).Neg(),
			Fees:     t.amount("fees", cur),
		})
	}
	return page, nil
}

// vitalsOfTrade says what a trade cannot do without.
func vitalsOfTrade(t loose) error {
	switch {
	case t.text("investment_transaction_id") == "":
		return errNoID
	case t.text("account_id") == "":
		return errNoAccount
	case t.date("date").IsZero():
		return errNoDate
	}
	return nil
}
