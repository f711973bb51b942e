//go:build unix

package secret

import (
	"io/fs"
	"os"
	"syscall"
)

// Private reports whether only the user may read or change a file.
func Private(info fs.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && info.Mode().Perm()&0o077 == 0 && int(st.Uid) == os.Geteuid()
}
