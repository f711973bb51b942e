//go:build unix

package storage_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"coffer/ledger"
	"coffer/storage"
)

// freeList finds the page of a file that lists the free ones.
func freeList(data []byte) int {
	meta := func(page int) []byte { return data[page*pageSize+16:] }
	newest := meta(0)
	if binary.NativeEndian.Uint64(meta(1)[48:]) > binary.NativeEndian.Uint64(newest[48:]) {
		newest = meta(1)
	}
	return int(binary.NativeEndian.Uint64(newest[32:]))
}

// What would make bbolt write over something is refused before it does. All can be
// read as before.
func TestListOfFreePagesThatMakesNoSense(t *testing.T) {
	p := newPatient(t)
	at := freeList(p.now) * pageSize
	count := func(list []byte) uint16 { return binary.NativeEndian.Uint16(list[10:]) }
	if n := count(p.now[at:]); n < 3 {
		t.Fatalf("the file has %d free pages, want some", n)
	}
	put := binary.NativeEndian.PutUint64
	for name, damage := range map[string]func(list []byte){
		"a page in use":         func(list []byte) { put(list[16:], uint64(p.root)) },
		"the list itself":       func(list []byte) { put(list[16:], uint64(at/pageSize)) },
		"a page of the meta":    func(list []byte) { put(list[16:], 1) },
		"a page twice":          func(list []byte) { copy(list[24:32], list[16:24]) },
		"a page out of order":   func(list []byte) { put(list[16:], binary.NativeEndian.Uint64(list[24:])+1) },
		"a page not in it":      func(list []byte) { put(list[16+8*(int(count(list))-1):], 1<<40) },
		"more than it can hold": func(list []byte) { binary.NativeEndian.PutUint16(list[10:], 0xFFFE) },
		"far more":              func(list []byte) { binary.NativeEndian.PutUint16(list[10:], 0xFFFF); put(list[16:], 1<<61) },
		"another kind of page":  func(list []byte) { list[8] = 2 },
		"another page's number": func(list []byte) { list[0]++ },
	} {
		t.Run(name, func(t *testing.T) {
			data := bytes.Clone(p.now)
			damage(data[at:])
			dir := filepath.Join(t.TempDir(), "home")
			mustDo(t, os.Mkdir(dir, 0o700))
			mustWrite(t, vaultPath(dir), data, 0o600)
			v := p.vault.At(dir)
			if err := v.Edit(t.Context(), ledger.Edits{"x": {Category: "c"}}); !errors.Is(err, storage.ErrDamaged) {
				t.Errorf("an edit: %v, want ErrDamaged", err)
			}
			if !bytes.Equal(mustRead(t, vaultPath(dir)), data) {
				t.Error("the file was changed")
			}
			if got := book(t, v).Len(); got != len(p.rows) {
				t.Errorf("%d rows, want %d", got, len(p.rows))
			}
		})
	}
}

// damageRoot changes the page that lists the buckets, at a later time than the file
// was written, whatever the clock's tick. It returns what is in the file then.
func damageRoot(t *testing.T, dir string) []byte {
	t.Helper()
	root := rootPage(t, dir)
	f, err := os.OpenFile(vaultPath(dir), os.O_RDWR, 0)
	mustDo(t, err)
	info, err := f.Stat()
	mustDo(t, err)
	_, err = f.WriteAt([]byte{^byte(root)}, int64(root*pageSize)) // the number of the page
	later := info.ModTime().Add(1)
	mustDo(t, errors.Join(err, f.Close(), os.Chtimes(vaultPath(dir), later, later)))
	return mustRead(t, vaultPath(dir))
}

// wantWalked checks that a damaged page was found by looking at it, not by what it
// did to who used it.
func wantWalked(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, storage.ErrDamaged) || !strings.Contains(err.Error(), "makes no sense") {
		t.Errorf("%s of a file damaged meanwhile: %v, want ErrDamaged and that a page makes no sense", what, err)
	}
}

// A file that is as this Vault left it is not walked over again; one that somebody
// changed in between is.
func TestFileDamagedBetweenTwoWrites(t *testing.T) {
	v, dir := newVault(t)
	apply(t, v, ledger.Delta{Item: "bank", Next: "c1", Upserts: household(800)})
	edit(t, v, ledger.Edits{"x": {Category: "one"}})
	data := damageRoot(t, dir)
	wantWalked(t, "an edit", v.Edit(t.Context(), ledger.Edits{"x": {Category: "two"}}))
	if !bytes.Equal(mustRead(t, vaultPath(dir)), data) {
		t.Error("the file was changed")
	}
}

// What happens to a file while it is read is not taken for what was looked at
// before.
func TestFileDamagedWhileItIsRead(t *testing.T) {
	writer, dir := newVault(t)
	apply(t, writer, ledger.Delta{Item: "bank", Next: "c1", Upserts: household(800)})
	v := writer.Again()
	mustDo(t, v.Reading(t.Context(), func() { damageRoot(t, dir) }))
	_, err := v.Revision(t.Context())
	wantWalked(t, "a read", err)
}
