package plaidsvc

import (
	"context"
	"fmt"

	"coffer/ledger"
)

// Balances asks the banks themselves what is on their accounts, and keeps that.
// It costs money at Plaid, and a bank may take a minute to answer: only a user
// who asked for it should cause it. Ids, results, error and report are as those
// of [Service.Sync]; Applied stays zero.
func (s *Service) Balances(ctx context.Context, ids []ledger.ItemID, report func(ledger.Progress)) ([]ledger.SyncResult, error) {
	return s.each(ctx, ids, report, func(ctx context.Context, r *reporter, item ledger.Item) ledger.SyncResult {
		item, odd, err := s.balancesOf(ctx, r, item)
		if err != nil {
			r.send(item, ledger.PhaseFailed, 0, err)
			return ledger.SyncResult{Item: item, Err: err}
		}
		skipped := odd.report(item.ID)
		r.send(item, ledger.PhaseDone, 0, skipped)
		return ledger.SyncResult{Item: item, Skipped: skipped}
	})
}

// balancesOf does it for one Item and returns the Item as it is then.
func (s *Service) balancesOf(ctx context.Context, r *reporter, item ledger.Item) (ledger.Item, skipped, error) {
	current, a, release, err := s.hold(ctx, item.ID)
	if err != nil {
		return item, skipped{}, err
	}
	defer release()
	item = current
	a.again = func() { r.send(current, ledger.PhaseWaiting, 0, nil) }
	r.send(item, ledger.PhaseFetching, 0, nil)
	wire, err := s.client.balances(ctx, a, everyBalance(item, s.cfg.Now()))
	if err != nil {
		err = s.withheld(ctx, &item, balances, err)
		return item, skipped{}, err
	}
	list, odd := accounts(wire.Accounts, item.ID, told{at: s.cfg.Now(), live: true})
	r.send(item, ledger.PhaseSaving, 0, nil)
	if err := s.vault.SaveBalances(ctx, list); err != nil {
		return item, odd, fmt.Errorf("keep the balances: %w", err)
	}
	return item, odd, s.answered(ctx, &item)
}

// answered takes the mark off an Item whose bank just answered after all.
func (s *Service) answered(ctx context.Context, item *ledger.Item) error {
	if !item.State.NeedsUser() && item.State != ledger.ItemUnavailable {
		return nil
	}
	s.setState(item, s.healthy(item))
	if err := s.vault.SaveItem(ctx, *item); err != nil {
		return fmt.Errorf("keep the state of the bank: %w", err)
	}
	return nil
}

// Refresh asks Plaid to look at the bank for new transactions now. It costs
// money, and returns before they are there: a later sync brings them.
func (s *Service) Refresh(ctx context.Context, id ledger.ItemID) error {
	item, a, release, err := s.hold(ctx, id)
	if err != nil {
		return err
	}
	defer release()
	if err := s.client.refresh(ctx, a); err != nil {
		return fmt.Errorf("refresh %s: %w", title(item), s.fail(ctx, &item, err))
	}
	return nil
}
