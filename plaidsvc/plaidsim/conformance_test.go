package plaidsim_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"
	"coffer/plaidsvc/plaidsim/spectest"
)

// A conformance case is one exchange that Plaid's document judges: a request
// that succeeds, or, with a code, one that is refused with it. Every endpoint
// has at least one of each, see [TestEveryEndpointConforms]. Add the cases of
// an area to a table in a file conformance_<area>_test.go.
type conformanceCase struct {
	endpoint, name string
	code           string
	body           func(w *world, token string) fields
}

// conformanceCases are all of them.
func conformanceCases() []conformanceCase {
	return slices.Concat(
		coreCases,
		linkCases,
		transactionsCases,
		webhookCases,
		moneyCases,
		transferCases,
		liabilityCases,
		investmentCases,
	)
}

// withToken is the body that most endpoints take.
func withToken(_ *world, token string) fields { return fields{"access_token": token} }

// withBadToken names an Item that never was.
func withBadToken(*world, string) fields { return fields{"access_token": "access-sandbox-never"} }

// body is one that does not depend on the Item.
func body(f fields) func(*world, string) fields { return func(*world, string) fields { return f } }

// TestEveryEndpointConforms holds every endpoint's success and errors against
// Plaid's document, and prints what it checked (go test -v -run Conforms).
func TestEveryEndpointConforms(t *testing.T) {
	judge, err := spectest.Load()
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, plaidsim.Options{})
	for _, tt := range conformanceCases() {
		t.Run(tt.endpoint+" "+tt.name, func(t *testing.T) {
			w := newWorld(t, plaidsim.Options{})
			token := w.link(nil)
			w.pass(2 * time.Minute)
			body := w.text(tt.body(w, token))
			got := post(t, judge.Handler(w.server, t.Errorf), tt.endpoint, body, keys())
			if tt.code == "" && got.Code != http.StatusOK {
				t.Fatalf("%s: got %d %s, want 200", body, got.Code, got.Body)
			}
			if code := decodeFields(t, got.Body.Bytes()).text("error_code"); code != tt.code {
				t.Errorf("%s: got error code %q, want %q", body, code, tt.code)
			}
		})
	}
	t.Logf("checked against Plaid's document:\n%s", judge.Table())
	for _, endpoint := range w.server.Endpoints() {
		if c := judge.Of(endpoint); judge.Knows(endpoint) && (c.Successes == 0 || len(c.Codes) == 0) {
			t.Errorf("%s: checked %d successes and the errors %v, want at least one of each", endpoint, c.Successes, c.Codes)
		}
	}
}
