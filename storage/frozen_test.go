//go:build unix

package storage_test

import (
	"os"
	"path/filepath"
	"testing"

	"coffer/internal/secret"
	"coffer/storage"
)

// frozen has a vault of every format there has been, vN.db, and what it tells,
// vN.txt. COFFER_FREEZE=N writes those of format N, once and for all: a file that
// is there is never written again.
const frozen = "testdata/frozen"

func freeze(t *testing.T, format string) {
	v, dir, _ := full(t)
	for name, data := range map[string][]byte{
		format + ".txt": []byte(tell(t, v).String()),
		format + ".db":  mustRead(t, vaultPath(dir)),
	} {
		f, err := os.OpenFile(filepath.Join(frozen, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
		mustDo(t, err)
		_, err = f.Write(data)
		mustDo(t, err)
		mustDo(t, f.Close())
	}
}

// thaw puts a frozen vault into a home.
func thaw(t *testing.T, file string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "home")
	mustDo(t, os.Mkdir(dir, 0o700))
	mustWrite(t, vaultPath(dir), mustRead(t, file), 0o600)
	return dir
}

// A vault of any earlier format opens, and tells what it told then.
func TestEveryFormatThereHasBeenOpens(t *testing.T) {
	if n := os.Getenv("COFFER_FREEZE"); n != "" {
		freeze(t, "v"+n)
	}
	files, err := filepath.Glob(filepath.Join(frozen, "v*.db"))
	mustDo(t, err)
	if len(files) == 0 {
		t.Fatal("there are no frozen vaults")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			dir := thaw(t, file)
			want := string(mustRead(t, file[:len(file)-len(".db")]+".txt"))
			for _, u := range []storage.Unlocker{unlocker(), storage.Keyring(testKey(t, 1)), storage.Identity(testKey(t, 2))} {
				v, err := storage.Open(t.Context(), dir, u, testOptions())
				mustDo(t, err)
				if got := tell(t, v).String(); got != want {
					t.Errorf("it tells\n%s\nwant\n%s", got, want)
				}
				closeVault(t, v)
			}
			if err := opensWith(t, dir, storage.Passphrase(secret.New("wrong horse battery"))); err == nil {
				t.Error("it opens with a wrong passphrase")
			}
		})
	}
}
