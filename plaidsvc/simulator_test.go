package plaidsvc_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/plaidsvc/plaidsim"
	"coffer/plaidsvc/plaidsim/bank"
)

// A simulated world: a service, and a Plaid with banks that live on the same
// clock.
type simulated struct {
	world
	sim  *plaidsim.Server
	http *httptest.Server
}

// home is the family that the tests bank with: two years of it are the same for
// every test.
var home = sync.OnceValue(func() neighbourhood {
	return neighbourhood{bank.NewHousehold(bank.Options{Seed: 1, From: newClock().Now().AddDate(-2, 0, 0)})}
})

type neighbourhood struct{ *bank.Household }

func (neighbourhood) Institutions() []bank.Institution { return bank.Institutions() }

// simulate makes a world whose Plaid has these options, and the usual banks.
func simulate(t *testing.T, o plaidsim.Options, change ...func(*plaidsvc.Config)) *simulated {
	t.Helper()
	c := newClock()
	o.Clock = c.Now
	if o.Banks == nil {
		o.Banks = home()
	}
	s := &simulated{sim: plaidsim.New(o)}
	s.http = httptest.NewServer(s.sim)
	t.Cleanup(s.http.Close)
	s.world = newWorld(t, s.http.URL, append(change, func(cfg *plaidsvc.Config) {
		cfg.Now, cfg.Sleep = c.Now, c.Sleep
	})...)
	s.clock = c
	return s
}

// link links a bank with the rows of its last months: most tests ask for no more.
func (s *simulated) link(t *testing.T, institution string) ledger.Item {
	t.Helper()
	return s.linkDays(t, institution, 90)
}

// linkWhole links a bank with all that Plaid gives, two years on several pages.
func (s *simulated) linkWhole(t *testing.T, institution string) ledger.Item {
	t.Helper()
	return s.linkDays(t, institution, 0)
}

func (s *simulated) linkDays(t *testing.T, institution string, days int) ledger.Item {
	t.Helper()
	item, err := s.LinkSandbox(t.Context(), plaidsvc.SandboxLink{Institution: institution, Days: days}, nil)
	if err != nil {
		t.Fatalf("link %s: %v", institution, err)
	}
	return item
}

// ask calls the simulator around the service.
func (s *simulated) ask(t *testing.T, path string, id ledger.ItemID) {
	t.Helper()
	token, err := s.vault.AccessToken(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	s.askWith(t, path, token, nil)
}

// askWith calls the simulator with an access token and what else it takes.
func (s *simulated) askWith(t *testing.T, path string, token secret.Text, more map[string]any) {
	t.Helper()
	fields := map[string]any{"client_id": "x", "secret": "y", "access_token": token.Reveal()}
	maps.Copy(fields, more)
	s.post(t, path, fields)
}

// play makes something happen at the banks now.
func (s *simulated) play(t *testing.T, event string) {
	t.Helper()
	s.post(t, "/plaidsim/scenario/play", map[string]any{"events": []any{map[string]any{"event": event}}})
}

func (s *simulated) post(t *testing.T, path string, fields map[string]any) {
	t.Helper()
	body, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.Post(s.http.URL+path, "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", path, resp.Status)
	}
}

// truth syncs the same bank from nothing into another vault: what the vault
// should hold.
func (s *simulated) truth(t *testing.T, id ledger.ItemID) *memory {
	t.Helper()
	token, err := s.vault.AccessToken(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, s.http.URL)
	w.clock.now = s.clock.Now()
	item := s.vault.item(t, id)
	if err := w.vault.AddItem(t.Context(), item, secret.New(token.Reveal())); err != nil {
		t.Fatal(err)
	}
	if got := w.syncOne(t); got.Err != nil {
		t.Fatalf("sync from nothing: %v", got.Err)
	}
	return w.vault
}

// sameRows compares what two vaults hold of the banks.
func sameRows(t *testing.T, got, want *memory) {
	t.Helper()
	for id, row := range want.rows {
		if got.rows[id] != row {
			t.Errorf("row %q:\ngot  %+v\nwant %+v", id, got.rows[id], row)
			return
		}
	}
	for id, row := range got.rows {
		if _, ok := want.rows[id]; !ok {
			t.Errorf("row %q is here and nowhere else: %+v", id, row)
			return
		}
	}
	if len(want.rows) == 0 {
		t.Error("there is nothing to compare")
	}
}

const (
	platypus = "ins_109508"
	gingham  = "ins_109509"
	day      = 24 * time.Hour
)

// webhookOf returns where Plaid sends the webhooks of an Item, "" for nowhere.
func (s *simulated) webhookOf(t *testing.T, id ledger.ItemID) string {
	t.Helper()
	token, err := s.vault.AccessToken(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := json.Marshal(map[string]any{"client_id": "x", "secret": "y", "access_token": token.Reveal()})
	resp, err := http.Post(s.http.URL+"/item/get", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var got struct {
		Item struct {
			Webhook string `json:"webhook"`
		} `json:"item"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&got); err != nil {
		t.Fatal(err)
	}
	return got.Item.Webhook
}
