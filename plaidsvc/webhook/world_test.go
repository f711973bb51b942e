package webhook_test

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"coffer/plaidsvc/webhook"
)

// The ids of the keys that the Plaid of these tests has, and of one that it has not.
const (
	goodID    = "bfbd5111-8e33-4643-8ced-b2e642a72f3c"
	retiredID = "00000000-8e33-4643-8ced-b2e642a72f3c"
	swappedID = "11111111-8e33-4643-8ced-b2e642a72f3c" // answered with another id
	offID     = "22222222-8e33-4643-8ced-b2e642a72f3c" // a point that is on no curve
	octID     = "33333333-8e33-4643-8ced-b2e642a72f3c" // of another kind
	curveID   = "44444444-8e33-4643-8ced-b2e642a72f3c" // of another curve
	nextID    = "66666666-8e33-4643-8ced-b2e642a72f3c" // what Plaid signs with next
	nobodysID = "55555555-8e33-4643-8ced-b2e642a72f3c"
)

var (
	plaids    = newKey(elliptic.P256())
	nexts     = newKey(elliptic.P256())
	strangers = newKey(elliptic.P256())
	wide      = newKey(elliptic.P384())
)

func newKey(c elliptic.Curve) *ecdsa.PrivateKey {
	k, err := ecdsa.GenerateKey(c, rand.Reader)
	if err != nil {
		panic(err)
	}
	return k
}

// body is one of Plaid's, two spaces and all.
const body = "{\n  \"webhook_type\": \"TRANSACTIONS\",\n  \"webhook_code\": \"SYNC_UPDATES_AVAILABLE\",\n" +
	"  \"item_id\": \"item-1\",\n  \"environment\": \"sandbox\"\n}"

// A world is a receiver that listens, a clock, and a Plaid that has keys.
type world struct {
	*testing.T
	receiver *webhook.Receiver
	address  string // host and port

	mu       sync.Mutex
	now      time.Time
	down     error // Plaid's, nil when it answers
	retired  bool  // the good key is
	asked    []string
	taken    []webhook.Message
	refused  map[string]int
	answered chan struct{} // if set, Plaid waits for it
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), refused: make(map[string]int)}
	w.receiver = webhook.New(webhook.Options{
		Fetch: w.key,
		Now:   w.clock,
		Take: func(m webhook.Message) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.taken = append(w.taken, m)
		},
		Refused: func(r *webhook.Refusal) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.refused[r.Reason]++
		},
	})
	return w
}

// serve lets the receiver listen.
func (w *world) serve() *world {
	w.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		w.Fatal(err)
	}
	w.address = l.Addr().String()
	ctx, stop := context.WithCancel(w.Context())
	ended := make(chan error)
	go func() { ended <- w.receiver.Serve(ctx, l) }()
	w.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			w.Errorf("Serve: %v", err)
		}
	})
	return w
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) advance(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// key is Plaid's endpoint.
func (w *world) key(ctx context.Context, id string) (webhook.Key, error) {
	w.mu.Lock()
	w.asked = append(w.asked, id)
	down, retired, wait := w.down, w.retired, w.answered
	w.mu.Unlock()
	if wait != nil {
		select {
		case <-wait:
		case <-ctx.Done():
			return webhook.Key{}, ctx.Err()
		}
	}
	if down != nil {
		return webhook.Key{}, down
	}
	pair := plaids
	if id == nextID {
		pair = nexts
	}
	point, err := pair.PublicKey.Bytes()
	if err != nil {
		return webhook.Key{}, err
	}
	text := base64.RawURLEncoding.EncodeToString
	k := webhook.Key{
		Algorithm: "ES256", Curve: "P-256", ID: id, Type: "EC", Use: "sig",
		X: text(point[1:33]), Y: text(point[33:]), Retired: retired && id == goodID || id == retiredID,
	}
	switch id {
	case goodID, nextID, retiredID:
	case swappedID:
		k.ID = goodID
	case offID:
		k.Y = k.X
	case octID:
		k.Type = "oct"
	case curveID:
		k.Algorithm, k.Curve = "ES384", "P-384"
	default:
		return webhook.Key{}, fmt.Errorf("key %s: %w", id, webhook.ErrNoKey)
	}
	return k, nil
}

var errDown = errors.New("nobody answers")

func (w *world) questions() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.asked)
}

func (w *world) took() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.taken)
}

// A token is a signature in the making.
type token struct {
	header, claims map[string]any
	method         jwt.SigningMethod
	key            any
}

// genuine is Plaid's signature of a body, signed now.
func (w *world) genuine(body string) token {
	sum := sha256.Sum256([]byte(body))
	return token{
		header: map[string]any{"alg": "ES256", "kid": goodID, "typ": "JWT"},
		claims: map[string]any{"iat": w.clock().Unix(), "request_body_sha256": hex.EncodeToString(sum[:])},
		method: jwt.SigningMethodES256, key: plaids,
	}
}

// with changes a part of the header or the claims; nil takes it out.
func (k token) with(name string, value any) token {
	for _, part := range []map[string]any{k.header, k.claims} {
		if _, there := part[name]; there || name != "iat" && name != "request_body_sha256" {
			part[name] = value
			if value == nil {
				delete(part, name)
			}
			break
		}
	}
	return k
}

func (k token) by(m jwt.SigningMethod, key any) token {
	k.method, k.key = m, key
	k.header["alg"] = m.Alg()
	return k
}

func (k token) String() string {
	t := &jwt.Token{Header: k.header, Claims: jwt.MapClaims(k.claims), Method: k.method}
	s, err := t.SignedString(k.key)
	if err != nil {
		panic(err)
	}
	return s
}

// request is what a webhook looks like on the wire.
func (w *world) request(signature, body string) string {
	return fmt.Sprintf("POST /hook HTTP/1.1\r\nHost: example.org\r\nContent-Type: application/json\r\n"+
		"Plaid-Verification: %s\r\nContent-Length: %d\r\n\r\n%s", signature, len(body), body)
}

// send sends bytes and returns the status of what is answered, 0 for none.
func (w *world) send(raw string) int {
	w.Helper()
	conn, err := net.Dial("tcp", w.address)
	if err != nil {
		w.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(time.Minute))
	go func() { _, _ = io.WriteString(conn, raw) }() // a refusal may come before all is written
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	if text, _ := io.ReadAll(resp.Body); strings.Contains(string(text), "hook") {
		w.Errorf("the answer echoes: %q", text)
	}
	return resp.StatusCode
}

// raw is a signature as it is.
type raw string

func (s raw) String() string { return string(s) }

// handle gives the receiver a request without a network in between.
func (w *world) handle(signature fmt.Stringer, text ...string) int {
	text = append(text, body)
	req := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(text[0]))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(webhook.Header, signature.String())
	answer := httptest.NewRecorder()
	w.receiver.ServeHTTP(answer, req)
	return answer.Code
}
