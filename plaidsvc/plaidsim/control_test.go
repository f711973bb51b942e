package plaidsim_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"coffer/plaidsvc/plaidsim"
)

// controlled is a world at whose controls somebody sits.
func controlled(t *testing.T) *world {
	t.Helper()
	return newWorld(t, plaidsim.Options{Settled: true, Control: true})
}

// local is a request as a program on this machine makes it.
func local(t *testing.T, path, body string) *http.Request {
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(body))
	r.Header = http.Header{"Content-Type": {"application/json"}}
	r.RemoteAddr, r.Host = "127.0.0.1:4711", "127.0.0.1:8080"
	return r
}

func (w *world) turn(path, body string) (int, fields) {
	w.Helper()
	recorder := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodPost, "/plaidsim/"+path, strings.NewReader(body))
	r.Header = http.Header{"Content-Type": {"application/json"}}
	r.RemoteAddr, r.Host = "127.0.0.1:4711", "127.0.0.1:8080"
	w.server.ServeHTTP(recorder, r)
	return recorder.Code, decodeFields(w, recorder.Body.Bytes())
}

// does turns something that has to work.
func (w *world) does(path, body string) fields {
	w.Helper()
	status, answer := w.turn(path, body)
	if status != http.StatusOK {
		w.Fatalf("%s %s: got %d %v", path, body, status, answer)
	}
	return answer
}

func TestControlsAreOffUnlessAskedFor(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	for _, path := range []string{"scenario/get", "clock/advance", "items/get"} {
		if status, answer := w.turn(path, `{}`); status != http.StatusNotFound || answer["error_code"] != "NOT_FOUND" {
			t.Errorf("%s: got %d %v, want 404 NOT_FOUND", path, status, answer)
		}
	}
}

// A page in somebody's browser must not reach the controls, nor another machine.
func TestControlsAreForProgramsOnThisMachine(t *testing.T) {
	w := controlled(t)
	for name, change := range map[string]func(r *http.Request){
		"another site":    func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") },
		"a local page":    func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:8080") },
		"no origin told":  func(r *http.Request) { r.Header.Set("Origin", "null") },
		"fetched":         func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
		"another name":    func(r *http.Request) { r.Host = "evil.example:8080" },
		"another machine": func(r *http.Request) { r.RemoteAddr = "192.0.2.7:4711" },
		"a form":          func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") },
		"no method":       func(r *http.Request) { r.Method = http.MethodGet },
	} {
		t.Run(name, func(t *testing.T) {
			r := local(t, "/plaidsim/clock/advance", `{"by":"24h"}`)
			change(r)
			recorder := httptest.NewRecorder()
			w.server.ServeHTTP(recorder, r)
			answer := decodeFields(t, recorder.Body.Bytes())
			if recorder.Code < 400 || answer.text("error_type") == "" {
				t.Errorf("got %d %v, want it refused", recorder.Code, answer)
			}
		})
	}
	if got := w.does("scenario/get", `{}`).text("now"); got != "2026-03-15T09:00:00Z" {
		t.Errorf("the clock was turned to %s", got)
	}
	for _, host := range []string{"localhost:8080", "[::1]:8080", "127.0.0.1"} {
		r := local(t, "/plaidsim/scenario/get", `{}`)
		r.Host = host
		recorder := httptest.NewRecorder()
		if w.server.ServeHTTP(recorder, r); recorder.Code != http.StatusOK {
			t.Errorf("%s: got %d", host, recorder.Code)
		}
	}
}

