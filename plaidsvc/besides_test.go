package plaidsvc_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/plaidsvc/plaidsim"
)

// tartan is a bank of the family's that has a brokerage and a student loan.
const tartan = "ins_109511"

// What a bank tells of investments and loans comes with a sync, and is not asked
// for again until it is old.
func TestBanksTellBesidesWithASync(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	item := s.link(t, tartan)
	held, owed := s.vault.holdings[item.ID], s.vault.owed[item.ID]
	if len(held.List) == 0 || len(owed.List) == 0 {
		t.Fatalf("holdings %+v, liabilities %+v, want some of each", held, owed)
	}
	for _, h := range held.List {
		if s.vault.accounts[h.Account].Type != ledger.Investment || h.Quantity == "" || !h.Value.Known() {
			t.Errorf("a holding is not whole: %+v", h)
		}
	}
	s.clock.advance(5 * time.Hour)
	s.syncOne(t)
	if again := s.vault.holdings[item.ID].At; again != held.At {
		t.Errorf("asked again after five hours: %v, %v", held.At, again)
	}
	s.clock.advance(2 * time.Hour)
	s.syncOne(t)
	if again := s.vault.owed[item.ID].At; again == owed.At {
		t.Error("not asked again after seven hours")
	}
	held = s.vault.holdings[item.ID]
	s.clock.advance(time.Second)
	if _, err := s.Replay(t.Context(), item.ID, nil); err != nil {
		t.Fatal(err)
	}
	if again := s.vault.holdings[item.ID].At; again == held.At {
		t.Error("a replay did not ask again")
	}
}

// A bank that does not tell of investments or loans is synced as any other: its rows
// and its state are those of a sync without a fault, what it told before stays, and
// the result says what is missing and what to do.
func TestASyncBearsThatABankDoesNotTellBesides(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	item := s.link(t, tartan)
	for name, tt := range map[string]struct {
		fault plaidsim.Fault
		says  string
	}{
		"too many requests":  {plaidsim.Fault{Code: "RATE_LIMIT"}, "Plaid is limiting requests"},
		"a broken Plaid":     {plaidsim.Fault{Code: "INTERNAL_SERVER_ERROR"}, "Plaid cannot be reached"},
		"a proxy":            {plaidsim.Fault{Status: 502}, "Plaid cannot be reached"},
		"not ready":          {plaidsim.Fault{Code: "PRODUCT_NOT_READY"}, "is still preparing"},
		"not supported":      {plaidsim.Fault{Code: "PRODUCTS_NOT_SUPPORTED"}, "does not tell"},
		"not agreed to":      {plaidsim.Fault{Code: "ADDITIONAL_CONSENT_REQUIRED"}, "coffer items repair " + string(item.ID) + " --allow "},
		"a login that broke": {plaidsim.Fault{Code: "ITEM_LOGIN_REQUIRED"}, "sign in"},
		"garbage":            {plaidsim.Fault{Break: plaidsim.Garbage}, "unexpected answer"},
		"half an answer":     {plaidsim.Fault{Break: plaidsim.Truncated}, "Plaid cannot be reached"},
	} {
		for endpoint, thing := range map[string]string{
			"/investments/holdings/get": "its investments", "/investments/transactions/get": "what was bought and sold",
			"/liabilities/get": "the terms of its cards and loans",
		} {
			t.Run(name+endpoint, func(t *testing.T) {
				s.clock.advance(7 * time.Hour)
				before := s.vault.toldAt(item.ID)
				tt.fault.Endpoint, tt.fault.Call = endpoint, 1
				s.sim.Inject(tt.fault)
				got := s.syncOne(t)
				if got.Err != nil || got.Item.State != ledger.ItemOK || len(got.Untold) != 1 {
					t.Fatalf("the sync ended with %v, state %s, untold %v", got.Err, got.Item.State, got.Untold)
				}
				if text := got.Untold[0].Error(); !strings.Contains(text, tt.says) || !strings.Contains(text, thing) {
					t.Errorf("the user hears %q, want %q of %q", text, tt.says, thing)
				}
				for path, at := range s.vault.toldAt(item.ID) {
					if stays := at.Equal(before[path]); stays != (path == endpoint) {
						t.Errorf("what %s told is of %v, and was of %v", path, at, before[path])
					}
				}
				s.clock.advance(time.Second)
				if got := s.syncOne(t); got.Err != nil {
					t.Errorf("the next sync fails: %v", got.Err)
				}
			})
		}
	}
}

