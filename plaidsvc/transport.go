package plaidsvc

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"syscall"
	"time"
)

// bodyLimit bounds an answer, unpacked. A page of 500 rows is under 1 MiB.
const bodyLimit = 16 << 20

// timeouts bound one try of one request. The slow ones are for what makes Plaid
// ask the bank while we wait.
type timeouts struct {
	dial, handshake      time.Duration
	header, slowHeader   time.Duration
	request, slowRequest time.Duration
}

func defaultTimeouts() timeouts {
	return timeouts{
		dial: 5 * time.Second, handshake: 5 * time.Second,
		header: 30 * time.Second, slowHeader: 90 * time.Second,
		request: 60 * time.Second, slowRequest: 90 * time.Second,
	}
}

var (
	errForeignHost = errors.New("refused to send Plaid's credentials to another host")
	errTooLarge    = fmt.Errorf("the answer is larger than %d MiB", bodyLimit>>20)
)

// An answerError is an answer that cannot be Plaid's.
type answerError struct{ why string }

func (e *answerError) Error() string { return "unexpected answer: " + e.why }

// newHTTPClient returns a client for one environment. It follows no redirect:
// net/http would send the secret along to wherever a redirect points.
func newHTTPClient(env environment, t timeouts, header time.Duration) *http.Client {
	dialer := &net.Dialer{Timeout: t.dial}
	proxy := http.ProxyFromEnvironment // https goes through CONNECT, unread
	if env.local {
		dialer.Control = onlyLoopback
		proxy = nil
	}
	return &http.Client{
		Transport: &guard{origin: env.origin, next: &http.Transport{
			Proxy:                 proxy,
			DialContext:           dialer.DialContext,
			TLSClientConfig:       &tls.Config{MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout:   t.handshake,
			ResponseHeaderTimeout: header,
			ForceAttemptHTTP2:     true,
			MaxIdleConnsPerHost:   parallel,
			IdleConnTimeout:       time.Minute,
		}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// onlyLoopback looks at the address that a connection really goes to: the name
// of a simulator may resolve to anything.
func onlyLoopback(_, address string, _ syscall.RawConn) error {
	host, _, err := net.SplitHostPort(address)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		return errForeignHost
	}
	return nil
}

// A guard is the last gate before the network. It lets requests out to one
// origin only and reads each answer whole, so that a broken connection is a
// broken request and never half an answer.
type guard struct {
	origin string
	next   http.RoundTripper
}

// A capture takes the body of a good answer out of plaid-go's hands.
type capture struct{ body []byte }

type captureKey struct{}

func withCapture(ctx context.Context, c *capture) context.Context {
	return context.WithValue(ctx, captureKey{}, c)
}

// RoundTrip implements [http.RoundTripper].
func (g *guard) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL.Scheme+"://"+req.URL.Host != g.origin {
		return nil, errForeignHost
	}
	resp, err := g.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	body, err := readAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode == http.StatusOK {
		if err := checkGood(resp.Header, body); err != nil {
			return nil, err
		}
		if c, ok := req.Context().Value(captureKey{}).(*capture); ok {
			// What plaid-go gets to decode instead: its own decoding of a page
			// takes six times as long and fails as a whole on one odd value.
			c.body, body = body, []byte("{}")
		}
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	resp.ContentLength = int64(len(body))
	return resp, nil
}

func readAll(r io.ReadCloser) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, bodyLimit+1))
	if cerr := r.Close(); err == nil {
		err = cerr
	}
	if err == nil && len(body) > bodyLimit {
		err = errTooLarge
	}
	return body, err
}

// checkGood tells Plaid's answer from a captive portal's page.
func checkGood(h http.Header, body []byte) error {
	kind, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	switch {
	case err != nil || kind != "application/json":
		return &answerError{"it is not JSON; a proxy or a sign-in page of the network may be in between"}
	case len(bytes.TrimSpace(body)) == 0:
		return &answerError{"it is empty"}
	}
	return nil
}
