package plaidsvc_test

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/ledger"
	"coffer/plaidsvc"
)

// Plaid's advice, as a table: what is tried again, how often, and what comes of
// it in the end.
func TestRetriesWhatMayBeRetried(t *testing.T) {
	html502 := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		fmt.Fprint(w, "<html>bad gateway</html>")
	}
	hangUp := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	for _, tt := range []struct {
		name  string
		fault http.HandlerFunc
		tries int // that a lasting fault gets
		want  error
	}{
		{"500", plaidError(500, "API_ERROR", "INTERNAL_SERVER_ERROR"), 4, ledger.ErrNetwork},
		{"500 without a body", answer(500, ""), 4, ledger.ErrNetwork},
		{"502 of a proxy", html502, 4, ledger.ErrNetwork},
		{"504", answer(504, `{}`), 4, ledger.ErrNetwork},
		{"connection cut", hangUp, 4, ledger.ErrNetwork},
		{"maintenance", plaidError(503, "API_ERROR", "PLANNED_MAINTENANCE"), 1, ledger.ErrNetwork},
		{"bank throttles Plaid", plaidError(429, "RATE_LIMIT_EXCEEDED", "INSTITUTION_RATE_LIMIT"), 4, ledger.ErrRateLimited},
		{"too many requests", plaidError(429, "RATE_LIMIT_EXCEEDED", "TRANSACTIONS_SYNC_LIMIT"), 1, ledger.ErrRateLimited},
		{"a limit nobody heard of", plaidError(429, "NEW_TYPE", "NEW_LIMIT"), 1, ledger.ErrRateLimited},
		{"bank down", plaidError(400, "INSTITUTION_ERROR", "INSTITUTION_DOWN"), 1, ledger.ErrBankUnavailable},
		{"sign in again", plaidError(400, "ITEM_ERROR", "ITEM_LOGIN_REQUIRED"), 1, ledger.ErrLoginRequired},
		{"wrong keys", plaidError(400, "INVALID_INPUT", "INVALID_API_KEYS"), 1, ledger.ErrCredentials},
		{"an error nobody heard of", plaidError(400, "NEW_TYPE", "NEW_CODE"), 1, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for failures := 1; failures <= 4; failures++ {
				w, s := scripted(t)
				s.on("/transactions/sync", append(slices.Repeat([]http.HandlerFunc{tt.fault}, failures), page(row("t1"), "c1", false))...)
				before := w.vault.snapshot()
				got := w.syncOne(t)
				calls := len(s.to("/transactions/sync"))
				if failures < tt.tries {
					if got.Err != nil || got.Applied.Added != 1 || calls != failures+1 {
						t.Errorf("after %d failures: %+v, %v, %d calls; want a row", failures, got.Applied, got.Err, calls)
					}
					continue
				}
				if calls != tt.tries || got.Err == nil || tt.want != nil && !errors.Is(got.Err, tt.want) {
					t.Errorf("after %d failures: %d calls, error %v; want %d calls, %v", failures, calls, got.Err, tt.tries, tt.want)
				}
				if len(w.vault.rows) > 0 || w.vault.cursors["item-1"] != "c0" {
					t.Errorf("after a failure the facts changed: %s, was %s", w.vault.snapshot(), before)
				}
				total := time.Duration(0)
				for _, nap := range w.clock.slept() {
					if nap < 50*time.Millisecond {
						t.Errorf("tries only %v apart", nap)
					}
					total += nap
				}
				if total > 2*time.Minute {
					t.Errorf("waited %v in all, want two minutes at most", total)
				}
			}
		})
	}
}

