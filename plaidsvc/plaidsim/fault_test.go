package plaidsim_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
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

// spoilt tells which of the next n calls about an Item fail.
func (w *world) spoilt(n int, endpoint, token string) (hit []int) {
	w.Helper()
	for call := range n {
		if w.serve(endpoint, w.text(fields{"access_token": token}), keys()).Code != http.StatusOK {
			hit = append(hit, call+1)
		}
	}
	return hit
}

func TestFaultPicksItsCalls(t *testing.T) {
	for name, tt := range map[string]struct {
		fault plaidsim.Fault
		want  []int
	}{
		"all":               {plaidsim.Fault{}, []int{1, 2, 3, 4, 5, 6, 7}},
		"the third":         {plaidsim.Fault{Call: 3}, []int{3}},
		"three from second": {plaidsim.Fault{Call: 2, Times: 3}, []int{2, 3, 4}},
		"the first two":     {plaidsim.Fault{Times: 2}, []int{1, 2}},
		"from the fifth on": {plaidsim.Fault{Call: 5, Times: -1}, []int{5, 6, 7}},
		"every third":       {plaidsim.Fault{Call: 3, Every: 3}, []int{3, 6}},
		"every second once": {plaidsim.Fault{Call: 2, Every: 2, Times: 1}, []int{2}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, plaidsim.Options{Settled: true})
			token := w.link(nil)
			tt.fault.Endpoint, tt.fault.Code = "/item/get", "INSTITUTION_DOWN"
			w.server.Inject(tt.fault)
			if got := w.spoilt(7, "/item/get", token); !slices.Equal(got, tt.want) {
				t.Errorf("spoilt calls %v, want %v", got, tt.want)
			}
		})
	}
}

// A fault of one Item counts and spoils the calls about that Item alone.
func TestFaultPicksItsItem(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	first, second := w.link(nil), w.linkAt("ins_109509", nil)
	for _, target := range []plaidsim.Target{
		{Item: 2},
		{Institution: "ins_109509"},
		{ItemID: w.must("/item/get", fields{"access_token": second}).text("item", "item_id")},
	} {
		w.server.Inject(plaidsim.Fault{Target: target, Call: 2, Code: "ITEM_LOCKED"})
		if got := w.spoilt(3, "/accounts/get", first); got != nil {
			t.Errorf("%+v: spoilt calls %v about another Item, want none", target, got)
		}
		if got := w.spoilt(3, "/accounts/get", second); !slices.Equal(got, []int{2}) {
			t.Errorf("%+v: spoilt calls %v, want the second", target, got)
		}
	}
}

// A fault of every endpoint is one of Plaid's API: the Link page works.
func TestFaultLeavesTheLinkPageAlone(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.must("/link/token/create", linkRequest(nil)).text("link_token")
	w.server.Inject(plaidsim.Fault{Code: "INTERNAL_SERVER_ERROR"})
	w.must("/link/session/start", fields{"link_token": token})
}
