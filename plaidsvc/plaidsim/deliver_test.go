package plaidsim_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"
)

// An app is the endpoint of one, with all that it was sent. It answers 200
// unless a test says otherwise.
type app struct {
	*httptest.Server
	mu     sync.Mutex
	status int
	got    [][]byte
}

// newApp makes an endpoint and the network that leads to it.
func newApp(t *testing.T) (*app, *http.Client) {
	a := &app{status: http.StatusOK}
	a.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		a.mu.Lock()
		defer a.mu.Unlock()
		a.got = append(a.got, body)
		w.WriteHeader(a.status)
	}))
	t.Cleanup(a.Close)
	return a, a.Client()
}

// answers sets the status of all answers from now on.
func (a *app) answers(status int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.status = status
}

// codes are the types and codes received so far, all as "TYPE CODE".
func (a *app) codes(t *testing.T) []string {
	t.Helper()
	var codes []string
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, body := range a.got {
		var w struct {
			Type string `json:"webhook_type"`
			Code string `json:"webhook_code"`
		}
		if err := json.Unmarshal(body, &w); err != nil {
			t.Fatalf("%s: %v", body, err)
		}
		codes = append(codes, w.Type+" "+w.Code)
	}
	return codes
}

func TestWebhooksAreSentInOrderAndRetried(t *testing.T) {
	app, network := newApp(t)
	var log strings.Builder
	w := newWorld(t, plaidsim.Options{Settled: true, Network: network, Log: &log})
	token := w.link(fields{"webhook": app.URL + "/secret"})
	app.answers(http.StatusBadGateway)
	w.must("/sandbox/item/reset_login", fields{"access_token": token})
	w.server.Deliver(t.Context())
	if got := app.codes(t); !slices.Equal(got, []string{"ITEM ERROR"}) {
		t.Fatalf("at once: got %v, want one ITEM ERROR", got)
	}
	if got, want := log.String(), " webhook ITEM ERROR to "+strings.TrimPrefix(app.URL, "http://")+
		": answered 502, want 200; again at 2026-03-15T09:00:30Z\n"; !strings.HasSuffix(got, want) || strings.Contains(got, "/secret") {
		t.Errorf("log: got %q, want it to end in %q", got, want)
	}
	app.answers(http.StatusOK)
	w.pass(29 * time.Second)
	w.server.Deliver(t.Context())
	if got := app.codes(t); len(got) != 1 {
		t.Errorf("after 29 s: got %v, want no second attempt yet", got)
	}
	w.pass(time.Second)
	w.server.OnItem(token, w.server.Repair())
	w.server.Deliver(t.Context())
	w.pass(time.Hour)
	w.server.Deliver(t.Context())
	if got, want := app.codes(t), []string{"ITEM ERROR", "ITEM ERROR", "ITEM LOGIN_REPAIRED"}; !slices.Equal(got, want) {
		t.Errorf("after an hour: got %v, want %v", got, want)
	}
}

// The error in a webhook has what an answer has in its head, and no request.
func TestErrorInAWebhook(t *testing.T) {
	app, network := newApp(t)
	w := newWorld(t, plaidsim.Options{Settled: true, Network: network})
	token := w.link(fields{"webhook": app.URL})
	w.must("/sandbox/item/reset_login", fields{"access_token": token})
	w.server.Deliver(t.Context())
	body := app.got[0]
	for _, complaint := range judge(t).Schema("ItemErrorWebhook", body) {
		t.Errorf("%s\n%s", complaint, body)
	}
	text := string(body)
	if !strings.Contains(text, "    \"status\": 400") || strings.Contains(text, "request_id") {
		t.Errorf("got %s, want the status, indented, and no request_id", text)
	}
	if !strings.HasPrefix(text, "{\n  \"") || !strings.HasSuffix(text, "\n}") {
		t.Errorf("got %q, want two spaces of indentation and nothing around it", text)
	}
}

func TestItemTellsItsLastWebhook(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.link(hook)
	last := func() (string, string) {
		item := w.must("/item/get", fields{"access_token": token})
		return item.text("status", "last_webhook", "sent_at"), item.text("status", "last_webhook", "code_sent")
	}
	if at, code := last(); at != "" || code != "" {
		t.Errorf("at first: got %q at %q, want none", code, at)
	}
	w.must("/sandbox/item/reset_login", fields{"access_token": token})
	w.pass(time.Minute)
	if at, code := last(); at != "2026-03-15T09:00:00Z" || code != "ERROR" {
		t.Errorf("after a reset: got %q at %q, want ERROR at the time of the reset", code, at)
	}
	w.server.OnItem(token, w.server.Repair())
	if at, code := last(); at != "2026-03-15T09:01:00Z" || code != "LOGIN_REPAIRED" {
		t.Errorf("after a repair: got %q at %q, want LOGIN_REPAIRED now", code, at)
	}
}

func TestWebhooksGoWrongAsAskedFor(t *testing.T) {
	app, network := newApp(t)
	w := newWorld(t, plaidsim.Options{Settled: true, Network: network, WebhookFaults: plaidsim.WebhookFaults{Duplicate: 1}})
	token := w.link(fields{"webhook": app.URL})
	w.must("/sandbox/item/reset_login", fields{"access_token": token})
	w.server.Misdeliver(plaidsim.WebhookFaults{Lose: 1})
	w.server.OnItem(token, w.server.Repair())
	w.server.Deliver(t.Context())
	if got, want := app.codes(t), []string{"ITEM ERROR", "ITEM ERROR"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want the first one twice and the second one lost", got)
	}
}

// What is new because somebody made it so reaches the app when it takes effect,
// not when Plaid asks the bank the next time.
func TestNewsThatWereMadeAreSentAtOnce(t *testing.T) {
	created := fields{"date_transacted": "2026-03-15", "date_posted": "2026-03-15", "amount": 12.5, "description": "TEST"}
	for name, tt := range map[string]struct {
		make func(w *world, token string)
		late time.Duration // after it was made
	}{
		"refresh": {func(w *world, token string) { w.must("/transactions/refresh", fields{"access_token": token}) }, 2 * time.Second},
		"created": {func(w *world, token string) {
			w.must("/sandbox/transactions/create", fields{"access_token": token, "transactions": []fields{created}})
		}, 2 * time.Second},
		"event": {func(w *world, _ string) { w.does("scenario/play", `{"events":[{"event":"rows_modified"}]}`) }, 0},
		"event to come": {func(w *world, _ string) {
			w.does("scenario/play", `{"events":[{"event":"rows_removed","after":"3m"}]}`)
		}, 3 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			app, network := newApp(t)
			w := newWorld(t, plaidsim.Options{Settled: true, Control: true, Network: network})
			token := w.as("user_transactions_dynamic", "any")
			w.must("/item/webhook/update", fields{"access_token": token, "webhook": app.URL})
			w.pages(token, "", 500)
			w.server.Deliver(t.Context())
			before := len(app.codes(t))
			tt.make(w, token)
			if tt.late > 0 {
				w.pass(tt.late - 1)
				w.server.Deliver(t.Context())
				if got := app.codes(t)[before:]; len(got) > 0 {
					t.Errorf("before it takes effect: sent %q", got)
				}
				w.pass(1)
			}
			w.server.Deliver(t.Context())
			if got := app.codes(t)[before:]; !slices.Contains(got, "TRANSACTIONS SYNC_UPDATES_AVAILABLE") {
				t.Errorf("when it takes effect: sent %q, want it told to sync", got)
			}
		})
	}
}
