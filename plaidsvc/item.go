package plaidsvc

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

// items lists the Items of this environment: all, or those asked for, in the
// order of ids.
func (s *Service) items(ctx context.Context, ids []ledger.ItemID) ([]ledger.Item, error) {
	all, err := s.vault.Items(ctx)
	if err != nil {
		return nil, fmt.Errorf("list banks: %w", err)
	}
	if ids == nil {
		return slices.DeleteFunc(slices.Clone(all), func(i ledger.Item) bool {
			return i.Environment != s.cfg.ItemEnvironment
		}), nil
	}
	var wanted []ledger.Item
	for _, id := range ids {
		i := slices.IndexFunc(all, func(i ledger.Item) bool { return i.ID == id })
		switch {
		case i < 0:
			return nil, fmt.Errorf("bank %.64q is not linked; coffer items lists those that are", id)
		case all[i].Environment != s.cfg.ItemEnvironment:
			return nil, fmt.Errorf("bank %.64q belongs to environment %q; set PLAID_ENV to that", id, all[i].Environment)
		case !slices.ContainsFunc(wanted, func(w ledger.Item) bool { return w.ID == id }):
			wanted = append(wanted, all[i])
		}
	}
	return wanted, nil
}

// hold waits for its turn with an Item and returns it as it is by then, with
// the right to ask Plaid about it. Release ends the turn.
func (s *Service) hold(ctx context.Context, id ledger.ItemID) (item ledger.Item, a access, release func(), err error) {
	release, err = s.await(ctx, id)
	if err != nil {
		return item, a, nil, err
	}
	item, a, err = s.accessTo(ctx, id)
	if err != nil {
		release()
		return item, a, nil, err
	}
	return item, a, release, nil
}

// await waits for its turn with an Item. Release ends the turn.
func (s *Service) await(ctx context.Context, id ledger.ItemID) (release func(), err error) {
	turn := s.turn(id)
	select {
	case turn <- struct{}{}:
		return func() { <-turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// accessTo returns an Item of this environment and the right to ask about it.
func (s *Service) accessTo(ctx context.Context, id ledger.ItemID) (ledger.Item, access, error) {
	found, err := s.items(ctx, []ledger.ItemID{id})
	if err != nil {
		return ledger.Item{}, access{}, err
	}
	token, err := s.vault.AccessToken(ctx, id)
	if err != nil {
		return ledger.Item{}, access{}, fmt.Errorf("read the access to %s: %w", title(found[0]), err)
	}
	if token.Empty() {
		return ledger.Item{}, access{}, fmt.Errorf("the access to %s was lost: %w", title(found[0]), ledger.ErrRevoked)
	}
	return found[0], access{item: id, token: token}, nil
}

// turn returns the lock of an Item: a channel, so that waiting can be
// cancelled.
func (s *Service) turn(id ledger.ItemID) chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locks[id] == nil {
		s.locks[id] = make(chan struct{}, 1)
	}
	return s.locks[id]
}

// describe adds what Plaid knows of an Item to item: its bank's name and when
// consent ends. It returns when balances were last fetched from the bank, and
// what is wrong with the Item: /item/get answers 200 for a broken one and puts
// the error inside.
func (s *Service) describe(ctx context.Context, a access, item *ledger.Item) (told, condition, error) {
	found, broken, err := s.inspect(ctx, a, item)
	if err != nil {
		return told{}, condition{}, err
	}
	when := told{at: found.Transactions.At(), invested: found.Investments.At(), billed: found.Billed, consented: found.Consented}
	return when, broken, s.name(ctx, found.Institution, item)
}

// inspect asks how an Item is doing. It adds to item when consent ends, and returns
// what is wrong.
func (s *Service) inspect(ctx context.Context, a access, item *ledger.Item) (wire.Item, condition, error) {
	found, err := s.client.item(ctx, a)
	if err != nil {
		return wire.Item{}, condition{}, err
	}
	item.ConsentExpires = found.ConsentExpires
	var broken condition
	if e := found.Error; e.Code != "" {
		broken = condition{meaningOf(e.Type, e.Code, 0).state, clip(e.Code)}
	}
	return found, broken, nil
}

// name gives an Item its bank's name and colour, once. Logos are left at Plaid: a
// terminal that could draw one would have coffer decode a stranger's picture for it.
func (s *Service) name(ctx context.Context, id ledger.InstitutionID, item *ledger.Item) error {
	if id == "" || id == item.Institution && item.Name != "" && item.Color != "" {
		return nil
	}
	item.Institution = id
	name, color, err := s.client.institution(ctx, id, s.cfg.Countries)
	if err != nil {
		return err
	}
	item.Name, item.Color = cmp.Or(name, item.Name), ledger.NoColor
	if color = strings.ToLower(color); hexColor.MatchString(color) {
		item.Color = color
	}
	return nil
}

var hexColor = regexp.MustCompile(`^#[0-9a-f]{6}$`)
