package plaidsvc

import (
	"bytes"
	"encoding/json"
)

// Salvage is the slow way to read an answer: value by value, so that a value of
// another kind than documented costs itself and nothing else. Short answers are
// read so, and long ones that did not decode at once.

// A loose object is one whose values are read one at a time.
type loose map[string]json.RawMessage

func parseLoose(raw []byte) (loose, error) {
	var fields loose
	err := json.Unmarshal(raw, &fields)
	return fields, err
}

// text reads a string; a number or a boolean becomes its own text, anything
// else "".
func (l loose) text(name string) string {
	raw := bytes.TrimSpace(l[name])
	var s string
	switch {
	case len(raw) == 0 || bytes.Equal(raw, []byte("null")) || raw[0] == '{' || raw[0] == '[':
		return ""
	case json.Unmarshal(raw, &s) == nil:
		return s
	}
	return string(raw)
}

func (l loose) number(name string) json.Number { return json.Number(l.text(name)) }

func (l loose) flag(name string) bool { return l.text(name) == "true" }

// object reads a nested object, an empty one if it is none.
func (l loose) object(name string) loose {
	fields, err := parseLoose(l[name])
	if err != nil {
		return nil
	}
	return fields
}

// list reads an array of objects. An element that is none becomes an empty one:
// it is to be counted.
func (l loose) list(name string) []loose {
	var raw []json.RawMessage
	if json.Unmarshal(l[name], &raw) != nil {
		return nil
	}
	objects := make([]loose, len(raw))
	for i, element := range raw {
		if fields, err := parseLoose(element); err == nil {
			objects[i] = fields
		}
	}
	return objects
}

// texts reads an array of strings, without those that are none.
func (l loose) texts(name string) []string {
	var raw []json.RawMessage
	if json.Unmarshal(l[name], &raw) != nil {
		return nil
	}
	var list []string
	for _, element := range raw {
		if s := (loose{"": element}).text(""); s != "" {
			list = append(list, s)
		}
	}
	return list
}

func salvagePage(body []byte) (*wirePage, error) {
	fields, err := parseLoose(body)
	if err != nil {
		return nil, err
	}
	page := &wirePage{Status: fields.text("transactions_update_status")}
	// These two say what comes next and must be what they are documented to be.
	if err := json.Unmarshal(fields["next_cursor"], &page.Next); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(fields["has_more"], &page.More); err != nil {
		return nil, err
	}
	for _, row := range fields.list("added") {
		page.Added = append(page.Added, salvageRow(row))
	}
	for _, row := range fields.list("modified") {
		page.Modified = append(page.Modified, salvageRow(row))
	}
	for _, row := range fields.list("removed") {
		page.Removed = append(page.Removed, wireRemoved{ID: row.text("transaction_id")})
	}
	return page, nil
}

func salvageRow(l loose) wireRow {
	category, place := l.object("personal_finance_category"), l.object("location")
	return wireRow{
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
		Category:   wireCategory{Primary: category.text("primary"), Detailed: category.text("detailed")},
		Location:   wireLocation{City: place.text("city"), Country: place.text("country")},
	}
}

func salvageAccounts(body []byte) (*wireAccounts, error) {
	fields, err := parseLoose(body)
	if err != nil {
		return nil, err
	}
	list := fields.list("accounts")
	answer := &wireAccounts{}
	if list != nil {
		answer.Accounts = make([]wireAccount, 0, len(list))
	}
	for _, l := range list {
		answer.Accounts = append(answer.Accounts, salvageAccount(l))
	}
	return answer, nil
}

func salvageAccount(l loose) wireAccount {
	balances := l.object("balances")
	return wireAccount{
		ID:         l.text("account_id"),
		Persistent: l.text("persistent_account_id"),
		Name:       l.text("name"),
		Official:   l.text("official_name"),
		Mask:       l.text("mask"),
		Type:       l.text("type"),
		Subtype:    l.text("subtype"),
		Balances: wireBalances{
			Available:  balances.number("available"),
			Current:    balances.number("current"),
			Limit:      balances.number("limit"),
			ISO:        balances.text("iso_currency_code"),
			Unofficial: balances.text("unofficial_currency_code"),
			Updated:    balances.text("last_updated_datetime"),
		},
	}
}

func salvageItem(body []byte) (*wireItem, error) {
	fields, err := parseLoose(body)
	if err != nil {
		return nil, err
	}
	item, status := fields.object("item"), fields.object("status")
	answer := &wireItem{}
	answer.Item.ID = item.text("item_id")
	answer.Item.Institution = item.text("institution_id")
	answer.Item.Consent = item.text("consent_expiration_time")
	answer.Item.Billed, answer.Item.Consented = item.texts("billed_products"), item.texts("consented_products")
	if wrong := item.object("error"); wrong.text("error_code") != "" {
		answer.Item.Error = &wireError{
			Type: wrong.text("error_type"), Code: wrong.text("error_code"), Message: wrong.text("error_message"),
		}
	}
	answer.Status.Transactions.Success = status.object("transactions").text("last_successful_update")
	answer.Status.Transactions.Failure = status.object("transactions").text("last_failed_update")
	answer.Status.Investments.Success = status.object("investments").text("last_successful_update")
	return answer, nil
}
