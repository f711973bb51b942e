package plaidsim_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"
)

// Rows of one's own appear after a moment, on the depository account, and move
// its balance.
func TestCreatedTransactionsAppear(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.as("user_transactions_dynamic", "x")
	before := w.openings(token)
	w.must("/sandbox/transactions/create", createdTransactions(token, fields{"amount": -12.34, "description": "Gift from an aunt"}))
	w.pass(2 * time.Second)
	rows := 0
	for _, page := range w.pages(token, "", 500) {
		for _, r := range page.list("added") {
			if r["name"] == "Gift from an aunt" && r["date"] == "2026-03-14" && r["authorized_date"] == "2026-03-12" &&
				fmt.Sprint(r["amount"]) == "-12.34" && r["account_id"] == w.accountIDs(token)["depository"][0] {
				rows++
			}
		}
	}
	if rows != 1 {
		t.Errorf("rows created: got %d, want 1", rows)
	}
	if after := w.openings(token); !slices.Equal(before, after) {
		t.Errorf("opening balances, from the rows: got %v, want %v as before", after, before)
	}
}

// createdTransactions is a request for one transaction, changed by some fields.
func createdTransactions(token string, changes fields) fields {
	one := with(fields{"date_transacted": "2026-03-12", "date_posted": "2026-03-14", "amount": 20, "description": "Shoes"}, changes)
	return fields{"access_token": token, "transactions": []fields{one}}
}

// The endpoint is not in this version of Plaid's document, so it is held against
// its reference page (https://plaid.com/docs/api/sandbox/#sandboxtransactionscreate)
// here: a request_id is all that it answers.
func TestCreatedTransactionsSchema(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.as("user_transactions_dynamic", "x")
	if got := w.must("/sandbox/transactions/create", createdTransactions(token, fields{"iso_currency_code": "USD"})); len(got) != 1 {
		t.Errorf("answer: got %v, want a request_id and nothing else", got)
	}
	eleven := createdTransactions(token, nil)
	eleven["transactions"] = slices.Repeat(eleven["transactions"].([]fields), 11)
	for name, tt := range map[string]struct {
		body fields
		code string
	}{
		"other user":     {createdTransactions(w.as("user_good", "pass_good"), nil), "INVALID_FIELD"},
		"no such Item":   {createdTransactions("access-sandbox-never", nil), "INVALID_ACCESS_TOKEN"},
		"none":           {fields{"access_token": token, "transactions": []fields{}}, "INVALID_FIELD"},
		"too many":       {eleven, "INVALID_FIELD"},
		"tomorrow":       {createdTransactions(token, fields{"date_posted": "2026-03-16"}), "INVALID_FIELD"},
		"long ago":       {createdTransactions(token, fields{"date_transacted": "2026-02-28"}), "INVALID_FIELD"},
		"no date":        {createdTransactions(token, fields{"date_posted": "soon"}), "INVALID_FIELD"},
		"no amount":      {createdTransactions(token, fields{"amount": nil}), "MISSING_FIELDS"},
		"amount as text": {createdTransactions(token, fields{"amount": "20"}), "INVALID_FIELD"},
		"no money":       {createdTransactions(token, fields{"amount": 1e40}), "INVALID_FIELD"},
		"no currency":    {createdTransactions(token, fields{"iso_currency_code": "dollars"}), "INVALID_FIELD"},
		"unknown field":  {createdTransactions(token, fields{"colour": "red"}), "UNKNOWN_FIELDS"},
	} {
		t.Run(name, func(t *testing.T) {
			w.on(t).refused("/sandbox/transactions/create", tt.body, tt.code)
		})
	}
}

// Twice a minute and Item is allowed.
func TestCreatedTransactionsAreLimited(t *testing.T) {
	w := newWorld(t, plaidsim.Options{RateLimits: plaidsim.RateLimitsSandbox})
	token := w.as("user_transactions_dynamic", "x")
	w.must("/sandbox/transactions/create", createdTransactions(token, nil))
	w.must("/sandbox/transactions/create", createdTransactions(token, nil))
	if status, answer := w.ask("/sandbox/transactions/create", createdTransactions(token, nil)); status != 429 {
		t.Errorf("the third one: got %d %v, want 429", status, answer)
	}
}
