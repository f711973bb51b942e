package plaidsvc

import (
	"context"
	"fmt"

	"coffer/ledger"
	"coffer/plaidsvc/errand"
)

// look asks Plaid how an Item is doing and keeps that, with what its webhook told
// and Plaid tells nowhere else: that its end was announced (errandWarn), that it has
// an account which is not shared (errandOffer). A bank that seems to work again is
// not believed so: then again is true, and a sync finds out.
func (s *Service) look(ctx context.Context, id ledger.ItemID, told errand.Set) (item ledger.Item, again bool, err error) {
	item, a, release, err := s.hold(ctx, id)
	if err != nil {
		return ledger.Item{ID: id}, false, err
	}
	defer release()
	_, found, err := s.inspect(ctx, a, &item)
	if err != nil {
		err = s.fail(ctx, &item, err)
		return item, false, err
	}
	if told&errandOffer != 0 {
		item.Offered = s.cfg.Now()
	}
	switch {
	case found.state != "":
	case item.State != ledger.ItemOK && item.State != ledger.ItemExpiring:
		found, again = condition{item.State, item.Code}, true
	case told&errandWarn != 0:
		found = condition{ledger.ItemExpiring, codeDisconnect}
	default:
		found = s.healthy(&item)
	}
	s.setState(&item, found)
	if err := s.vault.SaveItem(ctx, item); err != nil {
		return item, false, fmt.Errorf("keep the state of the bank: %w", err)
	}
	return item, again, nil
}
