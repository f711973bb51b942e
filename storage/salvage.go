package storage

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	bolt "go.etcd.io/bbolt"
)

// ErrWhole: there is nothing to salvage.
var ErrWhole = errors.New("nothing in the vault is damaged; it is left as it is")

// Salvage makes a new vault of all that still opens in a damaged one, and of what
// its copies have of the rest, verifies it, and puts it in the place of the damaged
// one at one instant; that one is put among the copies. Interrupted before, nothing
// has happened. Banks of which transactions may be missing have no cursor then: the
// next sync fetches their whole history and puts it in the place of what was
// saved. The findings say what was lost. The errors are ErrWhole and those of
// [Examine].
func Salvage(ctx context.Context, dir string, u Unlocker, o Options) (Findings, error) {
	v := &Vault{dir: dir, o: o.withDefaults()}
	found, err := v.salvage(ctx, u)
	return found, wrap("salvage vault", err)
}

func (v *Vault) salvage(ctx context.Context, u Unlocker) (Findings, error) {
	if err := checkDir(v.dir); err != nil {
		return Findings{}, err
	}
	release, err := acquire(ctx, filepath.Join(v.dir, lockFile), true, v.o.Wait)
	if err != nil {
		return Findings{}, err
	}
	defer release()
	defer func() { _ = v.Close() }()
	r, err := v.recover(ctx, u)
	switch {
	case err != nil:
		return Findings{}, err
	case r.cause == nil:
		return r.findings(), ErrWhole
	}
	removeTemps(v.dir)
	temp, err := writeTemp(ctx, v.file(), r.sealer, func(tx *bolt.Tx) error { return r.fill(ctx, tx) })
	if err != nil {
		return Findings{}, err
	}
	if err := v.putAside(copyDamaged); err != nil {
		return Findings{}, errors.Join(err, os.Remove(temp))
	}
	return r.findings(), install(temp, v.file())
}

// fill writes what was kept into a new file.
func (r *recovery) fill(ctx context.Context, tx *bolt.Tx) error {
	raw, err := r.header.encode()
	if err != nil {
		return err
	}
	to, err := lay(tx, r.sealer, r.header.Version, raw)
	if err != nil {
		return err
	}
	to.seal.epoch = r.epoch + 1
	for _, bucket := range r.buckets() {
		for _, key := range slices.Sorted(maps.Keys(r.kept[bucket])) {
			if err := errors.Join(ctx.Err(), to.store(bucket, []byte(key), r.kept[bucket][key].value)); err != nil {
				return fmt.Errorf("write what was saved: %w", err)
			}
		}
	}
	return to.writeSeal()
}
