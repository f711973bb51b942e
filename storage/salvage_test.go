//go:build unix

package storage_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"coffer/ledger"
	"coffer/storage"
)

// wounds are damages of what all else hangs on, besides those of [damages].
var wounds = map[string]func(p *patient, rng *rand.Rand) []byte{
	"both first pages": func(p *patient, _ *rand.Rand) []byte {
		data := bytes.Clone(p.now)
		clear(data[:2*pageSize])
		return data
	},
	"header": func(p *patient, _ *rand.Rand) []byte {
		return bytes.ReplaceAll(p.now, []byte(`{"v":`), []byte(`{"w":`))
	},
	"list of buckets": func(p *patient, _ *rand.Rand) []byte {
		data := bytes.Clone(p.now)
		clear(data[p.root*pageSize:][:pageSize])
		return data
	},
	"every second page": func(p *patient, _ *rand.Rand) []byte {
		data := bytes.Clone(p.now)
		for at := 2 * pageSize; at+pageSize <= len(data); at += 2 * pageSize {
			clear(data[at:][:pageSize])
		}
		return data
	},
	"ten random sectors": func(p *patient, rng *rand.Rand) []byte {
		data := bytes.Clone(p.now)
		for range 10 {
			sector := data[rng.IntN(len(data)/512)*512:][:512]
			for i := range sector {
				sector[i] = byte(rng.Uint32())
			}
		}
		return data
	},
}

// rootPage finds the page that lists the buckets.
func rootPage(t testing.TB, dir string) int {
	t.Helper()
	db, err := bolt.Open(vaultPath(dir), 0o600, &bolt.Options{ReadOnly: true})
	mustDo(t, err)
	defer func() { mustDo(t, db.Close()) }()
	root := 0
	mustDo(t, db.View(func(tx *bolt.Tx) error {
		root = int(tx.Cursor().Bucket().Root())
		return nil
	}))
	return root
}

// What is saved of a damaged vault is a whole vault: no row is doubled or of
// another making, and what the findings do not count as lost is there.
func TestSalvageSavesAllThatItDoesNotCallLost(t *testing.T) {
	p := newPatient(t)
	all := maps.Clone(wounds)
	maps.Copy(all, damages)
	for name, damage := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewPCG(9, uint64(len(name))))
			var whole, complete, part, nothing int
			for range 12 {
				dir := privateDir(t)
				data := damage(p, rng)
				mustWrite(t, vaultPath(dir), data, 0o600)
				found, err := storage.Salvage(t.Context(), dir, fileKey(1), testOptions())
				switch {
				case errors.Is(err, storage.ErrWhole):
					whole++
				case err != nil:
					if !errors.Is(err, storage.ErrDamaged) && !errors.Is(err, storage.ErrWrongKey) {
						t.Fatal(err)
					}
					nothing++
					if !bytes.Equal(mustRead(t, vaultPath(dir)), data) {
						t.Fatal("it failed and changed the file")
					}
				case p.saved(t, dir, data, found):
					complete++
				default:
					part++
				}
			}
			t.Logf("%d whole, %d saved completely, %d in part, %d of which nothing could be read", whole, complete, part, nothing)
		})
	}
}

// saved checks a vault that was salvaged, and reports whether nothing was lost.
func (p *patient) saved(t *testing.T, dir string, damaged []byte, found storage.Findings) bool {
	t.Helper()
	v, err := storage.Open(t.Context(), dir, fileKey(1), testOptions())
	mustDo(t, err)
	defer closeVault(t, v)
	b := book(t, v)
	rows := rowsOf(b)
	if len(rows) != b.Len() {
		t.Fatalf("%d rows, %d of them different: some are doubled", b.Len(), len(rows))
	}
	for id, row := range rows {
		if p.rows[id] != row {
			t.Fatalf("row %s is not what it was", id)
		}
	}
	lost := make(map[string]int)
	total := 0
	for _, part := range found.Parts {
		lost[part.Name] = part.Lost
		total += part.Lost
	}
	if !found.Again && len(rows) != len(p.rows) {
		t.Errorf("%d rows, want %d, and it said that none is lost", len(rows), len(p.rows))
	}
	edits, err := v.Edits(t.Context())
	mustDo(t, err)
	if found.Counted && lost["edits"] == 0 && len(edits) < len(p.edits)-1 { // one commit may be missing
		t.Errorf("%d edits, want %d, and it said that none is lost", len(edits), len(p.edits))
	}
	if cursor, err := v.Cursor(t.Context(), "bank"); err == nil && len(rows) < len(p.rows) && cursor != "" {
		t.Errorf("rows are missing, and the next sync starts at %q", cursor)
	}
	copies, err := storage.Copies(dir, noon)
	mustDo(t, err)
	if len(copies) != 1 || copies[0].Reason != "damaged" || !bytes.Equal(mustRead(t, copies[0].Path), damaged) {
		t.Errorf("the damaged file is not among the copies: %v", copies)
	}
	return found.Counted && total == 0 && !found.Again
}

