package storage

import (
	"context"

	bolt "go.etcd.io/bbolt"
)

// A draft is what a new file is made of.
type draft struct {
	sealer *sealer // of the new file's keys, which may be the old ones
	header []byte  // as it will stand in the new file
	epoch  uint64  // the number of the commit that it is
	keep   keeper
}

// A keeper says for a value of the old file what stands in its place in the new
// one: under which key, and what. No key is nothing.
type keeper func(bucket string, key, value []byte) (newKey, newValue []byte, err error)

// keepAll leaves every value as it is.
func keepAll(_ string, key, value []byte) ([]byte, []byte, error) { return key, value, nil }

// rewrite makes a new file of the old one's values and puts it in the old one's
// place at one instant. Deleting from a bbolt file leaves what was deleted in its
// free pages: only a new file is free of it. Killed before that instant it has
// done nothing, after it all. The lock is held alone.
func (v *Vault) rewrite(ctx context.Context, s *sealer, plan func(*sealedTx) (draft, error)) error {
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
		d, err := plan(from)
		if err != nil {
			return err
		}
		d.epoch = from.seal.epoch + 1
		removeTemps(v.dir)
		temp, err = writeTemp(ctx, v.file(), d.sealer, func(tx *bolt.Tx) error { return from.copyTo(ctx, tx, d) })
		return err
	})
	if err != nil {
		return err
	}
	v.closeLeft()
	return install(temp, v.file())
}

// copyTo fills a new file with what the draft leaves.
func (t *sealedTx) copyTo(ctx context.Context, tx *bolt.Tx, d draft) error {
	to, err := lay(tx, d.sealer, t.format, d.header)
	if err != nil {
		return err
	}
	to.seal.epoch = d.epoch
	for _, bucket := range t.buckets {
		err := t.scan(bucket, func(key, value []byte) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			key, value, err := d.keep(bucket, key, value)
			if err != nil || key == nil {
				return err
			}
			return to.store(bucket, key, value)
		})
		if err != nil {
			return err
		}
	}
	return to.writeSeal()
}
