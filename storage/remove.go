package storage

import (
	"context"
	"slices"

	bolt "go.etcd.io/bbolt"

	"coffer/ledger"
)

// RemoveItem erases everything of a bank: its access token and cursor, its
// accounts, its rows, the edits of its rows and what the journal tells of them.
// It then leaves no trace in the file, because it does so by writing a new file
// without them, which takes the old one's place at one instant: deleting from a
// bbolt file leaves what was deleted in its free pages. What the disk itself or
// a copy of the file keeps is beyond it. The error is ErrNoItem when the bank is
// not known.
func (v *Vault) RemoveItem(ctx context.Context, id ledger.ItemID) error {
	return wrap("erase bank", v.locked(ctx, true, func(s *sealer) error {
		return v.rewrite(ctx, s, func(t *sealedTx) (keeper, error) { return t.without(ctx, id) })
	}))
}

// A keeper says for a value of the old file what stands in its place in the new
// one: itself, another value sealed for the same key, or nil for nothing.
type keeper func(bucket string, key, value []byte) ([]byte, error)

// rewrite makes a new file of the old one's values. The lock is held alone.
func (v *Vault) rewrite(ctx context.Context, s *sealer, choose func(*sealedTx) (keeper, error)) error {
	old, err := openFile(v.file(), false)
	if err != nil {
		return err
	}
	var temp string
	err = access(old, false, func(tx *bolt.Tx) error {
		from, err := begin(tx, s)
		if err != nil {
			return err
		}
		keep, err := choose(from)
		if err != nil {
			return err
		}
		temp, err = v.writeTemp(ctx, s, func(tx *bolt.Tx) error { return from.copyTo(ctx, tx, keep) })
		return err
	})
	if err != nil {
		return err
	}
	return v.install(temp)
}

// copyTo fills a new file with what keep leaves.
func (t *sealedTx) copyTo(ctx context.Context, tx *bolt.Tx, keep keeper) error {
	raw, _, err := readHeader(t.tx)
	if err != nil {
		return err
	}
	to, err := lay(tx, t.sealer, raw)
	if err != nil {
		return err
	}
	to.seal.epoch = t.seal.epoch
	for _, bucket := range sealedBuckets {
		to.tx.Bucket([]byte(bucket)).FillPercent = 0.9
		err := t.scan(bucket, func(key, value []byte) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			value, err := keep(bucket, key, value)
			if err != nil || value == nil {
				return err
			}
			return to.store(bucket, key, value)
		})
		if err != nil {
			return err
		}
	}
	return to.end()
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
	for _, bucket := range []string{bucketItems, bucketTokens, bucketCursors} {
		r.drop(bucket, t.nameOf(bucket, string(id)))
	}
	for _, find := range []func(context.Context) error{r.findAccounts, r.findRows, r.findEdits, r.findCarried} {
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
	return r.readBlocks(ctx, blocks, func(_ *storedBlock, rows *rowReader) error {
		var row ledger.Transaction
		for rows.next(&row) {
			r.rows[row.ID] = true
		}
		return nil
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
func (r *removal) keep(bucket string, key, value []byte) ([]byte, error) {
	if r.keys[bucket+string(key)] {
		return nil, nil
	}
	if bucket != bucketJournal {
		return value, nil
	}
	plain, err := r.open(nil, bucket, key, value, nil)
	if err != nil {
		return nil, err
	}
	e, err := decodeEntry(plain)
	if err != nil {
		return nil, malformed(bucket, err)
	}
	n := len(e.changes)
	e.changes = slices.DeleteFunc(e.changes, func(c change) bool { return r.rows[c.id] })
	switch len(e.changes) {
	case n:
		return value, nil
	case 0:
		return nil, nil
	}
	return r.sealer.seal(bucket, key, encodeEntry(e), nil)
}
