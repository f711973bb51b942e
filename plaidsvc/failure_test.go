package plaidsvc_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc"
)

// hangUp is a network that cuts the connection.
func hangUp(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// What a failed sync leaves of a bank that was well: what is kept, and what its
// result shows. Neither may say ok of a bank that does not work, and the network's
// fault may not stick to the bank. Success takes everything away.
func TestFailureShowsInTheStateOfTheBank(t *testing.T) {
	const unavailable, ok = ledger.ItemUnavailable, ledger.ItemOK
	item := func(code string) http.HandlerFunc { return plaidError(400, "ITEM_ERROR", code) }
	for _, tt := range []struct {
		name        string
		fault       http.HandlerFunc
		kept, shown ledger.ItemState
		code        string // of the result
		want        error
	}{
		{"sign in", item("ITEM_LOGIN_REQUIRED"), ledger.ItemLoginRequired, ledger.ItemLoginRequired, "ITEM_LOGIN_REQUIRED", ledger.ErrLoginRequired},
		{"revoked", item("USER_PERMISSION_REVOKED"), ledger.ItemRevoked, ledger.ItemRevoked, "USER_PERMISSION_REVOKED", ledger.ErrRevoked},
		{"removed", item("ITEM_NOT_FOUND"), ledger.ItemRevoked, ledger.ItemRevoked, "ITEM_NOT_FOUND", ledger.ErrRevoked},
		{"unknown token", plaidError(400, "INVALID_INPUT", "INVALID_ACCESS_TOKEN"), ledger.ItemRevoked, ledger.ItemRevoked, "INVALID_ACCESS_TOKEN", ledger.ErrUnknownAccess},
		{"bank down", item("INSTITUTION_NOT_RESPONDING"), unavailable, unavailable, "INSTITUTION_NOT_RESPONDING", ledger.ErrBankUnavailable},
		{"a code nobody heard of", item("SOMETHING_NEW"), unavailable, unavailable, "SOMETHING_NEW", nil},
		{"wrong keys", plaidError(400, "INVALID_INPUT", "INVALID_API_KEYS"), ok, unavailable, "INVALID_API_KEYS", ledger.ErrCredentials},
		{"too many requests", plaidError(429, "RATE_LIMIT_EXCEEDED", "TRANSACTIONS_SYNC_LIMIT"), ok, unavailable, "TRANSACTIONS_SYNC_LIMIT", ledger.ErrRateLimited},
		{"nothing left to spend", plaidError(429, "RATE_LIMIT_EXCEEDED", "CREDITS_EXHAUSTED"), ok, unavailable, "CREDITS_EXHAUSTED", nil},
		{"Plaid's own error", plaidError(500, "API_ERROR", "INTERNAL_SERVER_ERROR"), ok, unavailable, "INTERNAL_SERVER_ERROR", ledger.ErrNetwork},
		{"not ready", item("PRODUCT_NOT_READY"), ok, ledger.ItemSyncing, "", ledger.ErrNotReady},
		{"a proxy's page", answer(403, "<html>"), ok, unavailable, "", ledger.ErrNetwork},
		{"no network", hangUp, ok, unavailable, "", ledger.ErrNetwork},
	} {
		for _, endpoint := range []string{"/transactions/sync", "/accounts/get"} {
			t.Run(tt.name+" at "+endpoint, func(t *testing.T) {
				w, s := scripted(t)
				good := map[string]http.HandlerFunc{
					"/transactions/sync": page("", "c1", false), "/accounts/get": answer(200, `{"accounts":[]}`),
				}
				s.on("/transactions/sync", good["/transactions/sync"])
				s.on(endpoint, tt.fault)
				got := w.syncOne(t)
				kept := w.vault.item(t, "item-1")
				if got.Err == nil || tt.want != nil && !errors.Is(got.Err, tt.want) {
					t.Errorf("error %v, want %v", got.Err, tt.want)
				}
				if got.Item.State != tt.shown || got.Item.Code != tt.code || kept.State != tt.kept {
					t.Errorf("shown %q for %q and kept %q; want %q for %q and %q",
						got.Item.State, got.Item.Code, kept.State, tt.shown, tt.code, tt.kept)
				}
				if kept.State != ok && (kept.Code != tt.code || !kept.Since.Equal(w.clock.Now())) {
					t.Errorf("kept %q since %v, want %q since %v", kept.Code, kept.Since, tt.code, w.clock.Now())
				}
				if _, err := w.vault.AccessToken(t.Context(), "item-1"); err != nil || w.vault.cursors["item-1"] != "c0" {
					t.Errorf("after a failure the cursor is %q and the token %v", w.vault.cursors["item-1"], err)
				}
				w.clock.advance(time.Hour)
				s.on(endpoint, good[endpoint])
				if got := w.syncOne(t); got.Err != nil || got.Item.State != ok || got.Item.Code != "" || w.vault.item(t, "item-1") != got.Item {
					t.Errorf("then success: %+v, %v, kept %+v", got.Item, got.Err, w.vault.item(t, "item-1"))
				}
			})
		}
	}
}

// A network that fails hides nothing that is known of a bank, and claims nothing.
func TestNetworkFailureAndWhatIsKnown(t *testing.T) {
	for was, want := range map[ledger.ItemState]ledger.ItemState{
		ledger.ItemOK: ledger.ItemUnavailable, ledger.ItemSyncing: ledger.ItemUnavailable, ledger.ItemExpiring: ledger.ItemUnavailable,
		ledger.ItemLoginRequired: ledger.ItemLoginRequired, ledger.ItemRevoked: ledger.ItemRevoked,
		ledger.ItemUnavailable: ledger.ItemUnavailable,
	} {
		w, s := scripted(t)
		before := w.vault.items["item-1"]
		before.State, before.Code = was, "BEFORE"
		w.vault.items["item-1"] = before
		s.on("/transactions/sync", hangUp)
		s.on("/accounts/balance/get", hangUp)
		synced := w.syncOne(t)
		live, err := w.Balances(t.Context(), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, got := range []ledger.SyncResult{synced, live[0]} {
			if got.Err == nil || got.Item.State != want || w.vault.items["item-1"] != before {
				t.Errorf("%s: shown %q after %v, kept %+v; want %q and nothing changed", was, got.Item.State, got.Err, w.vault.items["item-1"], want)
			}
		}
	}
}

// Where Plaid has no balances to sell, the bank still syncs.
func TestRefusedBalancesAreNoFaultOfTheBank(t *testing.T) {
	w, s := scripted(t)
	refuse := plaidError(400, "ITEM_ERROR", "PRODUCTS_NOT_SUPPORTED")
	s.on("/accounts/balance/get", refuse)
	s.on("/transactions/refresh", refuse)
	results, err := w.Balances(t.Context(), nil, nil)
	if err != nil || results[0].Err == nil || w.Refresh(t.Context(), "item-1") == nil {
		t.Errorf("%v, %v; want both refused", results, err)
	}
	if kept := w.vault.item(t, "item-1"); kept.State != ledger.ItemOK {
		t.Errorf("kept %+v, want ok", kept)
	}
}

// Who stops a sync has found out nothing about the bank.
func TestStoppedSyncSaysNothingOfTheBank(t *testing.T) {
	w, s := scripted(t)
	ctx, cancel := context.WithCancel(t.Context())
	s.on("/transactions/sync", func(http.ResponseWriter, *http.Request) { cancel() })
	results, err := w.Sync(ctx, nil, nil)
	if !errors.Is(err, context.Canceled) || results[0].Item.State != ledger.ItemOK {
		t.Errorf("%+v, %v; want Canceled and ok", results, err)
	}
}

// An error says what happened first and what a report needs last. It names the
// bank only where nothing else does.
func TestErrorsReadWell(t *testing.T) {
	login := plaidError(400, "ITEM_ERROR", "ITEM_LOGIN_REQUIRED")
	const told = "the bank asks you to sign in again (ITEM_LOGIN_REQUIRED, /transactions/sync, request req-item_login_required)"
	replay := func(w world) error { _, err := w.Replay(t.Context(), "item-1", nil); return err }
	for name, tt := range map[string]struct {
		fault http.HandlerFunc
		do    func(world) error
		want  string
	}{
		"in a result": {login, func(w world) error { return w.syncOne(t).Err }, told},
		"alone":       {login, replay, "replay First Bank: " + told},
		"in a report": {login, func(w world) (err error) {
			_, _ = w.Sync(t.Context(), nil, func(p ledger.Progress) { err = p.Err })
			return err
		}, told},
		"a text for users": {
			answer(400, `{"error_type":"NEW","error_code":"NEW_CODE","error_message":"tech","display_message":"Call your bank."}`),
			func(w world) error { return w.syncOne(t).Err }, "Call your bank. (NEW_CODE, /transactions/sync)",
		},
		"a text for developers": {
			answer(400, `{"error_type":"NEW","error_code":"NEW_CODE","error_message":"no such thing"}`),
			func(w world) error { return w.syncOne(t).Err }, "Plaid refused the request: no such thing (NEW_CODE, /transactions/sync)",
		},
		"no text": {
			answer(400, `{"error_type":"NEW","error_code":"NEW_CODE"}`),
			func(w world) error { return w.syncOne(t).Err }, "Plaid refused the request (NEW_CODE, /transactions/sync)",
		},
		"held back": {
			plaidError(429, "RATE_LIMIT_EXCEEDED", "TRANSACTIONS_SYNC_LIMIT"),
			func(w world) error { w.syncOne(t); return w.syncOne(t).Err },
			"Plaid is limiting requests; try again in a minute (61 s left, /transactions/sync)",
		},
	} {
		w, s := scripted(t)
		s.on("/transactions/sync", tt.fault)
		if err := tt.do(w); err == nil || err.Error() != tt.want {
			t.Errorf("%s:\ngot  %v\nwant %s", name, err, tt.want)
		}
	}
}

// A secret is kept out of errors wherever it stands. A simulator's may be as
// short as a letter, which stands in every word.
func TestRedactionSparesOrdinaryWords(t *testing.T) {
	for _, tt := range []struct{ key, request, want string }{
		{"e", "BeEde33A", "BeEde33A"},
		{"sandbox", "insandboxes", "insandboxes"},
		{"12345678", "a12345678b", "a[redacted]b"},
		{plantedSecret, plantedSecret, "[redacted]"},
	} {
		w, s := scripted(t, func(c *plaidsvc.Config) { c.Secret = secret.New(tt.key) })
		s.on("/transactions/sync", answer(400, `{"error_type":"ITEM_ERROR","error_code":"ITEM_LOGIN_REQUIRED","request_id":"`+tt.request+`"}`))
		if err := w.syncOne(t).Err; err == nil || !strings.HasSuffix(err.Error(), "request "+tt.want+")") {
			t.Errorf("secret %q: %v, want request %s", tt.key, err, tt.want)
		}
	}
}

// Two minutes without an answer are not two minutes of fetching.
func TestWaitsBetweenTriesAreReported(t *testing.T) {
	w, s := scripted(t)
	s.on("/transactions/sync", hangUp)
	s.on("/accounts/balance/get", answer(502, "<html>bad gateway</html>"))
	for name, work := range map[string]func(func(ledger.Progress)) error{
		"fetching": func(f func(ledger.Progress)) error { _, err := w.Sync(t.Context(), nil, f); return err },
		"asking":   func(f func(ledger.Progress)) error { _, err := w.Balances(t.Context(), nil, f); return err },
	} {
		var phases []ledger.Phase
		if err := work(func(p ledger.Progress) { phases = append(phases, p.Phase) }); err != nil {
			t.Fatal(err)
		}
		want := []ledger.Phase{"waiting", ledger.Phase(name), "waiting", "waiting", "waiting", "failed"}
		if !slices.Equal(phases, want) {
			t.Errorf("%s: phases %q, want %q", name, phases, want)
		}
	}
}
