package ledger_test

import (
	"testing"

	"coffer/ledger"
)

func TestARateSaysInWordsWhatItIsFor(t *testing.T) {
	for kind, want := range map[string]string{
		"purchase_apr": "purchase", "balance_transfer_apr": "balance transfer", "cash_apr": "cash", "fixed": "fixed", "": "",
	} {
		if got := (ledger.Rate{Kind: kind}).For(); got != want {
			t.Errorf("%q is for %q, want %q", kind, got, want)
		}
	}
}
