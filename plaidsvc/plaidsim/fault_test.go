package plaidsim_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"coffer/plaidsvc/plaidsim"
)

func TestFaultHitsTheCallItNames(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.link(nil)
	w.server.Inject(plaidsim.Fault{Endpoint: "/item/get", Call: 2, Code: "INSTITUTION_DOWN"})
	w.must("/item/get", fields{"access_token": token})
	w.must("/accounts/get", fields{"access_token": token})
	w.refused("/item/get", fields{"access_token": token}, "INSTITUTION_DOWN")
	w.must("/item/get", fields{"access_token": token})
}

func TestFaultHasItsCodesStatus(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.link(nil)
	for code, want := range map[string]struct {
		status int
		kind   string
	}{
		"RATE_LIMIT":            {429, "RATE_LIMIT_EXCEEDED"},
		"INTERNAL_SERVER_ERROR": {500, "API_ERROR"},
		"PLANNED_MAINTENANCE":   {503, "API_ERROR"},
		"ITEM_LOCKED":           {400, "ITEM_ERROR"},
		"NO_SUCH_CODE":          {500, "API_ERROR"},
	} {
		w.server.Inject(plaidsim.Fault{Endpoint: "/item/get", Call: 1, Code: code})
		status, answer := w.ask("/item/get", fields{"access_token": token})
		if status != want.status || answer["error_type"] != want.kind {
			t.Errorf("%s: got %d %v, want %d %s", code, status, answer["error_type"], want.status, want.kind)
		}
	}
}

func TestFaultWithoutCallLasts(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.link(nil)
	w.server.Inject(plaidsim.Fault{Endpoint: "/accounts/get", Code: "INSTITUTION_NOT_RESPONDING"})
	for range 3 {
		w.refused("/accounts/get", fields{"access_token": token}, "INSTITUTION_NOT_RESPONDING")
	}
}

// A fault comes before the endpoint: what it hits did not happen.
func TestFaultHasNoEffectButItsAnswer(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.link(nil)
	w.server.Inject(plaidsim.Fault{Endpoint: "/item/remove", Call: 1, Code: "INTERNAL_SERVER_ERROR"})
	if status, _ := w.ask("/item/remove", fields{"access_token": token}); status != 500 {
		t.Fatalf("got %d, want the fault", status)
	}
	w.must("/item/get", fields{"access_token": token})
}

func TestFaultMayBeAProxysPage(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	w.server.Inject(plaidsim.Fault{Endpoint: "/item/get", Call: 1, Status: http.StatusBadGateway})
	recorder := httptest.NewRecorder()
	w.server.ServeHTTP(recorder, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/item/get", strings.NewReader("{}")))
	if recorder.Code != http.StatusBadGateway || recorder.Header().Get("Content-Type") != "text/html" {
		t.Errorf("got %d %s, want 502 text/html", recorder.Code, recorder.Header().Get("Content-Type"))
	}
}