func TestControlPlaysFaultsAndEvents(t *testing.T) {
	w := controlled(t)
	token := w.link(hook)
	left := w.does("scenario/play", `{
		"faults": [{"endpoint":"/accounts/get","call":2,"code":"RATE_LIMIT"}],
		"events": [{"event":"login_required","after":"2h"},{"event":"pending_disconnect"}]}`)
	if len(left.list("faults")) != 1 || len(left.list("events")) != 1 || left.text("events", 0, "at") != "2026-03-15T11:00:00Z" {
		t.Errorf("left: got %v", left)
	}
	w.tells("PENDING_DISCONNECT")
	if got := w.spoilt(3, "/accounts/get", token); !slices.Equal(got, []int{2}) {
		t.Errorf("spoilt calls %v, want the second", got)
	}
	if left := w.does("scenario/get", `{}`); len(left.list("faults")) != 0 {
		t.Errorf("left: got %v, want the fault gone", left)
	}
	w.does("clock/advance", `{"by":"2h"}`)
	w.is(token, "ITEM_LOGIN_REQUIRED")
	if left := w.does("scenario/get", `{}`); len(left.list("events")) != 0 || left.text("now") != "2026-03-15T11:00:00Z" {
		t.Errorf("left: got %v, want nothing at eleven", left)
	}
}

// What happens to rows is seen at once, and each time it is asked for.
func TestControlEditsRows(t *testing.T) {
	w := controlled(t)
	token := w.link(nil)
	pages := w.pages(token, "", 500)
	for n := range 3 {
		cursor := pages[len(pages)-1].text("next_cursor")
		w.does("scenario/play", `{"events":[{"event":"rows_removed"}]}`)
		w.does("clock/advance", `{"by":"1s"}`)
		news := w.pages(token, cursor, 500)
		if got := len(news[0].list("removed")); got != 1 {
			t.Errorf("removal %d: got %d removed rows, want one", n, got)
		}
		pages = append(pages, news...)
	}
}

func TestControlCallsOff(t *testing.T) {
	w := controlled(t)
	token := w.link(nil)
	w.does("scenario/play", `{"tomorrow":{}, "faults":[{"status":502}], "events":[{"event":"login_required","after":"1h"}]}`)
	left := w.does("scenario/clear", `{}`)
	if len(left.list("faults")) > 0 || len(left.list("events")) > 0 {
		t.Errorf("left: got %v, want nothing", left)
	}
	w.pass(2 * day)
	w.is(token, "")
}

func TestControlRefusesWhatAFileMayNotSay(t *testing.T) {
	w := controlled(t)
	for body, code := range map[string]string{
		`{"events":[{"event":"dance"}]}`:                "INVALID_FIELD",
		`{"events":[{"event":"login_required","x":1}]}`: "UNKNOWN_FIELDS",
		`{"faults":`: "INVALID_BODY",
	} {
		if status, answer := w.turn("scenario/play", body); status != http.StatusBadRequest || answer["error_code"] != code {
			t.Errorf("%s: got %d %v, want 400 %s", body, status, answer, code)
		}
	}
}

func TestControlShowsItemsAndWebhooks(t *testing.T) {
	w := controlled(t)
	first, second := w.link(hook), w.linkAt("ins_109509", nil)
	w.must("/sandbox/item/reset_login", fields{"access_token": first})
	w.must("/item/remove", fields{"access_token": second})
	items := w.does("items/get", `{}`).list("items")
	if len(items) != 2 || items[0].text("error", "error_code") != "ITEM_LOGIN_REQUIRED" || items[0]["removed"] != false ||
		items[1]["removed"] != true || items[1].text("institution_id") != "ins_109509" || len(items[0].list("accounts")) == 0 {
		t.Errorf("items: got %v", items)
	}
	hooks := w.does("webhooks/get", `{}`).list("webhooks")
	if !slices.ContainsFunc(hooks, func(h fields) bool {
		return h["webhook_code"] == "ERROR" && h["item_id"] == items[0]["item_id"]
	}) {
		t.Errorf("webhooks: got %v, want the error of the first Item", hooks)
	}
}

// Faults do not lock anybody out of the controls.
func TestControlsWorkWhenNothingElseDoes(t *testing.T) {
	w := controlled(t)
	w.does("scenario/play", `{"faults":[{"status":503}]}`)
	if status := w.serve("/institutions/get", `{}`, keys()).Code; status != 503 {
		t.Errorf("got %d, want the fault", status)
	}
	w.does("scenario/clear", `{"faults":true}`)
	w.must("/item/get", fields{"access_token": w.link(nil)})
}