// That a bank has no such accounts is an answer: it is not asked again at each sync.
func TestABankWithoutSuchAccountsIsNotAskedAtEachSync(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	item := s.link(t, tartan)
	s.clock.advance(7 * time.Hour)
	s.sim.Inject(plaidsim.Fault{Endpoint: "/investments/holdings/get", Code: "NO_INVESTMENT_ACCOUNTS", Times: 1})
	s.sim.Inject(plaidsim.Fault{Endpoint: "/investments/transactions/get", Code: "NO_INVESTMENT_ACCOUNTS", Times: 1})
	s.sim.Inject(plaidsim.Fault{Endpoint: "/liabilities/get", Code: "NO_LIABILITY_ACCOUNTS", Times: 1})
	for range 2 {
		if got := s.syncOne(t); got.Err != nil || len(got.Untold) > 0 {
			t.Errorf("the sync ended with %v, untold %v", got.Err, got.Untold)
		}
		if n := len(s.vault.holdings[item.ID].List) + len(s.vault.trades[item.ID].List) + len(s.vault.owed[item.ID].List); n != 0 {
			t.Errorf("%d are left of accounts that are not there", n)
		}
	}
}

// A vault that cannot keep what a bank told besides is spoken of, and costs no rows.
func TestAVaultThatCannotKeepWhatABankToldBesides(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	s.link(t, tartan)
	for _, method := range []string{"Holdings", "SaveHoldings", "Trades", "SaveTrades", "Liabilities", "SaveLiabilities"} {
		s.clock.advance(7 * time.Hour)
		s.vault.fail[method] = errors.New("disk full")
		if got := s.syncOne(t); got.Err != nil || len(got.Untold) != 1 || !strings.Contains(got.Untold[0].Error(), "disk full") {
			t.Errorf("%s fails: the sync ended with %v, untold %v", method, got.Err, got.Untold)
		}
	}
}

// An answer as it may be one day costs no holding and no debt.
func TestAnswersOfTomorrowTellBesides(t *testing.T) {
	use := func(c *plaidsvc.Config) {
		c.Products = []string{"transactions", "investments", "liabilities"}
		c.Consented = []string{}
	}
	today := simulate(t, plaidsim.Options{Settled: true}, use)
	known := today.link(t, tartan)
	for _, datetimes := range []string{"plain", "precise", "loose"} {
		s := simulate(t, plaidsim.Options{Settled: true, Scenario: &plaidsim.Scenario{Tomorrow: &plaidsim.Tomorrow{Datetimes: datetimes}}}, use)
		item := s.link(t, tartan)
		got, want := s.vault.holdings[item.ID].List, today.vault.holdings[known.ID].List
		if len(got) != len(want) || len(want) == 0 {
			t.Fatalf("%s: %d holdings, want %d", datetimes, len(got), len(want))
		}
		for i := range want {
			if got[i].Value != want[i].Value || got[i].Quantity != want[i].Quantity {
				t.Errorf("%s: holding %+v, want %+v", datetimes, got[i], want[i])
			}
		}
		if got, want := s.vault.trades[item.ID].List, today.vault.trades[known.ID].List; !sameTrades(got, want) || len(want) == 0 {
			t.Errorf("%s: %d trades, want the same %d", datetimes, len(got), len(want))
		}
		if got, want := len(s.vault.owed[item.ID].List), len(today.vault.owed[known.ID].List); got != want || want == 0 {
			t.Errorf("%s: %d liabilities, want %d", datetimes, got, want)
		}
	}
}

// sameTrades compares what a trade lives by.
func sameTrades(got, want []ledger.Trade) bool {
	return slices.EqualFunc(got, want, func(a, b ledger.Trade) bool {
		return a.ID == b.ID && a.Date == b.Date && a.Amount == b.Amount && a.Quantity == b.Quantity
	})
}

// robinhood has investments and no transactions.
const robinhood = "ins_54"

