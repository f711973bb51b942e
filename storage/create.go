package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"
)

// Create makes a new vault in dir and opens it. The directory is made if it is
// not there, and an empty one is closed to others; one with files in it that
// others may read is refused with ErrPermissions. The file comes into being
// whole: it is made under another name, verified, and renamed. Errors besides:
// ErrExists, ErrShortPassphrase, ErrInUse.
func Create(ctx context.Context, dir string, u Unlocker, o Options) (*Vault, error) {
	v := &Vault{dir: dir, o: o.withDefaults()}
	if err := v.create(ctx, u); err != nil {
		return nil, fmt.Errorf("create vault: %w", err)
	}
	return v, nil
}

func (v *Vault) create(ctx context.Context, u Unlocker) error {
	if err := v.vacant(); err != nil {
		return err
	}
	// The slot is made before anything is written: a passphrase that is too
	// short leaves no trace.
	h, err := v.newKeys(u)
	if err != nil {
		return err
	}
	if err := makeDir(v.dir); err != nil {
		return err
	}
	return v.locked(ctx, true, func(s *sealer) error {
		if err := v.vacant(); err != nil {
			return err
		}
		raw, err := h.encode()
		if err != nil {
			return err
		}
		removeTemps(v.dir)
		temp, err := writeTemp(ctx, v.file(), s, func(tx *bolt.Tx) error {
			t, err := lay(tx, s, formatVersion, raw)
			if err != nil {
				return err
			}
			return t.end()
		})
		if err != nil {
			return err
		}
		return install(temp, v.file())
	})
}

// vacant returns ErrExists if there is a vault already.
func (v *Vault) vacant() error {
	there, err := Exists(v.dir)
	if err == nil && there {
		err = fmt.Errorf("%s: %w", v.dir, ErrExists)
	}
	return err
}

// newKeys draws the vault's id and key, and seals the key for u.
func (v *Vault) newKeys(u Unlocker) (*header, error) {
	h := &header{Version: formatVersion, VaultID: make([]byte, 16)}
	vaultKey := make([]byte, keySize)
	defer clear(vaultKey)
	for _, b := range [][]byte{h.VaultID, vaultKey} {
		if _, err := io.ReadFull(v.o.Random, b); err != nil {
			return nil, fmt.Errorf("draw keys: %w", err)
		}
	}
	first, err := v.newSlot(h, u, vaultKey)
	if err != nil {
		return nil, err
	}
	h.Slots = []slot{first}
	return h, v.setKeys(vaultKey, h)
}

// makeDir makes a directory that only the user can look into.
func makeDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make %s: %w; choose another --home, where you can write", dir, bare(err))
	}
	err := checkDir(dir)
	if !errors.Is(err, ErrPermissions) {
		return err
	}
	inside, readErr := os.ReadDir(dir)
	if readErr != nil || len(inside) > 0 {
		return errors.Join(err, readErr)
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return fmt.Errorf("close %s to others: %w", dir, err)
	}
	return checkDir(dir)
}

// lay makes the buckets of an empty file, with a header and an empty seal.
func lay(tx *bolt.Tx, s *sealer, format int, header []byte) (*sealedTx, error) {
	buckets := bucketsOf(format)
	for _, name := range append([]string{bucketHeader}, buckets...) {
		if _, err := tx.CreateBucket([]byte(name)); err != nil {
			return nil, fmt.Errorf("make vault: %w", err)
		}
	}
	if err := tx.Bucket([]byte(bucketHeader)).Put([]byte(keyHeader), header); err != nil {
		return nil, fmt.Errorf("make vault: %w", err)
	}
	return &sealedTx{
		sealer: s, tx: tx, raw: header, format: format, buckets: buckets, dirty: true,
		seal: seal{header: s.keys.mac(header), tallies: make([]tally, len(buckets))},
	}, nil
}

// writeTemp makes a whole vault beside path, under a temporary name: fill writes
// it in one transaction, and it is verified.
func writeTemp(ctx context.Context, path string, s *sealer, fill func(*bolt.Tx) error) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+tempSuffix+"*") // O_EXCL, 0600
	if err != nil {
		return "", fmt.Errorf("make vault: %w", err)
	}
	err = access(f, true, fill)
	if err == nil {
		err = wrap("verify what was written", verifyFile(ctx, s, f.Name()))
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

// install puts a file of writeTemp's in its place, at one instant and for good.
// Nothing has the file open that is there now.
func install(temp, path string) error {
	if err := os.Rename(temp, path); err != nil {
		_ = os.Remove(temp)
		return fmt.Errorf("put the vault in place: %w", err)
	}
	return syncDir(filepath.Dir(path))
}

// verifyFile does what Open does after the passphrase, for a file of any format
// and anywhere.
func verifyFile(ctx context.Context, s *sealer, path string) error {
	f, err := openCopy(path)
	if err != nil {
		return err
	}
	return access(f, false, func(tx *bolt.Tx) error {
		t, err := beginOld(tx, s)
		if err != nil {
			return err
		}
		return t.verify(ctx)
	})
}
