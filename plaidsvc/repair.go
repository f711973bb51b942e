package plaidsvc

import (
	"context"
	"fmt"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/ledger"
)

// repair lets the user sign in again to a bank that is linked (Plaid calls it
// update mode). The page hands over a public token here too, but there is
// nothing to exchange: the access token stays the same.
// Source: https://plaid.com/docs/link/update-mode/.
func (s *Service) repair(ctx context.Context, opts LinkOptions, tell func(ledger.LinkProgress)) (ledger.Item, error) {
	item, a, err := s.accessTo(ctx, opts.Repair)
	if err != nil {
		return ledger.Item{}, err
	}
	_, err = s.session(ctx, opts, tell, func(page pageKind) (linkToken, error) {
		// No products: the Item has those it was linked with, and more are agreed to.
		req := s.linkRequest(page)
		req.AdditionalConsentedProducts = products(opts.Allow)
		req.AccessToken = *plaid.NewNullableString(plaid.PtrString(a.token.Reveal()))
		token, err := s.linkToken(ctx, req)
		if err != nil {
			return linkToken{}, fmt.Errorf("start signing in to %s again: %w", title(item), err)
		}
		return token, nil
	})
	if err != nil {
		return ledger.Item{}, err
	}
	tell(ledger.LinkProgress{Stage: ledger.LinkSaving})
	if item, err = s.mended(ctx, item.ID); err != nil {
		return ledger.Item{}, err
	}
	return s.firstSync(ctx, item, tell)
}

// mended takes away what was wrong with an Item, and what was announced. The
// sync that follows finds out how it really is.
func (s *Service) mended(ctx context.Context, id ledger.ItemID) (ledger.Item, error) {
	item, _, release, err := s.hold(ctx, id)
	if err != nil {
		return ledger.Item{}, err
	}
	defer release()
	s.setState(&item, condition{state: ledger.ItemOK})
	if err := s.vault.SaveItem(ctx, item); err != nil {
		return ledger.Item{}, fmt.Errorf("keep the state of the bank: %w", err)
	}
	return item, nil
}
