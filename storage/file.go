package storage

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"coffer/internal/secret"
)

// The files of a vault's directory.
const (
	vaultFile  = "vault.db"
	lockFile   = "vault.lock"
	tempSuffix = ".tmp-"
)

// Exists reports whether there is something called vault.db in dir, be it a
// good vault or not.
func Exists(dir string) (bool, error) {
	_, err := os.Lstat(filepath.Join(dir, vaultFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("look for a vault: %w", err)
	}
	return true, nil
}

// checkDir refuses a directory that others can look into.
func checkDir(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: %w", dir, ErrNoVault)
	case err != nil:
		return fmt.Errorf("look for a vault: %w", err)
	case !info.IsDir():
		return fmt.Errorf("%s is not a directory: %w", dir, ErrForeign)
	case !secret.Private(info):
		return fmt.Errorf("%s has mode %#o: %w", dir, info.Mode().Perm(), ErrPermissions)
	}
	return nil
}

// openFile opens the vault's file after looking at what it is, and before
// anything of it is mapped into memory. bbolt by itself follows links, makes an
// empty file into a new database, and dies on one that was cut short.
func openFile(path string, write bool) (*os.File, error) {
	f, _, err := openAgain(path, write, nil)
	return f, err
}

// openAgain is openFile for who may know the file, and knows it then.
func openAgain(path string, write bool, known *stamp) (*os.File, *stamp, error) {
	if err := checkFile(path); err != nil {
		return nil, nil, err
	}
	return openSealed(path, write, known)
}

// checkFile refuses a file that others may read or write.
func checkFile(path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return nil // who opens it tells
	}
	return checkMode(path, info)
}

func checkMode(path string, info fs.FileInfo) error {
	if info.Mode().IsRegular() && !secret.Private(info) {
		return fmt.Errorf("%s has mode %#o: %w", path, info.Mode().Perm(), ErrPermissions)
	}
	return nil
}

// openCopy opens a vault's file to read it, wherever it lies and whoever may read
// it too: it is sealed.
func openCopy(path string) (*os.File, error) {
	f, _, err := openSealed(path, false, nil)
	return f, err
}

func openSealed(path string, write bool, known *stamp) (*os.File, *stamp, error) {
	f, before, err := openRegular(path, write)
	if err != nil {
		return nil, nil, err
	}
	now, err := checkOpened(f, before, write, known)
	if err != nil {
		_ = f.Close()
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	return f, now, nil
}

// openRegular opens a file that is one, and not empty, whatever is in it.
func openRegular(path string, write bool) (*os.File, fs.FileInfo, error) {
	before, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, fmt.Errorf("%s: %w", path, ErrNoVault)
	case err != nil:
		return nil, nil, fmt.Errorf("open vault: %w", err)
	case !before.Mode().IsRegular():
		return nil, nil, fmt.Errorf("%s is not a regular file: %w", path, ErrForeign)
	case before.Size() == 0:
		return nil, nil, fmt.Errorf("%s is empty: %w", path, ErrForeign)
	}
	flag := os.O_RDONLY
	if write {
		flag = os.O_RDWR
	}
	f, err := os.OpenFile(path, flag, 0)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return nil, nil, fmt.Errorf("%s cannot be opened by this user: %w", path, ErrPermissions)
	case err != nil:
		return nil, nil, fmt.Errorf("open vault: %w", err)
	}
	return f, before, nil
}

// checkOpened looks at the pages of a file unless they are known to be good. The
// stamp it returns is of before it did: what changes the file meanwhile, or while
// it is read, makes it another file than the one that was looked at.
func checkOpened(f *os.File, before fs.FileInfo, write bool, known *stamp) (*stamp, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("open vault: %w", err)
	}
	if !os.SameFile(before, info) {
		return nil, fmt.Errorf("was replaced while it was opened: %w", ErrReplaced)
	}
	p, err := findPages(f, info.Size())
	if err != nil {
		return nil, err
	}
	if known.matches(info, p.tx, write) {
		return known, nil
	}
	// bbolt trusts every page: a bucket that is its own child holds it for ever.
	// Once it writes, it also trusts the list of free ones, and looks at some on
	// goroutines of its own, where nobody can catch what a damaged one does to it.
	return &stamp{info: info, tx: p.tx, free: write}, p.check(write)
}

// removeTemps deletes what an interrupted rewrite left, of the vault or of a copy
// beside it. The caller holds the lock, shared or not: who writes one of them and
// is alive holds it alone.
func removeTemps(dir string) {
	for _, pattern := range []string{vaultFile + tempSuffix + "*", copiesDir + "/*" + tempSuffix + "*"} {
		left, _ := fs.Glob(os.DirFS(dir), pattern)
		for _, name := range left {
			_ = os.Remove(filepath.Join(dir, filepath.FromSlash(name)))
		}
	}
}

// syncDir makes a rename in dir durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("sync %s: %w", dir, err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return fmt.Errorf("sync %s: %w", dir, err)
	}
	return nil
}
