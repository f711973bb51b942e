package main

import (
	"context"
	"fmt"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/storage"
	"coffer/tui/dialog"
	"coffer/tui/widget"
)

var _ dialog.Links = (*session)(nil)

// Allow implements [dialog.Links].
func (s *session) Allow(
	ctx context.Context, id ledger.ItemID, products ledger.Products, report func(ledger.LinkProgress),
) (ledger.Item, error) {
	banks, err := s.banks(ctx)
	if err != nil {
		return ledger.Item{}, err
	}
	return s.onPage(ctx, banks, plaidsvc.LinkOptions{Repair: id, Allow: products.List()}, report)
}

// Replay implements [dialog.Links].
func (s *session) Replay(ctx context.Context, id ledger.ItemID, report func(ledger.Progress)) (ledger.SyncResult, error) {
	banks, err := s.banks(ctx)
	if err != nil {
		return ledger.SyncResult{}, err
	}
	return banks.Replay(ctx, id, report)
}

// Remove implements [dialog.Links].
func (s *session) Remove(ctx context.Context, id ledger.ItemID) error {
	return s.endLink(ctx, id, banking.Remove)
}

// Erase implements [dialog.Links].
func (s *session) Erase(ctx context.Context, id ledger.ItemID) error {
	return s.endLink(ctx, id, banking.Forget)
}

// endLink ends the link to a bank, unless edits would be lost that another link may
// still take over: what the user was shown may be old by now.
func (s *session) endLink(ctx context.Context, id ledger.ItemID, end func(banking, context.Context, ledger.ItemID) error) error {
	v, err := s.open()
	if err != nil {
		return noKeys(err)
	}
	banks, err := s.service(ctx, v)
	if err != nil {
		return err
	}
	if _, err := handover(ctx, v, id); err != nil {
		return noKeys(err)
	}
	return end(banks, ctx, id)
}

// handover says what becomes of the user's edits when a bank is removed. It is an error
// when some would be lost that another link may still take over.
func handover(ctx context.Context, v *storage.Vault, id ledger.ItemID) (ledger.Handover, error) {
	book, err := v.Book(ctx)
	if err != nil {
		return ledger.Handover{}, err
	}
	edits := book.Handover(id)
	if !edits.Early {
		return edits, nil
	}
	for _, it := range book.Items() {
		if it.ID == id {
			return edits, fmt.Errorf("%s; coffer sync, then remove it", widget.HandoverEarly(edits, it.Name))
		}
	}
	return edits, nil
}
