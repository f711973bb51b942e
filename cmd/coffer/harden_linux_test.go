package main

import (
	"testing"

	"golang.org/x/sys/unix"
)

// No core is dumped, nobody else of this user may look into the process, and what
// it makes is private.
func TestProcessIsAPoorPlaceToLookForSecrets(t *testing.T) {
	mask := unix.Umask(0)
	t.Cleanup(func() { unix.Umask(mask) })
	harden()
	var core unix.Rlimit
	must(t, unix.Getrlimit(unix.RLIMIT_CORE, &core))
	if core.Cur != 0 || core.Max != 0 {
		t.Errorf("a core may have %d bytes, want 0", core.Cur)
	}
	if dumpable, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0); dumpable != 0 || err != nil {
		t.Errorf("dumpable: %d, %v, want 0", dumpable, err)
	}
	if got := unix.Umask(0o077); got != 0o077 {
		t.Errorf("umask %#o, want 077", got)
	}
}
