//go:build unix

package storage_test

import (
	"bytes"
	"errors"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/storage"
)

// A generator makes keys and nonces that are the same in each run, so that the
// damaged files are.
type generator struct{ rng *rand.ChaCha8 }

func (g generator) Read(p []byte) (int, error) { return g.rng.Read(p) }

// patient is a vault with everything in it, to be damaged.
type patient struct {
	vault    *storage.Vault
	old, now []byte // the file, some commits ago and now
	rows     map[ledger.TransactionID]ledger.Transaction
	edits    ledger.Edits
	root     int // the page that lists the buckets
}

func newPatient(t *testing.T) *patient {
	t.Helper()
	o := testOptions()
	o.Random = generator{rand.NewChaCha8([32]byte{1})}
	dir := filepath.Join(t.TempDir(), "home")
	v, err := storage.Create(t.Context(), dir, fileKey(1), o)
	mustDo(t, err)
	t.Cleanup(func() { closeVault(t, v) })
	addBank(t, v, "bank")
	mustDo(t, v.SetCredentials(t.Context(), storage.Credentials{ClientID: "c", Secret: secret.New("s")}))
	rows := household(800)
	for i := range rows {
		rows[i].Date = ledger.NewDate(2026, 1, 1).AddDays(i % 150)
	}
	apply(t, v, ledger.Delta{Item: "bank", Next: "c1", At: noon, Upserts: rows[:750]})
	p := &patient{vault: v, old: mustRead(t, vaultPath(dir)), edits: make(ledger.Edits)}
	apply(t, v, ledger.Delta{Item: "bank", From: "c1", Next: "c2", At: noon, Upserts: rows[750:]})
	for _, r := range rows[:20] {
		p.edits[r.ID] = ledger.Edit{Category: "Party"}
		edit(t, v, ledger.Edits{r.ID: p.edits[r.ID]})
	}
	p.now, p.root = mustRead(t, vaultPath(dir)), rootPage(t, dir)
	p.rows = rowsOf(book(t, v))
	return p
}

const pageSize = 4096

// damages are the ways a file goes bad. Each returns a damaged copy.
var damages = map[string]func(p *patient, rng *rand.Rand) []byte{
	"flipped bit": func(p *patient, rng *rand.Rand) []byte {
		data := bytes.Clone(p.now)
		data[rng.IntN(len(data))] ^= 1 << rng.IntN(8)
		return data
	},
	"flipped bit in a page's head": func(p *patient, rng *rand.Rand) []byte {
		data := bytes.Clone(p.now)
		data[rng.IntN(len(data)/pageSize)*pageSize+rng.IntN(96)] ^= 1 << rng.IntN(8)
		return data
	},
	"zeroed page": func(p *patient, rng *rand.Rand) []byte {
		data := bytes.Clone(p.now)
		clear(data[rng.IntN(len(data)/pageSize)*pageSize:][:pageSize])
		return data
	},
	"random sector": func(p *patient, rng *rand.Rand) []byte {
		data := bytes.Clone(p.now)
		sector := data[rng.IntN(len(data)/512)*512:][:512]
		for i := range sector {
			sector[i] = byte(rng.Uint32())
		}
		return data
	},
	"cut short": func(p *patient, rng *rand.Rand) []byte {
		return bytes.Clone(p.now[:1+rng.IntN(len(p.now)-1)])
	},
	"swapped pages": func(p *patient, rng *rand.Rand) []byte {
		data := bytes.Clone(p.now)
		a, b := rng.IntN(len(data)/pageSize), rng.IntN(len(data)/pageSize)
		copy(data[a*pageSize:][:pageSize], p.now[b*pageSize:])
		copy(data[b*pageSize:][:pageSize], p.now[a*pageSize:])
		return data
	},
	"page of an older copy": func(p *patient, rng *rand.Rand) []byte {
		data := bytes.Clone(p.now)
		page := rng.IntN(min(len(data), len(p.old)) / pageSize)
		copy(data[page*pageSize:][:pageSize], p.old[page*pageSize:])
		return data
	},
}

