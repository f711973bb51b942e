package plaidsvc

import (
	"context"
	"fmt"
	"slices"

	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

// Balances asks the banks themselves what is on their accounts, and keeps that.
// It costs money at Plaid, and a bank may take a minute to answer: only a user
// who asked for it should cause it. Ids, results, error and report are as those
// of [Service.Sync]; Applied stays zero.
func (s *Service) Balances(ctx context.Context, ids []ledger.ItemID, report func(ledger.Progress)) ([]ledger.SyncResult, error) {
	return s.each(ctx, ids, report, func(ctx context.Context, r *reporter, item ledger.Item) ledger.SyncResult {
		result, _ := s.balancesOf(ctx, r, item)
		return result
	})
}

// Balance asks an account's bank what is on that account, not on its others, and
// keeps that. It costs money and takes its time as [Service.Balances] does. What it
// returns is live only if the bank told it for now: a bank that does not tell cards
// and loans in real time dates them by itself.
func (s *Service) Balance(ctx context.Context, acc ledger.Account, report func(ledger.Progress)) (ledger.Account, error) {
	var list []ledger.Account
	results, err := s.each(ctx, []ledger.ItemID{acc.Item}, report,
		func(ctx context.Context, r *reporter, item ledger.Item) (result ledger.SyncResult) {
			result, list = s.balancesOf(ctx, r, item, acc.ID)
			return result
		})
	if len(results) == 0 {
		return ledger.Account{}, err
	}
	if results[0].Err != nil {
		return ledger.Account{}, results[0].Err
	}
	for _, told := range list {
		if told.ID == acc.ID {
			return told, nil
		}
	}
	return ledger.Account{}, unexpected(pathBalance, "it is about another account")
}

// balancesOf does it for one Item, for some of its accounts or for all.
func (s *Service) balancesOf(
	ctx context.Context, r *reporter, item ledger.Item, only ...ledger.AccountID,
) (ledger.SyncResult, []ledger.Account) {
	item, list, err := s.askBalances(ctx, r, item, only)
	if err != nil {
		r.send(item, ledger.PhaseFailed, 0, err)
		return ledger.SyncResult{Item: item, Err: err}, nil
	}
	left := skipped(item.ID, list.Skipped)
	r.send(item, ledger.PhaseDone, 0, left)
	return ledger.SyncResult{Item: item, Skipped: left}, list.All
}

// askBalances asks, keeps the answer, and returns it with the Item as it is then.
func (s *Service) askBalances(
	ctx context.Context, r *reporter, item ledger.Item, only []ledger.AccountID,
) (_ ledger.Item, list wire.List[ledger.Account], err error) {
	current, a, release, err := s.hold(ctx, item.ID)
	if err != nil {
		return item, list, err
	}
	defer release()
	item = current
	a.again = func() { r.send(current, ledger.PhaseWaiting, 0, nil) }
	r.send(item, ledger.PhaseAsking, 0, nil)
	list, err = s.client.balances(ctx, a, balanceOptions(item, s.cfg.Now(), only))
	if err != nil {
		err = s.withheld(ctx, &item, balances, err)
		return item, list, err
	}
	told{at: s.cfg.Now(), live: true}.stamp(list.All, item.ID)
	if len(only) > 0 {
		list.All = slices.DeleteFunc(list.All, func(acc ledger.Account) bool { return !slices.Contains(only, acc.ID) })
	}
	r.send(item, ledger.PhaseSaving, 0, nil)
	if err := s.vault.SaveBalances(ctx, list.All); err != nil {
		return item, list, fmt.Errorf("keep the balances: %w", err)
	}
	return item, list, s.answered(ctx, &item)
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
