// Package loopback serves the one page on which a person links a bank: on this
// machine only, for one session, to one browser.
//
// The page loads Link's script, opens it with a link token, and sends back what
// came of it: a public token, or the code of what went wrong.
//
// # Promises
//
// The server listens on 127.0.0.1, on a port and under a path that nobody can
// guess, and only until the session ends. It takes one result, and only from
// the page it served: a request that is wrong in any way (host, origin, path,
// cookie, nonce, type, size) is refused, counted, and changes nothing, so that
// another page in the user's browser can neither end a session nor learn of it.
//
// # What it never does
//
// It never sees Plaid's client id or secret or an access token, logs nothing, and
// redirects nowhere. What the page says of the bank is handed on as what a page said:
// good enough to ask a question, and for nothing else.
//
// Rules followed: RFC 8252, 7.3 and 8.3 (loopback redirection); the Fetch
// standard's Origin and Sec-Fetch headers; Plaid's Content Security Policy for
// Link (https://plaid.com/docs/link/web/).
package loopback

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"sync"
	"time"

	"coffer/internal/crowd"
	"coffer/internal/secret"
)

// A patience is how long the server waits. A browser on the same machine needs nothing
// near it.
type patience struct{ header, body time.Duration }

var usual = patience{header: 3 * time.Second, body: 5 * time.Second}

// Limits of the server besides.
const (
	idleTimeout  = 30 * time.Second
	flushTimeout = time.Second
	headerLimit  = 8 << 10
	bodyLimit    = 4 << 10
	connections  = 16
)

// Options say what the page is to do.
type Options struct {
	LinkToken secret.Text
	// Word is what the public token must be named for: public-<word>-<uuid>.
	Word string
	// Script is the origin of Link's script, API the one that it talks to.
	Script, API string
	// Random makes the path, the cookie and the nonces.
	Random io.Reader
}

// A Result is how a session ended: with a public token, or without.
type Result struct {
	PublicToken secret.Text
	// Code is Plaid's error code when the user left because of an error, "" when
	// they just left. It holds only A-Z and underscores.
	Code string
	// Said is what the page told of the bank, bounded and of no more worth than that.
	Said Said
}

// A Said is what Link told the page of the bank that agreed.
type Said struct {
	Institution string // Plaid's id
	Name        string
	Accounts    []SaidAccount
}

// A SaidAccount is the name and the last digits of an account that is to be shared.
type SaidAccount struct{ Name, Mask string }

// A Session is one running page.
type Session struct {
	opts   Options
	server *http.Server
	host   string // 127.0.0.1:port
	path   string // "/<secret>/"
	nonce  string // proves that a request was made by the page's script
	token  *regexp.Regexp
	result chan Result

	mu      sync.Mutex
	cookie  string // of the browser that opened the page first
	done    bool
	refused int
}

// Listen starts a session. It ends with [Session.Wait].
func Listen(ctx context.Context, opts Options) (*Session, error) { return listen(ctx, opts, usual) }

func listen(ctx context.Context, opts Options, p patience) (*Session, error) {
	s := &Session{
		opts:   opts,
		result: make(chan Result, 1),
		token: regexp.MustCompile(`^public-` + regexp.QuoteMeta(opts.Word) +
			`-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`),
	}
	path, err := s.random()
	if err != nil {
		return nil, err
	}
	if s.nonce, err = s.random(); err != nil {
		return nil, err
	}
	s.path = "/" + path + "/"
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("open the link page: %w", err)
	}
	s.host = listener.Addr().String()
	s.server = &http.Server{
		Handler:           s,
		ReadHeaderTimeout: p.header,
		ReadTimeout:       p.body,
		WriteTimeout:      p.body,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    headerLimit,
		ConnState:         crowd.New(connections).Watch,
		ErrorLog:          crowd.Silent(),
	}
	go func() { _ = s.server.Serve(listener) }() // always ends in ErrServerClosed
	return s, nil
}

// Address is the page's, for the user's browser. It is a secret of this machine
// until the page has been opened once.
func (s *Session) Address() string { return "http://" + s.host + s.path }

// Refused counts the requests that were not the page's.
func (s *Session) Refused() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refused
}

// Visited reports whether a browser has opened the page.
func (s *Session) Visited() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cookie != ""
}

// Wait returns what came of the session, or the context's error, and closes the
// port. It may be called once.
func (s *Session) Wait(ctx context.Context) (Result, error) {
	// Whatever Close says, the listener is gone; there is nothing to do about it.
	defer func() { _ = s.server.Close() }()
	select {
	case result := <-s.result:
		// The page is waiting for its reply.
		flush, cancel := context.WithTimeout(context.WithoutCancel(ctx), flushTimeout)
		defer cancel()
		_ = s.server.Shutdown(flush)
		return result, nil
	case <-ctx.Done():
		return Result{}, ctx.Err()
	}
}

// random returns 256 bits as text.
func (s *Session) random() (string, error) {
	b := make([]byte, 32)
	if _, err := io.ReadFull(s.opts.Random, b); err != nil {
		return "", fmt.Errorf("open the link page: no randomness: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}
