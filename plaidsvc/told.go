package plaidsvc

import (
	"time"

	"coffer/ledger"
)

// told says when, and on whose word, a bank's balances are what they are.
type told struct {
	at   time.Time // zero when nobody knows
	live bool
	// invested is when investment accounts were last told of, if that is apart.
	invested time.Time
	// billed and consented are the Item's products: in use, and agreed to.
	billed, consented []string
}

// stamp says of an Item's accounts whose they are and of when their balances.
func (when told) stamp(list []ledger.Account, item ledger.ItemID) {
	for i := range list {
		a := &list[i]
		a.Item, a.Balance.Live = item, when.live
		switch b := &a.Balance; {
		case !b.AsOf.IsZero():
			// Only Capital One says so, which tells cards and loans not in real time.
			b.Live = when.live && a.Type == ledger.Depository
		case a.Type == ledger.Investment && !when.invested.IsZero():
			b.AsOf = when.invested
		default:
			b.AsOf = when.at
		}
	}
}
