package plaidsvc

import (
	"context"
	"fmt"

	"coffer/ledger"
)

// Remove unlinks a bank: first at Plaid, then here. When Plaid could not be
// told, nothing is erased: without its token the Item would live on there, and
// be billed. An Item that Plaid does not know any more counts as removed. An
// access that Plaid does not know under these keys may be good under others, and one
// that was taken back may be billed until Plaid has removed it, so both are errors
// ([ledger.ErrUnknownAccess], [ledger.ErrRevoked]); [Service.Forget] is for them.
func (s *Service) Remove(ctx context.Context, id ledger.ItemID) error {
	item, a, release, err := s.hold(ctx, id)
	if err != nil {
		return err
	}
	defer release()
	switch err := s.client.remove(ctx, a); {
	case err == nil || hasCode(err, codeItemNotFound):
	case hasCode(err, codeUnknownToken) || hasCode(err, codeTakenBack):
		return fmt.Errorf("remove %s (nothing was erased): %w; "+
			"coffer items remove %s --here-only erases it on this computer alone", title(item), err, id)
	default:
		return fmt.Errorf("remove %s (nothing was erased): %w", title(item), err)
	}
	// From here on the token is worth nothing; stopping half way helps nobody.
	if err := s.vault.RemoveItem(context.WithoutCancel(ctx), id); err != nil {
		return fmt.Errorf("erase %s, which Plaid has removed; try again: %w", title(item), err)
	}
	return nil
}

// Forget erases a bank of this environment here and asks Plaid nothing: for one
// whose access is of no use any more. One whose access still works lives on at
// Plaid, may be billed there, and can be ended only on Plaid's own pages.
func (s *Service) Forget(ctx context.Context, id ledger.ItemID) error {
	release, err := s.await(ctx, id)
	if err != nil {
		return err
	}
	defer release()
	found, err := s.items(ctx, []ledger.ItemID{id})
	if err != nil {
		return err
	}
	if err := s.vault.RemoveItem(ctx, id); err != nil {
		return fmt.Errorf("erase %s: %w", title(found[0]), err)
	}
	return nil
}