// A brokerage that has no transactions links and syncs all the same, with whatever
// settings it is synced later, and nobody is told that something is missing.
func TestABrokerageLinksAndSyncs(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true}, func(c *plaidsvc.Config) {
		c.Products, c.Consented = []string{"investments"}, []string{}
	})
	item := s.link(t, robinhood)
	held := s.vault.holdings[item.ID]
	if item.State != ledger.ItemOK || !item.HistoryReady || len(held.List) == 0 || len(s.vault.rows) > 0 {
		t.Fatalf("linked as %+v, with %d holdings and %d rows", item, len(held.List), len(s.vault.rows))
	}
	later := newWorld(t, s.http.URL, func(c *plaidsvc.Config) { c.Vault = s.vault })
	for _, service := range []*plaidsvc.Service{s.Service, later.Service} {
		results, err := service.Sync(t.Context(), nil, nil)
		if err != nil || results[0].Err != nil || results[0].Item.State != ledger.ItemOK || len(results[0].Untold) > 0 {
			t.Errorf("synced: %v, %+v", err, results)
		}
		if _, err := service.Replay(t.Context(), item.ID, nil); err != nil {
			t.Errorf("fetched again: %v", err)
		}
	}
}

// Where a sync is what starts the transactions of a bank, it asks for all there are:
// Plaid's own choice is three months, for ever.
func TestASyncThatStartsTheHistoryAsksForAllOfIt(t *testing.T) {
	s, p := linking(t, plaidsim.Options{Settled: true}, func(c *plaidsvc.Config) {
		c.Products, c.Consented = []string{"investments"}, []string{"transactions"}
	})
	p.bank = tartan
	if _, err := s.linkOne(t.Context(), plaidsvc.LinkOptions{}, nil); err != nil {
		t.Fatal(err)
	}
	old := 0
	for _, row := range s.vault.rows {
		if row.Date.Compare(ledger.DateOf(s.clock.Now().AddDate(-1, 0, 0))) < 0 {
			old++
		}
	}
	if old == 0 {
		t.Errorf("of %d rows none is older than a year", len(s.vault.rows))
	}
}

// A bank that was linked without its transactions is synced without them, and where
// somebody will miss them the result says how to get them. To ask for them would have
// started, and billed, them.
func TestABankLinkedWithoutTransactions(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	item := s.link(t, tartan)
	rows := len(s.vault.rows)
	s.sim.Inject(plaidsim.Fault{Endpoint: "/transactions/sync", Code: "ADDITIONAL_CONSENT_REQUIRED", Times: 1})
	if got := s.syncOne(t); got.Err == nil {
		t.Error("a bank that says that it has transactions and refuses them is synced as if it had none")
	}
	w, script := scripted(t)
	script.on("/transactions/sync", plaidError(400, "INVALID_INPUT", "ADDITIONAL_CONSENT_REQUIRED"))
	script.on("/item/get", answer(200, `{"item":{"item_id":"item-1","billed_products":["auth"],"consented_products":[]}}`))
	got := w.syncOne(t)
	if got.Err != nil || got.Item.State != ledger.ItemOK || len(got.Untold) != 1 || w.vault.cursors["item-1"] != "c0" {
		t.Fatalf("synced: %+v, cursor %q", got, w.vault.cursors["item-1"])
	}
	if text := got.Untold[0].Error(); !strings.Contains(text, "coffer items repair item-1 --allow transactions") {
		t.Errorf("the user hears %q", text)
	}
	quiet, other := scripted(t, func(c *plaidsvc.Config) { c.Products, c.Consented = []string{"investments"}, []string{} })
	other.on("/item/get", answer(200, `{"item":{"item_id":"item-1","billed_products":["investments"],"consented_products":[]}}`))
	other.on("/investments/holdings/get", answer(200, `{"holdings":[],"securities":[]}`))
	other.on("/investments/transactions/get", answer(200, `{"investment_transactions":[],"total_investment_transactions":0}`))
	if got := quiet.syncOne(t); got.Err != nil || len(got.Untold) != 0 || len(other.to("/transactions/sync")) != 0 {
		t.Errorf("synced: %+v, transactions asked for %d times", got, len(other.to("/transactions/sync")))
	}
	if len(s.vault.rows) != rows || s.vault.item(t, item.ID).State == ledger.ItemOK {
		t.Errorf("%d rows, want %d; state %s", len(s.vault.rows), rows, s.vault.item(t, item.ID).State)
	}
}
