package plaidsvc

import (
	"context"
	"errors"
	"fmt"
	"time"

	"coffer/ledger"
)

// expiringWithin is how long before the end of its consent an Item counts as
// expiring: the notice that Plaid itself gives.
const expiringWithin = 7 * 24 * time.Hour

// A condition is how an Item is doing, and Plaid's code for why. The zero
// condition says nothing.
type condition struct {
	state ledger.ItemState
	code  string
}

// healthy is the condition of an Item that just answered. One whose end was
// announced works until then, and stays marked until the user signs in again.
func (s *Service) healthy(item *ledger.Item) condition {
	left := item.ConsentExpires.Sub(s.cfg.Now())
	switch {
	case item.State == ledger.ItemExpiring && item.Code != "":
		return condition{ledger.ItemExpiring, item.Code}
	case !item.ConsentExpires.IsZero() && left < expiringWithin:
		return condition{state: ledger.ItemExpiring}
	}
	return condition{state: ledger.ItemOK}
}

// setState changes an Item's condition and remembers since when it holds.
func (s *Service) setState(item *ledger.Item, c condition) {
	if item.State != c.state {
		item.Since = s.cfg.Now()
	}
	item.State, item.Code = c.state, c.code
}

// fail marks an Item with what an error says of it, and keeps that. Errors that
// are not about the Item leave it as it is.
func (s *Service) fail(ctx context.Context, item *ledger.Item, cause error) error {
	c := conditionOf(item, cause)
	if ctx.Err() != nil || c.state == "" || c.state == item.State && c.code == item.Code {
		return cause
	}
	s.setState(item, c)
	if err := s.vault.SaveItem(ctx, *item); err != nil {
		return errors.Join(cause, fmt.Errorf("keep the state of the bank: %w", err))
	}
	return cause
}

func conditionOf(item *ledger.Item, cause error) condition {
	var failed *APIError
	if errors.As(cause, &failed) {
		if state := stateAfter(failed); state != "" {
			return condition{state, failed.Code}
		}
	}
	if errors.Is(cause, ledger.ErrNotReady) && item.LastSync.IsZero() {
		return condition{state: ledger.ItemSyncing}
	}
	return condition{}
}

// failed is an Item as the result of a failure shows it. What is wrong with the
// Item itself stays in sight; else the failure is what there is to see.
func (s *Service) failed(ctx context.Context, item ledger.Item, cause error) ledger.Item {
	var api *APIError
	switch {
	case ctx.Err() != nil: // nothing was found out
	case item.State.NeedsUser() || item.State == ledger.ItemUnavailable:
	case errors.Is(cause, ledger.ErrNotReady):
		s.setState(&item, condition{state: ledger.ItemSyncing})
	case errors.As(cause, &api):
		s.setState(&item, condition{ledger.ItemUnavailable, api.Code})
	default:
		s.setState(&item, condition{state: ledger.ItemUnavailable})
	}
	return item
}
