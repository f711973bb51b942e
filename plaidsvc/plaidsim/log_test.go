package plaidsim_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"coffer/plaidsvc/plaidsim"
)

func TestLogHasOneLinePerRequestAndNoTokens(t *testing.T) {
	var log strings.Builder
	w := newWorld(t, plaidsim.Options{Settled: true, Log: &log})
	token := w.link(nil)
	item := w.must("/item/get", fields{"access_token": token}).text("item", "item_id")
	w.refused("/item/get", fields{"access_token": "access-sandbox-0c3a1b2d-0000-4000-8000-000000001a2b"}, "INVALID_ACCESS_TOKEN")

	lines := strings.Split(strings.TrimSpace(log.String()), "\n")
	if len(lines) != 4 {
		t.Fatalf("got %d lines, want one for each of 4 requests:\n%s", len(lines), log.String())
	}
	for i, want := range []string{
		`^2026-03-15T09:00:00Z POST /sandbox/public_token/create 200 request_id=\w{15}$`,
		`^2026-03-15T09:00:00Z POST /item/public_token/exchange 200 request_id=\w{15} item=` + item + ` public-sandbox-…\w{4}$`,
		`^2026-03-15T09:00:00Z POST /item/get 200 request_id=\w{15} item=` + item + ` access-sandbox-…` + token[len(token)-4:] + `$`,
		`^2026-03-15T09:00:00Z POST /item/get 400 request_id=\w{15} error=INVALID_ACCESS_TOKEN access-sandbox-…1a2b$`,
	} {
		if !regexp.MustCompile(want).MatchString(lines[i]) {
			t.Errorf("line %d: got %q, want %q", i, lines[i], want)
		}
	}
	for _, secret := range []string{token, "whatever", "somebody", "pass_good"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log has %q in it", secret)
		}
	}
}

// Nothing a client sends can forge a line.
func TestLogLineCannotBeForged(t *testing.T) {
	var log strings.Builder
	w := newWorld(t, plaidsim.Options{Log: &log})
	w.send("/x%0A2026-03-15T09:00:00Z%20POST", `{"access_token":"access-sandbox-a\nb"}`, http.Header{"Content-Type": {"application/json"}})
	if got := strings.Count(log.String(), "\n"); got != 1 {
		t.Errorf("got %d lines, want 1:\n%s", got, log.String())
	}
}
