package plaidsvc_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/plaidsvc/plaidsim"
	"coffer/storage"
)

// When Plaid answers everything with 429, each bank is asked about once and then left
// alone, whoever syncs however often; none of them is marked, and when it is over all
// are what a clean sync gives.
func TestAStormOf429Passes(t *testing.T) {
	var log lockedBuffer
	s := simulate(t, plaidsim.Options{Settled: true, Control: true, Log: &log})
	var items []ledger.Item
	for _, bank := range []string{platypus, gingham, "ins_109512", tartan} {
		item, err := s.LinkSandbox(t.Context(), plaidsvc.SandboxLink{Institution: bank, Days: 60}, nil)
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, item)
	}
	s.clock.advance(day)
	for code, asked := range map[string]int{"TRANSACTIONS_SYNC_LIMIT": 1, "RATE_LIMIT": 1, "INSTITUTION_RATE_LIMIT": 4} {
		s.sim.Inject(plaidsim.Fault{Code: code})
		before := strings.Count(log.String(), " 429")
		for round := range 5 {
			results, err := s.Sync(t.Context(), nil, nil)
			if err != nil || len(results) != len(items) {
				t.Fatalf("%s: %d results, %v", code, len(results), err)
			}
			for _, r := range results {
				if !errors.Is(r.Err, ledger.ErrRateLimited) {
					t.Errorf("%s: %s: %v, want ErrRateLimited", code, r.Item.Name, r.Err)
				}
			}
			if code == "INSTITUTION_RATE_LIMIT" { // the bank's own limit, of which nothing is known
				break
			}
			s.clock.advance(time.Duration(round) * time.Second)
		}
		if n := strings.Count(log.String(), " 429") - before; n != asked*len(items) {
			t.Errorf("%s: %d requests in the storm, want %d", code, n, asked*len(items))
		}
		for _, item := range items {
			if got := s.vault.item(t, item.ID); got.State != ledger.ItemOK || got.Code != "" {
				t.Errorf("%s: %s is kept as %q for %q", code, got.Name, got.State, got.Code)
			}
		}
		s.post(t, "/plaidsim/scenario/clear", map[string]any{"faults": true})
		s.clock.advance(time.Minute)
	}
	if results, err := s.Sync(t.Context(), nil, nil); err != nil || results[0].Err != nil || results[3].Err != nil {
		t.Errorf("after it: %+v, %v", results, err)
	}
	ids := make([]ledger.ItemID, len(items))
	for i := range items {
		ids[i] = items[i].ID
	}
	sameRows(t, s.vault, both(s, t, ids...))
}

// Two processes with one vault sync the same bank at the same time, day after day.
// Neither fails, and the vault is what a clean sync gives.
func TestTwoProcessesSyncAtOnce(t *testing.T) {
	home, key := t.TempDir(), storage.Passphrase(secret.New("correct horse battery"))
	first, err := storage.Create(t.Context(), home, key, storage.Options{KDF: storage.LightKDF()})
	if err != nil {
		t.Fatal(err)
	}
	second, err := storage.Open(t.Context(), home, key, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(first.Close(), second.Close()); err != nil {
			t.Error(err)
		}
	})
	s := simulate(t, plaidsim.Options{Settled: true}, func(c *plaidsvc.Config) { c.Vault = first })
	item, err := s.LinkSandbox(t.Context(), plaidsvc.SandboxLink{Institution: platypus, Days: 90}, nil)
	if err != nil {
		t.Fatal(err)
	}
	other := newWorld(t, s.http.URL, func(c *plaidsvc.Config) { c.Vault, c.Now, c.Sleep = second, s.clock.Now, s.clock.Sleep })
	both := []interface {
		Sync(context.Context, []ledger.ItemID, func(ledger.Progress)) ([]ledger.SyncResult, error)
	}{s, other}
	for range 12 {
		s.clock.advance(3 * day)
		var group sync.WaitGroup
		for _, service := range both {
			group.Go(func() {
				if results, err := service.Sync(t.Context(), nil, nil); err != nil || results[0].Err != nil {
					t.Errorf("sync: %+v, %v", results, err)
				}
			})
		}
		group.Wait()
	}
	for _, v := range []*storage.Vault{first, second} {
		if err := sameBook(t.Context(), v, s, item); err != nil {
			t.Error(err)
		}
	}
}
