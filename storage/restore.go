package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"
)

// Restore puts a copy of a vault, made by [Vault.Backup] or by the program itself,
// into dir as its vault. u must open the copy, all of which is verified first. A
// vault that is there already is refused with ErrExists unless replace is set, and
// then put among its copies, be it good or not: nothing is lost by a restore. The
// copy stays as it is.
func Restore(ctx context.Context, from, dir string, u Unlocker, o Options, replace bool) error {
	v := &Vault{dir: dir, o: o.withDefaults()}
	return wrap("restore vault", v.restore(ctx, from, u, replace))
}

func (v *Vault) restore(ctx context.Context, from string, u Unlocker, replace bool) error {
	if err := v.mayReplace(replace); err != nil {
		return err
	}
	if err := v.unlockCopy(ctx, from, u); err != nil {
		return err
	}
	defer func() { _ = v.Close() }()
	if err := makeDir(v.dir); err != nil {
		return err
	}
	return v.locked(ctx, true, func(s *sealer) error {
		if err := v.mayReplace(replace); err != nil {
			return err
		}
		removeTemps(v.dir)
		temp, err := v.draw(ctx, s, from)
		if err != nil {
			return err
		}
		if err := v.putAside(copyReplaced); err != nil {
			return errors.Join(err, os.Remove(temp))
		}
		return install(temp, v.file())
	})
}

func (v *Vault) mayReplace(replace bool) error {
	err := v.vacant()
	if replace && errors.Is(err, ErrExists) {
		return nil
	}
	return err
}

// CheckCopy verifies all of a copy of a vault, wherever it lies. The errors are
// those of [Open].
func CheckCopy(ctx context.Context, path string, u Unlocker) error {
	v := &Vault{o: Options{}.withDefaults()}
	defer func() { _ = v.Close() }()
	return wrap("check copy", v.unlockCopy(ctx, path, u))
}

// unlockCopy takes the keys out of a copy, and verifies all of it.
func (v *Vault) unlockCopy(ctx context.Context, path string, u Unlocker) error {
	h, err := readCopyHeader(path)
	if err != nil {
		return err
	}
	if err := v.unlock(h, u); err != nil {
		return err
	}
	s, err := v.keys.sealer(v.zip, v.o.Random)
	if err != nil {
		return err
	}
	return verifyFile(ctx, s, path)
}

func readCopyHeader(path string) (*header, error) {
	f, err := openCopy(path)
	if err != nil {
		return nil, err
	}
	var h *header
	err = access(f, false, func(tx *bolt.Tx) error {
		h, err = readHeader(tx)
		return err
	})
	return h, err
}

// draw writes what a copy has into a new file of this vault's.
func (v *Vault) draw(ctx context.Context, s *sealer, path string) (string, error) {
	f, err := openCopy(path)
	if err != nil {
		return "", err
	}
	var temp string
	err = access(f, false, func(tx *bolt.Tx) error {
		from, err := beginOld(tx, s)
		if err != nil {
			return err
		}
		d := draft{sealer: s, header: from.raw, epoch: from.seal.epoch, keep: keepAll}
		temp, err = writeTemp(ctx, v.file(), s, func(tx *bolt.Tx) error { return from.copyTo(ctx, tx, d) })
		return err
	})
	return temp, err
}

// putAside gives the vault that is there a second name among its copies, which it
// keeps when another file takes its place. At no moment is there no vault.
func (v *Vault) putAside(reason string) error {
	there, err := Exists(v.dir)
	if err != nil || !there {
		return err
	}
	if err := os.MkdirAll(filepath.Join(v.dir, copiesDir), 0o700); err != nil {
		return fmt.Errorf("put the old vault aside: %w", err)
	}
	at := v.o.Now()
	aside := func() string { return filepath.Join(v.dir, copiesDir, copyName(at, reason)) }
	for errors.Is(vacantFile(aside()), ErrFileExists) {
		at = at.Add(time.Second)
	}
	if err := linkOrCopy(v.file(), aside()); err != nil {
		return fmt.Errorf("put the old vault aside: %w", err)
	}
	return syncDir(filepath.Dir(aside()))
}

// linkOrCopy gives a file another name, or, where the file system knows no links,
// copies it.
func linkOrCopy(from, to string) (err error) {
	if os.Link(from, to) == nil {
		return nil
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
