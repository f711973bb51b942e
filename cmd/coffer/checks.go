package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"coffer/internal/secret"
	"coffer/storage"
)

// lockWait is how long doctor waits for a lock that is held: it only wants to tell
// by whom.
const lockWait = 300 * time.Millisecond

func (x *examination) settings(context.Context) finding {
	if err := x.loadConfig(); err != nil {
		return failed(err)
	}
	return fine("read")
}

func (x *examination) home(context.Context) finding {
	info, err := os.Stat(x.flags.home)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return failed(fmt.Errorf("%s: %w", x.flags.home, errNoVault))
	case err != nil:
		return failed(err)
	case !info.IsDir():
		return failed(fmt.Errorf("%s is not a directory: %w", x.flags.home, storage.ErrForeign))
	case !secret.Private(info):
		return failed(fmt.Errorf("%s has mode %#o: %w", x.flags.home, info.Mode().Perm(), storage.ErrPermissions))
	}
	return fine("%s, open to nobody else", x.flags.home)
}

func (x *examination) file(context.Context) finding {
	path := filepath.Join(x.flags.home, vaultName)
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !exists(x.flags.home):
		return finding{result: checkSkipped, detail: "there is no home that could hold one"}
	case errors.Is(err, fs.ErrNotExist):
		return failed(fmt.Errorf("%s: %w", path, errNoVault))
	case err != nil:
		return failed(err)
	case !info.Mode().IsRegular() || info.Size() == 0:
		return failed(fmt.Errorf("%s is empty or no file: %w", path, storage.ErrForeign))
	case !secret.Private(info):
		return failed(fmt.Errorf("%s has mode %#o: %w", path, info.Mode().Perm(), storage.ErrPermissions))
	}
	return fine("%s, %s, open to nobody else", path, megabytes(info.Size()))
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// lock says who has the vault now. What else is wrong with it others say.
func (x *examination) lock(ctx context.Context) finding {
	o := x.storageOptions()
	o.Wait = lockWait
	about, err := storage.Describe(ctx, x.flags.home, o)
	switch {
	case errors.Is(err, storage.ErrInUse):
		return failed(err)
	case errors.Is(err, storage.ErrReadOnly):
		x.readOnly = true
		return failed(err)
	case err == nil:
		x.about = &about
	}
	return fine("free")
}

func (x *examination) format(ctx context.Context) finding {
	switch {
	case x.about != nil:
		return fine("%d", x.about.Format)
	case x.readOnly:
		return finding{result: checkSkipped, detail: noLock}
	}
	o := x.storageOptions()
	o.Wait = lockWait
	_, err := storage.Describe(ctx, x.flags.home, o)
	switch {
	case errors.Is(err, storage.ErrNoVault):
		return finding{result: checkSkipped, detail: "there is no vault"}
	case err == nil:
		return skipped(storage.ErrInUse, "run coffer doctor again", "the vault was in use")
	}
	return failed(err)
}

func (x *examination) keyring(context.Context) finding {
	used := x.opensBy(storage.ByKeyring)
	err := x.ring.Check()
	switch {
	case err != nil && used:
		return failed(err)
	case err != nil:
		return fine("none here, and none is needed")
	case used:
		return fine("there, and opens the vault")
	}
	return fine("there, and not used; coffer vault unlock add keyring")
}

func (x *examination) opensBy(kind storage.UnlockKind) bool {
	return x.about != nil && slices.ContainsFunc(x.about.Slots, func(s storage.Slot) bool { return s.Kind == kind })
}

func (x *examination) identity(context.Context) finding {
	path := x.flags.identity
	if path == "" {
		path = identityPath()
	}
	switch _, err := secret.ReadIdentity(path); {
	case err == nil:
		return fine("%s", path)
	case errors.Is(err, fs.ErrNotExist) && x.flags.identity == "" && x.opensBy(storage.ByIdentity):
		return warning("give it with --identity", "the vault opens by an identity file; there is none in its usual place, %s", path)
	case errors.Is(err, fs.ErrNotExist) && x.flags.identity == "":
		return fine("none, and none is needed")
	default:
		return failed(err)
	}
}

// noLock is why nothing is looked at where the lock cannot be taken.
const noLock = "the vault cannot be looked into without its lock"

const bringBack = "coffer restore --replace brings back the last good copy"

// contents opens the vault and holds everything in it against its seal.
func (x *examination) contents(ctx context.Context) finding {
	if there, err := storage.Exists(x.flags.home); err != nil || !there {
		return finding{result: checkSkipped, detail: "there is no vault"}
	}
	if x.readOnly {
		return finding{result: checkSkipped, detail: noLock}
	}
	u, err := x.unlockerOfWreck(ctx)
	if err != nil {
		return skipped(err, "unlock it: --passphrase-file, --identity, or run in a terminal", "the vault is locked (%v)", err)
	}
	found, err := storage.Examine(ctx, x.flags.home, u, x.storageOptions())
	if err != nil {
		f := failed(err)
		if errors.Is(err, storage.ErrDamaged) {
			f.fix = bringBack
		}
		return f
	}
	x.unlocker = u
	if found.Cause == nil {
		return x.revision(found)
	}
	doc := documentDamage(found)
	x.damage = &doc
	f := failed(found.Cause)
	f.fix = "coffer restore --salvage saves what is told below; " + bringBack
	return f
}

// revision holds a good vault against what was seen of it before.
func (x *examination) revision(found storage.Findings) finding {
	if x.about != nil {
		if err := seenFile().Read().Check(x.about.ID, found.Revision); err != nil {
			return failed(err)
		}
	}
	rows := 0
	for _, b := range found.Banks {
		rows += b.Rows
	}
	return fine("all of it is good: %d banks, %d transactions, %d commits", len(found.Banks), rows, found.Revision)
}

// copies looks for the last good one.
func (x *examination) copies(ctx context.Context) finding {
	copies, err := storage.Copies(x.flags.home, x.now())
	switch {
	case err != nil:
		return failed(err)
	case len(copies) == 0 && x.config.Copies == 0:
		return warning("set copies in config.toml, or make backups: coffer backup FILE", "none are kept")
	case len(copies) == 0:
		return fine("none yet: the first is made before a day's first change")
	case x.unlocker == nil:
		return finding{result: checkSkipped, detail: fmt.Sprintf("there are %d; the vault is locked, so they cannot be checked", len(copies))}
	}
	bad := 0
	for _, c := range copies {
		if err := storage.CheckCopy(ctx, c.Path, x.unlocker); err == nil {
			newer := ""
			if bad > 0 {
				newer = fmt.Sprintf("; of those after it %d are not good", bad)
			}
			return fine("%d, the last good one of %s%s", len(copies), c.Made.Format(time.DateTime), newer)
		}
		bad++
	}
	return warning("make a backup when the vault is good: coffer backup FILE", "there are %d and none is good", len(copies))
}
