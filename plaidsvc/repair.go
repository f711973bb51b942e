package plaidsvc

import (
	"context"
	"fmt"
	"slices"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/ledger"
	"coffer/plaidsvc/wire"
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
	before, err := s.vault.Accounts(ctx, item.ID)
	if err != nil {
		return ledger.Item{}, fmt.Errorf("read the accounts of %s: %w", title(item), err)
	}
	_, err = s.session(ctx, opts, tell, func(page pageKind) (wire.LinkToken, error) {
		// No products: the Item has those it was linked with, and more are agreed to.
		req := s.linkRequest(page)
		req.AdditionalConsentedProducts = products(opts.Allow)
		if opts.Accounts {
			// A literal: plaid-go's constructor sends a default for another field.
			req.Update = &plaid.LinkTokenCreateRequestUpdate{AccountSelectionEnabled: plaid.PtrBool(true)}
		}
		req.AccessToken = *plaid.NewNullableString(plaid.PtrString(a.token.Reveal()))
		token, err := s.linkToken(ctx, req)
		if err != nil {
			return wire.LinkToken{}, fmt.Errorf("start signing in to %s again: %w", title(item), err)
		}
		return token, nil
	})
	if err != nil {
		return ledger.Item{}, err
	}
	tell(ledger.LinkProgress{Stage: ledger.LinkSaving})
	if item, err = s.mended(ctx, item.ID, opts.Accounts); err != nil {
		return ledger.Item{}, err
	}
	item, err = s.firstSync(ctx, item, tell)
	if err != nil || !item.HasMore() || !s.joined(ctx, item.ID, before) {
		return item, err
	}
	// Most banks with a sign-in of their own ask which accounts to share, whether
	// or not we want them to.
	return s.mended(ctx, item.ID, true)
}

// joined reports whether an Item has an account that it did not have before.
func (s *Service) joined(ctx context.Context, id ledger.ItemID, before []ledger.Account) bool {
	after, err := s.vault.Accounts(ctx, id)
	return err == nil && slices.ContainsFunc(after, func(a ledger.Account) bool {
		return !slices.ContainsFunc(before, func(b ledger.Account) bool { return a.ID == b.ID })
	})
}

// mended takes away what was wrong with an Item, and what was announced. The
// sync that follows finds out how it really is, and which accounts there are:
// Plaid may have given those that are shared again other ids. Chose says that the
// user was asked which they are to be.
func (s *Service) mended(ctx context.Context, id ledger.ItemID, chose bool) (ledger.Item, error) {
	item, _, release, err := s.hold(ctx, id)
	if err != nil {
		return ledger.Item{}, err
	}
	defer release()
	s.setState(&item, condition{state: ledger.ItemOK})
	if chose {
		item.Chosen = s.cfg.Now()
	}
	if err := s.vault.SaveItem(ctx, item); err != nil {
		return ledger.Item{}, fmt.Errorf("keep the state of the bank: %w", err)
	}
	return item, nil
}
