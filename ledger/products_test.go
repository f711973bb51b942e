package ledger_test

import (
	"slices"
	"testing"

	"coffer/ledger"
)

func TestProductsThatAreNotAllowedYet(t *testing.T) {
	for _, tt := range []struct {
		item ledger.Item
		want []string
	}{
		{ledger.Item{}, []string{"auth", "identity", "investments", "liabilities", "transactions"}},
		{ledger.Item{Billed: "transactions", Consented: "transactions investments liabilities"}, []string{"auth", "identity"}},
		{ledger.Item{Billed: "investments_auth auth"}, []string{"identity", "investments", "liabilities", "transactions"}},
		{ledger.Item{Billed: ledger.AllowableProducts}, nil},
		// Plaid may not know yet that leave was taken back.
		{ledger.Item{Billed: ledger.AllowableProducts, State: ledger.ItemUnavailable, Code: "ADDITIONAL_CONSENT_REQUIRED"}, []string{"transactions"}},
		{ledger.Item{Billed: ledger.AllowableProducts, State: ledger.ItemOK, Code: "ADDITIONAL_CONSENT_REQUIRED"}, nil},
	} {
		if got := tt.item.Allowable(); !slices.Equal(got, tt.want) {
			t.Errorf("%+v: %v may be allowed, want %v", tt.item, got, tt.want)
		}
	}
	if got := ledger.ProductsOf([]string{"auth", " ", "two words", ""}); got != "auth two words" || !got.Has("two") || got.Has("") {
		t.Errorf("the names became %q", got)
	}
}
