package storage

import (
	"context"
	"maps"
	"slices"
	"time"

	"coffer/ledger"
)

// handOver lets the edits of a bank's rows go on with the rows that stand for them in
// other links to that bank, and says so in the journal, as those links' doing.
func (t *sealedTx) handOver(ctx context.Context, id ledger.ItemID, now time.Time) error {
	if alone, err := t.linkedOnce(id); err != nil || alone {
		return err
	}
	book, err := t.book(ctx)
	if err != nil {
		return err
	}
	moves := book.Handover(id).Moves
	entries := make(map[ledger.ItemID]*entry)
	for _, from := range slices.Sorted(maps.Keys(moves)) {
		to := moves[from]
		changes, err := t.move(from, to)
		if err != nil {
			return err
		}
		row, _ := book.Find(to)
		account, _ := book.Account(book.Entry(row).Account)
		if entries[account.Item] == nil {
			entries[account.Item] = &entry{at: now, item: account.Item}
		}
		e := entries[account.Item]
		e.changes = append(e.changes, changes...)
	}
	for _, item := range slices.Sorted(maps.Keys(entries)) {
		if err := t.log(*entries[item]); err != nil {
			return err
		}
	}
	return nil
}

// linkedOnce reports whether there is no other link to a bank: then there is nothing
// to look for in all its rows. The error is ErrNoItem when it is not known.
func (t *sealedTx) linkedOnce(id ledger.ItemID) (bool, error) {
	this, err := t.item(id)
	if err != nil {
		return false, err
	}
	all, err := t.items()
	return !slices.ContainsFunc(all, func(i ledger.Item) bool {
		return i.ID != id && i.Institution == this.Institution && i.Environment == this.Environment
	}), err
}
