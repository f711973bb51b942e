//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package storage

import "os"

// dropLock does nothing where a file's lock goes with the file.
func dropLock(*os.File) {}

// takeLock takes none where dropLock drops none.
func takeLock(*os.File) bool { return false }

// staysOpen says that an open file is in the way of others here: on Windows nobody
// could put a new one in its place.
const staysOpen = false
