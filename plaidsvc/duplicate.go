package plaidsvc

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

// duplicate looks for a link to the same bank that has accounts of a new Item
// already, and returns an [ledger.ErrDuplicate] that says what to do. Plaid's
// account ids differ from link to link; the bank's own ids, or name and last digits,
// do not ([ledger.Account.Is], https://plaid.com/docs/link/duplicate-items/). What
// cannot be found out is no reason not to link.
func (s *Service) duplicate(ctx context.Context, a access, item ledger.Item) error {
	items, err := s.items(ctx, nil)
	if err != nil || item.Institution == "" {
		return nil //nolint:nilerr // the first sync will meet it again
	}
	earlier := slices.DeleteFunc(items, func(i ledger.Item) bool {
		return i.ID == item.ID || i.Institution != item.Institution
	})
	if len(earlier) == 0 {
		return nil
	}
	list, err := s.client.accounts(ctx, a)
	if err != nil {
		return nil //nolint:nilerr // the first sync will meet it again
	}
	if old, ok := s.sharing(ctx, earlier, list.All); ok {
		return duplicateOf(old, item)
	}
	return nil
}

// errTwiceAtOnce says that a bank was signed in to twice in one go.
var errTwiceAtOnce = errors.New("it was signed in to twice just now, and is linked once")

// linkedAlready finds a link that has accounts of a bank which is not linked yet,
// by what Plaid's page tells of it. That is all there is to go by: to ask the bank
// would mean to link it. A link whose access was taken back is none: it can only be
// linked again.
func (s *Service) linkedAlready(ctx context.Context, bank wire.Agreed) (ledger.Item, bool) {
	items, err := s.items(ctx, nil)
	if err != nil || bank.Institution == "" {
		return ledger.Item{}, false
	}
	return s.sharing(ctx, slices.DeleteFunc(items, func(i ledger.Item) bool {
		return i.Institution != bank.Institution || i.State == ledger.ItemRevoked
	}), bank.Accounts)
}

// sharing finds one of the links to a bank that has some of these accounts.
func (s *Service) sharing(ctx context.Context, links []ledger.Item, list []ledger.Account) (ledger.Item, bool) {
	for _, old := range links {
		known, err := s.vault.Accounts(ctx, old.ID)
		if err == nil && share(list, known) {
			return old, true
		}
	}
	return ledger.Item{}, false
}

// same reports whether two sign-ins were to the same accounts.
func same(a, b wire.Agreed) bool {
	return a.Institution != "" && a.Institution == b.Institution && share(a.Accounts, b.Accounts)
}

// share reports whether an account of a bank is in both lists.
func share(list, other []ledger.Account) bool {
	return slices.ContainsFunc(list, func(a ledger.Account) bool {
		return slices.ContainsFunc(other, a.Is)
	})
}

// duplicateOf names the link to give up: the new one, unless it was made because the
// old one is of no use any more.
func duplicateOf(old, item ledger.Item) error {
	id, which := item.ID, "new"
	if old.State == ledger.ItemRevoked {
		id, which = old.ID, "old"
	}
	return fmt.Errorf("%w: accounts that both links have count twice now; coffer items remove %s takes out the %s link, and leaves your edits to the other",
		ledger.ErrDuplicate, id, which)
}
