package loopback_test

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"coffer/internal/secret"
	"coffer/plaidsvc/loopback"
)

const (
	linkToken   = "link-sandbox-</script><script>alert(1)</script>"
	publicToken = "public-sandbox-b0e2c4ee-a763-4df5-bfe9-46a46bce993d"
	origin      = "http://127.0.0.1:9099"
)

func options() loopback.Options {
	return loopback.Options{
		LinkToken: secret.New(linkToken), Word: "sandbox",
		Script: "https://cdn.plaid.com", API: "https://sandbox.plaid.com", Random: rand.Reader,
	}
}

// A browser is what a test knows of a session: its address, and what its page
// told once it was loaded.
type browser struct {
	testing.TB
	session       *loopback.Session
	host, path    string
	cookie, nonce string
	page, policy  string
}

func open(t testing.TB) *browser {
	t.Helper()
	return opened(t, loopback.Listen)
}

// openPatient opens a session whose server waits so long for who is slow.
func openPatient(t testing.TB, wait time.Duration) *browser {
	t.Helper()
	return opened(t, func(ctx context.Context, o loopback.Options) (*loopback.Session, error) {
		return loopback.ListenPatiently(ctx, o, wait)
	})
}

func opened(t testing.TB, listen func(context.Context, loopback.Options) (*loopback.Session, error)) *browser {
	t.Helper()
	s, err := listen(t.Context(), options())
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{TB: t, session: s}
	var ok bool
	if b.host, b.path, ok = strings.Cut(strings.TrimPrefix(s.Address(), "http://"), "/"); !ok {
		t.Fatalf("address %q", s.Address())
	}
	b.path = "/" + b.path
	return b
}

// load opens the page as the user's browser does.
func (b *browser) load() *browser {
	b.Helper()
	resp, err := http.Get(b.session.Address())
	if err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	page, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		b.Fatalf("load: %s, %v", resp.Status, err)
	}
	b.page, b.policy = string(page), resp.Header.Get("Content-Security-Policy")
	b.cookie = resp.Cookies()[0].Value
	found := regexp.MustCompile(`data-nonce="([^"]+)"`).FindStringSubmatch(b.page)
	if found == nil {
		b.Fatalf("no nonce in the page:\n%s", b.page)
	}
	b.nonce = found[1]
	return b
}

// raw sends bytes and reads one answer; 0 is a connection that was cut.
func (b *browser) raw(request string) (status int, answer string) {
	b.Helper()
	conn, err := net.DialTimeout("tcp", b.host, time.Second)
	if err != nil {
		return 0, ""
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(time.Minute))
	_, _ = io.WriteString(conn, request)
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return 0, ""
	}
	defer resp.Body.Close()
	var head strings.Builder
	_ = resp.Header.Write(&head)
	body, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, head.String() + string(body)
}

// post is what the page's script sends, after changes to its lines.
func (b *browser) post(path, body string, change ...string) string {
	lines := "POST " + b.path + path + " HTTP/1.1\r\nHost: " + b.host + "\r\nOrigin: http://" + b.host +
		"\r\nCookie: link=" + b.cookie + "\r\nX-Link-Nonce: " + b.nonce + "\r\nContent-Type: application/json\r\n"
	for i := 0; i+1 < len(change); i += 2 {
		if !strings.Contains(lines, change[i]) {
			b.Fatalf("nothing to change: %q", change[i])
		}
		lines = strings.Replace(lines, change[i], change[i+1], 1)
	}
	return lines + fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body)
}

func result(token string) string { return `{"public_token":"` + token + `"}` }

func TestPageTakesOneResult(t *testing.T) {
	b := open(t).load()
	request := b.post("result", result(publicToken))
	go func() {
		if status, _ := b.raw(request); status != http.StatusNoContent {
			t.Errorf("the page's own result got %d", status)
		}
	}()
	got, err := b.session.Wait(t.Context())
	if err != nil || got.PublicToken.Reveal() != publicToken || got.Code != "" {
		t.Errorf("Wait = %q, %v", got.PublicToken.Reveal(), err)
	}
	closed(t, b)
}

func TestPageTellsThatTheUserLeft(t *testing.T) {
	for body, want := range map[string]string{
		`{"code":""}`: "", `{}`: "", `{"code":"INVALID_CREDENTIALS"}`: "INVALID_CREDENTIALS", `{"code":"ERROR_3DS2"}`: "ERROR_3DS2",
	} {
		b := open(t).load()
		go b.raw(b.post("exit", body))
		got, err := b.session.Wait(t.Context())
		if err != nil || !got.PublicToken.Empty() || got.Code != want {
			t.Errorf("exit %s = %+v, %v; want code %q", body, got, err, want)
		}
		closed(t, b)
	}
}

// The port closes at once when the terminal gives up.
func TestCancelClosesThePort(t *testing.T) {
	b := open(t).load()
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel)
	began := time.Now()
	if _, err := b.session.Wait(ctx); !errors.Is(err, context.Canceled) || time.Since(began) > 2*time.Second {
		t.Errorf("Wait = %v after %v", err, time.Since(began))
	}
	closed(t, b)
}

func closed(t *testing.T, b *browser) {
	t.Helper()
	if conn, err := net.DialTimeout("tcp", b.host, time.Second); err == nil {
		_ = conn.Close()
		t.Error("the port is still open")
	}
}

