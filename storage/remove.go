package storage

import (
	"cmp"
	"context"
	"slices"

	"coffer/ledger"
)

// RemoveItem erases everything of a bank: its access token and cursor, its
// accounts, its rows, what else it told, the edits of its rows and what the journal
// tells of them. Where another link has the same rows, the edits go on there
// ([ledger.Handover]), before anything is erased and all at once.
// It then leaves no trace in the file, because it does so by writing a new file
// without them, which takes the old one's place at one instant: deleting from a
// bbolt file leaves what was deleted in its free pages. The copies beside the
// vault are replaced by a new one. What the disk itself keeps, or a copy elsewhere,
// is beyond it. The error is ErrNoItem when the bank is
// not known.
func (v *Vault) RemoveItem(ctx context.Context, id ledger.ItemID) error {
	return wrap("erase bank", v.locked(ctx, true, func(s *sealer) error {
		if err := v.handOver(ctx, s, id); err != nil {
			return err
		}
		err := v.rewrite(ctx, s, func(t *sealedTx) (draft, error) {
			keep, err := t.without(ctx, id)
			return draft{sealer: s, header: t.raw, keep: keep}, err
		})
		return cmp.Or(err, v.renewCopies(ctx, s))
	}))
}

// A removal is what goes with a bank.
type removal struct {
	*sealedTx
	item ledger.ItemID
	keys map[string]bool               // of values that go, after their bucket
	rows map[ledger.TransactionID]bool // whose edits go
}

// without returns the keeper that drops a bank.
func (t *sealedTx) without(ctx context.Context, id ledger.ItemID) (keeper, error) {
	if _, err := t.item(id); err != nil {
		return nil, err
	}
	r := &removal{
		sealedTx: t,
		item:     id,
		keys:     make(map[string]bool),
		rows:     make(map[ledger.TransactionID]bool),
	}
	for _, bucket := range itemBuckets {
		r.drop(bucket, t.nameOf(bucket, string(id)))
	}
	for _, find := range []func(context.Context) error{r.findAccounts, r.findBalances, r.findRows, r.findEdits, r.findCarried} {
		if err := find(ctx); err != nil {
			return nil, err
		}
	}
	for row := range r.rows {
		r.drop(bucketEdits, t.nameOf(bucketEdits, string(row)))
	}
	return r.keep, nil
}

func (r *removal) drop(bucket string, key []byte) { r.keys[bucket+string(key)] = true }

func (r *removal) findBalances(context.Context) error {
	return r.eachBalances(func(m balanceMonth) {
		if m.item == r.item {
			r.drop(bucketBalances, r.balancesKey(m.account, m.month))
		}
	})
}

func (r *removal) findAccounts(context.Context) error {
	accounts, err := r.accounts()
	for _, a := range accounts {
		if a.Item == r.item {
			r.drop(bucketAccounts, r.nameOf(bucketAccounts, string(a.ID)))
		}
	}
	return err
}

// findRows drops the bank's blocks and notes which rows are in them.
func (r *removal) findRows(ctx context.Context) error {
	all, err := r.sealedTx.blocks()
	if err != nil {
		return err
	}
	blocks := slices.DeleteFunc(all, func(b storedBlock) bool { return b.id.item != r.item })
	for _, b := range blocks {
		r.drop(bucketFacts, b.key)
	}
	return r.readBlocks(ctx, blocks, func(_ *storedBlock, rows []ledger.Transaction) {
		for i := range rows {
			r.rows[rows[i].ID] = true
		}
	})
}

// findEdits notes the bank's rows that are gone and whose edits wait for them.
func (r *removal) findEdits(context.Context) error {
	return r.each(bucketEdits, func(_, plain []byte) error {
		o, err := decodeOverlay(plain)
		if o.owner == r.item {
			r.rows[o.id] = true
		}
		return malformed(bucketEdits, err)
	})
}

// findCarried notes the pending rows whose edits went on to posted ones: only
// the journal remembers them.
func (r *removal) findCarried(context.Context) error {
	return r.each(bucketJournal, func(_, plain []byte) error {
		e, err := decodeEntry(plain)
		for _, c := range e.changes {
			if e.item == r.item {
				r.rows[c.id] = true
			}
		}
		return malformed(bucketJournal, err)
	})
}

// keep drops what was found, and from the journal what it tells of the rows.
func (r *removal) keep(bucket string, key, value []byte) ([]byte, []byte, error) {
	if r.keys[bucket+string(key)] {
		return nil, nil, nil
	}
	if bucket != bucketJournal {
		return key, value, nil
	}
	plain, err := r.open(nil, bucket, key, value, nil)
	if err != nil {
		return nil, nil, err
	}
	e, err := decodeEntry(plain)
	if err != nil {
		return nil, nil, malformed(bucket, err)
	}
	n := len(e.changes)
	e.changes = slices.DeleteFunc(e.changes, func(c change) bool { return r.rows[c.id] })
	switch len(e.changes) {
	case n:
		return key, value, nil
	case 0:
		return nil, nil, nil
	}
	value, err = r.sealer.seal(bucket, key, encodeEntry(e), nil)
	return key, value, err
}
