package ledger_test

import (
	"maps"
	"testing"

	"coffer/ledger"
)

func TestRecategorize(t *testing.T) {
	b := ledger.NewBuilder()
	for _, id := range []ledger.TransactionID{"edited", "plain"} {
		b.Add(&ledger.Transaction{ID: id, Account: "a", Amount: ledger.NewAmount(-1, ledger.ISO("USD")), Category: "TRAVEL_FLIGHTS"})
	}
	book := b.Build(nil, nil, ledger.Edits{"edited": {Category: "Party"}})
	ids := []ledger.TransactionID{"edited", "plain", "taken back by the bank"}
	for _, tt := range []struct {
		to   ledger.Category
		want ledger.Edits
	}{
		{"Party", ledger.Edits{"plain": {Category: "Party"}, "taken back by the bank": {Category: "Party"}}},
		{"Home", ledger.Edits{"edited": {Category: "Home"}, "plain": {Category: "Home"}, "taken back by the bank": {Category: "Home"}}},
		{"", ledger.Edits{"edited": {}}},
		// The bank's own category is an answer too: it stays when the bank changes
		// its mind.
		{"TRAVEL_FLIGHTS", ledger.Edits{
			"edited": {Category: "TRAVEL_FLIGHTS"}, "plain": {Category: "TRAVEL_FLIGHTS"}, "taken back by the bank": {Category: "TRAVEL_FLIGHTS"},
		}},
	} {
		if got := book.Recategorize(ids, tt.to); !maps.Equal(got, tt.want) {
			t.Errorf("Recategorize to %q = %v, want %v", tt.to, got, tt.want)
		}
	}
}
