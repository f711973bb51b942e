package storage

import (
	"context"
	"maps"
	"slices"
	"time"

	"coffer/ledger"
)

// handOver lets the edits of a bank's rows go on in the other links to that bank. Where
// there is none, nothing is written.
func (v *Vault) handOver(ctx context.Context, s *sealer, id ledger.ItemID) error {
	var alone bool
	err := v.transact(s, false, func(t *sealedTx) (err error) {
		alone, err = t.linkedOnce(id)
		return err
	})
	if err != nil || alone {
		return err
	}
	return v.transact(s, true, func(t *sealedTx) error { return t.handOver(ctx, id, v.o.Now()) })
}

// handOver moves the edits to the rows that stand for those they are of, and says so
// in the journal, as the other links' doing.
func (t *sealedTx) handOver(ctx context.Context, id ledger.ItemID, now time.Time) error {
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
	if err != nil || this.Institution == "" { // nobody knows which bank it is
		return true, err
	}
	all, err := t.items()
	return !slices.ContainsFunc(all, func(i ledger.Item) bool {
		return i.ID != id && i.Institution == this.Institution && i.Environment == this.Environment
	}), err
}
