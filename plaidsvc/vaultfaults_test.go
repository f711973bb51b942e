package plaidsvc_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"coffer/internal/ordeal"
	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/plaidsvc/plaidsim"
	"coffer/storage"
)

// faultOfEachClass are faults that the service treats in different ways.
func faultOfEachClass() []plaidsim.Fault {
	return []plaidsim.Fault{
		{Code: "ITEM_LOGIN_REQUIRED"}, {Code: "INSTITUTION_DOWN"}, {Code: "RATE_LIMIT"}, {Code: "INTERNAL_SERVER_ERROR"},
		{Code: "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION"}, {Code: "INVALID_FIELD"}, {Code: "PRODUCT_NOT_READY"}, {Code: "PRODUCTS_NOT_SUPPORTED"},
		{Status: 502}, {Status: 302}, {Break: plaidsim.Truncated}, {Break: plaidsim.Cut}, {Break: plaidsim.Dropped}, {Break: plaidsim.HTML},
	}
}

// A shelved vault is one of the real program that is closed, to be copied and opened. It
// opens by a key: a passphrase would take longer than all that is done with it.
type shelved struct {
	*paged
	home string
	key  storage.Unlocker
}

// shelve makes a vault that knows the bank and nothing of its rows.
func (p *paged) shelve() *shelved {
	p.t.Helper()
	key, err := secret.NewKey(bytes.NewReader(make([]byte, 1024)))
	if err != nil {
		p.t.Fatal(err)
	}
	s := &shelved{p, p.t.TempDir(), storage.Identity(key)}
	v, err := storage.Create(p.t.Context(), s.home, s.key, storage.Options{KDF: storage.LightKDF()})
	if err != nil {
		p.t.Fatal(err)
	}
	item := p.item
	item.State, item.LastSync = ledger.ItemSyncing, time.Time{}
	if err := v.AddItem(p.t.Context(), item, p.vault.tokens[item.ID]); err != nil {
		p.t.Fatal(err)
	}
	if err := v.Close(); err != nil {
		p.t.Fatal(err)
	}
	return s
}

// copy is the same vault in another place.
func (s *shelved) copy() *shelved {
	s.t.Helper()
	home, err := os.MkdirTemp(s.t.TempDir(), "copy")
	if err != nil {
		s.t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(s.home, "vault.db"))
	if err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, "vault.db"), text, 0o600); err != nil {
		s.t.Fatal(err)
	}
	return &shelved{s.paged, home, s.key}
}

// opened does something with the vault open, and closes it.
func (s *shelved) opened(do func(*storage.Vault)) {
	s.t.Helper()
	v, err := storage.Open(s.t.Context(), s.home, s.key, storage.Options{})
	if err != nil {
		s.t.Fatal(err)
	}
	do(v)
	if err := v.Close(); err != nil {
		s.t.Fatal(err)
	}
}

// sync syncs the bank with an open vault, a while after the last time.
func (s *shelved) sync(v *storage.Vault, after time.Duration) ledger.SyncResult {
	s.t.Helper()
	w := newWorld(s.t, s.http.URL, func(c *plaidsvc.Config) { c.Vault = v })
	w.clock.now = s.clock.Now().Add(after)
	return w.syncOne(s.t)
}

// read reads all that the bank told.
func (s *shelved) read(v *storage.Vault) vaultful {
	s.t.Helper()
	ctx, m := s.t.Context(), newMemory()
	cursor, err := v.Cursor(ctx, s.item.ID)
	m.cursors[s.item.ID] = cursor
	accounts, errAccounts := v.Accounts(ctx, s.item.ID)
	holdings, errHoldings := v.Holdings(ctx)
	owed, errOwed := v.Liabilities(ctx)
	trades, errTrades := v.Trades(ctx)
	book, errBook := v.Book(ctx)
	if err := errors.Join(err, errAccounts, errHoldings, errOwed, errTrades, errBook); err != nil {
		s.t.Fatal(err)
	}
	for _, a := range accounts {
		m.accounts[a.ID] = a
	}
	for _, told := range holdings {
		m.holdings[told.Item] = told
	}
	for _, told := range owed {
		m.owed[told.Item] = told
	}
	for _, told := range trades {
		m.trades[told.Item] = told
	}
	for _, row := range book.Select(ledger.Query{}, ledger.Sort{By: ledger.SortDate}).Rows {
		entry := book.Entry(row)
		m.rows[entry.ID] = entry.Transaction
	}
	return facts(m, s.item.ID)
}

// bear is what [paged.bear] is, with a file that is closed and opened after each sync.
func (s *shelved) bear(fault spoiling, before vaultful) (kept bool) {
	s.t.Helper()
	c := s.copy()
	s.sim.Inject(fault.Fault)
	var got ledger.SyncResult
	c.opened(func(v *storage.Vault) { got = c.sync(v, 0) })
	s.clear()
	if got.Err != nil {
		c.opened(func(v *storage.Vault) {
			if diff := c.read(v).differs(before); diff != "" {
				s.t.Errorf("%s: failed with %v and changed the vault: %s", fault, got.Err, diff)
			}
			if got := c.sync(v, 7*time.Hour); got.Err != nil || len(got.Untold) > 0 {
				s.t.Errorf("%s: when it was over: %v, %v", fault, got.Err, got.Untold)
			}
		})
	}
	c.opened(func(v *storage.Vault) {
		if diff := c.read(v).differs(s.cleanly()); diff != "" {
			s.t.Errorf("%s: not what a clean sync gives: %s", fault, diff)
		}
	})
	return got.Err == nil
}

// The same with the vault of the real program, on a disk, which is closed and opened
// again after the sync that failed and after the one that made it good.
func TestFaultsOnAnyPageLeaveNoTraceInTheFile(t *testing.T) {
	p := fewRows(t)
	s := p.shelve()
	for _, sync := range []string{"first", "later"} {
		if sync == "later" {
			s.opened(func(v *storage.Vault) {
				if got := s.sync(v, 0); got.Err != nil {
					t.Fatal(got.Err)
				}
			})
			p.happen()
		}
		var before vaultful
		s.opened(func(v *storage.Vault) { before = s.read(v) })
		var borne, failed int
		for _, fault := range p.spoilings(faultOfEachClass()) {
			if s.bear(fault, before) {
				borne++
			} else {
				failed++
			}
		}
		t.Logf("%s sync of %d pages into a file: %d faults were overcome, %d ended it, none left a trace", sync, p.pages, borne, failed)
		if borne+failed == 0 || ordeal.Whole() && (borne == 0 || failed == 0) {
			t.Errorf("%s sync: %d faults were overcome, %d ended it; want some of both", sync, borne, failed)
		}
	}
}
