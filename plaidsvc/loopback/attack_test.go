package loopback_test

import (
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// An attack is bytes that must neither be taken for the page's nor learn
// anything.
type attack struct{ name, request string }

// Before the page was loaded: what any page in the user's browser, or a scanner
// on the machine, may try.
func early(b *browser) []attack {
	port := b.host[strings.IndexByte(b.host, ':'):]
	get := func(target, host string) string { return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" }
	const end = "\r\n"
	return []attack{
		{"root path", get("/", b.host) + end},
		{"favicon", get("/favicon.ico", b.host) + end},
		{"guessed path", get("/"+strings.Repeat("A", 43)+"/", b.host) + end},
		{"path without its slash", get(strings.TrimSuffix(b.path, "/"), b.host) + end},
		{"DNS rebinding", get(b.path, "evil.example") + end},
		{"DNS rebinding with the port", get(b.path, "evil.example"+port) + end},
		{"host localhost", get(b.path, "localhost"+port) + end},
		{"host in octal", get(b.path, "0177.0.0.1"+port) + end},
		{"host of the whole net", get(b.path, "127.0.0.2"+port) + end},
		{"no host", "GET " + b.path + " HTTP/1.0\r\n\r\n"},
		{"two hosts", get(b.path, b.host) + "Host: evil\r\n" + end},
		{"absolute form", get("http://evil.example"+b.path, b.host) + end},
		{"absolute form of our own", get("http://"+b.host+b.path, b.host) + end},
		{"query", get(b.path+"?x=1", b.host) + end},
		{"empty query", get(b.path+"?", b.host) + end},
		{"cross-site", get(b.path, b.host) + "Sec-Fetch-Site: cross-site\r\n" + end},
		{"same site, other port", get(b.path, b.host) + "Sec-Fetch-Site: same-site\r\n" + end},
		{"in a frame", get(b.path, b.host) + "Sec-Fetch-Site: none\r\nSec-Fetch-Dest: iframe\r\n" + end},
		{"as a script", get(b.path, b.host) + "Sec-Fetch-Dest: script\r\n" + end},
		{"path traversal", get(b.path+"../", b.host) + end},
		{"escaped slash", get(strings.TrimSuffix(b.path, "/")+"%2f", b.host) + end},
		{"double slash", get("/"+b.path, b.host) + end},
		{"result before the page", b.post("result", result(publicToken))},
		{"exit before the page", b.post("exit", `{}`)},
		{"empty cookie before the page", b.post("result", result(publicToken), "link=", "link=\"\"")},
		{"CONNECT", "CONNECT evil:443 HTTP/1.1\r\nHost: " + b.host + "\r\n\r\n"},
		{"TRACE", "TRACE " + b.path + " HTTP/1.1\r\nHost: " + b.host + "\r\n\r\n"},
		{"HEAD", "HEAD " + b.path + " HTTP/1.1\r\nHost: " + b.host + "\r\n\r\n"},
		{"preflight", "OPTIONS " + b.path + "result HTTP/1.1\r\nHost: " + b.host +
			"\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Private-Network: true\r\n\r\n"},
		{"TLS hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"},
		{"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
		{"huge header", get(b.path, b.host) + "X: " + strings.Repeat("a", 64<<10) + "\r\n" + end},
	}
}

// After it: by someone who saw the address in the process list, or who has part
// of what the page has.
func late(b *browser) []attack {
	good := result(publicToken)
	send := func(change ...string) string { return b.post("result", good, change...) }
	body := func(text string) string { return b.post("result", text) }
	return []attack{
		{"address from the process list", "GET " + b.path + " HTTP/1.1\r\nHost: " + b.host + "\r\n\r\n"},
		{"no origin", send("Origin: http://"+b.host+"\r\n", "")},
		{"origin null", send("Origin: http://"+b.host, "Origin: null")},
		{"origin evil", send("Origin: http://"+b.host, "Origin: https://evil.example")},
		{"origin https", send("Origin: http://", "Origin: https://")},
		{"origin of another port", send("Origin: http://"+b.host, "Origin: http://127.0.0.1:1")},
		{"two origins", send("Origin:", "Origin: https://evil\r\nOrigin:")},
		{"no cookie", send("Cookie: link="+b.cookie+"\r\n", "")},
		{"wrong cookie", send(b.cookie, "AAAA")},
		{"two cookies", send("Cookie: link="+b.cookie, "Cookie: link=AAAA; link="+b.cookie)},
		{"no nonce", send("X-Link-Nonce: "+b.nonce+"\r\n", "")},
		{"wrong nonce", send("X-Link-Nonce: "+b.nonce, "X-Link-Nonce: x")},
		{"two nonces", send("X-Link-Nonce: ", "X-Link-Nonce: x\r\nX-Link-Nonce: ")},
		{"same-site post", send("Origin:", "Sec-Fetch-Site: same-site\r\nOrigin:")},
		{"cross-site post", send("Origin:", "Sec-Fetch-Site: cross-site\r\nOrigin:")},
		{"plain text, as a form sends it", send("application/json", "text/plain")},
		{"form", send("application/json", "application/x-www-form-urlencoded")},
		{"no content type", send("Content-Type: application/json\r\n", "")},
		{"token in a query", "GET " + b.path + "result?public_token=" + publicToken + " HTTP/1.1\r\nHost: " + b.host + "\r\nCookie: link=" + b.cookie + "\r\n\r\n"},
		{"query on the post", send("result HTTP", "result?x=1 HTTP")},
		{"PUT", send("POST", "PUT")},
		{"post to the page", send("result HTTP", " HTTP")},
		{"large body", body(result(strings.Repeat("a", 1<<20)))},
		{"body just too large", body(good + strings.Repeat(" ", 4097-len(good)))},
		{"endless chunk", strings.Split(send("Content-Type", "Transfer-Encoding: chunked\r\nContent-Type"), "Content-Length")[0] + "\r\nFFFFFFFF\r\nabc"},
		{"two lengths", send("Content-Type", "Content-Length: 5\r\nContent-Type")},
		{"length and chunks", strings.Replace(b.post("result", "0\r\n\r\n"+good), "Content-Length", "Transfer-Encoding: chunked\r\nContent-Length", 1)},
		{"not JSON", body("<xml>")},
		{"empty body", body("")},
		{"a list", body("[" + good + "]")},
		{"no token", body(`{}`)},
		{"token null", body(`{"public_token":null}`)},
		{"token of another environment", body(strings.Replace(good, "sandbox", "production", 1))},
		{"access token", body(strings.Replace(good, "public-", "access-", 1))},
		{"token in upper case", body(result(strings.ToUpper(publicToken)))},
		{"token with a line break", body(result(publicToken + `\r\nX`))},
		{"token with a newline", body(result(publicToken + `\n`))},
		{"token with an escape", body(result(`\u001b[2J` + publicToken))},
		{"exit code with an escape", b.post("exit", `{"code":"\u001b[2J"}`)},
		{"exit code in words", b.post("exit", `{"code":"your account was hacked, call 555"}`)},
		{"exit code too long", b.post("exit", `{"code":"`+strings.Repeat("A", 65)+`"}`)},
	}
}

// Whatever is not the page's is refused, tells nothing, and changes nothing.
func TestAttacksAreRefused(t *testing.T) {
	t.Parallel()
	b := openPatient(t, time.Second)
	b.cookie, b.nonce = "", ""
	attacks := early(b)
	for _, a := range attacks {
		b.strike(a)
	}
	b.load()
	for _, a := range late(b) {
		b.strike(a)
		attacks = append(attacks, a)
	}
	if len(attacks) < 44 {
		t.Errorf("%d attacks, want 44 at least", len(attacks))
	}
	if n := b.session.Refused(); n < len(attacks)/2 {
		t.Errorf("%d refusals counted of %d attacks", n, len(attacks))
	}
	go b.raw(b.post("result", result(publicToken)))
	if got, err := b.session.Wait(t.Context()); err != nil || got.PublicToken.Reveal() != publicToken {
		t.Errorf("after all of it the user's own result: %q, %v", got.PublicToken.Reveal(), err)
	}
	closed(t, b)
}

// strike sends an attack and looks at the answer.
func (b *browser) strike(a attack) {
	b.Helper()
	status, answer := b.raw(a.request)
	if status >= 200 && status < 400 {
		b.Errorf("%s: answered %d", a.name, status)
	}
	for what, leaked := range map[string]string{"link token": "link-sandbox", "nonce": b.nonce, "path": b.path, "cookie": b.cookie} {
		if leaked != "" && strings.Contains(answer, leaked) {
			b.Errorf("%s: told the %s: %s", a.name, what, answer)
		}
	}
	if strings.Contains(answer, "Location:") || strings.Contains(answer, "Access-Control-") {
		b.Errorf("%s: redirects or says yes to another origin: %s", a.name, answer)
	}
}

// A second result, and the page after the result, come too late.
func TestSessionIsUsedOnce(t *testing.T) {
	b := open(t).load()
	// Wait is not running yet, so the port is still open.
	if status, _ := b.raw(b.post("result", result(publicToken))); status != http.StatusNoContent {
		t.Fatalf("the first result got %d", status)
	}
	for _, a := range []attack{
		{"second result", b.post("result", result(strings.Replace(publicToken, "b0e2", "ffff", 1)))},
		{"exit after the result", b.post("exit", `{"code":""}`)},
		{"page after the result", "GET " + b.path + " HTTP/1.1\r\nHost: " + b.host + "\r\nCookie: link=" + b.cookie + "\r\n\r\n"},
	} {
		if status, _ := b.raw(a.request); status != http.StatusGone {
			t.Errorf("%s: %d, want 410", a.name, status)
		}
	}
	if got, err := b.session.Wait(t.Context()); err != nil || got.PublicToken.Reveal() != publicToken {
		t.Errorf("Wait = %q, %v; want the first result", got.PublicToken.Reveal(), err)
	}
}

// Someone who opens a thousand connections and says nothing on them keeps
// nobody out, and is cut off.
func TestSilentCrowdKeepsNobodyOut(t *testing.T) {
	t.Parallel()
	b := openPatient(t, time.Second)
	var crowd []net.Conn
	var mu sync.Mutex
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			for range 50 {
				conn, err := net.DialTimeout("tcp", b.host, time.Second)
				if err != nil {
					continue
				}
				_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: ")
				mu.Lock()
				crowd = append(crowd, conn)
				mu.Unlock()
			}
		})
	}
	group.Wait()
	began := time.Now()
	b.load()
	if status, _ := b.raw(b.post("result", result(publicToken))); status != http.StatusNoContent {
		t.Errorf("among %d silent connections the result got %d", len(crowd), status)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("the user waited %v", took)
	}
	for _, conn := range crowd {
		_ = conn.SetReadDeadline(time.Now().Add(time.Minute))
		if _, err := io.ReadAll(conn); isTimeout(err) {
			t.Fatalf("a connection that says nothing lives %v", time.Since(began))
		}
		_ = conn.Close()
	}
	if _, err := b.session.Wait(t.Context()); err != nil {
		t.Error(err)
	}
}

