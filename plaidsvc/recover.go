package plaidsvc

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

// Recover ends what a program that died left half done: a bank that the user agreed to
// is linked after all where that can be, and where it cannot, the error says what to
// do about it, once ([ledger.BrokenOffError]). What another program is at right now is
// left alone, and so is what the network keeps from being found out.
func (s *Service) Recover(ctx context.Context, report func(ledger.LinkProgress)) ([]ledger.Item, error) {
	all, err := s.vault.Intents(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what was begun: %w", err)
	}
	tell := teller(report)
	var items []ledger.Item
	var errs []error
	for _, id := range slices.Sorted(maps.Keys(all)) {
		i, mine := s.readIntent(all[id])
		if !mine {
			continue
		}
		linked, err := s.recover(ctx, id, i, tell)
		items, errs = append(items, linked...), append(errs, err)
	}
	return items, errors.Join(errs...)
}

// readIntent reads an intent, and reports whether it is ours to end.
func (s *Service) readIntent(text secret.Text) (intent, bool) {
	var i intent
	if json.Unmarshal([]byte(text.Reveal()), &i) != nil || i.Environment != s.cfg.ItemEnvironment {
		return i, false
	}
	late := !s.cfg.Now().Before(i.Until)
	return i, late || s.cfg.Alive != nil && !s.cfg.Alive(i.Owner)
}

func (s *Service) recover(ctx context.Context, id string, i intent, tell func(ledger.LinkProgress)) ([]ledger.Item, error) {
	if i.Public != "" {
		return s.recoverExchange(ctx, id, i, tell)
	}
	return s.recoverPage(ctx, id, i, tell)
}

// recoverExchange exchanges a public token whose exchange may or may not have happened.
// Plaid exchanges one once, and for half an hour: where it refuses, either the access
// was given and is lost, or there will be none.
func (s *Service) recoverExchange(ctx context.Context, id string, i intent, tell func(ledger.LinkProgress)) ([]ledger.Item, error) {
	got, err := s.acquire(ctx, secret.New(i.Public))
	switch {
	case err == nil:
		item, err := s.settle(ctx, got, tell)
		return []ledger.Item{item}, err
	case saidNo(err):
		return nil, cmp.Or(s.settled(ctx, id), error(&ledger.BrokenOffError{Began: i.Began, Agreed: true}))
	}
	return nil, nil // the next time
}

// saidNo reports whether Plaid understood and refused, for good: not that it could not
// be reached or not be understood, in which case it may have done what it was asked.
func saidNo(err error) bool {
	var refused *APIError
	return errors.As(err, &refused) && refused.Code != "" && !passes(err) && !errors.Is(err, ledger.ErrCredentials)
}

// recoverPage finds out what came of a page. Plaid tells of its own pages for six hours;
// of one on this computer only to few, and what came of it had nowhere to go.
func (s *Service) recoverPage(ctx context.Context, id string, i intent, tell func(ledger.LinkProgress)) ([]ledger.Item, error) {
	list, err := s.client.sessions(ctx, wire.LinkToken{Token: secret.New(i.Link)})
	over := !s.cfg.Now().Before(i.Until)
	switch {
	case err != nil && (passes(err) || errors.Is(err, ledger.ErrCredentials) || ctx.Err() != nil):
		return nil, nil // the next time
	case err == nil && len(list.agreed()) > 0:
		return s.recoverBanks(ctx, id, list.agreed(), tell)
	case i.Hosted && err == nil && !over && !(len(list) > 0 && list.over()):
		return nil, nil // somebody may be at it still
	case i.Hosted && err == nil:
		return nil, s.settled(ctx, id)
	}
	return nil, cmp.Or(s.settled(ctx, id), error(&ledger.BrokenOffError{Began: i.Began}))
}

// recoverBanks links what was agreed to on a page, but for what is linked already.
func (s *Service) recoverBanks(ctx context.Context, id string, banks []wire.Agreed, tell func(ledger.LinkProgress)) ([]ledger.Item, error) {
	banks = slices.DeleteFunc(banks, func(b wire.Agreed) bool {
		_, known := s.linkedAlready(ctx, b)
		return known
	})
	if len(banks) == 0 {
		return nil, s.settled(ctx, id)
	}
	return s.keepAll(ctx, banks, LinkOptions{}, &pages{s, []string{id}}, tell)
}
