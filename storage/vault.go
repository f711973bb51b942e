package storage

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"
)

// Options are what a vault needs of the outside. The zero Options are right for
// a person's vault.
type Options struct {
	// KDF is how a new vault guards its passphrase; the zero KDF is DefaultKDF.
	KDF KDF
	// Random is the source of keys and nonces: crypto/rand.Reader unless set. It
	// must be safe for use by many goroutines and never repeat itself.
	Random io.Reader
	// Now dates the journal: time.Now unless set.
	Now func() time.Time
	// Copies is how many copies of the vault are kept beside it; 0 is none.
	Copies int
	// Wait is how long an operation waits for the lock: 5 seconds unless set.
	Wait time.Duration
}

const defaultWait = 5 * time.Second

func (o Options) withDefaults() Options {
	if o.KDF == (KDF{}) {
		o.KDF = DefaultKDF()
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wait == 0 {
		o.Wait = defaultWait
	}
	return o
}

// A Vault is an unlocked vault: a place and its keys. It holds no lock between two
// calls, so that other processes can use the vault while it is open here; each call
// sees what they did. It is safe for use by many goroutines.
type Vault struct {
	dir string
	o   Options
	zip *packer

	mu   sync.RWMutex
	keys *keys // nil once closed

	known   atomic.Pointer[stamp]    // of the file when its pages were last found good
	left    atomic.Pointer[database] // what the last write left open; who uses it takes it
	copied  string                   // the day whose copy is made; guarded by the lock of the file
	copyErr atomic.Pointer[error]    // why it is not

	// fault is what a damaged file did, if it did. From then on nothing is read
	// or written by this Vault.
	fault atomic.Pointer[faultError]
}

func (v *Vault) file() string { return filepath.Join(v.dir, vaultFile) }

// Open unlocks the vault in dir and verifies all of it: every value
// authenticates, and none is missing, added or out of date. The errors are
// ErrNoVault, ErrPermissions, ErrForeign, ErrNewer, ErrDamaged, ErrWrongKey and
// ErrInUse. A vault of an earlier format is brought up to date, after a copy of it
// was put aside; otherwise nothing is written, whatever the file is.
func Open(ctx context.Context, dir string, u Unlocker, o Options) (*Vault, error) {
	v := &Vault{dir: dir, o: o.withDefaults()}
	if err := v.open(ctx, u); err != nil {
		return nil, fmt.Errorf("open vault: %w", err)
	}
	return v, nil
}

func (v *Vault) open(ctx context.Context, u Unlocker) error {
	h, err := v.readHeader(ctx)
	if err != nil {
		return err
	}
	// The lock is not held while the passphrase is tried: that takes long.
	if err := v.unlock(h, u); err != nil {
		return err
	}
	if h.Version < formatVersion {
		if err := v.migrate(ctx); err != nil {
			return err
		}
	}
	return v.view(ctx, func(t *sealedTx) error {
		removeTemps(v.dir)
		return t.verify(ctx)
	})
}

// unlock takes the keys out of a header.
func (v *Vault) unlock(h *header, u Unlocker) error {
	vaultKey, _, err := h.unlock(u)
	if err != nil {
		return err
	}
	defer clear(vaultKey)
	return v.setKeys(vaultKey, h)
}

// setKeys makes of a vault key all that a Vault reads and writes with.
func (v *Vault) setKeys(vaultKey []byte, h *header) (err error) {
	if v.keys, err = deriveKeys(vaultKey, h); err != nil {
		return err
	}
	v.zip, err = newPacker()
	return err
}

func (v *Vault) readHeader(ctx context.Context) (*header, error) {
	if err := checkDir(v.dir); err != nil {
		return nil, err
	}
	switch there, err := Exists(v.dir); {
	case err != nil:
		return nil, err
	case !there:
		return nil, fmt.Errorf("%s: %w", v.dir, ErrNoVault)
	}
	release, err := acquire(ctx, filepath.Join(v.dir, lockFile), false, v.o.Wait)
	if err != nil {
		return nil, err
	}
	defer release()
	f, err := openFile(v.file(), false)
	if err != nil {
		return nil, err
	}
	var h *header
	err = access(f, false, func(tx *bolt.Tx) error {
		var err error
		h, err = readHeader(tx)
		return err
	})
	return h, err
}

// ID is the vault's own, in hexadecimal: that of its [Description].
func (v *Vault) ID() string {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.keys == nil {
		return ""
	}
	return hex.EncodeToString(v.keys.vaultID)
}

// Close forgets the keys, after the operations that are under way. Every later
// one returns ErrClosed.
func (v *Vault) Close() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.keys != nil {
		v.keys.forget()
	}
	if v.zip != nil {
		v.zip.close()
	}
	v.keys, v.zip = nil, nil
	v.closeLeft()
	return nil
}

// Revision returns a number that changes with every commit, by whatever
// process. It is cheap: a tenth of a millisecond or two.
func (v *Vault) Revision(ctx context.Context) (uint64, error) {
	var epoch uint64
	err := v.view(ctx, func(t *sealedTx) error {
		epoch = t.seal.epoch
		return nil
	})
	return epoch, wrap("read revision", err)
}

// view runs fn on the vault as it is now, with the lock shared.
func (v *Vault) view(ctx context.Context, fn func(*sealedTx) error) error {
	return v.locked(ctx, false, func(s *sealer) error { return v.transact(s, false, fn) })
}

// update runs fn on the vault with the lock to itself. When fn succeeds, all it
// did is committed and durable; when it fails, nothing happened. After an error
// of the commit itself nobody knows: the next read tells.
func (v *Vault) update(ctx context.Context, fn func(*sealedTx) error) error {
	return v.locked(ctx, true, func(s *sealer) error {
		v.dailyCopy(ctx, s)
		return v.transact(s, true, fn)
	})
}

// locked runs fn with the lock held and a sealer of this vault.
func (v *Vault) locked(ctx context.Context, alone bool, fn func(*sealer) error) error {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.hold(ctx, alone, fn)
}

// hold is locked for who has v.mu already.
func (v *Vault) hold(ctx context.Context, alone bool, fn func(*sealer) error) error {
	if v.keys == nil {
		return ErrClosed
	}
	if fault := v.fault.Load(); fault != nil {
		return fault
	}
	if err := checkDir(v.dir); err != nil {
		return err
	}
	s, err := v.keys.sealer(v.zip, v.o.Random)
	if err != nil {
		return err
	}
	release, err := acquire(ctx, filepath.Join(v.dir, lockFile), alone, v.o.Wait)
	if err != nil {
		return err
	}
	defer release()
	err = fn(s)
	var fault *faultError
	if errors.As(err, &fault) {
		v.fault.Store(fault)
	}
	return err
}

// transact runs fn in one transaction on the file. The lock is held.
func (v *Vault) transact(s *sealer, write bool, fn func(*sealedTx) error) error {
	d, err := v.database(write)
	if err != nil {
		return err
	}
	err = d.run(write, func(tx *bolt.Tx) error {
		t, err := begin(tx, s)
		if err != nil {
			return err
		}
		if err := fn(t); err != nil || !write {
			return err
		}
		id := uint64(tx.ID())
		tx.OnCommit(func() { v.known.Store(stampOf(d.file, id)) })
		return t.end()
	})
	if write && err == nil {
		return v.leave(d)
	}
	if err = d.close(err); errors.Is(err, errUnchanged) {
		return nil
	}
	return err
}

// wrap puts the operation before an error, if there is one.
func wrap(op string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	return nil
}
