package ratelimit_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"coffer/plaidsvc/plaidsim/ratelimit"
)

func noon() time.Time { return time.Date(2026, time.March, 15, 12, 0, 0, 0, time.UTC) }

// The figures of Plaid's page, spot by spot: a typing mistake in the table must
// be made twice to go unseen.
func TestEndpointsHaveTheLimitsOfPlaidsTable(t *testing.T) {
	sandbox, production := byEndpoint(ratelimit.Sandbox()), byEndpoint(ratelimit.Production())
	for _, tt := range []struct {
		endpoint                   string
		sandboxItem, sandbox       int
		productionItem, production int
		itemCode, clientCode       string
	}{
		{"/accounts/balance/get", 25, 100, 5, 1200, "BALANCE_LIMIT", "ACCOUNTS_BALANCE_GET_LIMIT"},
		{"/item/get", 40, 5000, 15, 5000, "ITEM_GET_LIMIT", "ITEM_GET_LIMIT"},
		{"/institutions/get", 0, 10, 0, 50, "RATE_LIMIT", "INSTITUTIONS_GET_LIMIT"},
		{"/transactions/sync", 50, 1000, 50, 2500, "TRANSACTIONS_SYNC_LIMIT", "TRANSACTIONS_SYNC_LIMIT"},
		{"/transactions/refresh", 2, 100, 2, 100, "TRANSACTIONS_REFRESH_LIMIT", "TRANSACTIONS_REFRESH_LIMIT"},
		{"/liabilities/get", 10, 1000, 15, 1000, "RATE_LIMIT", "RATE_LIMIT"},
		{"/sandbox/transactions/create", 2, 50, 0, 0, "RATE_LIMIT", "RATE_LIMIT"},
	} {
		s, p := sandbox[tt.endpoint], production[tt.endpoint]
		if s.Item.Calls != tt.sandboxItem || s.Client.Calls != tt.sandbox ||
			p.Item.Calls != tt.productionItem || p.Client.Calls != tt.production ||
			s.ItemCode != tt.itemCode || s.ClientCode != tt.clientCode {
			t.Errorf("%s: got %+v in the Sandbox and %+v in Production, want %+v", tt.endpoint, s, p, tt)
		}
		if s.Item.Per != time.Minute || s.Client.Per != time.Minute {
			t.Errorf("%s: got windows of %s and %s, want a minute", tt.endpoint, s.Item.Per, s.Client.Per)
		}
	}
	if got := sandbox["/transfer/authorization/create"].Item.Per; got != time.Hour {
		t.Errorf("authorizations of a transfer: got 100 in %s, want in an hour", got)
	}
}

func byEndpoint(limits []ratelimit.Limit) map[string]ratelimit.Limit {
	all := make(map[string]ratelimit.Limit)
	for _, l := range limits {
		all[l.Endpoint] = l
	}
	return all
}

func TestWindowSlides(t *testing.T) {
	l := ratelimit.New([]ratelimit.Limit{{
		Endpoint: "/x", Item: ratelimit.Rate{Calls: 2, Per: time.Minute}, ItemCode: "X_LIMIT",
	}})
	for _, tt := range []struct {
		after time.Duration
		wait  time.Duration // 0 is let through
	}{
		{0, 0}, {40 * time.Second, 0},
		{50 * time.Second, 10 * time.Second},
		{59 * time.Second, time.Second},
		{60 * time.Second, 0}, // the first call is out of the window, refused ones never were in it
		{61 * time.Second, 39 * time.Second},
		{100 * time.Second, 0},
	} {
		over := l.Take(noon().Add(tt.after), "/x", "item", "client")
		switch {
		case tt.wait == 0 && over != nil:
			t.Errorf("after %s: got %+v, want it let through", tt.after, over)
		case tt.wait != 0 && (over == nil || over.Wait != tt.wait || over.Code != "X_LIMIT"):
			t.Errorf("after %s: got %+v, want X_LIMIT and a wait of %s", tt.after, over, tt.wait)
		}
	}
}

func TestItemsAndClientsAreCountedApart(t *testing.T) {
	l := ratelimit.New([]ratelimit.Limit{{
		Endpoint: "/x", ItemCode: "ITEM", ClientCode: "CLIENT",
		Item: ratelimit.Rate{Calls: 1, Per: time.Minute}, Client: ratelimit.Rate{Calls: 2, Per: time.Minute},
	}})
	for i, tt := range []struct{ endpoint, item, client, code, message string }{
		{"/x", "a", "me", "", ""},
		{"/x", "a", "me", "ITEM", "rate limit exceeded for attempts to access this item. please try again later"},
		{"/x", "b", "me", "", ""},
		{"/x", "c", "me", "CLIENT", `rate limit exceeded for attempts to access "x". please try again later`},
		{"/x", "c", "you", "", ""}, // what a client was refused is not held against the Item
		{"/x", "", "me", "CLIENT", `rate limit exceeded for attempts to access "x". please try again later`},
		{"/x", "", "", "", ""},
		{"/y", "a", "me", "", ""},
	} {
		over := l.Take(noon(), tt.endpoint, tt.item, tt.client)
		if over == nil {
			over = &ratelimit.Excess{}
		}
		if over.Code != tt.code || over.Message != tt.message {
			t.Errorf("call %d, %+v: got %+v", i, tt, over)
		}
	}
}

func TestNoLimiterLetsEverythingThrough(t *testing.T) {
	var l *ratelimit.Limiter
	if over := l.Take(noon(), "/item/get", "item", "client"); over != nil {
		t.Errorf("got %+v, want nothing", over)
	}
}

// Whoever calls whenever: no window has more calls than it may, a refused call
// is let through after the wait it was told, and not a moment before.
func TestNoWindowIsOverfull(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rate := ratelimit.Rate{Calls: rapid.IntRange(1, 5).Draw(t, "calls"), Per: time.Minute}
		l := ratelimit.New([]ratelimit.Limit{{Endpoint: "/x", Item: rate}})
		now := noon()
		var passed []time.Time
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.Int64Range(0, int64(30*time.Second)).Draw(t, "pause")))
			over := l.Take(now, "/x", "item", "")
			if over != nil {
				if early := l.Take(now.Add(over.Wait-1), "/x", "item", ""); early == nil {
					t.Fatalf("told to wait %s, let through a moment earlier", over.Wait)
				}
				now = now.Add(over.Wait)
				if over = l.Take(now, "/x", "item", ""); over != nil {
					t.Fatalf("waited, and was told to wait %s more", over.Wait)
				}
			}
			passed = append(passed, now)
			if n := len(passed); n > rate.Calls && now.Sub(passed[n-1-rate.Calls]) < rate.Per {
				t.Fatalf("%d calls within %s", rate.Calls+1, now.Sub(passed[n-1-rate.Calls]))
			}
		}
	})
}
