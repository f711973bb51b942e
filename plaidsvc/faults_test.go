package plaidsvc_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/plaidsvc/plaidsim"
	"coffer/storage"
)

// The data that changes under the loop is the simulator's own.
func TestMutationsOfTheSimulator(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	s.sim.MutateOnPage(2, 3)
	item := s.linkWhole(t, platypus)
	sameRows(t, s.vault, s.truth(t, item.ID))
	if len(s.vault.deltas) != 1 || len(s.vault.rows) <= 1000 {
		t.Errorf("%d commits of %d rows, want one of three pages", len(s.vault.deltas), len(s.vault.rows))
	}
}

// A row that nobody can read costs the sync nothing, and is told of with what to do.
func TestUnreadableRowsAreReported(t *testing.T) {
	w, s := scripted(t)
	s.on("/transactions/sync", page(row("t1")+`,{"transaction_id":"t2"},null`, "c1", true), page(`7`, "c2", false))
	var told error
	results, err := w.Sync(t.Context(), nil, func(p ledger.Progress) {
		if p.Phase == ledger.PhaseDone {
			told = p.Err
		}
	})
	if err != nil || results[0].Err != nil || results[0].Applied.Added != 1 || w.vault.cursors["item-1"] != "c2" {
		t.Fatalf("got %+v, %v; want the row and the cursor", results, err)
	}
	const want = `3 rows could not be read and were left out (the first: "t2": it names no account); fetch them again with coffer items replay item-1`
	if told == nil || told.Error() != want || !errors.Is(results[0].Skipped, told) {
		t.Errorf("told %v, in the result %v; want %s", told, results[0].Skipped, want)
	}
}

// realVault is a vault as the program has it.
func realVault(t *testing.T) *storage.Vault {
	t.Helper()
	v, err := storage.Create(t.Context(), t.TempDir(), storage.Passphrase(secret.New("correct horse battery")),
		storage.Options{KDF: storage.LightKDF()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := v.Close(); err != nil {
			t.Error(err)
		}
	})
	return v
}

// The vault of the real program takes what a sync gives.
func TestSyncIntoTheRealVault(t *testing.T) {
	v := realVault(t)
	s := simulate(t, plaidsim.Options{Settled: true}, func(c *plaidsvc.Config) { c.Vault = v })
	item := s.linkWhole(t, platypus)
	s.clock.advance(3 * day)
	if got := s.syncOne(t); got.Err != nil || got.Applied == (ledger.Applied{}) {
		t.Fatalf("second sync: %+v, %v", got.Applied, got.Err)
	}
	s.sim.Inject(plaidsim.Fault{Endpoint: "/transactions/sync", Call: 1, Code: "ITEM_LOGIN_REQUIRED"})
	if got := s.syncOne(t); !errors.Is(got.Err, ledger.ErrLoginRequired) {
		t.Errorf("third sync: %v", got.Err)
	}
	items, err := v.Items(t.Context())
	if err != nil || len(items) != 1 || items[0].State != ledger.ItemLoginRequired || items[0].Name != "First Platypus Bank" {
		t.Errorf("kept %+v, %v", items, err)
	}
	if err := sameBook(t.Context(), v, s, item); err != nil {
		t.Error(err)
	}
}

// sameBook compares the vault's book with what Plaid has.
func sameBook(ctx context.Context, v *storage.Vault, s *simulated, item ledger.Item) error {
	token, err := v.AccessToken(ctx, item.ID)
	if err != nil {
		return err
	}
	want := newMemory()
	if err := want.AddItem(ctx, item, token); err != nil {
		return err
	}
	service, err := plaidsvc.New(plaidsvc.Config{
		Environment: s.http.URL, ItemEnvironment: "simulator", ClientID: "c", Secret: token,
		Vault: want, Now: s.clock.Now, Sleep: s.clock.Sleep,
	})
	if err != nil {
		return err
	}
	if _, err := service.Sync(ctx, nil, nil); err != nil {
		return err
	}
	book, err := v.Book(ctx)
	if err != nil {
		return err
	}
	if book.Len() != len(want.rows) || book.Len() == 0 {
		return fmt.Errorf("the book has %d rows, Plaid %d", book.Len(), len(want.rows))
	}
	for id, row := range want.rows {
		r, ok := book.Find(id)
		if !ok || book.Entry(r).Transaction != row {
			return fmt.Errorf("row %q: the book has %+v (%v), Plaid %+v", id, book.Entry(r).Transaction, ok, row)
		}
	}
	return nil
}
