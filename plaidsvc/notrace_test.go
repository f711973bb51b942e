package plaidsvc_test

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"testing"
	"time"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/plaidsvc/plaidsim"
)

// spoilt are the ways in which a request fails: what was asked for did not happen, or
// it did and the answer does not arrive as it was meant.
var spoilt = map[string]plaidsim.Fault{
	"sign in":       {Code: "ITEM_LOGIN_REQUIRED"},
	"bank down":     {Code: "INSTITUTION_DOWN"},
	"too many":      {Code: "RATE_LIMIT"},
	"bank too many": {Code: "INSTITUTION_RATE_LIMIT"},
	"500":           {Code: "INTERNAL_SERVER_ERROR"},
	"maintenance":   {Code: "PLANNED_MAINTENANCE"},
	"mutation":      {Code: "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION"},
	"refused":       {Code: "INVALID_FIELD"},
	"502":           {Status: 502},
	"404 page":      {Status: 404},
	"truncated":     {Break: plaidsim.Truncated},
	"cut":           {Break: plaidsim.Cut},
	"dropped":       {Break: plaidsim.Dropped},
	"content type":  {Break: plaidsim.ContentType},
	"html":          {Break: plaidsim.HTML},
	"garbage":       {Break: plaidsim.Garbage},
	"late and cut":  {Delay: plaidsim.Duration(time.Millisecond), Break: plaidsim.Cut},
}

// A brokenBank is a bank at which requests fail, and what a clean sync gives of it.
type brokenBank struct {
	*simulated
	t    *testing.T
	log  *lockedBuffer
	item ledger.Item

	clean struct { // what a sync from nothing gives
		at    time.Time
		facts vaultful
	}
}

// breakable links a bank that tells everything there is, with a few pages of rows.
func breakable(t *testing.T, bank string, days int, banks ...plaidsim.Banks) *brokenBank {
	t.Helper()
	log := &lockedBuffer{}
	o := plaidsim.Options{Settled: true, Control: true, Log: log}
	if len(banks) > 0 {
		o.Banks = banks[0]
	}
	s, p := linking(t, o)
	p.bank = bank
	item, err := s.linkOne(t.Context(), plaidsvc.LinkOptions{Days: days}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return &brokenBank{simulated: s, t: t, log: log, item: item}
}

// empty is a world with the same bank, of which nothing was fetched.
func (b *brokenBank) empty() world {
	b.t.Helper()
	w := newWorld(b.t, b.http.URL)
	w.clock.now = b.clock.Now()
	item := b.item
	item.State, item.LastSync = ledger.ItemSyncing, time.Time{}
	if err := w.vault.AddItem(b.t.Context(), item, b.vault.tokens[item.ID]); err != nil {
		b.t.Fatal(err)
	}
	w.vault.writes = 0
	return w
}

// try syncs with a fault, n times or until it is called off. A sync that failed left
// the facts alone.
func (b *brokenBank) try(w world, name, endpoint string, call, times int) (kept bool) {
	b.t.Helper()
	fault := spoilt[name]
	fault.Endpoint, fault.Call, fault.Times = endpoint, call, times
	before := facts(w.vault, b.item.ID)
	b.sim.Inject(fault)
	got := w.syncOne(b.t)
	b.post(b.t, "/plaidsim/scenario/clear", map[string]any{"faults": true})
	w.clock.advance(7 * time.Hour) // no limit holds any more, and what is told besides is old
	if got.Err != nil && !reflect.DeepEqual(facts(w.vault, b.item.ID), before) {
		b.t.Errorf("%s at call %d of %s, %d times: failed with %v and changed the vault", name, call, endpoint, times, got.Err)
	}
	return got.Err == nil
}

// same wants the vault to be what a clean sync gives.
func (b *brokenBank) same(w world, what string) {
	b.t.Helper()
	if diff := facts(w.vault, b.item.ID).differs(b.cleanly()); diff != "" {
		b.t.Errorf("%s: not what a clean sync gives: %s", what, diff)
	}
	if item := w.vault.item(b.t, b.item.ID); item.State != ledger.ItemOK || item.Code != "" || !item.HistoryReady {
		b.t.Errorf("%s: the bank is kept as %+v", what, item)
	}
}

// cleanly is what a sync from nothing gives now.
func (b *brokenBank) cleanly() vaultful {
	b.t.Helper()
	if now := b.clock.Now(); b.clean.at != now {
		clean := b.empty()
		if got := clean.syncOne(b.t); got.Err != nil || len(got.Untold) > 0 {
			b.t.Fatalf("a clean sync: %v, %v", got.Err, got.Untold)
		}
		b.clean.at, b.clean.facts = now, facts(clean.vault, b.item.ID)
	}
	return b.clean.facts
}

// A vaultful is all that a bank told, without when it was asked.
type vaultful struct {
	Cursor   string
	Rows     map[ledger.TransactionID]ledger.Transaction
	Accounts map[ledger.AccountID]ledger.Account
	Holdings []ledger.Holding
	Owed     []ledger.Liability
	Trades   []ledger.Trade
}

// differs tells what is not the same in another, "" for nothing.
func (f vaultful) differs(want vaultful) string {
	a, b := reflect.ValueOf(f), reflect.ValueOf(want)
	for i := range a.NumField() {
		if !reflect.DeepEqual(a.Field(i).Interface(), b.Field(i).Interface()) {
			return fmt.Sprintf("%s:\ngot  %.900v\nwant %.900v", a.Type().Field(i).Name, a.Field(i), b.Field(i))
		}
	}
	return ""
}

func facts(m *memory, id ledger.ItemID) vaultful {
	m.mu.Lock()
	defer m.mu.Unlock()
	f := vaultful{m.cursors[id], map[ledger.TransactionID]ledger.Transaction{}, map[ledger.AccountID]ledger.Account{},
		m.holdings[id].List, m.owed[id].List, nil}
	for _, trade := range m.trades[id].List {
		if year, _, _ := trade.Date.YMD(); year >= 2026 { // those of years ago stay with who heard of them
			f.Trades = append(f.Trades, trade)
		}
	}
	for k, v := range m.rows {
		f.Rows[k] = v
	}
	for k, v := range m.accounts {
		f.Accounts[k] = v
	}
	return f
}

// Whatever fails, at whichever request of a later sync, day after day: it leaves the
// vault as it was, and the next sync leaves it as one that met no fault.
func TestFaultsOfLaterSyncsLeaveNoTrace(t *testing.T) {
	b := breakable(t, tartan, 30, young(60))
	w := b.empty()
	w.syncOne(t)
	b.clock.advance(day)
	said := len(b.log.String())
	w.clock.advance(day)
	w.syncOne(t)
	var endpoints []string
	for _, m := range regexp.MustCompile(`(/[a-z_/]+) 200`).FindAllStringSubmatch(b.log.String()[said:], -1) {
		endpoints = append(endpoints, m[1])
	}
	slices.Sort(endpoints)
	endpoints = slices.Compact(endpoints)
	if len(endpoints) < 6 {
		t.Fatalf("a sync asks %q; want transactions, accounts, the item, holdings, trades and loans", endpoints)
	}
	for name := range spoilt {
		for _, endpoint := range endpoints {
			for _, times := range []int{1, -1} {
				b.clock.advance(6 * time.Hour)
				b.try(w, name, endpoint, 1, times)
			}
		}
	}
	if got := w.syncOne(t); got.Err != nil || len(got.Untold) > 0 {
		t.Errorf("in the end: %v, %v", got.Err, got.Untold)
	}
	b.same(w, "after all of them")
}
