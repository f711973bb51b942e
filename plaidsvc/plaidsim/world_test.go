package plaidsim_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"
	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/spectest"
)

// A world is a simulator on a clock that tests turn, and a client of it. All
// that passes between the two is held against Plaid's document.
type world struct {
	testing.TB
	*clock
	server   *plaidsim.Server
	tomorrow bool // answers are not today's, so nobody judges them
}

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// pass lets time pass.
func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// morning is when a world begins unless its options say otherwise.
func morning() time.Time { return time.Date(2026, time.March, 15, 9, 0, 0, 0, time.UTC) }

// A neighbourhood is the banks there are and one family that banks there.
type neighbourhood struct{ *bank.Household }

func (neighbourhood) Institutions() []bank.Institution { return bank.Institutions() }

// family is shared: a household is a function of its seed and of time.
var family = sync.OnceValue(func() neighbourhood {
	return neighbourhood{bank.NewHousehold(bank.Options{Seed: 1, From: morning().AddDate(-2, 0, 0)})}
})

// newWorld makes a world with the family's banks and the times of Plaid: the
// first rows after ten seconds, all after a minute.
func newWorld(t testing.TB, o plaidsim.Options) *world {
	t.Helper()
	w := &world{TB: t, clock: &clock{now: morning()}}
	if o.Clock == nil {
		o.Clock = w.Now
	}
	if o.Banks == nil {
		o.Banks = family()
	}
	if !o.Settled && o.InitialAfter == 0 {
		o.InitialAfter, o.HistoryAfter = 10*time.Second, time.Minute
	}
	w.server = plaidsim.New(o)
	w.tomorrow = o.Scenario != nil && o.Scenario.Tomorrow != nil
	return w
}

// on is the same world, for a subtest.
func (w *world) on(t testing.TB) *world {
	return &world{TB: t, clock: w.clock, server: w.server, tomorrow: w.tomorrow}
}

// fields is a JSON object, of a request or an answer.
type fields map[string]any

// ask calls an endpoint with credentials in the headers.
func (w *world) ask(endpoint string, body fields) (int, fields) {
	w.Helper()
	return w.send(endpoint, w.text(body), keys())
}

// quick calls an endpoint that has to succeed, for bulk: nobody looks at the
// answer but the caller.
func (w *world) quick(endpoint string, body fields) []byte {
	w.Helper()
	recorder := w.serve(endpoint, w.text(body), keys())
	if recorder.Code != http.StatusOK {
		w.Fatalf("POST %s %v: got %d %s, want 200", endpoint, body, recorder.Code, recorder.Body)
	}
	return recorder.Body.Bytes()
}

func (w *world) text(body fields) string {
	w.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		w.Fatal(err)
	}
	return string(text)
}

// keys are the headers that every good request has.
func keys() http.Header {
	return http.Header{
		"Content-Type":    {"application/json"},
		"Plaid-Client-Id": {"somebody"},
		"Plaid-Secret":    {"whatever"},
	}
}

// send calls an endpoint with exactly these headers and this body.
func (w *world) send(endpoint, body string, header http.Header) (int, fields) {
	w.Helper()
	handler := judge(w).Handler(w.server, w.Errorf)
	if w.tomorrow {
		handler = judge(w).TomorrowHandler(w.server, w.Errorf)
	}
	recorder := post(w, handler, endpoint, body, header)
	answer := recorder.Body.Bytes()
	if got := recorder.Header().Get("Content-Type"); !strings.HasPrefix(got, "application/json") {
		w.Fatalf("POST %s: got content type %q and body %s", endpoint, got, answer)
	}
	return recorder.Code, decodeFields(w, answer)
}

// serve calls an endpoint and judges nothing: for bulk, and for faults.
func (w *world) serve(endpoint, body string, header http.Header) *httptest.ResponseRecorder {
	return post(w, w.server, endpoint, body, header)
}

func post(t testing.TB, to http.Handler, endpoint, body string, header http.Header) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, endpoint, strings.NewReader(body))
	r.Header = header
	recorder := httptest.NewRecorder()
	to.ServeHTTP(recorder, r)
	return recorder
}

// judge is one for all tests, so that it can tell what they checked.
func judge(t testing.TB) *spectest.Judge {
	t.Helper()
	j, err := theJudge()
	if err != nil {
		t.Fatal(err)
	}
	return j
}

var theJudge = sync.OnceValues(spectest.Load)

func decodeFields(t testing.TB, body []byte) fields {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var f fields
	if err := d.Decode(&f); err != nil {
		t.Fatalf("answer %s: %v", body, err)
	}
	if id, _ := f["request_id"].(string); len(id) != 15 {
		t.Errorf("request_id: got %q, want 15 letters and digits, in %s", id, body)
	}
	return f
}

// must calls an endpoint that has to succeed.
func (w *world) must(endpoint string, body fields) fields {
	w.Helper()
	status, answer := w.ask(endpoint, body)
	if status != http.StatusOK {
		w.Fatalf("POST %s %v: got %d %v, want 200", endpoint, body, status, answer)
	}
	return answer
}

// refused calls an endpoint that has to answer 400 with a code.
func (w *world) refused(endpoint string, body fields, code string) fields {
	w.Helper()
	status, answer := w.ask(endpoint, body)
	if status != http.StatusBadRequest || answer["error_code"] != code {
		w.Fatalf("POST %s %v: got %d %v, want 400 %s", endpoint, body, status, answer, code)
	}
	return answer
}

// link links First Platypus Bank through the Sandbox, with transactions, and
// returns the access token.
func (w *world) link(options fields) string {
	w.Helper()
	request := fields{"institution_id": "ins_109508", "initial_products": []string{"transactions"}}
	if options != nil {
		request["options"] = options
	}
	token := w.must("/sandbox/public_token/create", request).text("public_token")
	return w.must("/item/public_token/exchange", fields{"public_token": token}).text("access_token")
}

// at walks into an answer by names and indexes.
func (f fields) at(path ...any) any {
	var v any = map[string]any(f)
	for _, step := range path {
		switch step := step.(type) {
		case string:
			object, _ := v.(map[string]any)
			v = object[step]
		case int:
			array, _ := v.([]any)
			if step >= len(array) {
				return nil
			}
			v = array[step]
		}
	}
	return v
}

func (f fields) text(path ...any) string {
	s, _ := f.at(path...).(string)
	return s
}

func (f fields) list(path ...any) []fields {
	array, _ := f.at(path...).([]any)
	var out []fields
	for _, v := range array {
		object, _ := v.(map[string]any)
		out = append(out, object)
	}
	return out
}
