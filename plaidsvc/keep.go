package plaidsvc

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"coffer/internal/secret"
	"coffer/ledger"
)

// keep turns a public token into a bank that is linked, named and synced.
func (s *Service) keep(ctx context.Context, public secret.Text, tell func(ledger.LinkProgress)) (ledger.Item, error) {
	tell(ledger.LinkProgress{Stage: ledger.LinkSaving})
	item, a, err := s.acquire(ctx, public)
	if err != nil {
		return ledger.Item{}, err
	}
	// From here on the bank is linked, whatever happens.
	fresh := item.Institution == "" // not one that is known and linked anew
	if _, _, err := s.describe(ctx, a, &item); err == nil {
		if err := s.vault.SaveItem(ctx, item); err != nil {
			return item, fmt.Errorf("keep the name of the bank: %w", err)
		}
	}
	var twice error
	if fresh {
		twice = s.duplicate(ctx, a, item)
	}
	item, err = s.firstSync(ctx, item, tell)
	switch {
	case twice == nil:
		return item, err
	case err != nil: // that it failed matters more
		return item, fmt.Errorf("%w; %s", err, twice.Error())
	}
	return item, twice
}

// firstSync ends the linking of a bank.
func (s *Service) firstSync(ctx context.Context, item ledger.Item, tell func(ledger.LinkProgress)) (ledger.Item, error) {
	tell(ledger.LinkProgress{Stage: ledger.LinkSyncing, Item: item})
	results, err := s.Sync(ctx, []ledger.ItemID{item.ID}, func(p ledger.Progress) {
		tell(ledger.LinkProgress{Stage: ledger.LinkSyncing, Item: item, Sync: p})
	})
	if len(results) == 1 {
		item, err = results[0].Item, results[0].Err
	}
	if err != nil {
		return item, err
	}
	tell(ledger.LinkProgress{Stage: ledger.LinkCompleted, Item: item})
	return item, nil
}

// acquire exchanges the public token and keeps the access token at once, before
// anything else can go wrong. It is not cancelled half way. If the vault cannot
// keep the token, the Item is given back: nobody could ever remove it, or stop
// paying for it.
func (s *Service) acquire(ctx context.Context, public secret.Text) (ledger.Item, access, error) {
	if err := ctx.Err(); err != nil {
		return ledger.Item{}, access{}, err
	}
	// A vault that cannot be read is found out before there is anything to lose.
	known, err := s.vault.Items(ctx)
	if err != nil {
		return ledger.Item{}, access{}, fmt.Errorf("list banks: %w", err)
	}
	ctx = context.WithoutCancel(ctx)
	a, err := s.client.exchange(ctx, public)
	if err != nil {
		return ledger.Item{}, access{}, fmt.Errorf("finish linking: %w", err)
	}
	now := s.cfg.Now()
	item := ledger.Item{ID: a.item, State: ledger.ItemSyncing, Since: now, LinkedAt: now}
	// A simulator that starts over gives out the same ids again: what is known
	// of such an Item stays.
	if i := slices.IndexFunc(known, func(k ledger.Item) bool { return k.ID == a.item }); i >= 0 {
		item = known[i]
	}
	item.Environment = s.cfg.ItemEnvironment
	if err := s.vault.AddItem(ctx, item, a.token); err != nil {
		err = fmt.Errorf("keep the access to the bank: %w", err)
		if undo := s.client.remove(ctx, a); undo != nil {
			err = errors.Join(err, fmt.Errorf("give it back to Plaid: %w", undo))
		}
		return ledger.Item{}, access{}, err
	}
	return item, a, nil
}
