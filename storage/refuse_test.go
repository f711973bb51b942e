//go:build unix

package storage_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gofrs/flock"
	bolt "go.etcd.io/bbolt"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/storage"
)

// rewriteHeader changes the header's JSON and mends its checksum.
func rewriteHeader(t testing.TB, dir string, change func(map[string]any)) {
	t.Helper()
	tamper(t, dir, func(tx *bolt.Tx) error {
		b := tx.Bucket([]byte("h"))
		text, _, _ := bytes.Cut(b.Get([]byte("header")), []byte("\n"))
		var h map[string]any
		if err := json.Unmarshal(text, &h); err != nil {
			return err
		}
		change(h)
		text, err := json.Marshal(h)
		if err != nil {
			return err
		}
		digest := sha256.Sum256(text)
		return b.Put([]byte("header"), append(text, "\n"+hex.EncodeToString(digest[:])...))
	})
}

func firstSlot(h map[string]any) map[string]any { return h["slots"].([]any)[0].(map[string]any) }

// wrongThings are what may lie where a vault should, each made out of a good
// one.
var wrongThings = []struct {
	name string
	make func(t *testing.T, dir string)
	want error
}{
	{"no directory", func(t *testing.T, dir string) { mustDo(t, os.RemoveAll(dir)) }, storage.ErrNoVault},
	{"no file", func(t *testing.T, dir string) { mustDo(t, os.Remove(vaultPath(dir))) }, storage.ErrNoVault},
	{"empty file", replaceBy(nil), storage.ErrForeign},
	{"junk", replaceBy(bytes.Repeat([]byte("junk"), 5000)), storage.ErrForeign},
	{"one byte", replaceBy([]byte{0}), storage.ErrForeign},
	{"sqlite", replaceBy(append([]byte("SQLite format 3\x00"), make([]byte, 8176)...)), storage.ErrForeign},
	{"directory", func(t *testing.T, dir string) {
		mustDo(t, os.Remove(vaultPath(dir)))
		mustDo(t, os.Mkdir(vaultPath(dir), 0o700))
	}, storage.ErrForeign},
	{"symlink to a good vault", func(t *testing.T, dir string) {
		elsewhere := filepath.Join(t.TempDir(), "vault.db")
		mustDo(t, os.Rename(vaultPath(dir), elsewhere))
		mustDo(t, os.Symlink(elsewhere, vaultPath(dir)))
	}, storage.ErrForeign},
	{"named pipe", func(t *testing.T, dir string) {
		mustDo(t, os.Remove(vaultPath(dir)))
		mustDo(t, syscall.Mkfifo(vaultPath(dir), 0o600))
	}, storage.ErrForeign},
	{"bbolt file of another program", func(t *testing.T, dir string) {
		mustDo(t, os.Remove(vaultPath(dir)))
		tamper(t, dir, func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("mine")); return err })
	}, storage.ErrForeign},
	{"file readable by others", func(t *testing.T, dir string) { mustDo(t, os.Chmod(vaultPath(dir), 0o644)) }, storage.ErrPermissions},
	{"directory readable by others", func(t *testing.T, dir string) { mustDo(t, os.Chmod(dir, 0o755)) }, storage.ErrPermissions},
	{"newer format", func(t *testing.T, dir string) {
		rewriteHeader(t, dir, func(h map[string]any) { h["v"] = 4 })
	}, storage.ErrNewer},
	{"newer format with a header of another shape", func(t *testing.T, dir string) {
		rewriteHeader(t, dir, func(h map[string]any) { h["v"], h["slots"] = 9, "elsewhere" })
	}, storage.ErrNewer},
	{"cut short by a page", func(t *testing.T, dir string) {
		data := mustRead(t, vaultPath(dir))
		mustWrite(t, vaultPath(dir), data[:4096*3], 0o600)
	}, storage.ErrDamaged},
	{"header without its checksum", func(t *testing.T, dir string) {
		tamper(t, dir, func(tx *bolt.Tx) error {
			return tx.Bucket([]byte("h")).Put([]byte("header"), []byte(`{"v":1}`))
		})
	}, storage.ErrDamaged},
	{"key slot that wants 2 TiB of memory", func(t *testing.T, dir string) {
		rewriteHeader(t, dir, func(h map[string]any) { firstSlot(h)["kdf"].(map[string]any)["m"] = 1 << 31 })
	}, storage.ErrDamaged},
	{"key slot that is cheap to try", func(t *testing.T, dir string) {
		rewriteHeader(t, dir, func(h map[string]any) { firstSlot(h)["kdf"].(map[string]any)["m"] = 8 })
	}, storage.ErrDamaged},
	{"key slot with a short salt", func(t *testing.T, dir string) {
		rewriteHeader(t, dir, func(h map[string]any) { firstSlot(h)["kdf"].(map[string]any)["salt"] = "AAAA" })
	}, storage.ErrDamaged},
	{"key slot added by somebody else", func(t *testing.T, dir string) {
		rewriteHeader(t, dir, func(h map[string]any) { h["slots"] = append(h["slots"].([]any), firstSlot(h)) })
	}, storage.ErrDamaged},
	{"key slot with another KDF setting", func(t *testing.T, dir string) {
		rewriteHeader(t, dir, func(h map[string]any) { firstSlot(h)["kdf"].(map[string]any)["t"] = 2 })
	}, storage.ErrWrongKey},
	{"no key slot", func(t *testing.T, dir string) {
		rewriteHeader(t, dir, func(h map[string]any) { h["slots"] = []any{} })
	}, storage.ErrWrongKey},
}

