package wire

import "encoding/json"

// salvagePage reads a page value by value, for one that did not decode at once.
func salvagePage(body []byte) (*pageBody, error) {
	fields, err := parseLoose(body)
	if err != nil {
		return nil, err
	}
	page := &pageBody{Status: fields.text("transactions_update_status")}
	// These two say what comes next and must be what they are documented to be.
	if err := json.Unmarshal(fields["next_cursor"], &page.Next); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(fields["has_more"], &page.More); err != nil {
		return nil, err
	}
	page.Added = salvageList(fields, "added", salvageRow)
	page.Modified = salvageList(fields, "modified", salvageRow)
	page.Removed = salvageList(fields, "removed", func(l loose) removal { return removal{ID: l.text("transaction_id")} })
	return page, nil
}

// salvageList is nil where there is no list, as encoding/json leaves it.
func salvageList[T any](fields loose, name string, read func(loose) T) []T {
	listed, ok := fields.listed(name)
	if !ok {
		return nil
	}
	list := make([]T, len(listed))
	for i, l := range listed {
		list[i] = read(l)
	}
	return list
}

func salvageRow(l loose) row {
	c, p := l.object("personal_finance_category"), l.object("location")
	return row{
		ID:         l.text("transaction_id"),
		Account:    l.text("account_id"),
		PendingID:  l.text("pending_transaction_id"),
		Pending:    l.flag("pending"),
		Amount:     l.number("amount"),
		ISO:        l.text("iso_currency_code"),
		Unofficial: l.text("unofficial_currency_code"),
		Date:       l.text("date"),
		Authorized: l.text("authorized_date"),
		Name:       l.text("name"),
		Merchant:   l.text("merchant_name"),
		Original:   l.text("original_description"),
		Channel:    l.text("payment_channel"),
		Check:      l.text("check_number"),
		Category:   category{Primary: c.text("primary"), Detailed: c.text("detailed")},
		Location:   place{City: p.text("city"), Country: p.text("country")},
	}
}
