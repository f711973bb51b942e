package storage

import (
	"context"

	"coffer/ledger"
)

// What tests of the outside need from the inside.

// Again returns the same vault as v, opened anew without paying for the KDF.
func (v *Vault) Again() *Vault { return &Vault{dir: v.dir, o: v.o, zip: v.zip, keys: v.keys} }

// At returns v as if its files lay in dir.
func (v *Vault) At(dir string) *Vault { return &Vault{dir: dir, o: v.o, zip: v.zip, keys: v.keys} }

// Fault does what a panic of bbolt's on a damaged page does.
func (v *Vault) Fault() { v.fault.Store(&faultError{what: "for a test"}) }

// Verify does what Open does after the passphrase.
func (v *Vault) Verify(ctx context.Context) error {
	return v.view(ctx, func(t *sealedTx) error { return t.verify(ctx) })
}

// Edits returns all edits, those of rows that are gone too.
func (v *Vault) Edits(ctx context.Context) (ledger.Edits, error) {
	var edits ledger.Edits
	err := v.view(ctx, func(t *sealedTx) error {
		var err error
		edits, err = t.edits()
		return err
	})
	return edits, err
}

// A JournalEntry is an entry of the journal.
type JournalEntry struct {
	Item    ledger.ItemID // "" for the user's own
	Changes []JournalChange
}

// A JournalChange is a change of an entry.
type JournalChange struct {
	ID            ledger.TransactionID
	Before, After ledger.Edit
}

// Journal returns the journal, oldest first.
func (v *Vault) Journal(ctx context.Context) ([]JournalEntry, error) {
	var entries []JournalEntry
	err := v.view(ctx, func(t *sealedTx) error {
		return t.each(bucketJournal, func(_, plain []byte) error {
			e, err := decodeEntry(plain)
			out := JournalEntry{Item: e.item}
			for _, c := range e.changes {
				out.Changes = append(out.Changes, JournalChange{c.id, c.before, c.after})
			}
			entries = append(entries, out)
			return err
		})
	})
	return entries, err
}

// Hold runs fn with the lock of the vault taken alone.
func (v *Vault) Hold(ctx context.Context, fn func()) error {
	return v.locked(ctx, true, func(*sealer) error {
		fn()
		return nil
	})
}

// Reading runs fn while the vault is read.
func (v *Vault) Reading(ctx context.Context, fn func()) error {
	return v.view(ctx, func(*sealedTx) error {
		fn()
		return nil
	})
}

// MakeFirstFormat makes v's file one of the first format, which had neither balances nor
// what banks tell of investments and loans.
func (v *Vault) MakeFirstFormat(ctx context.Context) error {
	return v.locked(ctx, true, func(s *sealer) error {
		return v.transactOld(s, func(t *sealedTx) error {
			h, err := decodeHeader(t.raw)
			if err != nil {
				return err
			}
			h.Version, t.format, t.buckets = 1, 1, bucketsOf(1)
			t.seal.tallies = t.seal.tallies[:len(t.buckets)]
			for _, b := range sealedBuckets[len(t.buckets):] {
				if err := t.tx.DeleteBucket([]byte(b)); err != nil {
					return err
				}
			}
			return t.putHeader(h)
		})
	})
}
