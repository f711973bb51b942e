package recur

import (
	"strings"

	"coffer/plaidsvc/plaidsim/bank"
)

// A sorting is one idea of which rows may belong together.
type sorting struct {
	name string
	// payee names what a row belongs with; "" is nothing.
	payee func(*bank.Transaction) string
	// pairs tells whether two rows are enough to begin a stream.
	pairs bool
}

// sorts are tried one after the other, each on the rows that the ones before it
// left. What a bank writes on its rows tells more than who the merchant is: an
// employer pays a salary and a bonus, a lender collects for the house and for
// the car. The merchant brings together what is written in several ways. The
// same amount tells a subscription from purchases at the same shop.
func sorts() []sorting {
	return []sorting{
		{name: "text", payee: wording, pairs: true},
		{name: "merchant", payee: merchant},
		{name: "amount", payee: func(r *bank.Transaction) string { return wording(r) + "\x00" + r.Amount.String() }},
	}
}

// find takes the streams out of rows, and returns the rows that are left.
func (s sorting) find(rows []*bank.Transaction, today int) ([]Stream, []*bank.Transaction) {
	groups := make(map[string][]*bank.Transaction)
	for _, r := range rows {
		if payee := s.payee(r); payee != "" {
			key := s.key(r, payee)
			groups[key] = append(groups[key], r)
		}
	}
	var found []Stream
	taken := make(map[*bank.Transaction]bool)
	for key, group := range groups {
		stream, ok := streamOf(group, today)
		if !ok || len(group) < 3 && !s.pairs {
			continue
		}
		stream.Key = key
		found = append(found, stream)
		for _, r := range group {
			taken[r] = true
		}
	}
	left := rows[:0:0]
	for _, r := range rows {
		if !taken[r] {
			left = append(left, r)
		}
	}
	return found, left
}

// key is the name of a group.
func (s sorting) key(r *bank.Transaction, payee string) string {
	direction := "out"
	if r.Amount.IsNegative() {
		direction = "in"
	}
	return strings.Join([]string{s.name, r.AccountID, direction, r.Currency, r.Unofficial, payee}, "\x00")
}

// merchant is who Plaid says it was.
func merchant(r *bank.Transaction) string {
	if r.EntityID != "" {
		return r.EntityID
	}
	return strings.ToLower(r.Merchant)
}

// wording is what the bank wrote, without what differs from row to row: words
// with digits, which are numbers of stores, cheques and payments.
func wording(r *bank.Transaction) string {
	text := r.OriginalDescription
	if text == "" {
		text = r.Name
	}
	var words []string
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		if !strings.ContainsAny(word, "0123456789#") {
			words = append(words, word)
		}
	}
	return strings.Join(words, " ")
}
