package link_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// The link tokens that the fake backend knows. Any other is invalid.
const (
	goodToken    = "link-sandbox-good"
	presetToken  = "link-sandbox-preset"  // names its institution
	fleetToken   = "link-sandbox-fleet"   // expires between start and sign-in
	expiredToken = "link-sandbox-expired" // the backend refuses it
)

// hostileName must arrive on the screen as it is, and do nothing.
const hostileName = `<img src=x onerror=alert(1)> & Sons Savings`

// A fakeBackend answers /link/session/ as the simulator does: two banks, one
// sign-in that works. It is strict about what it is sent.
type fakeBackend struct {
	t *testing.T

	mu       sync.Mutex
	requests []call
	told     []string      // events, by name
	held     string        // the kind of request that waits next
	hold     chan struct{} // until this is closed
	stopped  bool          // answers nothing any more
}

// A call is one request as the backend got it.
type call struct {
	verb string
	body map[string]any
}

// wants is what each request must carry besides the link token.
var wants = map[string][]string{
	"start":        {},
	"institutions": {"link_session_id", "query"},
	"credentials":  {"link_session_id", "institution_id", "username", "password"},
	"finish":       {"link_session_id", "institution_id", "account_ids"},
	"exit":         {"link_session_id", "status", "error", "institution_id"},
	"events":       {"link_session_id", "events"},
}

func (b *fakeBackend) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	verb := strings.TrimPrefix(r.URL.Path, "/link/session/")
	var body map[string]any
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		b.t.Errorf("%s: body: %v", verb, err)
	}
	b.check(r, verb, body)
	if verb == "events" {
		b.hear(w, body["events"].([]any))
		return
	}
	b.mu.Lock()
	b.requests = append(b.requests, call{verb, body})
	id := fmt.Sprintf("request%d", len(b.requests))
	hold, stopped := b.takeHold(verb), b.stopped
	b.mu.Unlock()
	if stopped {
		panic(http.ErrAbortHandler)
	}
	if hold != nil {
		<-hold
	}
	status, answer := b.answer(verb, body)
	answer["request_id"] = id
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(answer); err != nil {
		b.t.Logf("%s: the page hung up: %v", verb, err)
	}
}

func (b *fakeBackend) check(r *http.Request, verb string, body map[string]any) {
	fields, known := wants[verb]
	if !known || r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json" {
		b.t.Errorf("%s %s with content type %q", r.Method, r.URL, r.Header.Get("Content-Type"))
	}
	if len(body) != len(fields)+1 {
		b.t.Errorf("%s: got %d fields in %v, want link_token and %v", verb, len(body), body, fields)
	}
	for _, field := range append(fields, "link_token") {
		if _, ok := body[field]; !ok {
			b.t.Errorf("%s: no %s in %v", verb, field, body)
		}
	}
	if id, ok := body["link_session_id"]; ok && id != "session-1" {
		b.t.Errorf("%s: link_session_id = %v, want session-1", verb, id)
	}
}

// An object is JSON as encoding/json gives it.
type object = map[string]any

func (b *fakeBackend) answer(verb string, body map[string]any) (int, object) {
	token := body["link_token"]
	if token == expiredToken || token == fleetToken && verb == "credentials" {
		return http.StatusBadRequest, plaidError("INVALID_INPUT", "INVALID_LINK_TOKEN", "invalid link_token provided", nil)
	}
	switch verb {
	case "start":
		return http.StatusOK, started(token)
	case "institutions":
		return http.StatusOK, object{"institutions": matching(body["query"].(string))}
	case "credentials":
		return signedIn(body["username"].(string), body["password"].(string))
	case "finish":
		return http.StatusOK, finished(body["institution_id"].(string), body["account_ids"].([]any))
	default:
		return http.StatusOK, object{}
	}
}

func plaidError(kind, code, message string, display any) object {
	return object{"error_type": kind, "error_code": code, "error_message": message, "display_message": display}
}

func banks() []object {
	return []object{
		{"institution_id": "ins_109508", "name": "First Platypus Bank", "oauth": false, "color": "#1f4e79", "url": "https://www.platypus.example/"},
		{"institution_id": "ins_109509", "name": "First Gingham Credit Union", "oauth": false, "color": "#f2c14e", "url": "https://gingham.example"},
		{"institution_id": "ins_127287", "name": hostileName, "oauth": true, "color": "red; background: url(x)", "url": nil},
	}
}

func holdings() []object {
	return []object{
		{"id": "acc-checking", "name": "Plaid Checking", "mask": "0000", "type": "depository", "subtype": "checking"},
		{"id": "acc-saving", "name": "Plaid Saving", "mask": "1111", "type": "depository", "subtype": "savings"},
		{"id": "acc-card", "name": "Plaid Credit Card", "mask": nil, "type": "credit", "subtype": "credit card"},
	}
}

func started(token any) object {
	start := object{
		"link_session_id": "session-1", "client_name": "coffer", "language": "en",
		"update_mode": false, "institution": nil, "products": []string{"transactions", "new_thing"},
	}
	if token == presetToken {
		start["institution"] = object{"institution_id": "ins_109508", "name": "First Platypus Bank"}
		start["client_name"] = strings.Repeat("x", 31)
	}
	return start
}

func matching(query string) []object {
	found := []object{}
	for _, bank := range banks() {
		if strings.Contains(strings.ToLower(bank["name"].(string)), strings.ToLower(query)) {
			found = append(found, bank)
		}
	}
	return found
}

func signedIn(username, password string) (int, object) {
	if username != "user_good" || password != "pass_good" {
		return http.StatusBadRequest, plaidError("ITEM_ERROR", "INVALID_CREDENTIALS",
			"the credentials were not correct", "The credentials you entered are not correct. Please try again.")
	}
	return http.StatusOK, object{"accounts": holdings()}
}

func finished(institution string, ids []any) object {
	chosen := []object{}
	for _, account := range holdings() {
		for _, id := range ids {
			if account["id"] == id {
				chosen = append(chosen, account)
			}
		}
	}
	name := ""
	for _, bank := range banks() {
		if bank["institution_id"] == institution {
			name = bank["name"].(string)
		}
	}
	return object{"public_token": "public-sandbox-1", "metadata": object{
		"institution": object{"name": name, "institution_id": institution},
		"accounts":    chosen, "link_session_id": "session-1",
	}}
}

// holdNext makes the next request of a kind wait until release is called, or
// the test is over.
func (b *fakeBackend) holdNext(verb string) (release func()) {
	hold := make(chan struct{})
	release = sync.OnceFunc(func() { close(hold) })
	b.t.Cleanup(release)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.held, b.hold = verb, hold
	return release
}

// takeHold returns what a request must wait for, and makes it the only one that
// does. The caller has the lock.
func (b *fakeBackend) takeHold(verb string) chan struct{} {
	if verb != b.held {
		return nil
	}
	b.held = ""
	return b.hold
}

// stop makes the backend hang up on every request from now on.
func (b *fakeBackend) stop() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stopped = true
}

// last returns the latest request of a kind, or fails.
func (b *fakeBackend) last(verb string) map[string]any {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := len(b.requests) - 1; i >= 0; i-- {
		if b.requests[i].verb == verb {
			return b.requests[i].body
		}
	}
	b.t.Fatalf("the page never asked for %s", verb)
	return nil
}

// count returns how many requests of a kind came in.
func (b *fakeBackend) count(verb string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := 0
	for _, request := range b.requests {
		if request.verb == verb {
			n++
		}
	}
	return n
}
