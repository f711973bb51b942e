package plaidsvc_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc"
)

// lockedBuffer is a log that several goroutines write.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// Whatever fails, and however its error is printed, no secret is in it: not
// Plaid's, though the other side echoes all that it was sent.
func TestNoErrorTellsASecret(t *testing.T) {
	const public = "public-sandbox-99999999-8888-7777-6666-555555555555"
	echo := func(status int) http.HandlerFunc {
		return answer(status, `{"error_type":"`+plantedSecret+`","error_code":"CODE `+plantedToken+`","error_message":"`+plantedSecret+" "+
			public+`","display_message":"`+plantedToken+`","request_id":"`+plantedSecret+`"}`)
	}
	var said lockedBuffer
	for _, status := range []int{200, 302, 400, 404, 429, 500, 503} {
		w, s := scripted(t)
		for _, path := range []string{
			"/transactions/sync", "/accounts/get", "/accounts/balance/get", "/item/get", "/item/remove",
			"/transactions/refresh", "/link/token/create", "/sandbox/public_token/create", "/item/public_token/exchange",
			"/link/token/get", "/institutions/get", "/auth/get", "/identity/get", "/identity/match", "/processor/token/create", "/processor/stripe/bank_account_token/create",
		} {
			s.on(path, echo(status))
		}
		report := func(p ledger.Progress) { fmt.Fprintf(&said, "%v %+v\n", p, p.Err) }
		collect := func(err error) {
			if err == nil && status != 200 {
				t.Errorf("%d: no error", status)
			}
			fmt.Fprintf(&said, "%v %+v %#v %q\n", err, err, err, err)
			slog.New(slog.NewTextHandler(&said, nil)).Error("failed", "err", err)
			var failed *plaidsvc.APIError
			if errors.As(err, &failed) {
				fmt.Fprintf(&said, "%+v\n", *failed)
			}
		}
		results, err := w.Sync(t.Context(), nil, report)
		fmt.Fprintf(&said, "%+v %v\n", results, err)
		collect(results[0].Err)
		results, _ = w.Balances(t.Context(), nil, report)
		collect(results[0].Err)
		collect(w.Refresh(t.Context(), "item-1"))
		collect(payErrors(t, w))
		_, err = w.linkOne(t.Context(), plaidsvc.LinkOptions{Repair: "item-1"}, nil)
		collect(err)
		_, err = w.Probe(t.Context())
		collect(err)
		s.on("/link/token/create", answer(200, `{"link_token":"link-sandbox-1","expiration":"2026-03-15T14:00:00Z","hosted_link_url":"`+s.URL+`/x"}`))
		_, err = w.linkOne(t.Context(), plaidsvc.LinkOptions{Hosted: true, Timeout: time.Minute}, nil)
		collect(err)
		_, err = w.LinkSandbox(t.Context(), plaidsvc.SandboxLink{Institution: "ins_1", Password: secret.New(plantedSecret)}, nil)
		collect(err)
		s.on("/sandbox/public_token/create", answer(200, `{"public_token":"`+public+`"}`))
		_, err = w.LinkSandbox(t.Context(), plaidsvc.SandboxLink{Institution: "ins_1"}, nil)
		collect(err)
		collect(w.Remove(t.Context(), "item-1"))
	}
	for _, planted := range []string{plantedSecret, plantedToken, public} {
		if i := strings.Index(said.String(), planted); i >= 0 {
			t.Errorf("%q was told: ...%s...", planted, said.String()[max(0, i-200):min(len(said.String()), i+100)])
		}
	}
	if len(said.String()) < 1000 {
		t.Errorf("nothing was said: %q", said.String())
	}
}

// payErrors asks all that paying from an account takes.
func payErrors(t *testing.T, w world) error {
	t.Helper()
	acc := ledger.Account{ID: "a", Item: "item-1", Type: ledger.Depository}
	_, numbers := w.Numbers(t.Context(), acc)
	_, owners := w.Owners(t.Context(), acc)
	verdict, verify := w.Verify(t.Context(), acc, ledger.NewAmount(1, ledger.ISO("USD")), ledger.Person{Name: "Ann"}, nil)
	_, dwolla := w.ProcessorToken(t.Context(), acc, "dwolla")
	_, stripe := w.ProcessorToken(t.Context(), acc, "stripe")
	return errors.Join(numbers, owners, verify, dwolla, stripe, fmt.Errorf("%v", verdict.Objections))
}

// A service prints none of what it holds.
func TestServiceAndConfigPrintNoSecret(t *testing.T) {
	cfg := plaidsvc.Config{Environment: "sandbox", ClientID: "c", Secret: secret.New(plantedSecret), Vault: newMemory()}
	if text := fmt.Sprintf("%v %+v %#v", cfg, cfg, cfg); strings.Contains(text, plantedSecret) {
		t.Errorf("config prints its secret: %s", text)
	}
}

// An environment is Plaid's or this machine's, and anything else is refused
// before there is a service that could send.
func TestEnvironments(t *testing.T) {
	for env, ok := range map[string]bool{
		"sandbox": true, "production": true, "http://127.0.0.1:9099": true, "http://127.0.0.1:9099/": true,
		"http://[::1]:9099": true, "http://localhost:9099": true, "http://127.8.9.1:1": true,
		"": false, "development": false, "Sandbox": false, "https://127.0.0.1:9099": false,
		"http://192.168.1.5:9099": false, "http://evil.example": false, "http://127.0.0.1.evil.example": false,
		"http://localhost.evil.example:80": false, "http://user:pw@127.0.0.1:9099": false, "http://127.0.0.1:9099/path": false,
		"http://127.0.0.1:9099?x=1": false, "http://evil.example@127.0.0.1:9099": false, "http://127.0.0.1:9099#@evil.example": false,
		"ftp://127.0.0.1": false, "http://": false, "http://0.0.0.0:9099": false, "http://2130706433:9099": false, "127.0.0.1:9099": false,
		"http://127.0.0.1:9099\r\nHost: evil": false,
	} {
		_, err := plaidsvc.New(plaidsvc.Config{Environment: env, ClientID: "c", Secret: secret.New("s"), Vault: newMemory()})
		if (err == nil) != ok {
			t.Errorf("environment %q: %v, want accepted %v", env, err, ok)
		}
	}
	for name, cfg := range map[string]plaidsvc.Config{
		"no client id": {Environment: "sandbox", Secret: secret.New("s"), Vault: newMemory()},
		"no secret":    {Environment: "sandbox", ClientID: "c", Vault: newMemory()},
	} {
		if _, err := plaidsvc.New(cfg); !errors.Is(err, ledger.ErrCredentials) {
			t.Errorf("%s: %v, want ErrCredentials", name, err)
		}
	}
}
