package storage

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// mapSize is reserved in the address space, so that a growing file is not
// mapped again and again. On Windows it would be the size of the file.
const mapSize = 64 << 20

// growth is how much room a file gets beyond what it needs when it has to grow.
// bbolt's own step is 16 MB, more than most people's vaults.
const growth = 128 << 10

// options are bbolt's for a vault. The list of free pages is written with each
// commit: without it bbolt walks over the whole file before each write, as
// pages.check does already, which looks at that list too.
func options(f *os.File, write bool) *bolt.Options {
	o := &bolt.Options{
		Timeout:      time.Second, // only a program that ignores vault.lock can hold it
		ReadOnly:     !write,
		FreelistType: bolt.FreelistArrayType,
		PageSize:     vaultPageSize,
		MaxSize:      maxVaultSize,
		NoStatistics: true,
		OpenFile:     func(string, int, os.FileMode) (*os.File, error) { return f, nil },
	}
	if write && runtime.GOOS != "windows" {
		o.InitialMmapSize = mapSize
	}
	return o
}

// access opens a file that openFile found good, runs fn in one transaction of
// bbolt's and closes it again. It takes f over. Every touch of bbolt goes
// through a database: what the pages of a damaged file do to it ends in ErrDamaged.
func access(f *os.File, write bool, fn func(*bolt.Tx) error) error {
	d, err := openDatabase(f, write)
	if err != nil {
		return err
	}
	return d.close(d.run(write, fn))
}

// A database is a file that bbolt has open.
type database struct {
	file *os.File
	bolt *bolt.DB
}

// openDatabase takes f over.
func openDatabase(f *os.File, write bool) (*database, error) {
	d := &database{file: f}
	err := guard(func() (err error) {
		d.bolt, err = bolt.Open(f.Name(), 0o600, options(f, write))
		return openError(err)
	})
	if err != nil {
		d.drop()
		return nil, err
	}
	d.bolt.AllocSize = growth
	return d, nil
}

// run runs fn in one transaction.
func (d *database) run(write bool, fn func(*bolt.Tx) error) (err error) {
	ours := true
	defer func() {
		if ours { // a bug that goes on as a panic
			d.drop()
		}
	}()
	err = guard(func() error {
		if write {
			return d.bolt.Update(fn)
		}
		return d.bolt.View(fn)
	})
	ours = false
	return err
}

// close closes the file after what ended with err, and returns that too. After a panic
// bbolt may still hold locks in memory and cannot be closed; then only address space is
// lost.
func (d *database) close(err error) error {
	var fault *faultError
	if !errors.As(err, &fault) {
		err = errors.Join(err, guard(d.bolt.Close))
	}
	d.drop()
	return err
}

// drop lets go of the file, which does no harm after bbolt did.
func (d *database) drop() {
	dropLock(d.file)
	_ = d.file.Close()
}

func openError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, berrors.ErrTimeout):
		return fmt.Errorf("open vault: %w", ErrInUse)
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrChecksum), errors.Is(err, berrors.ErrVersionMismatch):
		return fmt.Errorf("open vault: %w: %w", err, ErrDamaged)
	// It has shrunk since openFile looked: to some bytes, for which bbolt has no
	// error of its own, or to none, and then bbolt tries to make a database of it.
	case strings.HasPrefix(err.Error(), "file size too small"), errors.Is(err, syscall.EBADF):
		return fmt.Errorf("open vault: it was cut short just now: %w", ErrDamaged)
	}
	return fmt.Errorf("open vault: %w", err)
}

// A faultError says that a damaged file made bbolt panic or the system refuse a
// read. It is ErrDamaged; that it is a type lets the Vault stop there.
type faultError struct{ what string }

func (e *faultError) Error() string { return fmt.Sprintf("read vault (%s): %v", e.what, ErrDamaged) }
func (e *faultError) Unwrap() error { return ErrDamaged }

// guard runs fn and turns faults of mapped memory and panics of bbolt into
// errors. It does so for its own goroutine only. A panic that began in our own
// code is a bug and goes on.
func guard(fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		_, mapped := p.(interface{ Addr() uintptr })
		if !mapped && !beganInBolt() {
			panic(p)
		}
		// The values of such panics tell pages and addresses; bbolt never sees
		// plain text.
		err = &faultError{what: strings.TrimSpace(fmt.Sprintf("%.200v", p))}
	}()
	return fn()
}

// beganInBolt reports, during a panic, whether bbolt's code started it.
func beganInBolt() bool {
	pc := make([]uintptr, 32)
	frames := runtime.CallersFrames(pc[:runtime.Callers(1, pc)])
	panicking := false
	for {
		frame, more := frames.Next()
		inRuntime := strings.HasPrefix(frame.Function, "runtime.")
		if panicking && !inRuntime {
			return strings.HasPrefix(frame.Function, "go.etcd.io/bbolt")
		}
		panicking = panicking || inRuntime
		if !more {
			return false
		}
	}
}