// The page may load again in the browser that has it, and in no other.
func TestPageBelongsToOneBrowser(t *testing.T) {
	b := open(t).load()
	again := "GET " + b.path + " HTTP/1.1\r\nHost: " + b.host + "\r\nCookie: link=" + b.cookie + "\r\n\r\n"
	if status, answer := b.raw(again); status != http.StatusOK || !strings.Contains(answer, b.nonce) {
		t.Errorf("reload = %d", status)
	}
	if status, _ := b.raw("GET " + b.path + " HTTP/1.1\r\nHost: " + b.host + "\r\n\r\n"); status != http.StatusGone {
		t.Errorf("another browser got %d, want 410", status)
	}
}

func TestPageIsSafeToShow(t *testing.T) {
	b := open(t).load()
	if strings.Contains(b.page, "<script>alert") {
		t.Errorf("the link token broke out of its attribute:\n%s", b.page)
	}
	for _, want := range []string{
		"default-src 'none'", "script-src 'nonce-", " https://cdn.plaid.com/link/v2/stable/link-initialize.js;",
		"frame-src https://cdn.plaid.com/", "connect-src 'self' https://sandbox.plaid.com/",
		"base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
	} {
		if !strings.Contains(b.policy, want) {
			t.Errorf("policy %q lacks %q", b.policy, want)
		}
	}
	if strings.Contains(b.policy, "script-src 'unsafe-inline'") || strings.Contains(b.policy, "*") {
		t.Errorf("policy %q is too wide", b.policy)
	}
	resp, err := http.Get("http://" + b.host + "/")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	for name, want := range map[string]string{
		"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
		"X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
		"Cross-Origin-Resource-Policy": "same-origin", "Access-Control-Allow-Origin": "",
	} {
		if got := resp.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// The scripts' nonce is new each time: one that leaked is worth nothing.
func TestScriptNonceIsNewEachTime(t *testing.T) {
	b := open(t).load()
	_, answer := b.raw("GET " + b.path + " HTTP/1.1\r\nHost: " + b.host + "\r\nCookie: link=" + b.cookie + "\r\n\r\n")
	nonce := regexp.MustCompile(`script-src 'nonce-([^']+)'`)
	first, second := nonce.FindStringSubmatch(b.policy), nonce.FindStringSubmatch(answer)
	if first == nil || second == nil || first[1] == second[1] || first[1] == b.nonce {
		t.Errorf("nonces %v and %v, the page's %q; want three", first, second, b.nonce)
	}
}

// A simulator brings its own script; nobody else may.
func TestScriptOriginIsTheEnvironments(t *testing.T) {
	o := options()
	o.Script, o.API = origin, origin
	s, err := loopback.Listen(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	b := (&browser{TB: t, session: s}).load()
	if !strings.Contains(b.page, `src="`+origin+`/link/v2/stable/link-initialize.js"`) ||
		!strings.Contains(b.policy, "frame-src "+origin+"/") || strings.Contains(b.policy, "plaid.com") {
		t.Errorf("policy %q for page\n%s", b.policy, b.page)
	}
}

func TestListenerIsOnLoopbackOnly(t *testing.T) {
	b := open(t)
	host, port, err := net.SplitHostPort(b.host)
	if err != nil || host != "127.0.0.1" {
		t.Fatalf("listens on %q", b.host)
	}
	table, err := os.ReadFile("/proc/net/tcp")
	if err != nil {
		t.Skip("no /proc/net/tcp here")
	}
	var n int
	if _, err := fmt.Sscan(port, &n); err != nil {
		t.Fatal(err)
	}
	// 0A is LISTEN; addresses are little-endian hex.
	if !strings.Contains(string(table), fmt.Sprintf("0100007F:%04X 00000000:0000 0A", n)) {
		t.Errorf("no listener on 127.0.0.1:%s in\n%s", port, table)
	}
}

func TestNoRandomnessNoPage(t *testing.T) {
	o := options()
	o.Random = strings.NewReader("short")
	if _, err := loopback.Listen(t.Context(), o); err == nil {
		t.Error("a page without secrets was opened")
	}
}

// What the page says of the bank comes along, and what is odd about it costs only
// itself.
func TestPageSaysWhatBankItIs(t *testing.T) {
	for said, want := range map[string]loopback.Said{
		`{"institution_id":"ins_1","name":"A Bank","accounts":[{"name":"Checking","mask":"0000"},{"name":"Cash","mask":""}]}`: {
			Institution: "ins_1", Name: "A Bank",
			Accounts: []loopback.SaidAccount{{Name: "Checking", Mask: "0000"}, {Name: "Cash"}},
		},
		`null`:                            {},
		`"ins_1"`:                         {},
		`{"accounts":"all"}`:              {},
		`{"institution_id":7}`:            {},
		`{"institution_id":"ins_\u001b"}`: {Institution: "ins_\x1b"}, // cleaned where it is shown
	} {
		b := open(t).load()
		go b.raw(b.post("result", `{"public_token":"`+publicToken+`","said":`+said+`}`))
		got, err := b.session.Wait(t.Context())
		if err != nil || got.PublicToken.Reveal() != publicToken || !reflect.DeepEqual(got.Said, want) {
			t.Errorf("%s: got %+v, %v; want %+v and the token", said, got.Said, err, want)
		}
	}
}
