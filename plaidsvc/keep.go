package plaidsvc

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

// keepAll turns what agreed into banks that are linked, named and synced. All are
// acquired before the first is synced, which takes its time: a public token does
// not last.
func (s *Service) keepAll(
	ctx context.Context, banks []wire.Agreed, opts LinkOptions, open *pages, tell func(ledger.LinkProgress),
) ([]ledger.Item, error) {
	tell(ledger.LinkProgress{Stage: ledger.LinkSaving})
	var taken []acquired
	var linked []wire.Agreed
	var errs []error
	for _, bank := range banks {
		got, err := s.admit(ctx, bank, linked, opts)
		if err != nil {
			errs = append(errs, ofBank(len(banks), bank.Name, err))
			continue
		}
		taken, linked = append(taken, got), append(linked, bank)
	}
	if err := open.over(ctx, nil); err != nil { // from here on each bank stands for itself
		errs = append(errs, err)
	}
	var items []ledger.Item
	for _, got := range taken {
		item, err := s.settle(ctx, got, tell)
		items, errs = append(items, item), append(errs, ofBank(len(banks), item.Name, err))
	}
	if len(banks) == 1 {
		return items, errs[0]
	}
	return items, errors.Join(errs...)
}

// ofBank names the bank of an error where there are several.
func ofBank(banks int, name string, err error) error {
	if err == nil || banks == 1 {
		return err
	}
	return fmt.Errorf("%s: %w", cmp.Or(name, "a bank"), err)
}

// admit acquires a bank, unless it is linked already and once is enough.
func (s *Service) admit(ctx context.Context, bank wire.Agreed, earlier []wire.Agreed, opts LinkOptions) (acquired, error) {
	if slices.ContainsFunc(earlier, func(b wire.Agreed) bool { return same(bank, b) }) {
		return acquired{}, errTwiceAtOnce
	}
	if old, ok := s.linkedAlready(ctx, bank); ok {
		again := false
		if opts.Twice != nil {
			var err error
			if again, err = opts.Twice(ctx, old); err != nil {
				return acquired{}, err
			}
		}
		if !again {
			return acquired{}, &ledger.LinkedError{Old: old}
		}
	}
	return s.acquire(ctx, bank.Public)
}

// settle names a bank that is linked, looks whether it was before, and syncs it.
func (s *Service) settle(ctx context.Context, got acquired, tell func(ledger.LinkProgress)) (ledger.Item, error) {
	item, a := got.item, got.access
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
	item, err := s.firstSync(ctx, item, tell)
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
	if len(results) != 1 {
		return item, err
	}
	done := results[0]
	if done.Err == nil {
		tell(ledger.LinkProgress{Stage: ledger.LinkCompleted, Item: done.Item, Synced: done})
	}
	return done.Item, done.Err
}

// An acquired is a bank that is linked, whatever happens, and the right to ask
// about it.
type acquired struct {
	item   ledger.Item
	access access
}

// acquire puts down that it exchanges the public token, does so, and keeps the access
// token at once, before anything else can go wrong. It is not cancelled half way, and
// what becomes of it when the program dies half way, [Service.Recover] finds out. If the
// vault cannot keep the token, the Item is given back: nobody could ever remove it, or
// stop paying for it.
func (s *Service) acquire(ctx context.Context, public secret.Text) (acquired, error) {
	if err := ctx.Err(); err != nil {
		return acquired{}, err
	}
	// A vault that cannot be read is found out before there is anything to lose.
	known, err := s.vault.Items(ctx)
	if err != nil {
		return acquired{}, fmt.Errorf("list banks: %w", err)
	}
	ctx = context.WithoutCancel(ctx)
	id, err := s.intend(ctx, intent{Public: public.Reveal(), Until: s.cfg.Now().Add(exchangeTime)})
	if err != nil {
		return acquired{}, err
	}
	a, err := s.client.exchange(ctx, public)
	if err != nil {
		if saidNo(err) { // there is nothing to find out
			err = errors.Join(err, s.settled(ctx, id))
		}
		return acquired{}, fmt.Errorf("finish linking: %w", err)
	}
	now := s.cfg.Now()
	item := ledger.Item{ID: a.item, State: ledger.ItemSyncing, Since: now, LinkedAt: now}
	// A simulator that starts over gives out the same ids again: what is known
	// of such an Item stays.
	if i := slices.IndexFunc(known, func(k ledger.Item) bool { return k.ID == a.item }); i >= 0 {
		item = known[i]
	}
	item.Environment = s.cfg.ItemEnvironment
	if err := s.vault.Fulfil(ctx, id, item, a.token); err != nil {
		err = fmt.Errorf("keep the access to the bank: %w", err)
		if undo := s.client.remove(ctx, a); undo != nil {
			return acquired{}, errors.Join(err, fmt.Errorf("give it back to Plaid: %w", undo))
		}
		return acquired{}, errors.Join(err, s.settled(ctx, id))
	}
	return acquired{item, a}, nil
}
