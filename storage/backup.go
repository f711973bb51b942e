package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	bolt "go.etcd.io/bbolt"
)

// Backup writes a copy of the vault to a file that must not be there yet. The
// copy is the vault as it was at one moment, whatever else goes on; it is sealed
// with the same key, opens by the same ways, and holds nothing of what was
// deleted: free pages are not copied. It was opened and verified before it got its
// name, and is on the disk when Backup returns. The error is ErrFileExists, or one
// that every operation has.
func (v *Vault) Backup(ctx context.Context, path string) error {
	return wrap("back up the vault", v.locked(ctx, false, func(s *sealer) error {
		return v.writeCopy(ctx, s, path)
	}))
}

// writeCopy is Backup with the lock held.
func (v *Vault) writeCopy(ctx context.Context, s *sealer, path string) error {
	if err := vacantFile(path); err != nil {
		return err
	}
	f, err := openFile(v.file(), false)
	if err != nil {
		return err
	}
	var temp string
	err = access(f, false, func(tx *bolt.Tx) error {
		from, err := beginOld(tx, s)
		if err != nil {
			return err
		}
		d := draft{sealer: s, header: from.raw, epoch: from.seal.epoch, keep: keepAll}
		temp, err = writeTemp(ctx, path, s, func(tx *bolt.Tx) error { return from.copyTo(ctx, tx, d) })
		return err
	})
	if err != nil {
		return err
	}
	if err := vacantFile(path); err != nil { // it may have taken a while
		return errors.Join(err, os.Remove(temp))
	}
	return install(temp, path)
}

func vacantFile(path string) error {
	switch _, err := os.Lstat(path); {
	case err == nil:
		return fmt.Errorf("%s: %w", path, ErrFileExists)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	return nil
}