func privateDir(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "home")
	mustDo(t, os.Mkdir(dir, 0o700))
	return dir
}

// What a copy has is used for what the file lost, the header too.
func TestSalvageTakesFromCopiesWhatTheFileLost(t *testing.T) {
	p := newPatient(t)
	dir := privateDir(t)
	data := wounds["header"](p, nil)
	for at := 2 * pageSize; at+pageSize <= len(data); at += 2 * pageSize {
		clear(data[at:][:pageSize])
	}
	mustWrite(t, vaultPath(dir), data, 0o600)
	mustDo(t, os.Mkdir(filepath.Join(dir, "copies"), 0o700))
	mustWrite(t, filepath.Join(dir, "copies", "vault-20261120T120000Z-daily.db"), p.now, 0o600)
	found, err := storage.Salvage(t.Context(), dir, fileKey(1), testOptions())
	mustDo(t, err)
	for _, part := range found.Parts {
		if part.Lost != 0 {
			t.Errorf("%+v, want nothing lost", part)
		}
	}
	v, err := storage.Open(t.Context(), dir, fileKey(1), testOptions())
	mustDo(t, err)
	defer closeVault(t, v)
	edits, err := v.Edits(t.Context())
	mustDo(t, err)
	token, err := v.AccessToken(t.Context(), "bank")
	mustDo(t, err)
	if got := rowsOf(book(t, v)); !maps.Equal(got, p.rows) || !maps.Equal(edits, p.edits) || token.Reveal() != "access-bank" {
		t.Errorf("%d rows, %d edits, want %d and %d", len(got), len(edits), len(p.rows), len(p.edits))
	}
}

// The journal tells all edits, so that those are lost only with it.
func TestSalvageReadsEditsInTheJournal(t *testing.T) {
	v, dir := newVault(t)
	apply(t, v, syncNumber(1))
	edit(t, v, ledger.Edits{"sync-1-0": {Category: "one"}, "sync-1-1": {Category: "two"}})
	edit(t, v, ledger.Edits{"sync-1-0": {}, "sync-1-2": {Category: "three"}})
	want, err := v.Edits(t.Context())
	mustDo(t, err)
	tamper(t, dir, func(tx *bolt.Tx) error {
		return errors.Join(tx.DeleteBucket([]byte("e")), tx.DeleteBucket([]byte("t")))
	})
	found, err := storage.Examine(t.Context(), dir, unlocker(), testOptions())
	mustDo(t, err)
	if found.Cause == nil || len(found.Banks) != 1 || found.Banks[0].Rows != 4 {
		t.Errorf("found %+v, want a cause and one bank with 4 rows", found)
	}
	_, err = storage.Salvage(t.Context(), dir, unlocker(), testOptions())
	mustDo(t, err)
	got, err := reopen(t, dir).Edits(t.Context())
	mustDo(t, err)
	if !maps.Equal(got, want) {
		t.Errorf("edits %v, want %v", got, want)
	}
}

