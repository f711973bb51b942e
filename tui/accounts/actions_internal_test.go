package accounts

import (
	"slices"
	"testing"

	"coffer/ledger"
)

// A key means one thing, and none of those that move about or close the sheet.
func TestEachActionHasAKeyOfItsOwn(t *testing.T) {
	for _, state := range []ledger.ItemState{ledger.ItemOK, ledger.ItemUnavailable, ledger.ItemRevoked} {
		taken := []string{"j", "k", "m", "q", "up", "down", "enter", "esc"}
		on := subject{ledger.Item{ID: "bank", State: state, Code: "ADDITIONAL_CONSENT_REQUIRED"}, ledger.Account{ID: "account"}}
		for _, a := range actions {
			if !a.concerns(on) {
				continue
			}
			if slices.Contains(taken, a.key) {
				t.Errorf("%s: %q has the key %q, which is taken", state, a.name, a.key)
			}
			if a.name == "" || a.about == "" || a.price.long == "" || a.direct && a.help == "" {
				t.Errorf("%q does not say all that it has to", a.key)
			}
			taken = append(taken, a.key)
		}
	}
}
