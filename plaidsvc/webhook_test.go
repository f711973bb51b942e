package plaidsvc_test

import (
	"context"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/plaidsvc/plaidsim"
)

// A receiving is a service that receives webhooks, and what it reported.
type receiving struct {
	*testing.T
	address string
	look    chan time.Time
	stop    func() // ends it, and waits for that

	mu     sync.Mutex
	events []plaidsvc.WebhookEvent
}

// receive lets the service of a simulated world receive webhooks, at an address that
// the simulator is told.
func (s *simulated) receive(t *testing.T) *receiving {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &receiving{T: t, address: "http://" + l.Addr().String() + "/hook", look: make(chan time.Time)}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- s.ReceiveWebhooks(ctx, plaidsvc.WebhookOptions{Listener: l, Address: r.address, Look: r.look}, func(e plaidsvc.WebhookEvent) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.events = append(r.events, e)
		})
	}()
	r.stop = sync.OnceFunc(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("ReceiveWebhooks: %v", err)
		}
	})
	t.Cleanup(r.stop)
	return r
}

// await waits for the n-th event of a kind and returns it.
func (r *receiving) await(kind plaidsvc.WebhookEventKind, n int) plaidsvc.WebhookEvent {
	r.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if got := r.of(kind); len(got) >= n {
			return got[n-1]
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Fatalf("no %d events %q, only %+v", n, kind, r.events)
	panic("unreachable")
}

func (r *receiving) of(kind plaidsvc.WebhookEventKind) (list []plaidsvc.WebhookEvent) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range r.events {
		if e.Kind == kind {
			list = append(list, e)
		}
	}
	return list
}

// posting is a simulator that posts webhooks.
func posting() plaidsim.Options {
	return plaidsim.Options{Settled: true, Network: http.DefaultClient, Control: true}
}

