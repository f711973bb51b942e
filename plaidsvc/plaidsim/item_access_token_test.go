package plaidsim_test

import (
	"testing"

	"coffer/plaidsvc/plaidsim"
)

func TestANewAccessTokenEndsTheOldOne(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	old := w.link(nil)
	before := w.must("/item/get", fields{"access_token": old})
	cursor := w.must("/transactions/sync", fields{"access_token": old, "count": 50}).text("next_cursor")

	fresh := w.must("/item/access_token/invalidate", fields{"access_token": old}).text("new_access_token")
	for _, endpoint := range []string{"/item/get", "/transactions/sync", "/item/access_token/invalidate", "/item/remove"} {
		w.refused(endpoint, fields{"access_token": old}, "INVALID_ACCESS_TOKEN")
	}
	after := w.must("/item/get", fields{"access_token": fresh})
	if before.text("item", "item_id") != after.text("item", "item_id") {
		t.Errorf("item id: got %q, then %q", before.text("item", "item_id"), after.text("item", "item_id"))
	}
	if rest := w.must("/transactions/sync", fields{"access_token": fresh, "cursor": cursor, "count": 50}); len(rest.list("added")) == 0 {
		t.Error("the cursor of before has no second page after")
	}
}

func TestAccessTokensNeverComeBack(t *testing.T) {
	w, again := newWorld(t, plaidsim.Options{}), newWorld(t, plaidsim.Options{})
	seen := make(map[string]bool)
	token, other := w.link(nil), again.link(nil)
	for range 5 {
		if seen[token] || token != other {
			t.Fatalf("got %q after %v, and %q from the same seed", token, seen, other)
		}
		seen[token] = true
		token = w.must("/item/access_token/invalidate", fields{"access_token": token}).text("new_access_token")
		other = again.must("/item/access_token/invalidate", fields{"access_token": other}).text("new_access_token")
	}
}

func TestWebhooksGoOnAfterANewAccessToken(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.link(fields{"webhook": "http://127.0.0.1:1/webhook"})
	fresh := w.must("/item/access_token/invalidate", fields{"access_token": token}).text("new_access_token")
	before := len(w.server.Notices())
	w.must("/sandbox/item/reset_login", fields{"access_token": fresh})
	if got := w.server.Notices()[before:]; len(got) != 1 || got[0].Code != "ERROR" {
		t.Errorf("got webhooks %v, want the one ERROR", got)
	}
}
