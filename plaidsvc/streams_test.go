package plaidsvc_test

import (
	"errors"
	"strings"
	"testing"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/plaidsvc/plaidsim"
)

// recurringOne asks what recurs at the one bank.
func (w world) recurringOne(t *testing.T) ledger.SyncResult {
	t.Helper()
	results, err := w.Recurring(t.Context(), nil, nil)
	if err != nil || len(results) != 1 {
		t.Fatalf("Recurring = %d results, %v; want one", len(results), err)
	}
	return results[0]
}

// What Plaid finds to recur is kept: what comes in is above zero, what goes out below.
func TestWhatRecursIsAskedForAndKept(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	item := s.linkWhole(t, platypus)
	if len(s.vault.streams) > 0 {
		t.Fatal("a sync asked for what recurs, which nobody wanted to know")
	}
	if got := s.recurringOne(t); got.Err != nil || len(got.Untold) > 0 {
		t.Fatalf("asked: %v, %v", got.Err, got.Untold)
	}
	told := s.vault.streams[item.ID]
	in, out := 0, 0
	for _, x := range told.List {
		if x.Account == "" || x.Count == 0 || x.Frequency == "" || x.Active == nil || x.Last.IsZero() || !x.Average.Known() {
			t.Errorf("a stream is not whole: %+v", x)
		}
		if strings.HasPrefix(string(x.Category), "INCOME") {
			in++
			if x.Average.Sign() <= 0 {
				t.Errorf("an income of %v: %+v", x.Average, x)
			}
		}
		if x.Average.Sign() < 0 {
			out++
		}
	}
	if in == 0 || out == 0 || !told.At.Equal(s.clock.Now()) {
		t.Errorf("%d incomes, %d payments, of %v", in, out, told.At)
	}
}

// A bank that does not tell what recurs keeps what it told, and the user hears why.
func TestWhatRecursMayNotBeTold(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	item := s.link(t, platypus)
	s.recurringOne(t)
	before := s.vault.streams[item.ID]
	for code, want := range map[string]struct {
		says string
		kind error
	}{
		"PRODUCT_NOT_READY":         {"still preparing what recurs", nil},
		"INVALID_PRODUCT":           {"your Plaid keys may not ask for what recurs", nil},
		"UNAUTHORIZED_ROUTE_ACCESS": {"your Plaid keys may not ask for what recurs", nil},
		"ITEM_LOGIN_REQUIRED":       {"sign in", ledger.ErrLoginRequired},
		"RATE_LIMIT":                {"limiting", ledger.ErrRateLimited},
	} {
		fault := plaidsim.Fault{Endpoint: "/transactions/recurring/get", Code: code, Times: 1}
		if code == "PRODUCT_NOT_READY" {
			fault.Times = 4 // the service is patient
		}
		s.sim.Inject(fault)
		got := s.recurringOne(t)
		if got.Err == nil || !strings.Contains(got.Err.Error(), want.says) || want.kind != nil && !errors.Is(got.Err, want.kind) {
			t.Errorf("%s: %v, want %q", code, got.Err, want.says)
		}
		if again := s.vault.streams[item.ID]; again.At != before.At || len(again.List) != len(before.List) {
			t.Errorf("%s: what was told before did not stay", code)
		}
		if got := s.syncOne(t); got.Err != nil || got.Item.State != ledger.ItemOK {
			t.Errorf("%s: the next sync: %v, %s", code, got.Err, got.Item.State)
		}
		s.clock.advance(day)
	}
	s.vault.fail["SaveStreams"] = errors.New("disk full")
	if got := s.recurringOne(t); got.Err == nil || !strings.Contains(got.Err.Error(), "disk full") {
		t.Errorf("a vault that keeps nothing: %v", got.Err)
	}
}

// Where there are no transactions nothing recurs: that is said, and is no failure.
func TestNothingRecursAtABrokerage(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true}, func(c *plaidsvc.Config) {
		c.Products, c.Consented = []string{"investments"}, []string{}
	})
	s.link(t, robinhood)
	if got := s.recurringOne(t); got.Err != nil || len(got.Untold) != 1 || !strings.Contains(got.Untold[0].Error(), "no transactions") {
		t.Errorf("asked: %v, %v", got.Err, got.Untold)
	}
}