func TestOpenRefusesEachWrongThingByItsName(t *testing.T) {
	for _, tt := range wrongThings {
		t.Run(tt.name, func(t *testing.T) {
			v, dir := newVault(t)
			tt.make(t, dir)
			before := snapshot(t, dir)
			opened, err := storage.Open(t.Context(), dir, unlocker(), testOptions())
			if !errors.Is(err, tt.want) {
				t.Fatalf("open: %v, want %v", err, tt.want)
			}
			if opened != nil {
				t.Error("open returned a vault with the error")
			}
			// The one that was open before meets the same thing.
			if _, err := v.Book(t.Context()); err == nil {
				t.Error("book of the vault that was open: no error")
			}
			if err := v.Edit(t.Context(), ledger.Edits{"t": {Category: "x"}}); err == nil {
				t.Error("edit of the vault that was open: no error")
			}
			if after := snapshot(t, dir); after != before {
				t.Errorf("files changed from %q to %q", before, after)
			}
		})
	}
}

func replaceBy(data []byte) func(*testing.T, string) {
	return func(t *testing.T, dir string) { mustWrite(t, vaultPath(dir), data, 0o600) }
}

// snapshot tells of every file in dir its name, mode and content, but for the
// lock's.
func snapshot(t testing.TB, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	var s strings.Builder
	for _, e := range entries {
		if e.Name() == "vault.lock" {
			continue
		}
		info, err := e.Info()
		mustDo(t, err)
		s.WriteString(e.Name() + " " + info.Mode().String())
		if info.Mode().IsRegular() {
			digest := sha256.Sum256(mustRead(t, filepath.Join(dir, e.Name())))
			s.WriteString(" " + hex.EncodeToString(digest[:4]))
		}
		s.WriteString("\n")
	}
	return s.String()
}

