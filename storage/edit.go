package storage

import (
	"context"
	"maps"
	"slices"

	"coffer/ledger"
)

// Edit stores what the user says of transactions; a zero Edit takes back what
// was said. One call is one entry of the journal, with what was said before and
// after. An edit is kept under its transaction's id whether or not the vault
// has that transaction, and survives its removal.
func (v *Vault) Edit(ctx context.Context, edits ledger.Edits) error {
	return wrap("store edits", v.update(ctx, func(t *sealedTx) error {
		e := entry{at: v.o.Now()}
		for _, id := range slices.Sorted(maps.Keys(edits)) {
			old, err := t.overlay(id)
			if err != nil {
				return err
			}
			if old.edit == edits[id] {
				continue
			}
			e.changes = append(e.changes, change{id: id, before: old.edit, after: edits[id]})
			if err := t.putOverlay(overlay{id: id, owner: old.owner, edit: edits[id]}); err != nil {
				return err
			}
		}
		return t.log(e)
	}))
}

// edits returns all that the user said.
func (t *sealedTx) edits() (ledger.Edits, error) {
	edits := make(ledger.Edits)
	err := t.each(bucketEdits, func(_, plain []byte) error {
		o, err := decodeOverlay(plain)
		edits[o.id] = o.edit
		return malformed(bucketEdits, err)
	})
	return edits, err
}

// overlay returns what the user said of one row, a zero Edit if nothing.
func (t *sealedTx) overlay(id ledger.TransactionID) (overlay, error) {
	plain, err := t.get(bucketEdits, t.nameOf(bucketEdits, string(id)))
	if err != nil || plain == nil {
		return overlay{id: id}, err
	}
	o, err := decodeOverlay(plain)
	return o, malformed(bucketEdits, err)
}

// putOverlay stores an edit, or erases one that says nothing.
func (t *sealedTx) putOverlay(o overlay) error {
	key := t.nameOf(bucketEdits, string(o.id))
	if o.edit.IsZero() {
		return t.erase(bucketEdits, key)
	}
	return t.put(bucketEdits, key, encodeOverlay(o))
}

// log adds an entry to the journal if it tells of anything.
func (t *sealedTx) log(e entry) error {
	if len(e.changes) == 0 {
		return nil
	}
	return t.put(bucketJournal, t.next(bucketJournal), encodeEntry(e))
}
