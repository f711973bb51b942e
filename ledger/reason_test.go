package ledger_test

import (
	"testing"

	"coffer/ledger"
)

func TestAReasonIsOfTheStateThatItExplains(t *testing.T) {
	for _, tt := range []struct {
		item    ledger.Item
		want    string
		givenUp bool
	}{
		{ledger.Item{State: ledger.ItemOK, Code: "ITEM_LOCKED"}, "", false}, // of before
		{ledger.Item{State: ledger.ItemSyncing}, "", false},
		{ledger.Item{State: ledger.ItemLoginRequired, Code: "ITEM_LOCKED"}, "the bank locked your login; unlock it there first", false},
		{ledger.Item{State: ledger.ItemLoginRequired, Code: "SOMETHING_NEW"}, "", false},
		{ledger.Item{State: ledger.ItemExpiring, Code: "PENDING_DISCONNECT"}, "Plaid's way to the bank ends", false},
		{ledger.Item{State: ledger.ItemUnavailable, Code: "INSTITUTION_DOWN"}, "the bank is down", false},
		{ledger.Item{State: ledger.ItemUnavailable, Code: "MFA_NOT_SUPPORTED"}, "Plaid cannot read this bank any more", true},
	} {
		if got := tt.item.Reason(); got != tt.want {
			t.Errorf("%s, %s: the reason is %q, want %q", tt.item.State, tt.item.Code, got, tt.want)
		}
		if got := tt.item.GivenUp(); got != tt.givenUp {
			t.Errorf("%s, %s: given up %v", tt.item.State, tt.item.Code, got)
		}
	}
}