// fire has a webhook sent about a bank.
func (s *simulated) fire(t *testing.T, id ledger.ItemID, kind, code string) {
	t.Helper()
	token, err := s.vault.AccessToken(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	s.askWith(t, "/sandbox/item/fire_webhook", token, map[string]any{"webhook_type": kind, "webhook_code": code})
	s.sim.Deliver(t.Context())
}

// What is new at a bank comes in because its webhook says so, and only the bank that
// it is about is asked. What was missed before comes in at the start.
func TestWebhookBringsWhatIsNew(t *testing.T) {
	s := simulate(t, posting())
	first, second := s.link(t, platypus), s.link(t, gingham)
	s.clock.advance(day)
	r := s.receive(t)
	if r.await(plaidsvc.WebhookSynced, 2); r.await(plaidsvc.WebhookAddressSet, 2).Result.Err != nil {
		t.Fatalf("the address was not set: %+v", r.of(plaidsvc.WebhookAddressSet))
	}
	sameRows(t, s.vault, both(s, t, first.ID, second.ID))
	if before, after := first.LastSync, s.vault.item(t, first.ID).LastSync; !after.After(before) {
		t.Errorf("nothing was synced at the start: %v, %v", before, after)
	}
	s.sim.Deliver(t.Context())
	if e := r.await(plaidsvc.WebhookReceived, 2); e.Code != "WEBHOOK_UPDATE_ACKNOWLEDGED" || e.Does {
		t.Errorf("first received %+v", e)
	}
	s.clock.advance(7 * day)
	synced := len(r.of(plaidsvc.WebhookSynced))
	s.fire(t, first.ID, "TRANSACTIONS", "SYNC_UPDATES_AVAILABLE")
	got := r.await(plaidsvc.WebhookSynced, synced+1)
	if got.Result.Item.ID != first.ID && got.Result.Item.ID != second.ID || got.Result.Err != nil {
		t.Errorf("synced %+v", got.Result)
	}
}

// both is what two banks have together.
func both(s *simulated, t *testing.T, ids ...ledger.ItemID) *memory {
	t.Helper()
	all := newMemory()
	for _, id := range ids {
		for row, tr := range s.truth(t, id).rows {
			all.rows[row] = tr
		}
	}
	return all
}

// Each webhook leads to what Plaid says when asked, in any order and however often
// it comes; what it says itself is not believed.
func TestWebhooksAreHints(t *testing.T) {
	s := simulate(t, posting())
	item := s.link(t, platypus)
	r := s.receive(t)
	r.await(plaidsvc.WebhookSynced, 1)
	looked, synced := 0, 1
	look := func(code string, want ledger.ItemState) {
		t.Helper()
		s.fire(t, item.ID, "ITEM", code)
		looked++
		if e := r.await(plaidsvc.WebhookLooked, looked); e.Result.Err != nil || e.Result.Item.State != want {
			t.Errorf("%s: %q, %v; want %q", code, e.Result.Item.State, e.Result.Err, want)
		}
		if got := s.vault.item(t, item.ID).State; got != want {
			t.Errorf("%s: kept %q, want %q", code, got, want)
		}
	}
	look("ERROR", ledger.ItemOK) // so it says, and has none
	look("USER_PERMISSION_REVOKED", ledger.ItemOK)
	look("NEW_ACCOUNTS_AVAILABLE", ledger.ItemOK)

	s.play(t, "login_required")
	s.sim.Deliver(t.Context())
	looked++
	if e := r.await(plaidsvc.WebhookLooked, looked); e.Result.Item.State != ledger.ItemLoginRequired || e.Result.Item.Code != "ITEM_LOGIN_REQUIRED" {
		t.Errorf("a login that ran out: %+v", e.Result.Item)
	}
	look("ERROR", ledger.ItemLoginRequired)
	s.play(t, "login_repaired")
	s.sim.Deliver(t.Context())
	synced++
	if e := r.await(plaidsvc.WebhookSynced, synced); e.Result.Err != nil || s.vault.item(t, item.ID).State != ledger.ItemOK {
		t.Errorf("a login that was repaired: %+v", e.Result)
	}
	// What only the webhook knows is kept as its code, and what else comes changes nothing.
	look("PENDING_DISCONNECT", ledger.ItemExpiring)
	look("PENDING_DISCONNECT", ledger.ItemExpiring)
	look("ERROR", ledger.ItemExpiring)
	if got := s.vault.item(t, item.ID).Code; got != "PENDING_DISCONNECT" {
		t.Errorf("kept code %q", got)
	}
}

// However often a message of Plaid's is repeated, the bank is asked about it twelve
// times a minute at most.
func TestRepeatedWebhookCausesFewSyncs(t *testing.T) {
	s := simulate(t, posting())
	item := s.link(t, platypus)
	r := s.receive(t)
	r.await(plaidsvc.WebhookSynced, 1)
	began := s.clock.Now()
	s.sim.Misdeliver(plaidsim.WebhookFaults{Duplicate: 1})
	for range 100 {
		s.fire(t, item.ID, "TRANSACTIONS", "SYNC_UPDATES_AVAILABLE")
	}
	r.await(plaidsvc.WebhookReceived, 200)
	synced, passed := len(r.of(plaidsvc.WebhookSynced))-1, s.clock.Now().Sub(began)
	if synced == 0 || time.Duration(synced) > passed/(5*time.Second)+1 {
		t.Errorf("200 webhooks caused %d syncs in %v, want one in five seconds at most", synced, passed)
	}
	t.Logf("200 webhooks caused %d syncs in %v of the simulated clock", synced, passed)
}

// Webhooks of other banks, of other environments, forged and unknown ones do nothing;
// duplicated and lost ones make no difference in the end.
func TestWebhooksThatDoNothing(t *testing.T) {
	s := simulate(t, posting())
	item := s.link(t, platypus)
	r := s.receive(t)
	r.await(plaidsvc.WebhookSynced, 1)
	r.await(plaidsvc.WebhookAddressSet, 1)
	s.sim.Deliver(t.Context())
	r.await(plaidsvc.WebhookReceived, 1) // that the address is known

	// Somebody else's bank, at the same Plaid.
	other := newWorld(t, s.http.URL)
	other.clock = s.clock
	foreign, err := other.LinkSandbox(t.Context(), plaidsvc.SandboxLink{Institution: gingham}, nil)
	if err != nil {
		t.Fatal(err)
	}
	token, err := other.vault.AccessToken(t.Context(), foreign.ID)
	if err != nil {
		t.Fatal(err)
	}
	s.askWith(t, "/item/webhook/update", token, map[string]any{"webhook": r.address})
	s.sim.Deliver(t.Context())
	if e := r.await(plaidsvc.WebhookIgnored, 1); !strings.Contains(e.Says, "not linked here") || e.Result.Item.ID != "" {
		t.Errorf("of another bank: %+v", e)
	}
	s.fire(t, item.ID, "TRANSACTIONS", "DEFAULT_UPDATE")
	s.fire(t, item.ID, "ITEM", "AUTHORIZATION_GRANTED") // not one that is documented
	r.await(plaidsvc.WebhookReceived, 3)
	s.sim.Misdeliver(plaidsim.WebhookFaults{BadSignature: 1})
	s.fire(t, item.ID, "TRANSACTIONS", "SYNC_UPDATES_AVAILABLE")
	if e := r.await(plaidsvc.WebhookRefused, 1); e.Says != "Plaid did not sign it" {
		t.Errorf("forged: %+v", e)
	}
	s.sim.Misdeliver(plaidsim.WebhookFaults{Stale: 1})
	s.fire(t, item.ID, "TRANSACTIONS", "SYNC_UPDATES_AVAILABLE")
	if e := r.await(plaidsvc.WebhookRefused, 2); !strings.Contains(e.Says, "five minutes") {
		t.Errorf("stale: %+v", e)
	}
	if n := len(r.of(plaidsvc.WebhookSynced)) + len(r.of(plaidsvc.WebhookLooked)); n != 1 {
		t.Errorf("%d errands, want none but that of the start: %+v", n, r.events)
	}
}

// A bank that is linked meanwhile is told the address when it is seen; one whose
// sync failed for want of a network is synced again after a while, whatever else is
// done for it before.
func TestReceiverSeesNewBanksAndTriesAgain(t *testing.T) {
	s := simulate(t, posting())
	s.link(t, platypus)
	r := s.receive(t)
	r.await(plaidsvc.WebhookSynced, 1)
	r.await(plaidsvc.WebhookAddressSet, 1)
	item := s.link(t, gingham)
	s.post(t, "/plaidsim/scenario/play", map[string]any{"faults": []any{map[string]any{"endpoint": "/transactions/sync", "code": "INTERNAL_SERVER_ERROR"}}})
	r.look <- s.clock.Now()
	if e := r.await(plaidsvc.WebhookAddressSet, 2); e.Result.Item.ID != item.ID {
		t.Errorf("told the address: %+v", e.Result.Item)
	}
	if e := r.await(plaidsvc.WebhookSynced, 2); e.Result.Err == nil {
		t.Errorf("synced without a network: %+v", e.Result)
	}
	s.post(t, "/plaidsim/scenario/clear", map[string]any{"faults": true})
	s.fire(t, item.ID, "ITEM", "NEW_ACCOUNTS_AVAILABLE")
	if e := r.await(plaidsvc.WebhookLooked, 1); e.Result.Err != nil {
		t.Errorf("looked: %v", e.Result.Err)
	}
	r.look <- s.clock.Now() // too soon
	s.clock.advance(2 * time.Minute)
	late := s.clock.Now()
	r.look <- late
	if e := r.await(plaidsvc.WebhookSynced, 3); e.Result.Err != nil || e.Result.Item.ID != item.ID || e.Result.Item.LastSync.Before(late) {
		t.Errorf("then %+v, want a sync from %v on", e.Result, late)
	}
}

// A webhook about investments or debts has them asked for, however new they are.
func TestReceiverAsksAnewWhatIsToldBesides(t *testing.T) {
	s := simulate(t, posting())
	item := s.link(t, tartan)
	r := s.receive(t)
	r.await(plaidsvc.WebhookSynced, 1)
	for n, kind := range []string{"HOLDINGS", "INVESTMENTS_TRANSACTIONS", "LIABILITIES"} {
		before := s.vault.toldAt(item.ID)
		s.clock.advance(time.Minute)
		s.fire(t, item.ID, kind, "DEFAULT_UPDATE")
		if e := r.await(plaidsvc.WebhookSynced, n+2); e.Result.Err != nil || len(e.Result.Untold) > 0 {
			t.Errorf("%s: %+v", kind, e.Result)
		}
		for path, at := range s.vault.toldAt(item.ID) {
			if !at.After(before[path]) {
				t.Errorf("%s: %s was not asked again", kind, path)
			}
		}
	}
}

// Whatever Plaid sends is in the table, with something to say, and does for its bank
// what it should and no more: those that are made for /transactions/get do nothing.
func TestEveryWebhookHasItsMeaning(t *testing.T) {
	documented := strings.Fields(`
		ITEM/ERROR:look ITEM/PENDING_EXPIRATION:look ITEM/PENDING_DISCONNECT:look,warn ITEM/USER_PERMISSION_REVOKED:look
		ITEM/USER_ACCOUNT_REVOKED:sync ITEM/NEW_ACCOUNTS_AVAILABLE:look,offer ITEM/LOGIN_REPAIRED:sync ITEM/WEBHOOK_UPDATE_ACKNOWLEDGED
		TRANSACTIONS/SYNC_UPDATES_AVAILABLE:sync TRANSACTIONS/RECURRING_TRANSACTIONS_UPDATE TRANSACTIONS/INITIAL_UPDATE
		TRANSACTIONS/HISTORICAL_UPDATE TRANSACTIONS/DEFAULT_UPDATE TRANSACTIONS/TRANSACTIONS_REMOVED
		INVESTMENTS_TRANSACTIONS/DEFAULT_UPDATE:sync,anew INVESTMENTS_TRANSACTIONS/HISTORICAL_UPDATE:sync,anew HOLDINGS/DEFAULT_UPDATE:sync,anew
		LIABILITIES/DEFAULT_UPDATE:sync,anew AUTH/DEFAULT_UPDATE AUTH/AUTOMATICALLY_VERIFIED AUTH/VERIFICATION_EXPIRED
		AUTH/PRODUCT_PERMISSIONS_REQUIRED IDENTITY/DEFAULT_UPDATE TRANSFER/TRANSFER_EVENTS_UPDATE
		LINK/SESSION_FINISHED LINK/ITEM_ADD_RESULT LINK/EVENTS`)
	got := plaidsvc.WebhookNames()
	slices.Sort(documented)
	if !slices.Equal(got, documented) {
		t.Errorf("the table has\n%v\nwant\n%v", got, documented)
	}
}

// Plaid cannot reach what is only here, and a simulator can.
func TestAddressesForWebhooks(t *testing.T) {
	local, _ := scripted(t)
	real := newWorld(t, plaidsvc.Sandbox)
	for address, want := range map[string]struct{ local, real bool }{
		"https://example.com/hook":        {true, true},
		"http://example.com:8080":         {true, true},
		"https://[2001:db8::1]/":          {true, true},
		"http://127.0.0.1:8787/":          {true, false},
		"http://localhost:8787/":          {true, false},
		"https://LOCALHOST./":             {true, false},
		"https://a.localhost/":            {true, false},
		"https://box.local/":              {true, false},
		"http://[::1]/":                   {true, false},
		"http://[::ffff:127.0.0.1]/":      {true, false},
		"http://0.0.0.0:80/":              {true, false},
		"http://192.168.1.5/":             {true, false},
		"http://10.1.2.3/":                {true, false},
		"http://169.254.1.1/":             {true, false},
		"":                                {},
		"example.com":                     {},
		"example.com:80":                  {},
		"ftp://example.com/":              {},
		"https://":                        {},
		"https:///path":                   {},
		"https://:443/":                   {},
		"https://me:secret@example.com/":  {},
		"https://example.com/#here":       {},
		"https://exa mple.com/":           {},
		"javascript:alert(1)//example.it": {},
	} {
		if err := local.CheckWebhookAddress(address); (err == nil) != want.local {
			t.Errorf("simulator, %q: %v, want it good: %v", address, err, want.local)
		}
		if err := real.CheckWebhookAddress(address); (err == nil) != want.real {
			t.Errorf("Plaid, %q: %v, want it good: %v", address, err, want.real)
		}
	}
}