// Who is refused holds no place: the rest of its request is not waited for.
func TestStrangersHoldNoPlaceOnThePage(t *testing.T) {
	t.Parallel()
	b := openPatient(t, time.Hour).load()
	for what, request := range map[string]string{
		"without the cookie": b.post("result", result(publicToken), b.cookie, "AAAA"), "to another path": strings.Replace(b.post("x", "{}"), b.path, "/", 1),
		"of another host": strings.Replace(b.post("result", "{}"), "Host: "+b.host, "Host: evil.example", 1),
	} {
		for range 20 { // more than there are places
			conn, err := net.Dial("tcp", b.host)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if _, err := io.WriteString(conn, request[:len(request)-1]); err != nil {
				t.Fatal(err)
			}
			_ = conn.SetReadDeadline(time.Now().Add(time.Minute))
			answer, err := io.ReadAll(conn)
			if isTimeout(err) {
				t.Fatalf("%s, without the end of its body: still connected", what)
			}
			if !strings.HasPrefix(string(answer), "HTTP/1.1 4") {
				t.Errorf("%s, without the end of its body: answered %.40q, %v", what, answer, err)
			}
		}
	}
	if status, _ := b.raw(b.post("result", result(publicToken))); status != http.StatusNoContent {
		t.Errorf("the page's own result: %d", status)
	}
}

func isTimeout(err error) bool {
	e, ok := err.(net.Error)
	return ok && e.Timeout()
}

// Whatever is posted, only a token of the right form gets through.
func FuzzResult(f *testing.F) {
	for _, s := range []string{result(publicToken), `{"public_token":"public-sandbox-x"}`, `{`, `{"code":"A"}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if len(body) > 8<<10 {
			t.Skip()
		}
		b := open(t).load()
		status, answer := b.raw(b.post("result", body))
		if status == http.StatusNoContent && !strings.Contains(strings.ToLower(body), "public-sandbox-") && !strings.Contains(body, `\u`) {
			t.Errorf("took %q", body)
		}
		if strings.Contains(answer, b.nonce) {
			t.Errorf("%q was told the nonce", body)
		}
	})
}