func TestPassphraseOpensOnlyAsItWasSet(t *testing.T) {
	const set = "Ångström-café 12" // as one code point each
	dir := filepath.Join(t.TempDir(), "home")
	v, err := storage.Create(t.Context(), dir, storage.Passphrase(secret.New(set)), testOptions())
	mustDo(t, err)
	closeVault(t, v)
	for _, tt := range []struct {
		name, try string
		want      error
	}{
		{"the same", set, nil},
		{"the same, typed with combining marks", "A\u030angstro\u0308m-cafe\u0301 12", nil},
		{"another case", strings.ToLower(set), storage.ErrWrongKey},
		{"a line feed more", set + "\n", storage.ErrWrongKey},
		{"a space less", strings.ReplaceAll(set, " ", ""), storage.ErrWrongKey},
		{"empty", "", storage.ErrWrongKey},
		{"not UTF-8", "\xff\xfe" + set, storage.ErrWrongKey},
		{"a megabyte", strings.Repeat("x", 1<<20), storage.ErrWrongKey},
	} {
		v, err := storage.Open(t.Context(), dir, storage.Passphrase(secret.New(tt.try)), testOptions())
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
		if err == nil {
			closeVault(t, v)
		} else if tt.try != "" && strings.Contains(err.Error(), tt.try) {
			t.Errorf("%s: the error tells the passphrase: %v", tt.name, err)
		}
	}
}

func TestCreateLeavesAloneWhatIsThere(t *testing.T) {
	for _, tt := range []struct {
		name       string
		make       func(t *testing.T, dir string)
		passphrase string
		want       error
	}{
		{"no directory", func(*testing.T, string) {}, goodPassphrase, nil},
		{"empty directory open to all", func(t *testing.T, dir string) {
			mustDo(t, os.Mkdir(dir, 0o700))
			mustDo(t, os.Chmod(dir, 0o755))
		}, goodPassphrase, nil},
		{"private directory with files", func(t *testing.T, dir string) {
			mustDo(t, os.Mkdir(dir, 0o700))
			mustWrite(t, filepath.Join(dir, "notes"), []byte("mine"), 0o600)
		}, goodPassphrase, nil},
		{"directory with files open to others", func(t *testing.T, dir string) {
			mustDo(t, os.Mkdir(dir, 0o700))
			mustWrite(t, filepath.Join(dir, "notes"), []byte("mine"), 0o600)
			mustDo(t, os.Chmod(dir, 0o750))
		}, goodPassphrase, storage.ErrPermissions},
		{"file where the directory goes", func(t *testing.T, dir string) {
			mustWrite(t, dir, []byte("mine"), 0o600)
		}, goodPassphrase, syscall.ENOTDIR},
		{"vault", func(t *testing.T, dir string) {
			v, err := storage.Create(t.Context(), dir, unlocker(), testOptions())
			mustDo(t, err)
			closeVault(t, v)
		}, goodPassphrase, storage.ErrExists},
		{"something called vault.db", func(t *testing.T, dir string) {
			mustDo(t, os.Mkdir(dir, 0o700))
			mustWrite(t, vaultPath(dir), []byte("mine"), 0o644)
		}, goodPassphrase, storage.ErrExists},
		{"passphrase of eleven characters", func(*testing.T, string) {}, "élevèn-chàr", storage.ErrShortPassphrase},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "home")
			tt.make(t, dir)
			before := ""
			if info, err := os.Stat(dir); err == nil && info.IsDir() {
				before = snapshot(t, dir)
			}
			v, err := storage.Create(t.Context(), dir, storage.Passphrase(secret.New(tt.passphrase)), testOptions())
			if !errors.Is(err, tt.want) {
				t.Fatalf("create: %v, want %v", err, tt.want)
			}
			if err == nil {
				checkModes(t, dir)
				closeVault(t, v)
				return
			}
			after := ""
			if info, err := os.Stat(dir); err == nil && info.IsDir() {
				after = snapshot(t, dir)
			}
			if before != after {
				t.Errorf("files changed from %q to %q", before, after)
			}
		})
	}
}

func checkModes(t testing.TB, dir string) {
	t.Helper()
	for path, want := range map[string]os.FileMode{dir: 0o700, vaultPath(dir): 0o600, filepath.Join(dir, "vault.lock"): 0o600} {
		info, err := os.Stat(path)
		mustDo(t, err)
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %#o, want %#o", path, got, want)
		}
	}
}

