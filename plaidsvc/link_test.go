package plaidsvc_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/plaidsvc/plaidsim"
)

// linking is a simulated world with a person in front of the browser.
func linking(t *testing.T, o plaidsim.Options, change ...func(*plaidsvc.Config)) (*simulated, *person) {
	t.Helper()
	p := &person{t: t, password: "pass_good", leave: "-"}
	s := simulate(t, o, append(change, func(c *plaidsvc.Config) {
		c.Browser = func(address string) error {
			err := p.browse(address)
			if err != nil {
				t.Errorf("browser: %v", err)
			}
			return err
		}
	})...)
	p.sim = s.http.URL
	return s, p
}

// linkOne links a bank, or none.
func (w world) linkOne(ctx context.Context, o plaidsvc.LinkOptions, report func(ledger.LinkProgress)) (ledger.Item, error) {
	items, err := w.Link(ctx, o, report)
	if len(items) == 0 {
		return ledger.Item{}, err
	}
	return items[0], err
}

// The whole way: link token, page, bank, public token, exchange, first sync.
func TestLinkInTheBrowser(t *testing.T) {
	var log lockedBuffer
	s, p := linking(t, plaidsim.Options{Settled: true, Log: &log})
	var stages []ledger.LinkStage
	var address string
	item, err := s.linkOne(t.Context(), plaidsvc.LinkOptions{}, func(l ledger.LinkProgress) {
		if len(stages) == 0 || stages[len(stages)-1] != l.Stage {
			stages = append(stages, l.Stage)
		}
		if l.Address != "" {
			address = l.Address
		}
	})
	if err != nil {
		t.Fatalf("Link: %v", err)
	}
	if want := []ledger.LinkStage{"starting", "waiting", "saving", "syncing", "completed"}; !slices.Equal(stages, want) {
		t.Errorf("stages %q, want %q", stages, want)
	}
	if item.Name != "First Platypus Bank" || item.State != ledger.ItemOK || item.Environment != "simulator" ||
		item.Institution != platypus || !item.LinkedAt.Equal(s.clock.Now()) || s.vault.item(t, item.ID) != item {
		t.Errorf("item %+v, kept %+v", item, s.vault.item(t, item.ID))
	}
	if item.Billed != "transactions" || !item.Consented.Has("investments") || item.Consented.Has("auth") {
		t.Errorf("Plaid bills %q, and the user agreed to %q", item.Billed, item.Consented)
	}
	if item.Color != "#1b6ca8" {
		t.Errorf("its colour is %q", item.Color)
	}
	if len(s.vault.rows) == 0 || len(s.vault.accounts) == 0 {
		t.Errorf("%d rows and %d accounts came", len(s.vault.rows), len(s.vault.accounts))
	}
	if !strings.HasPrefix(address, "http://127.0.0.1:") {
		t.Errorf("address %q", address)
	}
	token, err := s.vault.AccessToken(t.Context(), item.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, planted := range []string{plantedSecret, token.Reveal(), `"client"`} {
		if strings.Contains(p.page, planted) {
			t.Errorf("the page holds %q", planted)
		}
	}
	order := regexp.MustCompile(`(?s)/link/token/create 200.*/item/public_token/exchange 200.*/item/get 200.*/institutions/get_by_id 200.*/transactions/sync 200`)
	if !order.MatchString(log.String()) {
		t.Errorf("requests:\n%s", log.String())
	}
}

// What is asked of Plaid for a new bank, and for one that is repaired.
func TestLinkTokenRequest(t *testing.T) {
	w, s := scripted(t)
	s.on("/link/token/create", plaidError(400, "INVALID_REQUEST", "INVALID_FIELD"))
	_, err := w.linkOne(t.Context(), plaidsvc.LinkOptions{Days: 365}, nil)
	var failed *plaidsvc.APIError
	if !errors.As(err, &failed) || failed.Code != "INVALID_FIELD" {
		t.Errorf("Link = %v, want Plaid's refusal", err)
	}
	if _, err := w.linkOne(t.Context(), plaidsvc.LinkOptions{Repair: "item-1"}, nil); err == nil {
		t.Error("repair succeeded")
	}
	common := `"client_name":"coffer","country_codes":["US"],"language":"en",`
	for i, want := range []string{
		`{"additional_consented_products":["investments","liabilities"],` + common +
			`"products":["transactions"],"transactions":{"days_requested":365},"user":{"client_user_id":"coffer"}}`,
		`{"access_token":"` + plantedToken + `",` + common + `"user":{"client_user_id":"coffer"}}`,
	} {
		got, err := json.Marshal(s.to("/link/token/create")[i].body)
		if err != nil || string(got) != want {
			t.Errorf("request %d:\ngot  %s\nwant %s", i, got, want)
		}
	}
	if _, err := w.linkOne(t.Context(), plaidsvc.LinkOptions{}, nil); err == nil {
		t.Error("a link succeeded")
	}
	if got := fmt.Sprint(s.to("/link/token/create")[2].body["transactions"]); got != "map[days_requested:730]" {
		t.Errorf("unless told otherwise it asks for %s, want all there is: more cannot be had later", got)
	}
	for _, days := range []int{-1, 731} {
		if _, err := w.linkOne(t.Context(), plaidsvc.LinkOptions{Days: days}, nil); err == nil || len(s.to("/link/token/create")) != 3 {
			t.Errorf("%d days: %v", days, err)
		}
	}
}

// A browser that hangs, or is not wanted, leaves the address on the screen, and
// time to open it elsewhere.
func TestBrowserMayHangOrBeMissing(t *testing.T) {
	hang := make(chan struct{})
	defer close(hang)
	for name, browser := range map[string]func(string) error{
		"hangs": func(string) error { <-hang; return nil },
		"none":  nil,
	} {
		p := &person{t: t, password: "pass_good", leave: "-"}
		s := simulate(t, plaidsim.Options{Settled: true}, func(c *plaidsvc.Config) { c.Browser = browser })
		p.sim = s.http.URL
		began := time.Now()
		item, err := s.linkOne(t.Context(), plaidsvc.LinkOptions{}, func(l ledger.LinkProgress) {
			if l.Browser == ledger.BrowserOpened {
				t.Errorf("%s: reported as opened", name)
			}
			last := ledger.BrowserNone
			if name == "hangs" {
				last = ledger.BrowserStarting
			}
			if l.Stage == ledger.LinkWaiting && l.Browser == last {
				go func() { _ = p.browse(l.Address) }() // by hand
			}
		})
		if err != nil || item.ID == "" || time.Since(began) > 30*time.Second {
			t.Errorf("%s: %+v, %v after %v", name, item, err, time.Since(began))
		}
	}
}

func TestNobodyFinishesLink(t *testing.T) {
	s := simulate(t, plaidsim.Options{})
	item, err := s.linkOne(t.Context(), plaidsvc.LinkOptions{}, func(l ledger.LinkProgress) {
		if l.Stage == ledger.LinkWaiting {
			resp, err := http.Get(strings.TrimSuffix(l.Address, "/") + "/favicon.ico")
			if err != nil {
				t.Error(err)
				return
			}
			_ = resp.Body.Close()
			close(s.clock.wake)
		}
	})
	if !errors.Is(err, ledger.ErrLinkExpired) || item.ID != "" || !strings.Contains(err.Error(), "1 requests") {
		t.Errorf("Link = %+v, %v; want ErrLinkExpired that tells of the refusal", item, err)
	}
}

// A link token may end before the page would: what is linked then is linked in vain.
func TestThePageEndsWithItsLinkToken(t *testing.T) {
	w, s := scripted(t)
	s.on("/link/token/create", answer(200, `{"link_token":"link-sandbox-1","request_id":"r","expiration":"`+
		w.clock.Now().Add(4*time.Minute).Format(time.RFC3339)+`"}`))
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if _, err := w.linkOne(ctx, plaidsvc.LinkOptions{NoBrowser: true, Timeout: time.Hour}, nil); !errors.Is(err, ledger.ErrLinkExpired) {
		t.Errorf("Link = %v, want ErrLinkExpired", err)
	}
	if naps := w.clock.slept(); len(naps) != 1 || naps[0] != 4*time.Minute {
		t.Errorf("the page was open for %v, want four minutes", naps)
	}
}

func TestLinkIsCancelledAtOnce(t *testing.T) {
	s := simulate(t, plaidsim.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	var address string
	var began time.Time
	_, err := s.linkOne(ctx, plaidsvc.LinkOptions{}, func(l ledger.LinkProgress) {
		if l.Stage == ledger.LinkWaiting {
			address, began = l.Address, time.Now()
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || time.Since(began) > 2*time.Second {
		t.Errorf("Link = %v after %v, want Canceled at once", err, time.Since(began))
	}
	if resp, err := http.Get(address); err == nil {
		_ = resp.Body.Close()
		t.Error("the page is still there")
	}
}

// Between Plaid's giving access and its being kept nothing may come.
func TestAccessIsKeptBeforeAnythingElse(t *testing.T) {
	s, _ := linking(t, plaidsim.Options{Settled: true})
	ctx, cancel := context.WithCancel(t.Context())
	item, err := s.linkOne(ctx, plaidsvc.LinkOptions{}, func(l ledger.LinkProgress) {
		if l.Stage == ledger.LinkSyncing {
			cancel() // the user is impatient
		}
	})
	if !errors.Is(err, context.Canceled) || item.ID == "" {
		t.Fatalf("Link = %+v, %v; want the bank and Canceled", item, err)
	}
	if got := s.syncOne(t); got.Err != nil || got.Item.State != ledger.ItemOK || len(s.vault.rows) == 0 {
		t.Errorf("the next sync: %+v, %v", got.Item, got.Err)
	}
}

// A bank whose name could not be had gets it with the next sync.
func TestNextSyncCompletesABank(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	for _, path := range []string{"/item/get", "/transactions/sync"} {
		s.sim.Inject(plaidsim.Fault{Endpoint: path, Call: 1, Code: "INSTITUTION_DOWN"})
	}
	item, err := s.LinkSandbox(t.Context(), sandboxLink(platypus), nil)
	if !errors.Is(err, ledger.ErrBankUnavailable) || item.ID == "" {
		t.Fatalf("link = %+v, %v", item, err)
	}
	got := s.syncOne(t)
	if got.Err != nil || got.Item.Name != "First Platypus Bank" || got.Item.State != ledger.ItemOK {
		t.Errorf("after a sync: %+v, %v", got.Item, got.Err)
	}
}

// An access that cannot be kept is given back: nobody could ever end it.
func TestAccessThatCannotBeKeptIsGivenBack(t *testing.T) {
	var log lockedBuffer
	s := simulate(t, plaidsim.Options{Settled: true, Log: &log})
	s.vault.fail["AddItem"] = errors.New("disk full")
	if item, err := s.LinkSandbox(t.Context(), sandboxLink(platypus), nil); err == nil || item.ID != "" {
		t.Errorf("link = %+v, %v; want the disk's error", item, err)
	}
	if !strings.Contains(log.String(), "/item/remove 200") {
		t.Errorf("the Item was not removed:\n%s", log.String())
	}
}

// Signing in again keeps the Item and exchanges nothing.
func TestRepair(t *testing.T) {
	var log lockedBuffer
	s, _ := linking(t, plaidsim.Options{Settled: true, Log: &log})
	item := s.link(t, platypus)
	s.ask(t, "/sandbox/item/reset_login", item.ID)
	s.clock.advance(day)
	if got := s.syncOne(t); !errors.Is(got.Err, ledger.ErrLoginRequired) {
		t.Fatalf("before: %v", got.Err)
	}
	rows := len(s.vault.rows)
	mended, err := s.linkOne(t.Context(), plaidsvc.LinkOptions{Repair: item.ID}, nil)
	if err != nil || mended.ID != item.ID || mended.State != ledger.ItemOK || mended.Code != "" {
		t.Errorf("repair = %+v, %v", mended, err)
	}
	if len(s.vault.rows) <= rows {
		t.Errorf("%d rows after a day and a repair, had %d", len(s.vault.rows), rows)
	}
	if n := strings.Count(log.String(), "/item/public_token/exchange"); n != 1 {
		t.Errorf("%d exchanges, want the first link's only", n)
	}
}

// That a bank was to be cut off is known from a webhook alone, and forgotten only when
// the user has signed in again.
func TestSigningInAgainTakesAnAnnouncedEndAway(t *testing.T) {
	s, _ := linking(t, plaidsim.Options{Settled: true})
	item := s.link(t, platypus)
	item.State, item.Code = ledger.ItemExpiring, "PENDING_DISCONNECT"
	s.vault.items[item.ID] = item
	if got := s.syncOne(t); got.Item.State != ledger.ItemExpiring {
		t.Errorf("after a sync: %+v", got.Item)
	}
	got, err := s.linkOne(t.Context(), plaidsvc.LinkOptions{Repair: item.ID}, nil)
	if err != nil || got.State != ledger.ItemOK || got.Code != "" || s.vault.item(t, item.ID) != got {
		t.Errorf("after signing in: %+v, %v, kept %+v", got, err, s.vault.item(t, item.ID))
	}
}

// A simulator that starts over hands out the same Items: what is known stays.
func TestLinkingAKnownItemKeepsWhatIsKnown(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true, Seed: 7})
	first := s.link(t, platypus)
	again := simulate(t, plaidsim.Options{Settled: true, Seed: 7}, func(c *plaidsvc.Config) { c.Vault = s.vault })
	again.clock.advance(day)
	second := again.link(t, platypus)
	if second.ID != first.ID || !second.LinkedAt.Equal(first.LinkedAt) || !second.LastSync.After(first.LastSync) {
		t.Errorf("linked again: %+v, was %+v", second, first)
	}
	if n := len(s.vault.deltas); n != 2 || s.vault.deltas[1].From != s.vault.deltas[0].Next {
		t.Errorf("the second sync did not go on from the first's cursor")
	}
}

func TestSandboxLinksAreNotForProduction(t *testing.T) {
	s, err := plaidsvc.New(plaidsvc.Config{
		Environment: plaidsvc.Production, ClientID: "c", Secret: secret.New("s"), Vault: newMemory(),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.LinkSandbox(t.Context(), sandboxLink(platypus), nil); err == nil {
		t.Error("production linked without a page")
	}
}
