//go:build unix

package storage_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"coffer/internal/ordeal"
	"coffer/internal/secret"
	"coffer/storage"
)

// fileKey is the key of the nth identity file. Unlike passphrases keys are tried
// in no time, so that a process is killed while it writes, not while it thinks.
func fileKey(n byte) storage.Unlocker {
	k, err := secret.NewKey(bytes.NewReader(bytes.Repeat([]byte{n}, secret.KeySize)))
	if err != nil {
		panic(err) // 32 bytes are there to be read
	}
	return storage.Identity(k)
}

// openAny opens a vault with whatever opens it now.
func openAny(ctx context.Context, dir string) (*storage.Vault, storage.Unlocker, error) {
	var errs []error
	for _, u := range []storage.Unlocker{fileKey(1), fileKey(2), unlocker()} {
		v, err := storage.Open(ctx, dir, u, testOptions())
		if err == nil {
			return v, u, nil
		}
		errs = append(errs, err)
	}
	return nil, nil, errors.Join(errs...)
}

// rotateChild gives the vault new keys for ever, and says so each time.
func rotateChild(ctx context.Context, v *storage.Vault, u storage.Unlocker) error {
	for {
		fmt.Println("go")
		if err := v.Rotate(ctx, u); err != nil {
			return err
		}
		fmt.Println("done")
	}
}

// replaceChild changes what opens the vault for ever, and says so each time.
func replaceChild(ctx context.Context, v *storage.Vault, u storage.Unlocker) error {
	for {
		next := fileKey(1)
		if u == next {
			next = fileKey(2)
		}
		fmt.Println("go")
		if err := v.ReplaceUnlocker(ctx, u, next); err != nil {
			return err
		}
		fmt.Println("done")
		u = next
	}
}

// restoreChild puts a backup in the vault's place for ever, and says so each time.
func restoreChild(ctx context.Context, v *storage.Vault, u storage.Unlocker) error {
	dir := os.Getenv(childHome)
	file := filepath.Join(filepath.Dir(dir), "backup")
	if err := errors.Join(v.Backup(ctx, file), v.Close()); err != nil && !errors.Is(err, storage.ErrFileExists) {
		return err
	}
	for {
		fmt.Println("go")
		if err := storage.Restore(ctx, file, dir, u, testOptions(), true); err != nil {
			return err
		}
		fmt.Println("done")
	}
}

// migrateChild makes a vault of the first format out of the one that there is, and
// opens it, for ever.
func migrateChild(ctx context.Context, v *storage.Vault, u storage.Unlocker) error {
	dir, o := os.Getenv(childHome), testOptions()
	o.Copies = 2
	old, err := os.ReadFile(filepath.Join(filepath.Dir(dir), "v1.db"))
	if err != nil {
		return err
	}
	for {
		temp := filepath.Join(filepath.Dir(dir), "next.db")
		err := errors.Join(v.Close(), os.WriteFile(temp, old, 0o600), os.Rename(temp, filepath.Join(dir, "vault.db")))
		if err != nil {
			return err
		}
		fmt.Println("go")
		if v, err = storage.Open(ctx, dir, u, o); err != nil {
			return err
		}
		fmt.Println("done")
	}
}

// killWhile starts a child and kills it at a random moment of its work. It
// returns how often the child had done it.
func killWhile(t *testing.T, role, dir string, rng *rand.Rand) int {
	t.Helper()
	c, out := child(t, role, dir)
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatalf("%s: the process did not open the vault", role)
	}
	kill := time.AfterFunc(time.Duration(rng.IntN(25_000))*time.Microsecond, func() { _ = c.Process.Kill() })
	defer kill.Stop()
	done := 0
	for lines.Scan() {
		if lines.Text() == "done" {
			done++
		}
	}
	_ = c.Wait()
	return done
}

// killable is a vault for a role, and what it has to tell whatever happens.
func killable(t *testing.T, role string) (dir, want string) {
	t.Helper()
	if role == "migrate" {
		old := filepath.Join(frozen, "v1.db")
		dir = thaw(t, old)
		mustWrite(t, filepath.Join(filepath.Dir(dir), "v1.db"), mustRead(t, old), 0o600)
		return dir, string(mustRead(t, filepath.Join(frozen, "v1.txt")))
	}
	dir = filepath.Join(t.TempDir(), "home")
	v, err := storage.Create(t.Context(), dir, fileKey(1), testOptions())
	mustDo(t, err)
	defer closeVault(t, v)
	addBank(t, v, "bank")
	fill(t, v)
	return dir, tell(t, v).String()
}

// Killed at any moment of a rotation, of a change of what opens the vault, of a
// restore or of a migration, it opens with the old secret or with the new one, and
// has lost nothing.
func TestKilledRewritesLeaveAWholeVault(t *testing.T) {
	for _, role := range []string{"rotate", "replace", "restore", "migrate"} {
		t.Run(role, func(t *testing.T) {
			t.Parallel()
			dir, want := killable(t, role)
			rng := rand.New(rand.NewPCG(2, 3))
			kills, done := 0, 0
			for most := ordeal.Times(75); kills < most || done == 0 && kills < 75; kills++ {
				done += killWhile(t, role, dir, rng)
				v, _, err := openAny(t.Context(), dir)
				if err != nil {
					t.Fatal(err)
				}
				if got := tell(t, v).String(); got != want {
					t.Fatalf("it tells\n%s\nwant\n%s", got, want)
				}
				closeVault(t, v)
			}
			if done == 0 {
				t.Errorf("no process finished a %s before it was killed", role)
			}
			t.Logf("%d kills, %d finished; 0 unusable, 0 rows lost", kills, done)
		})
	}
}
