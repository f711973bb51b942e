package wire

import (
	"cmp"
	"errors"

	"coffer/ledger"
)

// ReadStreams reads an answer of /transactions/recurring/get. What comes in is below
// zero with Plaid, as in transactions.
func ReadStreams(body []byte) (list List[ledger.Stream], err error) {
	answer, err := parseLoose(body)
	in, hasIn := answer.listed("inflow_streams")
	out, hasOut := answer.listed("outflow_streams")
	if err != nil || !hasIn || !hasOut {
		return list, errors.New("it lists no streams")
	}
	for _, l := range append(in, out...) {
		id, acc := l.text("stream_id"), ledger.AccountID(l.text("account_id"))
		switch {
		case id == "":
			list.Skipped.add(id, errNoID)
			continue
		case acc == "":
			list.Skipped.add(id, errNoAccount)
			continue
		}
		category := l.object("personal_finance_category")
		list.All = append(list.All, ledger.Stream{
			ID:          id,
			Account:     acc,
			Description: l.text("description"),
			Merchant:    l.text("merchant_name"),
			Category:    ledger.Category(cmp.Or(category.text("detailed"), category.text("primary"))),
			Frequency:   l.text("frequency"),
			Status:      l.text("status"),
			Active:      l.answer("is_active"),
			First:       l.date("first_date"),
			Last:        l.date("last_date"),
			Next:        l.date("predicted_next_date"),
			Average:     streamAmount(l.object("average_amount")),
			Latest:      streamAmount(l.object("last_amount")),
			Count:       len(l.texts("transaction_ids")),
		})
	}
	return list, nil
}

func streamAmount(l loose) ledger.Amount { return l.amount("amount", l.currency()).Neg() }
