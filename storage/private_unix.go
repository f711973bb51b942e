//go:build unix

package storage

import (
	"io/fs"
	"os"
	"syscall"
)

// private reports whether only the user may read or change a file.
func private(info fs.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && info.Mode().Perm()&0o077 == 0 && int(st.Uid) == os.Geteuid()
}