// A bank of which nothing is left but what it told besides is a bank still: no value is
// one that nothing refers to.
func TestSalvageKnowsABankByWhatItTold(t *testing.T) {
	v, dir := newVault(t)
	want := someTellings("bank")
	mustDo(t, want.save(t.Context(), v))
	mustDo(t, v.Close())
	tamper(t, dir, func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte("i")) })
	packed(t, dir)
	_, err := storage.Salvage(t.Context(), dir, unlocker(), testOptions())
	mustDo(t, err)
	again := reopen(t, dir)
	if got := readTellings(t, again); !reflect.DeepEqual(got, want) {
		t.Errorf("saved %+v, want %+v", got, want)
	}
	mustDo(t, again.Rotate(t.Context(), unlocker()))
	mustDo(t, again.Verify(t.Context()))
}

// packed leaves nothing of what was deleted in the vault's file.
func packed(t *testing.T, dir string) {
	t.Helper()
	from, err := bolt.Open(vaultPath(dir), 0o600, nil)
	mustDo(t, err)
	to, err := bolt.Open(vaultPath(dir)+".packed", 0o600, nil)
	mustDo(t, err)
	mustDo(t, bolt.Compact(to, from, 0))
	mustDo(t, errors.Join(from.Close(), to.Close(), os.Rename(vaultPath(dir)+".packed", vaultPath(dir))))
}

func TestSalvageLeavesAGoodVaultAlone(t *testing.T) {
	v, dir := newVault(t)
	apply(t, v, syncNumber(1))
	before := snapshot(t, dir)
	if _, err := storage.Salvage(t.Context(), dir, unlocker(), testOptions()); !errors.Is(err, storage.ErrWhole) {
		t.Errorf("salvage: %v, want ErrWhole", err)
	}
	found, err := storage.Examine(t.Context(), dir, unlocker(), testOptions())
	if err != nil || found.Cause != nil || found.Again {
		t.Errorf("examine: %+v, %v, want nothing damaged", found, err)
	}
	_, err = storage.Examine(t.Context(), dir, fileKey(9), testOptions())
	if !errors.Is(err, storage.ErrWrongKey) {
		t.Errorf("examine with a wrong key: %v, want ErrWrongKey", err)
	}
	if after := snapshot(t, dir); after != before {
		t.Errorf("files changed from %q to %q", before, after)
	}
}

// salvageChild damages the vault and salvages it, for ever.
func salvageChild(ctx context.Context, v *storage.Vault, u storage.Unlocker) error {
	dir := os.Getenv(childHome)
	temp, file := filepath.Join(filepath.Dir(dir), "next.db"), filepath.Join(filepath.Dir(dir), "bad.db")
	if err := v.Backup(ctx, file); err != nil && !errors.Is(err, storage.ErrFileExists) {
		return err
	}
	// What is lost is told by the journal.
	err := change(file, func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte("e")) })
	if err != nil && !errors.Is(err, berrors.ErrBucketNotFound) {
		return err
	}
	bad, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	for {
		if err := errors.Join(os.WriteFile(temp, bad, 0o600), os.Rename(temp, vaultPath(dir)), os.RemoveAll(filepath.Join(dir, "copies"))); err != nil {
			return err
		}
		fmt.Println("go")
		if _, err := storage.Salvage(ctx, dir, u, testOptions()); err != nil {
			return err
		}
		fmt.Println("done")
	}
}

// Killed at any moment of a salvage the vault is the damaged one or the new one.
func TestKilledSalvageLeavesTheDamagedVaultOrTheNewOne(t *testing.T) {
	dir, want := killable(t, "salvage")
	rng := rand.New(rand.NewPCG(4, 5))
	const kills = 50
	done, old := 0, 0
	for range kills {
		done += killWhile(t, "salvage", dir, rng)
		v, u, err := openAny(t.Context(), dir)
		if err != nil {
			old++
			_, err := storage.Salvage(t.Context(), dir, fileKey(1), testOptions())
			mustDo(t, err)
			v, u, err = openAny(t.Context(), dir)
			mustDo(t, err)
		}
		if got := tell(t, v).String(); got != want || u != fileKey(1) {
			t.Fatalf("it tells\n%s\nwant\n%s", got, want)
		}
		closeVault(t, v)
	}
	if done == 0 || old == 0 {
		t.Errorf("%d salvages finished, %d were killed before the end: some of both are wanted", done, old)
	}
	t.Logf("%d kills, %d salvages finished, %d times the damaged vault was left; 0 unusable, 0 rows lost", kills, done, old)
}
