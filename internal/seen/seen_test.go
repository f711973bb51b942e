package seen_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"coffer/internal/seen"
)

func TestFileRemembersTheHighestRevisionOfEachVault(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state", "coffer")
	f := seen.In(dir)
	if n := f.Read()["a"]; n != 0 {
		t.Errorf("before: got %d, want 0", n)
	}
	for _, n := range []uint64{3, 7, 5} {
		if err := f.Note("a", n); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Note("b", 2); err != nil {
		t.Fatal(err)
	}
	again := seen.In(dir)
	if a, b := again.Read()["a"], again.Read()["b"]; a != 7 || b != 2 {
		t.Errorf("got %d and %d, want 7 and 2", a, b)
	}
	if err := f.Forget("a"); err != nil || f.Read()["a"] != 0 || f.Read()["b"] != 2 {
		t.Errorf("forgot a: got %v, %v", f.Read(), err)
	}
	info, err := os.Stat(filepath.Join(dir, "seen.json"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v, want 0600", info.Mode(), err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.tmp-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestOlderVaultIsToldApart(t *testing.T) {
	for _, tt := range []struct {
		revision, seen uint64
		want           error
	}{{5, 5, nil}, {6, 5, nil}, {4, 5, seen.ErrOlder}, {1, 0, nil}} {
		if err := (seen.Memory{"a": tt.seen}).Check("a", tt.revision); !errors.Is(err, tt.want) {
			t.Errorf("%d after %d: got %v, want %v", tt.revision, tt.seen, err, tt.want)
		}
	}
}

// A file that is no good keeps nobody from their vault.
func TestUnreadableFileHasSeenNothing(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "seen.json"), []byte(`{"a": "soon"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if n := seen.In(dir).Read()["a"]; n != 0 {
		t.Errorf("got %d, want 0", n)
	}
	if err := seen.In(dir).Note("a", 3); err != nil || seen.In(dir).Read()["a"] != 3 {
		t.Errorf("written anew: got %v", err)
	}
}

// Whatever the file says, a vault can be checked and noted.
func FuzzFile(f *testing.F) {
	f.Add([]byte(`{"vault":7}`))
	f.Add([]byte("null"))
	f.Add([]byte(`{"vault":-1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "seen.json"), data, 0o600); err != nil {
			t.Fatal(err)
		}
		file := seen.In(dir)
		before := file.Read()["vault"]
		if err := file.Note("vault", 5); err != nil {
			t.Fatal(err)
		}
		if got := file.Read()["vault"]; got != max(before, 5) {
			t.Errorf("revision %d, want the higher of %d and 5", got, before)
		}
	})
}
