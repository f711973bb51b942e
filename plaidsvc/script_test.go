package plaidsvc_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc"
)

// What must never be seen again outside a request to Plaid.
const (
	plantedSecret = "7f3d0c9a5e1b4826planted"
	plantedToken  = "access-sandbox-11111111-2222-3333-4444-555555555555"
)

// A script is a Plaid that answers what a test tells it to: for faults that a
// faithful simulator does not have.
type script struct {
	*httptest.Server
	mu      sync.Mutex
	answers map[string][]http.HandlerFunc // the last one repeats
	calls   []call
}

type call struct {
	path   string
	header http.Header
	body   map[string]any
}

func newScript(t *testing.T) *script {
	t.Helper()
	s := &script{answers: map[string][]http.HandlerFunc{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	s.on("/accounts/get", answer(200, `{"accounts":[],"item":{},"request_id":"r"}`))
	s.on("/item/get", answer(200, `{"item":{"item_id":"item-1"},"request_id":"r"}`))
	s.on("/item/remove", answer(200, `{"request_id":"r"}`))
	return s
}

func (s *script) on(path string, answers ...http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[path] = answers
}

func (s *script) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, _ := io.ReadAll(r.Body)
	var body map[string]any
	_ = json.Unmarshal(raw, &body)
	s.mu.Lock()
	s.calls = append(s.calls, call{r.URL.Path, r.Header, body})
	list := s.answers[r.URL.Path]
	if len(list) > 1 {
		s.answers[r.URL.Path] = list[1:]
	}
	s.mu.Unlock()
	if len(list) == 0 {
		answer(404, `{"error_type":"INVALID_REQUEST","error_code":"NOT_FOUND","error_message":"not in the script"}`)(w, r)
		return
	}
	list[0](w, r)
}

// to returns the calls of one endpoint.
func (s *script) to(path string) (calls []call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.calls {
		if c.path == path {
			calls = append(calls, c)
		}
	}
	return calls
}

func answer(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// plaidError is an error body as Plaid's.
func plaidError(status int, kind, code string, headers ...string) http.HandlerFunc {
	return answer(status, `{"error_type":"`+kind+`","error_code":"`+code+`","error_message":"for developers: `+
		plantedToken+` with `+plantedSecret+`","display_message":null,"request_id":"req-`+strings.ToLower(code)+`"}`, headers...)
}

// page is a page of /transactions/sync.
func page(rows, next string, more bool) http.HandlerFunc {
	return answer(200, pageJSON(rows, next, more))
}

func pageJSON(rows, next string, more bool) string {
	flag := "false"
	if more {
		flag = "true"
	}
	return `{"transactions_update_status":"HISTORICAL_UPDATE_COMPLETE","accounts":[],"added":[` + rows +
		`],"modified":[],"removed":[],"next_cursor":"` + next + `","has_more":` + flag + `,"request_id":"r"}`
}

// row is a transaction of twelve dollars spent.
func row(id string) string {
	return `{"transaction_id":"` + id + `","account_id":"acc-1","amount":12.34,"iso_currency_code":"USD",` +
		`"unofficial_currency_code":null,"date":"2026-03-01","name":"Coffee","pending":false,"payment_channel":"in store"}`
}

// A world is a service with everything around it.
type world struct {
	*plaidsvc.Service
	clock *clock
	vault *memory
}

// newWorld makes a service for a simulator at an address.
func newWorld(t *testing.T, address string, change ...func(*plaidsvc.Config)) world {
	t.Helper()
	w := world{clock: newClock(), vault: newMemory()}
	cfg := plaidsvc.Config{
		Environment: address, ItemEnvironment: "simulator",
		ClientID: "client", Secret: secret.New(plantedSecret),
		Vault: w.vault, Now: w.clock.Now, Sleep: w.clock.Sleep, Random: dice{},
	}
	for _, f := range change {
		f(&cfg)
	}
	s, err := plaidsvc.New(cfg)
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	w.Service = s
	return w
}

// scripted is a world with a script and one bank in the vault, synced up to
// cursor "c0".
func scripted(t *testing.T, change ...func(*plaidsvc.Config)) (world, *script) {
	t.Helper()
	s := newScript(t)
	w := newWorld(t, s.URL, change...)
	item := ledger.Item{ID: "item-1", Name: "First Bank", Environment: "simulator", State: ledger.ItemOK, LastSync: w.clock.Now()}
	if err := w.vault.AddItem(t.Context(), item, secret.New(plantedToken)); err != nil {
		t.Fatal(err)
	}
	w.vault.cursors["item-1"] = "c0"
	w.vault.writes = 0
	return w, s
}

// syncOne syncs the one bank of a scripted world.
func (w world) syncOne(t *testing.T) ledger.SyncResult {
	t.Helper()
	results, err := w.Sync(t.Context(), nil, nil)
	if err != nil || len(results) != 1 {
		t.Fatalf("Sync = %d results, %v; want one", len(results), err)
	}
	return results[0]
}
