package plaidsim_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"
)

// limited calls an endpoint that has to be refused with 429.
func (w *world) limited(endpoint string, body fields, code, message string) {
	w.Helper()
	status, answer := w.ask(endpoint, body)
	if status != http.StatusTooManyRequests || answer["error_type"] != "RATE_LIMIT_EXCEEDED" ||
		answer["error_code"] != code || answer["error_message"] != message {
		w.Fatalf("POST %s: got %d %v, want 429 RATE_LIMIT_EXCEEDED %s %q", endpoint, status, answer, code, message)
	}
}

const tooOftenForItem = "rate limit exceeded for attempts to access this item. please try again later"

func TestItemIsLimitedPerMinute(t *testing.T) {
	for _, tt := range []struct {
		limits   plaidsim.RateLimits
		endpoint string
		calls    int
		code     string
	}{
		{plaidsim.RateLimitsSandbox, "/transactions/refresh", 2, "TRANSACTIONS_REFRESH_LIMIT"},
		{plaidsim.RateLimitsSandbox, "/item/get", 40, "ITEM_GET_LIMIT"},
		{plaidsim.RateLimitsSandbox, "/accounts/balance/get", 25, "BALANCE_LIMIT"},
		{plaidsim.RateLimitsProduction, "/accounts/balance/get", 5, "BALANCE_LIMIT"},
		{plaidsim.RateLimitsProduction, "/accounts/get", 15, "ACCOUNTS_LIMIT"},
	} {
		t.Run(string(tt.limits)+tt.endpoint, func(t *testing.T) {
			w := newWorld(t, plaidsim.Options{RateLimits: tt.limits})
			mine, other := fields{"access_token": w.link(nil)}, fields{"access_token": w.link(nil)}
			for range tt.calls {
				w.must(tt.endpoint, mine)
			}
			w.limited(tt.endpoint, mine, tt.code, tooOftenForItem)
			w.must(tt.endpoint, other)
			w.pass(time.Minute)
			w.must(tt.endpoint, mine)
		})
	}
}

func TestClientIsLimitedOverAllItems(t *testing.T) {
	w := newWorld(t, plaidsim.Options{RateLimits: plaidsim.RateLimitsSandbox})
	for range 5 {
		token := fields{"access_token": w.link(nil)}
		for range 20 {
			w.quick("/accounts/balance/get", token)
		}
	}
	fresh := fields{"access_token": w.link(nil)}
	w.limited("/accounts/balance/get", fresh, "ACCOUNTS_BALANCE_GET_LIMIT",
		`rate limit exceeded for attempts to access "accounts/balance/get". please try again later`)

	somebodyElse := keys()
	somebodyElse.Set("Plaid-Client-Id", "somebody else")
	if status, answer := w.send("/accounts/balance/get", w.text(fresh), somebodyElse); status != http.StatusOK {
		t.Errorf("another client: got %d %v, want 200", status, answer)
	}
	inBody := w.text(fields{"client_id": "a third", "access_token": fresh["access_token"]})
	if status, answer := w.send("/accounts/balance/get", inBody, keys()); status != http.StatusOK {
		t.Errorf("another client, named in the body: got %d %v, want 200", status, answer)
	}
}

// A request that is refused for another reason was a request too.
func TestRefusedRequestsCount(t *testing.T) {
	w := newWorld(t, plaidsim.Options{RateLimits: plaidsim.RateLimitsSandbox})
	token := w.link(nil)
	w.refused("/transactions/refresh", fields{"access_token": token, "hurry": true}, "UNKNOWN_FIELDS")
	w.must("/transactions/refresh", fields{"access_token": token})
	w.limited("/transactions/refresh", fields{"access_token": token}, "TRANSACTIONS_REFRESH_LIMIT", tooOftenForItem)
}

// The log names the Item, whose app is the one that asks too often.
func TestLogOfALimitNamesTheItem(t *testing.T) {
	var log strings.Builder
	w := newWorld(t, plaidsim.Options{RateLimits: plaidsim.RateLimitsSandbox, Log: &log})
	token := w.link(nil)
	item := w.must("/item/get", fields{"access_token": token}).text("item", "item_id")
	for range 3 {
		w.ask("/transactions/refresh", fields{"access_token": token})
	}
	lines := strings.Split(strings.TrimSpace(log.String()), "\n")
	if last := lines[len(lines)-1]; !strings.Contains(last, " 429 ") ||
		!strings.Contains(last, "item="+item+" error=TRANSACTIONS_REFRESH_LIMIT") {
		t.Errorf("got %q, want 429, the Item and the code", last)
	}
}

func TestLimitsAreOffByDefault(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.link(nil)
	for range 5 {
		w.must("/transactions/refresh", fields{"access_token": token})
	}
}
