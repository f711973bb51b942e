package storage

import (
	"io/fs"
	"os"
)

// database opens the file for one transaction. A write takes it as the one before left
// it: to open a database costs as much as an edit does. Who finds it changed by somebody
// else closes it, since the blocks of a file that was replaced stay on the disk, with
// what was deleted, until nobody has it open. The lock is held, alone by who writes.
func (v *Vault) database(write bool) (*database, error) {
	if d := v.left.Swap(nil); d != nil {
		switch unchanged := v.unchanged(d.file); {
		case unchanged && !write:
			v.left.Store(d)
		case unchanged && takeLock(d.file):
			return d, nil
		default:
			_ = d.close(nil)
		}
	}
	f, now, err := openAgain(v.file(), write, v.known.Load())
	if err != nil {
		return nil, err
	}
	v.known.Store(now)
	return openDatabase(f, write)
}

// leave keeps a database that a write went well with for the next one, without a lock.
func (v *Vault) leave(d *database) error {
	if !staysOpen {
		return d.close(nil)
	}
	dropLock(d.file)
	v.left.Store(d)
	return nil
}

// closeLeft closes what the last write left open.
func (v *Vault) closeLeft() {
	if d := v.left.Swap(nil); d != nil {
		_ = d.close(nil)
	}
}

// unchanged reports whether an open file is the vault's still, as it was left.
func (v *Vault) unchanged(f *os.File) bool {
	there, err := os.Lstat(v.file())
	if err != nil || checkMode(v.file(), there) != nil {
		return false
	}
	var now fs.FileInfo
	if now, err = f.Stat(); err != nil || !os.SameFile(there, now) {
		return false
	}
	p, err := findPages(f, now.Size())
	return err == nil && v.known.Load().matches(now, p.tx, true)
}
