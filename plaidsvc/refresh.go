package plaidsvc

import (
	"context"
	"fmt"
	"time"

	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

const (
	// visitEvery and visitFor are how it is found out that Plaid has been at the bank:
	// an Item may be looked at fifteen times a minute, and banks take their time.
	visitEvery = 5 * time.Second
	visitFor   = 2 * time.Minute
)

// Refresh asks Plaid to look at the bank for new transactions now. It costs
// money, and returns before they are there: a later sync brings them.
func (s *Service) Refresh(ctx context.Context, id ledger.ItemID) error {
	item, a, release, err := s.hold(ctx, id)
	if err != nil {
		return err
	}
	defer release()
	if err := s.client.refresh(ctx, a); err != nil {
		return fmt.Errorf("refresh %s: %w", title(item), s.withheld(ctx, &item, news, err))
	}
	return nil
}

// AskNow has Plaid look at the bank now, waits until it has been there, and syncs.
// It costs money, and a bank may take a minute: only a user who asked for it should
// cause it. A bank that takes longer than two is synced all the same, and the result
// says that it was not heard ([ledger.SyncResult]). Who cancels in between keeps
// what the vault had; Plaid may look at the bank all the same. Report and error are
// as those of [Service.Sync].
func (s *Service) AskNow(ctx context.Context, id ledger.ItemID, report func(ledger.Progress)) (ledger.SyncResult, error) {
	results, err := s.each(ctx, []ledger.ItemID{id}, report,
		func(ctx context.Context, r *reporter, item ledger.Item) ledger.SyncResult {
			item, heard, err := s.hear(ctx, r, item)
			if err != nil {
				r.send(item, ledger.PhaseFailed, 0, err)
				return ledger.SyncResult{Item: item, Err: err}
			}
			result := s.syncItem(ctx, r, item, syncUsual)
			result.Unheard = !heard
			return result
		})
	if len(results) == 0 {
		return ledger.SyncResult{}, err
	}
	return results[0], err
}

// hear has Plaid look at the bank, and reports whether it has.
func (s *Service) hear(ctx context.Context, r *reporter, item ledger.Item) (_ ledger.Item, heard bool, err error) {
	current, a, release, err := s.hold(ctx, item.ID)
	if err != nil {
		return item, false, err
	}
	item = current
	a.again = func() { r.send(current, ledger.PhaseWaiting, 0, nil) }
	r.send(item, ledger.PhaseAsking, 0, nil)
	before, err := s.visits(ctx, a)
	if err == nil {
		err = s.withheld(ctx, &item, news, s.client.refresh(ctx, a))
	}
	release() // what is waited for is Plaid: others may use the Item meanwhile
	if err != nil {
		return item, false, err
	}
	for waited := time.Duration(0); waited < visitFor; waited += visitEvery {
		if err := s.client.pacer.sleep(ctx, visitEvery); err != nil {
			return item, false, err
		}
		r.send(item, ledger.PhaseAsking, 0, nil)
		now, err := s.visits(ctx, a)
		switch {
		case ctx.Err() != nil:
			return item, false, ctx.Err()
		case err != nil:
			return item, false, nil // the sync finds out what is the matter
		case now != before: // it tried, at least
			return item, now.Success != before.Success, nil
		}
	}
	return item, false, nil
}

// visits is when Plaid was at the bank last, in vain too, as Plaid writes it.
func (s *Service) visits(ctx context.Context, a access) (wire.Visit, error) {
	item, err := s.client.item(ctx, a)
	return item.Transactions, err
}
