//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package storage

import (
	"os"
	"syscall"
)

// dropLock takes bbolt's own lock off a file. Closing it is not enough: memory
// that is still mapped keeps the open file, and with it the lock, alive.
func dropLock(f *os.File) { _ = syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }

// takeLock takes bbolt's lock to write again, and reports whether it was free.
func takeLock(f *os.File) bool {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil
}

// staysOpen says that a file may stay open here without being in anybody's way.
const staysOpen = true