func TestBackoffGrowsAndHonoursRetryAfter(t *testing.T) {
	for _, tt := range []struct {
		after string
		want  []time.Duration // least waits
	}{
		{"", []time.Duration{500 * time.Millisecond, time.Second, 2 * time.Second}},
		{"7", []time.Duration{7 * time.Second, 7 * time.Second, 7 * time.Second}},
		{"1000000000", []time.Duration{30 * time.Second, 30 * time.Second, 30 * time.Second}},
		{"-5", []time.Duration{500 * time.Millisecond, time.Second, 2 * time.Second}},
		{"Wed, 21 Oct 2026 07:28:00 GMT", []time.Duration{500 * time.Millisecond, time.Second, 2 * time.Second}},
	} {
		w, s := scripted(t)
		s.on("/transactions/sync", plaidError(500, "API_ERROR", "INTERNAL_SERVER_ERROR", "Retry-After", tt.after))
		w.syncOne(t)
		got := w.clock.slept()
		if len(got) != len(tt.want) {
			t.Fatalf("Retry-After %q: slept %v, want %d naps", tt.after, got, len(tt.want))
		}
		for i, least := range tt.want {
			if got[i] < least || got[i] > max(3*least, 30*time.Second) {
				t.Errorf("Retry-After %q: nap %d is %v, want at least %v", tt.after, i, got[i], least)
			}
		}
	}
}

// After a 429 the Item is left alone for a minute at least, whoever asks.
func TestRateLimitIsNotHammered(t *testing.T) {
	for after, held := range map[string]time.Duration{
		"": time.Minute, "-1": time.Minute, "120": 2 * time.Minute, "1000000000": 15 * time.Minute,
	} {
		w, s := scripted(t)
		s.on("/transactions/sync",
			plaidError(429, "RATE_LIMIT_EXCEEDED", "TRANSACTIONS_SYNC_LIMIT", "Retry-After", after), page(row("t1"), "c1", false))
		for range 3 {
			if got := w.syncOne(t); !errors.Is(got.Err, ledger.ErrRateLimited) {
				t.Fatalf("Retry-After %q: error %v, want ErrRateLimited", after, got.Err)
			}
			w.clock.advance(held/3 - time.Second)
		}
		if n := len(s.to("/transactions/sync")); n != 1 {
			t.Errorf("Retry-After %q: %d requests within %v, want 1", after, n, held)
		}
		w.clock.advance(4 * time.Second)
		if got := w.syncOne(t); got.Err != nil {
			t.Errorf("Retry-After %q: after %v still %v", after, held, got.Err)
		}
	}
}

func TestRemovalAndExchangeAreNeverRepeated(t *testing.T) {
	w, s := scripted(t)
	s.on("/item/remove", plaidError(500, "API_ERROR", "INTERNAL_SERVER_ERROR"))
	if err := w.Remove(t.Context(), "item-1"); !errors.Is(err, ledger.ErrNetwork) {
		t.Errorf("Remove = %v, want ErrNetwork", err)
	}
	if n := len(s.to("/item/remove")); n != 1 {
		t.Errorf("/item/remove was sent %d times, want once", n)
	}
	if _, err := w.vault.AccessToken(t.Context(), "item-1"); err != nil {
		t.Errorf("the token is gone though Plaid did not remove the Item: %v", err)
	}

	s.on("/link/token/create", answer(200, `{"link_token":"link-sandbox-1","expiration":"2026-03-15T14:00:00Z","request_id":"r"}`))
	s.on("/sandbox/public_token/create", answer(200, `{"public_token":"public-sandbox-1","request_id":"r"}`))
	s.on("/item/public_token/exchange", plaidError(500, "API_ERROR", "INTERNAL_SERVER_ERROR"))
	if _, err := w.LinkSandbox(t.Context(), plaidsvc.SandboxLink{Institution: "ins_1"}, nil); !errors.Is(err, ledger.ErrNetwork) {
		t.Errorf("LinkSandbox = %v, want ErrNetwork", err)
	}
	if n := len(s.to("/item/public_token/exchange")); n != 1 {
		t.Errorf("the exchange was sent %d times, want once", n)
	}
}

