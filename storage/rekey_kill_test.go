package storage_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

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

// Killed at any moment of a rotation, or of a change of what opens the vault, it
// opens with the old secret or with the new one, and has lost nothing.
func TestKilledRekeyingLeavesAWholeVault(t *testing.T) {
	for _, role := range []string{"rotate", "replace"} {
		t.Run(role, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "home")
			v, err := storage.Create(t.Context(), dir, fileKey(1), testOptions())
			if err != nil {
				t.Fatal(err)
			}
			defer closeVault(t, v)
			addBank(t, v, "bank")
			apply(t, v, syncNumber(1))
			want := rowsOf(book(t, v))
			rng := rand.New(rand.NewPCG(2, 3))
			const kills = 100
			done := 0
			for range kills {
				done += killWhile(t, role, dir, rng)
				v, _, err := openAny(t.Context(), dir)
				if err != nil {
					t.Fatal(err)
				}
				if got := rowsOf(book(t, v)); !maps.Equal(got, want) {
					t.Fatalf("%d rows, want %d and the same", len(got), len(want))
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
