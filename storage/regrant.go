package storage

import (
	"cmp"
	"context"
	"slices"

	"coffer/ledger"
)

// regrant is for accounts that the bank shares again under another id, with their
// rows under other ids: the edits go on with the new rows, and old rows that would be
// there twice go. What the bank does not tell of any more stays as it was. Ended are
// the bank's accounts that it does not list.
func (a *application) regrant(ctx context.Context, ended []ledger.Account) error {
	if len(ended) == 0 || len(a.added) == 0 {
		return nil
	}
	unsure := func(x ledger.Account) bool { return x.Mask == "" && x.Persistent == "" }
	accounts := ledger.Successors(slices.DeleteFunc(ended, unsure), slices.DeleteFunc(slices.Clone(a.delta.Accounts), unsure))
	if len(accounts) == 0 {
		return nil
	}
	r := regranting{application: a, accounts: accounts}
	if err := r.load(ctx); err != nil {
		return err
	}
	if err := r.handOn(); err != nil {
		return err
	}
	return r.drop()
}

// A regranting is what two ids of one account have.
type regranting struct {
	*application
	accounts map[ledger.AccountID]ledger.AccountID // from the old id to the new one

	blocks     []openBlock // of the old ids
	old, fresh []ledger.Transaction
	heirs      map[ledger.TransactionID]ledger.TransactionID
}

func (r *regranting) load(ctx context.Context) error {
	all, err := r.application.blocks()
	if err != nil {
		return err
	}
	fresh := make(map[ledger.AccountID]bool)
	for _, to := range r.accounts {
		fresh[to] = true
	}
	all = slices.DeleteFunc(all, func(b storedBlock) bool {
		return b.id.item != r.delta.Item || r.accounts[b.id.account] == "" && !fresh[b.id.account]
	})
	err = r.readBlocks(ctx, all, func(b *storedBlock, rows []ledger.Transaction) {
		if fresh[b.id.account] {
			r.fresh = append(r.fresh, rows...)
			return
		}
		r.old = append(r.old, rows...)
		r.blocks = append(r.blocks, openBlock{id: b.id, rows: slices.Clone(rows)})
	})
	r.old = append(r.old, r.lost...)
	return err
}

// handOn moves the edits. Rows that have one are served first.
func (r *regranting) handOn() error {
	edited := make(map[ledger.TransactionID]bool)
	for i := range r.old {
		o, err := r.overlay(r.old[i].ID)
		if err != nil {
			return err
		}
		edited[r.old[i].ID] = !o.edit.IsZero()
	}
	slices.SortFunc(r.old, func(x, y ledger.Transaction) int { return cmp.Compare(x.ID, y.ID) })
	slices.SortStableFunc(r.old, func(x, y ledger.Transaction) int {
		switch {
		case edited[x.ID] == edited[y.ID]:
			return 0
		case edited[x.ID]:
			return -1
		}
		return 1
	})
	r.heirs = ledger.Heirs(r.old, r.fresh, r.accounts)
	e := entry{at: r.delta.At, item: r.delta.Item}
	for i := range r.old {
		id := r.old[i].ID
		if r.heirs[id] == "" || !edited[id] {
			continue
		}
		changes, err := r.move(id, r.heirs[id])
		if err != nil {
			return err
		}
		e.changes = append(e.changes, changes...)
	}
	return r.log(e)
}

// drop takes out the old rows that have an heir, and old ids that have none left.
func (r *regranting) drop() error {
	left := make(map[ledger.AccountID]bool)
	for _, b := range r.blocks {
		n := len(b.rows)
		b.rows = slices.DeleteFunc(b.rows, func(t ledger.Transaction) bool { return r.heirs[t.ID] != "" })
		r.applied.Removed += n - len(b.rows)
		left[b.id.account] = left[b.id.account] || len(b.rows) > 0
		if n > len(b.rows) {
			if err := r.replace(&b); err != nil {
				return err
			}
		}
	}
	for from := range r.accounts {
		if !left[from] {
			if err := r.erase(bucketAccounts, r.nameOf(bucketAccounts, string(from))); err != nil {
				return err
			}
		}
	}
	return nil
}
