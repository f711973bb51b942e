package plaidsim_test

import (
	"slices"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"
)

const day = 24 * time.Hour

// state is the error code an Item shows, and the one it is answered with.
func (w *world) state(token string) (shown, answered string) {
	w.Helper()
	item := w.must("/item/get", fields{"access_token": token})
	_, accounts := w.ask("/accounts/get", fields{"access_token": token})
	return item.text("item", "error", "error_code"), accounts.text("error_code")
}

// is checks that an Item shows a state everywhere; "" is a healthy one.
func (w *world) is(token, want string) {
	w.Helper()
	if shown, answered := w.state(token); shown != want || answered != want {
		w.Errorf("%s: item.error is %q and /accounts/get answers %q, want %q", w.Now().Format(time.RFC3339), shown, answered, want)
	}
}

// told are the codes of the webhooks about Items so far.
func (w *world) told() []string {
	var codes []string
	for _, n := range w.server.Notices() {
		if n.Kind == "ITEM" {
			codes = append(codes, n.Code)
		}
	}
	return codes
}

// last is the last webhook of a type.
func (w *world) last(kind string) plaidsim.Notice {
	w.Helper()
	for _, n := range slices.Backward(w.server.Notices()) {
		if n.Kind == kind {
			return n
		}
	}
	w.Fatalf("%s: no webhook of type %s so far", w.Now().Format(time.RFC3339), kind)
	return plaidsim.Notice{}
}

func (w *world) tells(want ...string) {
	w.Helper()
	if got := w.told(); !slices.Equal(got, want) {
		w.Errorf("%s: told %v, want %v", w.Now().Format(time.RFC3339), got, want)
	}
}

var hook = fields{"webhook": "http://127.0.0.1:1/hook"}

func TestSandboxLoginRunsOutAfterThirtyDays(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true, SandboxExpiry: true})
	token := w.link(hook)
	w.pass(30*day - time.Second)
	w.is(token, "")
	w.pass(time.Second)
	w.is(token, "ITEM_LOGIN_REQUIRED")
	w.tells("ERROR")
	w.server.OnItem(token, w.server.Repair())
	w.tells("ERROR", "LOGIN_REPAIRED")
	w.pass(30*day - time.Second)
	w.is(token, "")
	w.pass(time.Second)
	w.is(token, "ITEM_LOGIN_REQUIRED")
}

func TestOtherItemsAreForEver(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.link(hook)
	w.pass(400 * day)
	w.is(token, "")
	w.tells()
}

func TestConsentRunsOut(t *testing.T) {
	for _, tt := range []struct{ institution, warning, field string }{
		{"ins_109508", "PENDING_DISCONNECT", "disconnect_time"},
		{"ins_117650", "PENDING_EXPIRATION", "consent_expiration_time"},
	} {
		t.Run(tt.institution, func(t *testing.T) {
			w := newWorld(t, plaidsim.Options{Settled: true})
			token := w.linkAt(tt.institution, hook)
			w.server.OnItem(token, w.server.Consent(90*day))
			until := func() string {
				return w.must("/item/get", fields{"access_token": token}).text("item", "consent_expiration_time")
			}
			if got, want := until(), "2026-06-13T09:00:00Z"; got != want {
				t.Errorf("consent_expiration_time: got %q, want %q", got, want)
			}
			w.pass(83*day - time.Second)
			w.tells()
			w.pass(time.Second)
			w.tells(tt.warning)
			if got := w.last("ITEM").Details[tt.field]; got != "2026-06-13T09:00:00Z" {
				t.Errorf("%s.%s: got %v, want the end of the consent", tt.warning, tt.field, got)
			}
			w.is(token, "")
			w.pass(7 * day)
			w.is(token, "ITEM_LOGIN_REQUIRED")
			item := w.must("/item/get", fields{"access_token": token})
			if got := item.text("item", "error", "error_code_reason"); got != "OAUTH_CONSENT_EXPIRED" {
				t.Errorf("error_code_reason: got %q, want OAUTH_CONSENT_EXPIRED", got)
			}
			w.server.OnItem(token, w.server.Repair())
			w.is(token, "")
			if got, want := until(), "2026-09-11T09:00:00Z"; got != want {
				t.Errorf("after update mode: got %q, want %q", got, want)
			}
		})
	}
}

func TestDisconnectionIsAnnouncedAndThenHappens(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	kept, lost := w.link(hook), w.link(hook)
	for _, token := range []string{kept, lost} {
		w.server.OnItem(token, w.server.Disconnect(7*day))
	}
	w.tells("PENDING_DISCONNECT", "PENDING_DISCONNECT")
	w.pass(6 * day)
	w.is(kept, "")
	w.must("/link/token/create", updateRequest(kept))
	w.update(kept)
	w.pass(2 * day)
	w.is(kept, "")
	w.is(lost, "ITEM_LOGIN_REQUIRED")
}

func TestRevokedPermissionStaysRevoked(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true, SandboxExpiry: true})
	token := w.link(hook)
	w.server.OnItem(token, w.server.Revoke())
	w.is(token, "USER_PERMISSION_REVOKED")
	w.tells("USER_PERMISSION_REVOKED")
	w.refused("/link/token/create", updateRequest(token), "USER_PERMISSION_REVOKED")
	w.server.OnItem(token, w.server.Repair())
	w.pass(31 * day)
	w.is(token, "USER_PERMISSION_REVOKED")
	w.must("/item/remove", fields{"access_token": token})
	w.refused("/item/get", fields{"access_token": token}, "ITEM_NOT_FOUND")
}

// linkAt links a bank through the Sandbox, with transactions.
func (w *world) linkAt(institution string, options fields) string {
	w.Helper()
	request := fields{"institution_id": institution, "initial_products": []string{"transactions"}}
	if options != nil {
		request["options"] = options
	}
	token := w.must("/sandbox/public_token/create", request).text("public_token")
	return w.must("/item/public_token/exchange", fields{"public_token": token}).text("access_token")
}

func updateRequest(token string) fields {
	f := linkRequest(fields{"access_token": token})
	delete(f, "products")
	return f
}

// update goes through Link's update mode.
func (w *world) update(token string) {
	w.Helper()
	link := w.must("/link/token/create", updateRequest(token)).text("link_token")
	w.finish(w.signIn(link, "ins_109508", "user_good", "pass_good"))
}
