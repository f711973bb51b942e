package storage_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/storage"
)

const goodPassphrase = "correct horse battery"

// testOptions are a vault's in tests: cheap to open, with a clock that stands.
func testOptions() storage.Options {
	return storage.Options{
		KDF:  storage.KDF{Time: 1, Memory: 19 * 1024, Threads: 1},
		Now:  func() time.Time { return noon },
		Wait: 20 * time.Second,
	}
}

var noon = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)

func unlocker() storage.Unlocker { return storage.Passphrase(secret.New(goodPassphrase)) }

// newVault makes a vault with one bank, "bank", in a directory of its own.
func newVault(t testing.TB) (*storage.Vault, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "home")
	v, err := storage.Create(t.Context(), dir, unlocker(), testOptions())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeVault(t, v) })
	addBank(t, v, "bank")
	return v, dir
}

func closeVault(t testing.TB, v *storage.Vault) {
	t.Helper()
	if err := v.Close(); err != nil {
		t.Error(err)
	}
}

func reopen(t testing.TB, dir string) *storage.Vault {
	t.Helper()
	v, err := storage.Open(t.Context(), dir, unlocker(), testOptions())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeVault(t, v) })
	return v
}

func addBank(t testing.TB, v *storage.Vault, id ledger.ItemID) {
	t.Helper()
	item := ledger.Item{ID: id, Name: "Bank " + string(id), State: ledger.ItemSyncing, LinkedAt: noon}
	if err := v.AddItem(t.Context(), item, secret.New("access-"+string(id))); err != nil {
		t.Fatal(err)
	}
}

