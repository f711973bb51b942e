package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"
)

// Copies of the vault lie beside it, in a directory of their own: one from before
// the first change of each day, and one from before each change of the format or
// of the keys. [Options.Copies] says how many are kept.

// A Copy is a copy of the vault that the program made by itself.
type Copy struct {
	Path   string
	Made   time.Time
	Reason string // "daily", "migration", "rotation", "kept", "replaced" or "damaged"
	Size   int64
}

// Displaced reports whether the copy is what lay where another was put: it may be a
// damaged vault, or one that the user wanted to be rid of.
func (c Copy) Displaced() bool { return c.Reason == copyReplaced || c.Reason == copyDamaged }

const (
	copiesDir = "copies"
	// copyTime is the time of a copy in its name, in UTC. Names sort by it.
	copyTime = "20060102T150405Z"

	copyDaily     = "daily"
	copyMigration = "migration"
	copyRotation  = "rotation"
	copyKept      = "kept"     // made after older copies had to go
	copyReplaced  = "replaced" // what lay where a copy was restored to
	copyDamaged   = "damaged"  // what a salvage made a new vault of
)

// Copies lists the copies in a vault's directory, the newest first. Those of the
// future come last: they were made under a clock that was wrong, and before others.
func Copies(dir string, now time.Time) ([]Copy, error) {
	entries, err := os.ReadDir(filepath.Join(dir, copiesDir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list copies: %w", err)
	}
	var copies []Copy
	for _, e := range entries {
		c, ok := parseCopy(e.Name())
		info, err := e.Info()
		if !ok || err != nil || !info.Mode().IsRegular() {
			continue
		}
		c.Path, c.Size = filepath.Join(dir, copiesDir, e.Name()), info.Size()
		copies = append(copies, c)
	}
	limit := now.Add(24 * time.Hour)
	slices.SortFunc(copies, func(a, b Copy) int {
		if future := a.Made.After(limit); future != b.Made.After(limit) {
			if future {
				return 1
			}
			return -1
		}
		return strings.Compare(b.Path, a.Path)
	})
	return copies, nil
}

// copyName is vault-20261126T120000Z-daily.db.
func copyName(at time.Time, reason string) string {
	return "vault-" + at.UTC().Format(copyTime) + "-" + reason + ".db"
}

func parseCopy(name string) (Copy, bool) {
	stem, isDB := strings.CutSuffix(name, ".db")
	stem, isVault := strings.CutPrefix(stem, "vault-")
	at, reason, named := strings.Cut(stem, "-")
	made, err := time.Parse(copyTime, at)
	return Copy{Made: made, Reason: reason}, isDB && isVault && named && err == nil
}

// keepCopy makes a copy, if copies are kept, and deletes those that are too many.
// The lock is held alone.
func (v *Vault) keepCopy(ctx context.Context, s *sealer, reason string) error {
	if v.o.Copies <= 0 {
		return nil
	}
	if err := os.MkdirAll(filepath.Join(v.dir, copiesDir), 0o700); err != nil {
		return fmt.Errorf("copy the vault: %w", err)
	}
	made, err := v.writeNewCopy(ctx, s, reason)
	if err != nil {
		return fmt.Errorf("copy the vault: %w", err)
	}
	copies, err := Copies(v.dir, v.o.Now())
	if err != nil {
		return err
	}
	// The one just made stays, whatever the clock says it is.
	others := slices.DeleteFunc(copies, func(c Copy) bool { return c.Path == made })
	return removeCopies(others[min(v.o.Copies-1, len(others)):])
}

// writeNewCopy writes a copy under a name of its own. One that was made in this very
// second holds another state: the new one gets the name of the next second, so that
// names still sort by age.
func (v *Vault) writeNewCopy(ctx context.Context, s *sealer, reason string) (path string, err error) {
	for at := v.o.Now(); ; at = at.Add(time.Second) {
		path = filepath.Join(v.dir, copiesDir, copyName(at, reason))
		if err = v.writeCopy(ctx, s, path); !errors.Is(err, ErrFileExists) {
			return path, err
		}
	}
}

// renewCopies replaces all copies by a new one: what was just erased or locked out
// of the vault must not be found in the copies beside it.
func (v *Vault) renewCopies(ctx context.Context, s *sealer) error {
	old, err := Copies(v.dir, v.o.Now())
	if err != nil || len(old) == 0 {
		return err
	}
	if err := errors.Join(v.keepCopy(ctx, s, copyKept), removeCopies(old)); err != nil {
		return fmt.Errorf("it is done, but the copies beside the vault are still those from before; delete them: %w", err)
	}
	return nil
}

func removeCopies(copies []Copy) error {
	for _, c := range copies {
		if err := os.Remove(c.Path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("delete an old copy: %w", err)
		}
	}
	if len(copies) == 0 {
		return nil
	}
	return syncDir(filepath.Dir(copies[0].Path))
}

// dailyCopy makes the copy of the day, if there is none and anything to copy. A
// copy that cannot be made must not keep the user from their money: it is told
// by [Vault.CopyError].
func (v *Vault) dailyCopy(ctx context.Context, s *sealer) {
	today := v.o.Now().UTC().Format(time.DateOnly)
	if v.o.Copies <= 0 || v.copied == today {
		return
	}
	v.copyErr.Store(nil)
	if err := v.copyOfDay(ctx, s, today); err != nil {
		v.copyErr.Store(&err)
		return
	}
	v.copied = today
}

func (v *Vault) copyOfDay(ctx context.Context, s *sealer, today string) error {
	copies, err := Copies(v.dir, v.o.Now())
	ofToday := func(c Copy) bool {
		return c.Made.Format(time.DateOnly) == today && !c.Displaced()
	}
	if err != nil || slices.ContainsFunc(copies, ofToday) {
		return err
	}
	empty := false
	err = v.transact(s, false, func(t *sealedTx) error {
		empty = t.tally(bucketItems).count == 0 && t.tally(bucketEdits).count == 0
		return nil
	})
	if err != nil || empty {
		return err
	}
	return v.keepCopy(ctx, s, copyDaily)
}

// CopyError is why the copy of the day could not be made, nil if it was or was not
// due.
func (v *Vault) CopyError() error {
	if err := v.copyErr.Load(); err != nil {
		return *err
	}
	return nil
}

// transactOld is transact on a file of any format, to write.
func (v *Vault) transactOld(s *sealer, fn func(*sealedTx) error) error {
	f, err := openFile(v.file(), true)
	if err != nil {
		return err
	}
	err = access(f, true, func(tx *bolt.Tx) error {
		t, err := beginOld(tx, s)
		if err != nil {
			return err
		}
		if err := fn(t); err != nil {
			return err
		}
		return t.end()
	})
	if errors.Is(err, errUnchanged) {
		return nil
	}
	return err
}