// A redirect would take the secret to whoever it names.
func TestRedirectsAreRefused(t *testing.T) {
	var visits int
	thief := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { visits++ }))
	t.Cleanup(thief.Close)
	for _, status := range []int{301, 302, 303, 307, 308} {
		w, s := scripted(t)
		s.on("/transactions/sync", answer(status, ``, "Location", thief.URL+"/transactions/sync"))
		got := w.syncOne(t)
		if !errors.Is(got.Err, ledger.ErrNetwork) || !strings.Contains(got.Err.Error(), "redirect") {
			t.Errorf("%d: error %v, want one about the redirect", status, got.Err)
		}
		if n := len(s.to("/transactions/sync")); n != 1 {
			t.Errorf("%d: %d requests, want 1", status, n)
		}
	}
	if visits > 0 {
		t.Errorf("the other host got %d requests", visits)
	}
}

// What is not Plaid's answer is said to be none, and nothing is kept.
func TestUnexpectedAnswersAreNotStored(t *testing.T) {
	captive := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, "<html>Please sign in to Hotel WiFi</html>")
	}
	good := pageJSON(row("t1"), "c1", false)
	for name, fault := range map[string]http.HandlerFunc{
		"captive portal":   captive,
		"empty":            answer(200, ""),
		"byte order mark":  answer(200, "\ufeff"+good),
		"NaN":              answer(200, strings.Replace(good, "12.34", "NaN", 1)),
		"deep nesting":     answer(200, strings.Repeat(`{"a":[`, 20_000)),
		"no cursor":        answer(200, strings.Replace(good, `"next_cursor"`, `"other"`, 1)),
		"no has_more":      answer(200, strings.Replace(good, `"has_more"`, `"other"`, 1)),
		"empty object":     answer(200, `{}`),
		"null":             answer(200, `null`),
		"a list":           answer(200, `[]`),
		"more but nowhere": page(row("t1"), "", true),
		"cursor stands":    page(row("t1"), "c0", true),
		"too large":        answer(200, strings.Replace(good, "Coffee", strings.Repeat("x", 17<<20), 1)),
	} {
		t.Run(name, func(t *testing.T) {
			w, s := scripted(t)
			s.on("/transactions/sync", fault)
			got := w.syncOne(t)
			if !errors.Is(got.Err, ledger.ErrNetwork) {
				t.Errorf("error %v, want ErrNetwork", got.Err)
			}
			if len(w.vault.deltas) > 0 {
				t.Errorf("stored %+v", w.vault.deltas)
			}
			if n := len(s.to("/transactions/sync")); n != 1 {
				t.Errorf("%d requests, want 1: asking again meets the same", n)
			}
		})
	}
}

func TestTimeoutsBoundEveryTry(t *testing.T) {
	short := plaidsvc.ShortTimeouts(40 * time.Millisecond)
	slow := func(header bool) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if header {
				w.Header().Set("Content-Type", "application/json")
				_, _ = w.Write([]byte(`{"added":[`))
				_ = http.NewResponseController(w).Flush()
			}
			<-r.Context().Done()
		}
	}
	for name, fault := range map[string]http.HandlerFunc{"before the header": slow(false), "in the body": slow(true)} {
		w, s := scripted(t)
		short(w.Service)
		s.on("/transactions/sync", fault)
		s.on("/accounts/balance/get", fault)
		began := time.Now()
		got := w.syncOne(t)
		if !errors.Is(got.Err, ledger.ErrNetwork) || len(s.to("/transactions/sync")) != 4 {
			t.Errorf("%s: error %v after %d tries, want ErrNetwork after 4", name, got.Err, len(s.to("/transactions/sync")))
		}
		live, err := w.Balances(t.Context(), nil, nil)
		if err != nil || !errors.Is(live[0].Err, ledger.ErrNetwork) {
			t.Errorf("%s: balances: %v, %v; want ErrNetwork", name, err, live[0].Err)
		}
		if took := time.Since(began); took > 30*time.Second {
			t.Errorf("%s: took %v", name, took)
		}
	}
}

func TestNobodyListening(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + l.Addr().String()
	_ = l.Close()
	w := newWorld(t, address)
	_, err = w.LinkSandbox(t.Context(), plaidsvc.SandboxLink{Institution: "ins_1"}, nil)
	if !errors.Is(err, ledger.ErrNetwork) || len(w.clock.slept()) != 3 {
		t.Errorf("error %v after %d naps, want ErrNetwork after 3", err, len(w.clock.slept()))
	}
}
