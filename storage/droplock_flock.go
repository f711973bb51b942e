//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package storage

import (
	"os"
	"syscall"
)

// dropLock takes bbolt's own lock off a file. Closing it is not enough: memory
// that is still mapped keeps the open file, and with it the lock, alive.
func dropLock(f *os.File) { _ = syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }
