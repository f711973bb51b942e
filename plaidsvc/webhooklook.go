package plaidsvc

import (
	"context"
	"fmt"

	"coffer/ledger"
)

// look asks Plaid how an Item is doing and keeps that. Warned is set when its end
// was announced. A bank that seems to work again is not believed so: then again is
// true, and a sync finds out.
func (s *Service) look(ctx context.Context, id ledger.ItemID, warned bool) (item ledger.Item, again bool, err error) {
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
	switch {
	case found.state != "":
	case item.State != ledger.ItemOK && item.State != ledger.ItemExpiring:
		return item, true, nil
	case warned:
		found = condition{ledger.ItemExpiring, codeDisconnect}
	default:
		found = s.healthy(&item)
	}
	s.setState(&item, found)
	if err := s.vault.SaveItem(ctx, item); err != nil {
		return item, false, fmt.Errorf("keep the state of the bank: %w", err)
	}
	return item, false, nil
}
