package storage_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"coffer/ledger"
	"coffer/storage"
)

// held lists the files of a directory that this process has open, those that have no
// name any more too.
func held(t *testing.T, dir string) []string {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells which files a process has open")
	}
	open, err := os.ReadDir("/proc/self/fd")
	mustDo(t, err)
	var files []string
	for _, fd := range open {
		if name, err := os.Readlink(filepath.Join("/proc/self/fd", fd.Name())); err == nil && strings.HasPrefix(name, dir) {
			files = append(files, filepath.Base(name))
		}
	}
	return files
}

// The blocks of a file that another one took the place of stay on the disk, with what
// was deleted, as long as anybody has it open: whoever wrote to it lets go of it when it
// next looks at the vault.
func TestAReplacedFileIsNotHeldOpen(t *testing.T) {
	v, dir := newVault(t)
	edit(t, v, ledger.Edits{"t": {Category: "mine"}})
	other := reopen(t, dir)
	edit(t, other, ledger.Edits{"t": {Category: "another process's"}})
	if files := held(t, dir); !slices.Equal(files, []string{"vault.db", "vault.db"}) {
		t.Fatalf("after two writes %q is open", files)
	}
	mustDo(t, v.RemoveItem(t.Context(), "bank"))
	if files := held(t, dir); !slices.Equal(files, []string{"vault.db (deleted)"}) {
		t.Errorf("after the removal of a bank %q is open, want what the other process has", files)
	}
	_, err := other.Revision(t.Context())
	mustDo(t, err)
	if files := held(t, dir); len(files) > 0 {
		t.Errorf("when the other process has looked %q is open", files)
	}
}

func TestAClosedVaultHasNoFileOpen(t *testing.T) {
	v, dir := newVault(t)
	edit(t, v, ledger.Edits{"t": {Category: "x"}})
	closeVault(t, v)
	if files := held(t, dir); len(files) > 0 {
		t.Errorf("%q is open", files)
	}
}

// Writes of two processes go to one file: none is lost for want of having seen what
// the other one did to the file that it has open.
func TestWritesOfManyVaultsFollowEachOther(t *testing.T) {
	first, dir := newVault(t)
	vaults := []*storage.Vault{first, reopen(t, dir), reopen(t, dir)}
	want := make(ledger.Edits)
	// Runs of writes by one, and writes in turns; every tenth makes a new file.
	for i := range 90 {
		v := vaults[i/(1+i%3)%len(vaults)]
		id := ledger.TransactionID(fmt.Sprint("t", i%40))
		want[id] = ledger.Edit{Category: ledger.Category(strings.Repeat("x", i*37))}
		edit(t, v, ledger.Edits{id: want[id]})
		if i%10 == 9 {
			addBank(t, v, "passing")
			mustDo(t, v.RemoveItem(t.Context(), "passing"))
		}
	}
	for _, v := range vaults {
		got, err := v.Edits(t.Context())
		mustDo(t, err)
		if len(got) != len(want) {
			t.Errorf("%d edits, want %d", len(got), len(want))
		}
		for id, e := range want {
			if got[id] != e {
				t.Errorf("edit of %s is %.20v, want %.20v", id, got[id], e)
			}
		}
	}
}
