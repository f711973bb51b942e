package wire

import (
	"encoding/json"
	"errors"

	"coffer/ledger"
)

// A Page is an answer of /transactions/sync, of rows that were turned round.
type Page struct {
	Upserts []ledger.Transaction   // what was added, then what was modified
	Removed []ledger.TransactionID // may name what an Upsert brought
	Skipped Skipped
	Next    string // the cursor that comes after it
	More    bool   // there is a page after it already
	Status  string // how much of the history Plaid has, in its words
}

// Rows is how many rows came, in whatever form.
func (p *Page) Rows() int { return len(p.Upserts) + len(p.Removed) + p.Skipped.Rows }

// ReadPage reads an answer of /transactions/sync. Without its cursor a page is
// none: taking the cursor for empty would start the history all over. Without one of
// its lists it is none either: what that would have said never comes again.
func ReadPage(body []byte) (Page, error) {
	p, err := decodePage(body)
	switch {
	case err != nil:
		return Page{}, err
	case p.Next == nil || p.More == nil:
		return Page{}, errors.New("it has no cursor")
	case *p.More && *p.Next == "":
		return Page{}, errors.New("it has more pages but no cursor to them")
	case p.Added == nil || p.Modified == nil || p.Removed == nil:
		return Page{}, errors.New("it does not list what was added, modified and removed")
	}
	return p.turn(), nil
}

// The structs below are Plaid's answer as far as coffer reads it. They are lenient on
// purpose: what is null or missing is the zero value, and fields that nobody reads
// are not here to fail. Source: Plaid's OpenAPI document,
// https://github.com/plaid/plaid-openapi.

type pageBody struct {
	Added    []row     `json:"added"`
	Modified []row     `json:"modified"`
	Removed  []removal `json:"removed"`
	Next     *string   `json:"next_cursor"`
	More     *bool     `json:"has_more"`
	Status   string    `json:"transactions_update_status"`
}

type row struct {
	ID         string      `json:"transaction_id"`
	Account    string      `json:"account_id"`
	PendingID  string      `json:"pending_transaction_id"`
	Pending    bool        `json:"pending"`
	Amount     json.Number `json:"amount"`
	ISO        string      `json:"iso_currency_code"`
	Unofficial string      `json:"unofficial_currency_code"`
	Date       string      `json:"date"`
	Authorized string      `json:"authorized_date"`
	Name       string      `json:"name"`
	Merchant   string      `json:"merchant_name"`
	Original   string      `json:"original_description"`
	Channel    string      `json:"payment_channel"`
	Check      string      `json:"check_number"`
	Category   category    `json:"personal_finance_category"`
	Location   place       `json:"location"`
}

type category struct {
	Primary  string `json:"primary"`
	Detailed string `json:"detailed"`
}

type place struct {
	City    string `json:"city"`
	Country string `json:"country"`
}

type removal struct {
	ID string `json:"transaction_id"`
}

// decodePage reads a page at once. One that is JSON but not shaped as we expect is
// salvaged.
func decodePage(body []byte) (*pageBody, error) {
	var p pageBody
	err := json.Unmarshal(body, &p)
	if err == nil {
		return &p, nil
	}
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		if rescued, err := salvagePage(body); err == nil {
			return rescued, nil
		}
	}
	return nil, errNotRead
}

// turn makes facts of what was read. What cannot be one is counted.
func (p *pageBody) turn() Page {
	page := Page{
		Next: *p.Next, More: *p.More, Status: p.Status,
		Upserts: make([]ledger.Transaction, 0, len(p.Added)+len(p.Modified)),
	}
	for _, rows := range [...][]row{p.Added, p.Modified} {
		for i := range rows {
			t, err := transaction(&rows[i])
			if err != nil {
				page.Skipped.add(rows[i].ID, err)
				continue
			}
			page.Upserts = append(page.Upserts, t)
		}
	}
	for _, r := range p.Removed {
		if r.ID == "" {
			page.Skipped.add("", errNoID)
			continue
		}
		page.Removed = append(page.Removed, ledger.TransactionID(r.ID))
	}
	return page
}