func TestExistsTellsWithoutLookingInside(t *testing.T) {
	dir := t.TempDir()
	if got, err := storage.Exists(filepath.Join(dir, "nowhere")); got || err != nil {
		t.Errorf("in no directory: %v, %v", got, err)
	}
	if got, err := storage.Exists(dir); got || err != nil {
		t.Errorf("in an empty directory: %v, %v", got, err)
	}
	mustWrite(t, vaultPath(dir), nil, 0o644)
	if got, err := storage.Exists(dir); !got || err != nil {
		t.Errorf("with an empty vault.db: %v, %v", got, err)
	}
}

func TestLockedVaultNamesTheProcessThatHoldsIt(t *testing.T) {
	v, dir := newVault(t)
	path := filepath.Join(dir, "vault.lock")
	holder := flock.New(path)
	mustDo(t, holder.Lock())
	defer holder.Close()
	mustWrite(t, path, []byte("4242                \n"), 0o600)

	o := testOptions()
	o.Wait = 10 * time.Millisecond
	_, err := storage.Open(t.Context(), dir, unlocker(), o)
	if !errors.Is(err, storage.ErrInUse) || !strings.Contains(err.Error(), "process 4242") {
		t.Errorf("open: %v, want ErrInUse with process 4242", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := v.Book(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("book while cancelled: %v, want context.Canceled", err)
	}
	mustDo(t, holder.Unlock())
	book(t, v)
}

func TestReadersShareTheLockAndWritersWaitForThem(t *testing.T) {
	v, dir := newVault(t)
	reader := flock.New(filepath.Join(dir, "vault.lock"))
	mustDo(t, reader.RLock())
	book(t, v)
	written := make(chan error)
	go func() { written <- v.Edit(t.Context(), ledger.Edits{"t": {Category: "x"}}) }()
	select {
	case err := <-written:
		t.Errorf("edit did not wait for the reader: %v", err)
	case <-time.After(10 * time.Millisecond):
	}
	mustDo(t, reader.Close())
	mustDo(t, <-written)
}

func TestAnotherVaultInTheSamePlaceIsNotMistakenForTheOpenOne(t *testing.T) {
	v, dir := newVault(t)
	_, other := newVault(t)
	mustDo(t, os.Rename(vaultPath(other), vaultPath(dir)))
	if _, err := v.Book(t.Context()); !errors.Is(err, storage.ErrReplaced) {
		t.Errorf("book: %v, want ErrReplaced", err)
	}
	if _, err := v.Apply(t.Context(), ledger.Delta{Item: "bank", Next: "c"}); !errors.Is(err, storage.ErrReplaced) {
		t.Errorf("apply: %v, want ErrReplaced", err)
	}
}

func TestFileThatVanishesIsNotMadeAnew(t *testing.T) {
	v, dir := newVault(t)
	mustDo(t, os.Remove(vaultPath(dir)))
	if err := v.Edit(t.Context(), ledger.Edits{"t": {Category: "x"}}); !errors.Is(err, storage.ErrNoVault) {
		t.Errorf("edit: %v, want ErrNoVault", err)
	}
	if there, _ := storage.Exists(dir); there {
		t.Error("the edit made a new file")
	}
}

// Half a vault or half a copy is left by who was killed: it has what a bank that is
// erased later must not leave behind.
func TestStaleTemporaryFilesAreRemovedWhenTheVaultIsOpened(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "[home]") // which is no pattern
	v, err := storage.Create(t.Context(), dir, unlocker(), testOptions())
	mustDo(t, err)
	closeVault(t, v)
	mustDo(t, os.Mkdir(filepath.Join(dir, "copies"), 0o700))
	good := filepath.Join(dir, "copies", "vault-20260101T000000Z-daily.db")
	half := []string{filepath.Join(dir, "vault.db.tmp-123"), good + ".tmp-123"}
	for _, path := range append(half, good) {
		mustWrite(t, path, []byte("half"), 0o600)
	}
	reopen(t, dir)
	for _, path := range half {
		if _, err := os.Stat(path); !os.IsNotExist(err) {
			t.Errorf("%s: %v, want gone", path, err)
		}
	}
	if _, err := os.Stat(good); err != nil {
		t.Error(err)
	}
}
