package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/adrg/xdg"

	"coffer/internal/keyring"
	"coffer/internal/secret"
	"coffer/internal/seen"
	"coffer/storage"
)

// errNoWay says that none of the vault's ways to open it could be tried here.
var errNoWay = errors.New("the vault cannot be unlocked here")

// tries is how often a person may type a passphrase wrong.
const tries = 3

// A keyRing is the system's keyring, as the commands use it.
type keyRing interface {
	Check() error
	Get(ctx context.Context, vaultID string) (secret.Key, error)
	Set(ctx context.Context, vaultID string, k secret.Key) error
	Delete(ctx context.Context, vaultID string) error
}

var _ keyRing = (*keyring.Ring)(nil)

// unlock opens the vault without a person or, when that is not possible and there is
// one, by the passphrase that they are asked for. Why a way was passed over is said.
func (a *app) unlock(ctx context.Context) (*storage.Vault, error) {
	v, about, passed, err := a.unlockAlone(ctx, a.err)
	for _, reason := range passed {
		fmt.Fprintln(a.err, "coffer:", printable(reason.Error()))
	}
	switch {
	case v != nil || err != nil:
		return v, err
	case !opensBy(about, storage.ByPassphrase):
		return nil, fmt.Errorf("%w; give its identity file with --identity", errNoWay)
	}
	return a.unlockByPassphrase(ctx)
}

// unlockAlone opens the vault by what this run opened or made it with, else by what
// the flags name and nothing else, else by its own ways that ask nobody: the keyring,
// the identity file. There is no vault when none of these did: then passed says why.
func (a *app) unlockAlone(ctx context.Context, stderr io.Writer) (v *storage.Vault, about storage.Description, passed []error, err error) {
	u, err := a.namedUnlocker(ctx, stderr)
	if err != nil {
		return nil, about, nil, err
	}
	if u != nil {
		v, err := a.openWith(ctx, u)
		return v, about, nil, err
	}
	if about, err = storage.Describe(ctx, a.flags.home, a.storageOptions()); err != nil {
		return nil, about, nil, err
	}
	v, passed, err = a.unlockUnasked(ctx, about)
	return v, about, passed, err
}

// opensBy reports whether a vault has a slot of a kind.
func opensBy(about storage.Description, kind storage.UnlockKind) bool {
	return slices.ContainsFunc(about.Slots, func(s storage.Slot) bool { return s.Kind == kind })
}

// unlockUnasked opens the vault by those of its own ways that ask for no passphrase.
// There is no vault when none did: then passed says why each was passed over.
func (a *app) unlockUnasked(ctx context.Context, about storage.Description) (v *storage.Vault, passed []error, err error) {
	for _, way := range []struct {
		kind storage.UnlockKind
		try  func(context.Context, storage.Description) (*storage.Vault, error)
	}{
		{storage.ByKeyring, a.unlockByKeyring},
		{storage.ByIdentity, a.unlockByIdentity},
	} {
		if !opensBy(about, way.kind) {
			continue
		}
		v, err := way.try(ctx, about)
		if err == nil || !passesOver(err) {
			return v, passed, err
		}
		passed = append(passed, err)
	}
	return nil, passed, nil
}

// namedUnlocker is what opened the vault in this run, or what the flags name; nil
// is none. What a command prints to its standard error goes to stderr.
func (a *app) namedUnlocker(ctx context.Context, stderr io.Writer) (storage.Unlocker, error) {
	switch {
	case a.opened != nil:
		return a.opened, nil
	case a.flags.identity != "":
		k, err := secret.ReadIdentity(a.flags.identity)
		return storage.Identity(k), err
	case !a.flags.passphrase.IsZero():
		pass, err := a.flags.passphrase.Read(ctx, stderr)
		return storage.Passphrase(pass), err
	}
	return nil, nil
}

// openWith opens the vault, refuses one that is older than it was, and remembers
// with what it was opened.
func (a *app) openWith(ctx context.Context, u storage.Unlocker) (*storage.Vault, error) {
	memory := seenFile().Read()
	v, err := storage.Open(ctx, a.flags.home, u, a.storageOptions())
	if err != nil {
		return nil, err
	}
	a.opened = u
	revision, err := v.Revision(ctx)
	if err == nil && !a.acceptOlder {
		err = memory.Check(v.ID(), revision)
	}
	if err != nil {
		return nil, errors.Join(err, v.Close())
	}
	return v, nil
}

// seenFile is what remembers, outside of the vault, how far it was.
func seenFile() seen.File { return seen.In(filepath.Join(xdg.StateHome, "coffer")) }

// noteSeen remembers how far the vault is. That it cannot is no reason to trouble
// the user: an older copy is then not noticed.
func noteSeen(ctx context.Context, v *storage.Vault) {
	if revision, err := v.Revision(context.WithoutCancel(ctx)); err == nil {
		_ = seenFile().Note(v.ID(), revision)
	}
}

// passesOver reports that the next way may be tried: this one is not there, or
// does not fit. A vault that is damaged or in use is not helped by another way.
func passesOver(err error) bool {
	for _, target := range []error{
		keyring.ErrNotFound, keyring.ErrUnavailable, keyring.ErrRefused, keyring.ErrTimeout,
		secret.ErrIdentity, storage.ErrKeyringKey, storage.ErrIdentityKey,
	} {
		if errors.Is(err, target) {
			return true
		}
	}
	return false
}

func (a *app) unlockByKeyring(ctx context.Context, about storage.Description) (*storage.Vault, error) {
	k, err := a.ring.Get(ctx, about.ID)
	if err != nil {
		return nil, err
	}
	return a.openWith(ctx, storage.Keyring(k))
}

func (a *app) unlockByIdentity(ctx context.Context, _ storage.Description) (*storage.Vault, error) {
	path := identityPath()
	k, err := secret.ReadIdentity(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: there is none in its usual place, %s", secret.ErrIdentity, path)
	}
	if err != nil {
		return nil, err
	}
	return a.openWith(ctx, storage.Identity(k))
}

// identityPath is where an identity file is looked for that no flag names.
func identityPath() string { return filepath.Join(xdg.ConfigHome, "coffer", "identity") }

// unlockByPassphrase asks the person. Who mistypes is asked again.
func (a *app) unlockByPassphrase(ctx context.Context) (v *storage.Vault, err error) {
	err = a.hidden(func(p hiddenPrompt) error {
		for try := 1; ; try++ {
			pass, err := p.ask(ctx, "Passphrase: ")
			if err != nil {
				return err
			}
			v, err = a.openWith(ctx, storage.Passphrase(pass))
			if !errors.Is(err, storage.ErrWrongKey) || try == tries {
				return err
			}
			p.say("wrong passphrase")
		}
	})
	return v, err
}

// writeIdentity makes an identity file, and the directory of the usual place.
func writeIdentity(path string, k secret.Key) error {
	if path == identityPath() {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return fmt.Errorf("write identity file: %w", err)
		}
	}
	return secret.WriteIdentity(path, k)
}
