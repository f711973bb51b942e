package storage

import (
	"context"
	"fmt"
)

// migrations bring a vault from one format to the next: the first one from 1 to
// 2. They are never changed once a vault was written by them.
var migrations = [formatVersion - 1]func(*sealedTx) error{
	keepBalances,
	keepTellings,
}

// keepBalances makes room for what accounts hold, day by day.
func keepBalances(t *sealedTx) error {
	_, err := t.tx.CreateBucket([]byte(bucketBalances))
	return err
}

// keepTellings makes room for what banks tell of investments, of what is owed and of
// what recurs.
func keepTellings(t *sealedTx) error {
	for _, bucket := range tellingBuckets {
		if _, err := t.tx.CreateBucket([]byte(bucket)); err != nil {
			return err
		}
	}
	return nil
}

// migrate brings the vault up to date, after a copy of it was put aside: one
// format after the other, each in one transaction of the file. Interrupted, it
// goes on where it was when the vault is opened next.
func (v *Vault) migrate(ctx context.Context) error {
	return wrap("bring the vault up to date", v.locked(ctx, true, func(s *sealer) error {
		if err := v.keepCopy(ctx, s, copyMigration); err != nil {
			return err
		}
		for done := false; !done; {
			err := v.transactOld(s, func(t *sealedTx) error {
				done = t.format == formatVersion // another process may have been first
				if done {
					return nil
				}
				return t.step()
			})
			if err != nil {
				return err
			}
		}
		return nil
	}))
}

// step takes the vault to the next format.
func (t *sealedTx) step() error {
	h, err := decodeHeader(t.raw)
	if err != nil {
		return err
	}
	if err := migrations[t.format-1](t); err != nil {
		return fmt.Errorf("from format %d: %w", t.format, err)
	}
	h.Version++
	t.format, t.buckets = h.Version, bucketsOf(h.Version)
	for len(t.seal.tallies) < len(t.buckets) {
		t.seal.tallies = append(t.seal.tallies, tally{})
	}
	return t.putHeader(h)
}
