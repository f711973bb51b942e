package plaidsvc_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
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
	item := s.link(t, platypus)
	sameRows(t, s.vault, s.truth(t, item.ID))
	if len(s.vault.deltas) != 1 {
		t.Errorf("%d commits, want one", len(s.vault.deltas))
	}
}

// Every field of a row may be null, missing or of another kind: its neighbours
// stay, and it stays too unless the field is one that it cannot do without.
func TestAnyFieldMayBeOdd(t *testing.T) {
	vital := []string{"transaction_id", "account_id", "amount", "date"}
	var fields map[string]any
	if err := json.Unmarshal([]byte(`{"transaction_id":"odd","account_id":"a","pending_transaction_id":"p","pending":true,
		"amount":1.5,"iso_currency_code":"USD","unofficial_currency_code":null,"date":"2026-03-01","authorized_date":"2026-02-28",
		"datetime":"2026-03-01T00:00:00Z","name":"n","merchant_name":"m","original_description":"o","payment_channel":"online",
		"check_number":"1","personal_finance_category":{"primary":"P","detailed":"P_D"},"location":{"city":"c","country":"US"},
		"payment_meta":{},"counterparties":[],"category":["x"],"transaction_code":"adjustment"}`), &fields); err != nil {
		t.Fatal(err)
	}
	const missing = "(missing)"
	for name := range fields {
		for _, odd := range []any{nil, missing, map[string]any{}, []any{}, "odd text", 17, true, strings.Repeat("x", 100_000)} {
			changed := map[string]any{}
			for k, v := range fields {
				changed[k] = v
			}
			changed[name] = odd
			if odd == missing {
				delete(changed, name)
			}
			raw, err := json.Marshal(changed)
			if err != nil {
				t.Fatal(err)
			}
			rows, err := plaidsvc.ConvertPage([]byte(pageJSON(row("before")+","+string(raw)+","+row("after"), "c1", false)))
			if err != nil || len(rows) < 2 || rows[0].ID != "before" || rows[len(rows)-1].ID != "after" {
				t.Errorf("%s = %.40v: rows %+v, %v", name, odd, rows, err)
			}
			if len(rows) == 2 && !slices.Contains(vital, name) {
				t.Errorf("%s = %.40v cost the row", name, odd)
			}
		}
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
	item := s.link(t, platypus)
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