// attacks are changes of a vault's file, given values that it had before.
var attacks = map[string]func(t *testing.T, tx *bolt.Tx, old map[string][]byte) error{
	"value moved to another key": func(_ *testing.T, tx *bolt.Tx, _ map[string][]byte) error {
		c := tx.Bucket([]byte("e")).Cursor()
		_, value := c.First()
		key, _ := c.Next()
		return tx.Bucket([]byte("e")).Put(bytes.Clone(key), bytes.Clone(value))
	},
	"value copied to another bucket": func(_ *testing.T, tx *bolt.Tx, _ map[string][]byte) error {
		key, value := tx.Bucket([]byte("e")).Cursor().First()
		return tx.Bucket([]byte("a")).Put(bytes.Clone(key), bytes.Clone(value))
	},
	"older value of the same key": func(_ *testing.T, tx *bolt.Tx, old map[string][]byte) error {
		key, _ := tx.Bucket([]byte("c")).Cursor().First()
		return tx.Bucket([]byte("c")).Put(bytes.Clone(key), old["c"])
	},
	"older value and its seal": func(_ *testing.T, tx *bolt.Tx, old map[string][]byte) error {
		key, _ := tx.Bucket([]byte("c")).Cursor().First()
		return errors.Join(tx.Bucket([]byte("c")).Put(bytes.Clone(key), old["c"]),
			tx.Bucket([]byte("h")).Put([]byte("seal"), old["seal"]))
	},
	"value deleted": func(_ *testing.T, tx *bolt.Tx, _ map[string][]byte) error {
		key, _ := tx.Bucket([]byte("f")).Cursor().First()
		return tx.Bucket([]byte("f")).Delete(key)
	},
	"journal cut": func(_ *testing.T, tx *bolt.Tx, _ map[string][]byte) error {
		key, _ := tx.Bucket([]byte("j")).Cursor().Last()
		return tx.Bucket([]byte("j")).Delete(key)
	},
	"bucket deleted": func(_ *testing.T, tx *bolt.Tx, _ map[string][]byte) error {
		return tx.DeleteBucket([]byte("e"))
	},
	"bucket added": func(_ *testing.T, tx *bolt.Tx, _ map[string][]byte) error {
		_, err := tx.CreateBucket([]byte("z"))
		return err
	},
	"rows and index of two blocks mixed": func(_ *testing.T, tx *bolt.Tx, old map[string][]byte) error {
		key, value := tx.Bucket([]byte("f")).Cursor().First()
		mixed := bytes.Clone(value)
		copy(mixed[len(mixed)-200:], old["f"][len(old["f"])-200:])
		return tx.Bucket([]byte("f")).Put(bytes.Clone(key), mixed)
	},
	"header of another vault": func(t *testing.T, tx *bolt.Tx, _ map[string][]byte) error {
		_, other := newVault(t)
		return tx.Bucket([]byte("h")).Put([]byte("header"), headerOf(t, other))
	},
}

// Somebody who can write the file but has no key cannot change what it says.
func TestTamperingIsNoticed(t *testing.T) {
	for name, attack := range attacks {
		t.Run(name, func(t *testing.T) {
			v, dir := newVault(t)
			apply(t, v, syncNumber(1))
			edit(t, v, ledger.Edits{"sync-1-0": {Category: "one"}, "sync-1-1": {Category: "two"}})
			old := firstValues(t, dir)
			apply(t, v, syncNumber(2))
			mustDo(t, v.Verify(t.Context()))
			tamper(t, dir, func(tx *bolt.Tx) error { return attack(t, tx, old) })
			err := v.Verify(t.Context())
			if !errors.Is(err, storage.ErrDamaged) && !errors.Is(err, storage.ErrReplaced) {
				t.Errorf("verify: %v, want ErrDamaged", err)
			}
		})
	}
}

// firstValues are the first value of each bucket, and the seal.
func firstValues(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	values := make(map[string][]byte)
	tamper(t, dir, func(tx *bolt.Tx) error {
		values["seal"] = bytes.Clone(tx.Bucket([]byte("h")).Get([]byte("seal")))
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			_, value := b.Cursor().First()
			values[string(name)] = bytes.Clone(value)
			return nil
		})
	})
	return values
}

func headerOf(t *testing.T, dir string) []byte {
	t.Helper()
	var header []byte
	tamper(t, dir, func(tx *bolt.Tx) error {
		header = bytes.Clone(tx.Bucket([]byte("h")).Get([]byte("header")))
		return nil
	})
	return header
}

func TestFileCutWhileTheVaultIsOpenIsAnError(t *testing.T) {
	v, dir := newVault(t)
	small := mustRead(t, vaultPath(dir))
	apply(t, v, ledger.Delta{Item: "bank", Next: "c1", Upserts: household(2000)})
	good := mustRead(t, vaultPath(dir))
	// As long as the commit before the last was: that one would fit.
	mustDo(t, os.Truncate(vaultPath(dir), int64(len(small))))
	_, err := v.Revision(t.Context())
	if !errors.Is(err, storage.ErrDamaged) || !strings.Contains(err.Error(), "cut short") {
		t.Errorf("revision: %v, want ErrDamaged and that the file was cut short", err)
	}
	mustWrite(t, vaultPath(dir), good, 0o600)
	if got := book(t, v).Len(); got != 2000 {
		t.Errorf("after the file was put back: %d rows, want 2000", got)
	}
}

// After a page that made bbolt panic a Vault reads and writes nothing more, for
// bbolt's state is not known then. One opened anew does.
func TestVaultStopsAfterAFault(t *testing.T) {
	v, dir := newVault(t)
	apply(t, v, syncNumber(1))
	good := mustRead(t, vaultPath(dir))
	v.Fault()
	if _, err := v.Revision(t.Context()); !errors.Is(err, storage.ErrDamaged) {
		t.Errorf("revision: %v, want ErrDamaged", err)
	}
	if err := v.Edit(t.Context(), ledger.Edits{"t": {Category: "x"}}); !errors.Is(err, storage.ErrDamaged) {
		t.Errorf("edit after the fault: %v, want ErrDamaged", err)
	}
	if !bytes.Equal(mustRead(t, vaultPath(dir)), good) {
		t.Error("the file was written after the fault")
	}
	if got, want := rowsOf(book(t, v.Again())), rowsAfter(1); !maps.Equal(got, want) {
		t.Errorf("opened anew: %d rows, want %d", len(got), len(want))
	}
}