func apply(t testing.TB, v *storage.Vault, d ledger.Delta) ledger.Applied {
	t.Helper()
	applied, err := v.Apply(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return applied
}

func edit(t testing.TB, v *storage.Vault, edits ledger.Edits) {
	t.Helper()
	if err := v.Edit(t.Context(), edits); err != nil {
		t.Fatal(err)
	}
}

func book(t testing.TB, v *storage.Vault) *ledger.Book {
	t.Helper()
	b, err := v.Book(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func revision(t testing.TB, v *storage.Vault) uint64 {
	t.Helper()
	n, err := v.Revision(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func vaultPath(dir string) string { return filepath.Join(dir, "vault.db") }

func mustWrite(t testing.TB, path string, data []byte, mode os.FileMode) {
	t.Helper()
	if err := errors.Join(os.WriteFile(path, data, mode), os.Chmod(path, mode)); err != nil {
		t.Fatal(err)
	}
}

func mustRead(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// tamper changes a vault's file as somebody without the key could.
func tamper(t testing.TB, dir string, with func(*bolt.Tx) error) {
	t.Helper()
	mustDo(t, change(vaultPath(dir), with))
}

func change(file string, with func(*bolt.Tx) error) error {
	db, err := bolt.Open(file, 0o600, nil)
	if err != nil {
		return err
	}
	return errors.Join(db.Update(with), db.Close())
}

func mustDo(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var usd = ledger.ISO("USD")

// row makes a transaction of account "checking" on a day of 2026.
func row(id string, month time.Month, day int, minor int64) ledger.Transaction {
	return ledger.Transaction{
		ID:      ledger.TransactionID(id),
		Account: "checking",
		Date:    ledger.NewDate(2026, month, day),
		Amount:  ledger.NewAmount(minor, usd),
		Name:    "PURCHASE " + id,
	}
}

// rowsOf lists the facts of a Book by id.
func rowsOf(b *ledger.Book) map[ledger.TransactionID]ledger.Transaction {
	rows := make(map[ledger.TransactionID]ledger.Transaction, b.Len())
	for r := range ledger.Row(b.Len()) {
		t := b.Entry(r).Transaction
		rows[t.ID] = t
	}
	return rows
}

// said returns the edit that a Book has on a row.
func said(t testing.TB, b *ledger.Book, id ledger.TransactionID) ledger.Category {
	t.Helper()
	r, ok := b.Find(id)
	if !ok {
		t.Fatalf("row %s is not in the book", id)
	}
	return b.Entry(r).Edit.Category
}

func TestVaultKeepsWhatItWasGivenAcrossReopening(t *testing.T) {
	v, dir := newVault(t)
	accounts := []ledger.Account{{ID: "checking", Item: "bank", Name: "Checking", Type: ledger.Depository, Currency: usd}}
	want := ledger.Applied{Added: 2}
	d := ledger.Delta{
		Item: "bank", Next: "c1", At: noon, HistoryReady: true, Accounts: accounts,
		Upserts: []ledger.Transaction{row("t1", time.May, 1, -1250), row("t2", time.June, 30, 99)},
	}
	if got := apply(t, v, d); got != want {
		t.Errorf("applied %+v, want %+v", got, want)
	}
	edit(t, v, ledger.Edits{"t1": {Category: "Party"}})
	credentials := storage.Credentials{ClientID: "client", Secret: secret.New("hush"), Environment: "sandbox"}
	if err := v.SetCredentials(t.Context(), credentials); err != nil {
		t.Fatal(err)
	}
	closeVault(t, v)

	v = reopen(t, dir)
	b := book(t, v)
	if got := rowsOf(b); len(got) != 2 || got["t1"] != d.Upserts[0] || got["t2"] != d.Upserts[1] {
		t.Errorf("rows %+v, want %+v", got, d.Upserts)
	}
	if got := said(t, b, "t1"); got != "Party" {
		t.Errorf("edit of t1 is %q, want Party", got)
	}
	if got := b.Accounts(); !slices.Equal(got, accounts) {
		t.Errorf("accounts %+v, want %+v", got, accounts)
	}
	items := b.Items()
	if len(items) != 1 || items[0].State != ledger.ItemOK || !items[0].LastSync.Equal(noon) || !items[0].HistoryReady {
		t.Errorf("items %+v, want one that is ok, synced at noon, with its history", items)
	}
	if got, err := v.Cursor(t.Context(), "bank"); got != "c1" || err != nil {
		t.Errorf("cursor %q, %v, want c1", got, err)
	}
	if got, err := v.AccessToken(t.Context(), "bank"); got.Reveal() != "access-bank" || err != nil {
		t.Errorf("access token %q, %v, want access-bank", got.Reveal(), err)
	}
	if got, ok, err := v.Credentials(t.Context()); got != credentials || !ok || err != nil {
		t.Errorf("credentials %+v, %v, %v, want %+v", got, ok, err, credentials)
	}
}

func TestNewVaultHasNoCredentials(t *testing.T) {
	v, _ := newVault(t)
	if got, ok, err := v.Credentials(t.Context()); ok || err != nil {
		t.Errorf("credentials %+v, %v, %v, want none", got, ok, err)
	}
}

func TestRevisionChangesWithEachCommitAndOnlyThen(t *testing.T) {
	v, dir := newVault(t)
	other := reopen(t, dir)
	last := revision(t, v)
	item, err := v.Items(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		name    string
		do      func() error
		changes bool
	}{
		{"edit", func() error { return other.Edit(t.Context(), ledger.Edits{"t1": {Category: "Party"}}) }, true},
		{"same edit", func() error { return other.Edit(t.Context(), ledger.Edits{"t1": {Category: "Party"}}) }, false},
		{"same item", func() error { return v.SaveItem(t.Context(), item[0]) }, false},
		{"book", func() error { _, err := v.Book(t.Context()); return err }, false},
		{"sync", func() error { _, err := v.Apply(t.Context(), ledger.Delta{Item: "bank", Next: "c1"}); return err }, true},
		{"stale sync", func() error { _, _ = v.Apply(t.Context(), ledger.Delta{Item: "bank"}); return nil }, false},
		{"remove", func() error { return other.RemoveItem(t.Context(), "bank") }, true},
	} {
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		now := revision(t, v)
		if changed := now != last; changed != step.changes {
			t.Errorf("%s: revision went from %d to %d, want change %v", step.name, last, now, step.changes)
		}
		last = now
	}
}

func TestUnknownBankIsAnErrorEverywhere(t *testing.T) {
	v, _ := newVault(t)
	ctx := t.Context()
	for name, do := range map[string]func() error{
		"apply":    func() error { _, err := v.Apply(ctx, ledger.Delta{Item: "nobody"}); return err },
		"token":    func() error { _, err := v.AccessToken(ctx, "nobody"); return err },
		"cursor":   func() error { _, err := v.Cursor(ctx, "nobody"); return err },
		"save":     func() error { return v.SaveItem(ctx, ledger.Item{ID: "nobody"}) },
		"balances": func() error { return v.SaveBalances(ctx, []ledger.Account{{ID: "a", Item: "nobody"}}) },
		"remove":   func() error { return v.RemoveItem(ctx, "nobody") },
	} {
		if err := do(); !errors.Is(err, storage.ErrNoItem) {
			t.Errorf("%s: %v, want ErrNoItem", name, err)
		}
	}
	if got, err := v.Accounts(ctx, "nobody"); len(got) != 0 || err != nil {
		t.Errorf("accounts %v, %v, want none", got, err)
	}
}

func TestClosedVaultRefuses(t *testing.T) {
	v, _ := newVault(t)
	closeVault(t, v)
	if _, err := v.Book(t.Context()); !errors.Is(err, storage.ErrClosed) {
		t.Errorf("book of a closed vault: %v, want ErrClosed", err)
	}
	if err := v.Edit(t.Context(), ledger.Edits{"t": {Category: "x"}}); !errors.Is(err, storage.ErrClosed) {
		t.Errorf("edit of a closed vault: %v, want ErrClosed", err)
	}
}

func TestCredentialsPrintNoSecret(t *testing.T) {
	c := storage.Credentials{ClientID: "client", Secret: secret.New("hush")}
	for _, verb := range []string{"%v", "%+v", "%#v", "%q"} {
		if got := fmt.Sprintf(verb, c); strings.Contains(got, "hush") {
			t.Errorf("%s prints %s", verb, got)
		}
	}
}

func TestOneVaultServesManyGoroutines(t *testing.T) {
	v, _ := newVault(t)
	apply(t, v, ledger.Delta{Item: "bank", Next: "c1", Upserts: []ledger.Transaction{row("t", time.May, 1, 1)}})
	const writers, each = 4, 5
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				id := ledger.TransactionID(fmt.Sprint("t", w, "-", i))
				if err := v.Edit(t.Context(), ledger.Edits{id: {Category: "Party"}}); err != nil {
					t.Error(err)
				}
			}
		})
		wg.Go(func() {
			for range each {
				if b, err := v.Book(t.Context()); err != nil || b.Len() != 1 {
					t.Errorf("book: %v", err)
				}
			}
		})
	}
	wg.Wait()
	edits, err := v.Edits(t.Context())
	if err != nil || len(edits) != writers*each {
		t.Errorf("%d edits, %v, want %d", len(edits), err, writers*each)
	}
}
