package plaidsvc_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"coffer/ledger"
)

func TestProbeTellsWhatPlaidSaysOfTheKeysAndTheTime(t *testing.T) {
	for name, tt := range map[string]struct {
		date  time.Duration // what Plaid's clock is ahead of ours
		ahead time.Duration
	}{
		"the same":                  {0, 0},
		"in the second":             {-900 * time.Millisecond, 0},
		"a second off, as it reads": {time.Second, 0},
		"ours is slow":              {10 * time.Minute, -10 * time.Minute},
		"ours is fast":              {-3 * time.Hour, 3 * time.Hour},
		"ours is years off":         {-10 * 365 * 24 * time.Hour, 10 * 365 * 24 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			w, s := scripted(t)
			date := w.clock.Now().Add(tt.date).Format(http.TimeFormat)
			s.on("/institutions/get", answer(200, `{"institutions":[],"total":0,"request_id":"r"}`, "Date", date))
			p, err := w.Probe(t.Context())
			if err != nil || p.Ahead != tt.ahead {
				t.Errorf("Probe = %+v, %v, want %s ahead", p, err, tt.ahead)
			}
			if p.Environment != s.URL {
				t.Errorf("it asked %q", p.Environment)
			}
		})
	}
}

func TestProbeWithoutATimeSaysNothingOfTheClock(t *testing.T) {
	w, s := scripted(t)
	s.on("/institutions/get", answer(200, `{"institutions":[],"total":0,"request_id":"r"}`, "Date", "yesterday"))
	if p, err := w.Probe(t.Context()); err != nil || p.Ahead != 0 {
		t.Errorf("Probe = %+v, %v", p, err)
	}
}

func TestProbeFailsAtOnceAndSaysWhy(t *testing.T) {
	for name, tt := range map[string]struct {
		answer http.HandlerFunc
		want   error
	}{
		"keys":        {plaidError(400, "INVALID_INPUT", "INVALID_API_KEYS"), ledger.ErrCredentials},
		"maintenance": {plaidError(503, "API_ERROR", "PLANNED_MAINTENANCE"), ledger.ErrNetwork},
		"glitch":      {plaidError(500, "API_ERROR", "INTERNAL_SERVER_ERROR"), ledger.ErrNetwork},
		"a proxy":     {answer(200, "<html>sign in to the hotel's network</html>"), ledger.ErrNetwork},
		"too often":   {plaidError(429, "RATE_LIMIT_EXCEEDED", "RATE_LIMIT"), ledger.ErrRateLimited},
	} {
		t.Run(name, func(t *testing.T) {
			w, s := scripted(t)
			s.on("/institutions/get", tt.answer)
			if _, err := w.Probe(t.Context()); !errors.Is(err, tt.want) {
				t.Errorf("Probe: %v, want %v", err, tt.want)
			}
			if n := len(s.to("/institutions/get")); n != 1 {
				t.Errorf("it asked %d times, want once", n)
			}
		})
	}
}
