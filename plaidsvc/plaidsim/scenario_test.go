package plaidsim_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"coffer/plaidsvc/plaidsim"
)

// documented is the example in the documentation of ReadScenario.
func documented(t *testing.T) string {
	t.Helper()
	source, err := os.ReadFile("scenario.go")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(source), "//\t{\n")
	example, _, ended := strings.Cut(rest, "//\t}\n")
	if !found || !ended {
		t.Fatal("the documentation has no example")
	}
	return "{\n" + strings.ReplaceAll(example, "//\t", "") + "}\n"
}

func TestDocumentedScenarioLoads(t *testing.T) {
	sc, err := plaidsim.ReadScenario(strings.NewReader(documented(t)))
	if err != nil {
		t.Fatal(err)
	}
	if len(sc.Faults) != 3 || len(sc.Events) != 6 || sc.Tomorrow == nil || sc.RateLimits != plaidsim.RateLimitsSandbox ||
		sc.Webhooks.Duplicate != 3 || !sc.Link.SingleUseTokens {
		t.Errorf("got %+v", sc)
	}
	newWorld(t, plaidsim.Options{Scenario: sc}).link(nil)
}

// What was read and written is the same scenario when it is read again.
func TestScenarioComesBackAsItWas(t *testing.T) {
	read := func(text string) *plaidsim.Scenario {
		t.Helper()
		sc, err := plaidsim.ReadScenario(strings.NewReader(text))
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		return sc
	}
	first := read(documented(t))
	text, err := json.Marshal(first)
	if err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(read(string(text)))
	if err != nil || string(again) != string(text) {
		t.Errorf("got %s, %v\nwant %s", again, err, text)
	}
	if !strings.Contains(string(text), `"by":"0.5"`) {
		t.Errorf("got %s, want what was in the file", text)
	}
}

func TestBadScenarioSaysWhere(t *testing.T) {
	for text, want := range map[string]string{
		"":                                                 "line 1",
		"{\n\n  \"faults\": [,]}":                          "line 3",
		`[]`:                                               "want an object",
		`{"fault":[]}`:                                     "not recognized in a scenario: fault",
		`{"faults":[{"code":"X"},{"stat":1}]}`:             "faults[1].stat",
		`{"faults":[{"code":"NO_SUCH"}]}`:                  `faults[0]: code: "NO_SUCH"`,
		`{"faults":[{"break":"bent"}]}`:                    `faults[0]: break: got "bent"`,
		`{"faults":[{"endpoint":"/item/get"}]}`:            "faults[0]: it spoils nothing",
		`{"faults":[{"status":502,"call":-1}]}`:            "faults[0].call must be greater",
		`{"faults":[{"delay":"soon"}]}`:                    `faults[0].delay: got "soon"`,
		`{"faults":[{"delay":30}]}`:                        "faults[0].delay must be a string",
		`{"events":[{"after":"1h"}]}`:                      "events[0].event",
		`{"events":[{"event":"dance"}]}`:                   `events[0]: event: got "dance", want one of account_churn, `,
		`{"events":[{"event":"login_required","rows":3}]}`: "events[0]: rows: login_required has no such field",
		`{"events":[{"event":"login_required","at":"2026-04-01"}]}`:                              "events[0].at",
		`{"events":[{"event":"login_required","at":"2026-04-01T00:00:00Z","after":"1h"}]}`:       "events[0]: at, after",
		`{"events":[{"event":"institution_down"}]}`:                                              "events[0]: institution_id",
		`{"events":[{"event":"institution_down","institution_id":"ins_1","code":"RATE_LIMIT"}]}`: "events[0]: code",
		`{"events":[{"event":"mutate_on_page"}]}`:                                                "events[0]: page",
		`{"events":[{"event":"pending_disconnect","reason":"BORED"}]}`:                           "events[0]: reason",
		`{"tomorrow":{"datetimes":"weird"}}`:                                                     "tomorrow.datetimes",
		`{"link":{"single_use":true}}`:                                                           "not recognized in a scenario: link.single_use",
		`{"rate_limits":"none"}`:                                                                 "rate_limits",
	} {
		_, err := plaidsim.ReadScenario(strings.NewReader(text))
		if err == nil || !strings.HasPrefix(err.Error(), "read the scenario: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want an error with %q", text, err, want)
		}
	}
}

// Tomorrow every webhook of today comes still, in its order.
func TestWebhooksOfTomorrow(t *testing.T) {
	codes := func(text string) (known, unknown []string) {
		sc, err := plaidsim.ReadScenario(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		w := newWorld(t, plaidsim.Options{Settled: true, Scenario: sc})
		token := w.link(hook)
		w.pages(token, "", 500)
		w.pass(10 * day)
		w.must("/sandbox/item/reset_login", fields{"access_token": token})
		for _, n := range w.server.Notices() {
			name := n.Kind + " " + n.Code
			if webhookSchemas[name] == "" {
				unknown = append(unknown, name)
			} else {
				known = append(known, name)
			}
			if more := strings.Contains(string(n.Body), `"provenance"`); more != w.tomorrow {
				t.Errorf("%s: unknown fields: %v, want %v\n%s", name, more, w.tomorrow, n.Body)
			}
		}
		return known, unknown
	}
	today, none := codes(`{}`)
	known, unknown := codes(`{"tomorrow":{}}`)
	if !slices.Equal(known, today) || len(none) > 0 || len(today) < 10 {
		t.Errorf("got %q, want the webhooks of today, %q", known, today)
	}
	if len(unknown) < 3 {
		t.Errorf("got %q beside them, want some that nobody knows", unknown)
	}
}
