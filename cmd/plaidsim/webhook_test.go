package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
)

// A posted is a webhook as an app receives it.
type posted struct {
	body      []byte
	signature string
}

// listen is an app's endpoint that hands over what it gets.
func listen(t *testing.T) (address string, got <-chan posted) {
	t.Helper()
	received := make(chan posted, 10)
	app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		received <- posted{body, r.Header.Get("Plaid-Verification")}
	}))
	t.Cleanup(app.Close)
	return app.URL + "/hook", received
}

// verify does what Plaid tells receivers to do, with the key the program hands
// out and somebody else's library.
func (p *program) verify(t *testing.T, w posted) error {
	t.Helper()
	claims := jwt.MapClaims{}
	_, err := jwt.ParseWithClaims(w.signature, claims, func(token *jwt.Token) (any, error) {
		answer := p.post(t, "/webhook_verification_key/get", fmt.Sprintf(`{"key_id":%q}`, token.Header["kid"]))
		var found struct {
			Key struct{ X, Y string }
		}
		if err := json.Unmarshal([]byte(answer), &found); err != nil {
			return nil, err
		}
		x, errX := base64.RawURLEncoding.DecodeString(found.Key.X)
		y, errY := base64.RawURLEncoding.DecodeString(found.Key.Y)
		if errX != nil || errY != nil {
			return nil, jwt.ErrTokenMalformed
		}
		return ecdsa.ParseUncompressedPublicKey(elliptic.P256(), slices.Concat([]byte{4}, x, y))
	}, jwt.WithValidMethods([]string{"ES256"}), jwt.WithIssuedAt())
	if err != nil {
		return err
	}
	if hash := sha256.Sum256(w.body); claims["request_body_sha256"] != hex.EncodeToString(hash[:]) {
		return jwt.ErrTokenInvalidClaims
	}
	return nil
}

var publicToken = regexp.MustCompile(`public-sandbox-[^"]+`)
var accessToken = regexp.MustCompile(`access-sandbox-[^"]+`)

// link links a bank whose webhooks go to an address, and returns the token.
func (p *program) link(t *testing.T, webhook string) string {
	t.Helper()
	public := p.post(t, "/sandbox/public_token/create", fmt.Sprintf(
		`{"institution_id":"ins_109508","initial_products":["transactions"],"options":{"webhook":%q}}`, webhook))
	access := p.post(t, "/item/public_token/exchange", fmt.Sprintf(`{"public_token":%q}`, publicToken.FindString(public)))
	return accessToken.FindString(access)
}

// The program sends what is due without being asked anything, and what it sends
// verifies.
func TestProgramSendsWebhooks(t *testing.T) {
	address, got := listen(t)
	p := start(t)
	token := p.link(t, address)
	p.post(t, "/sandbox/item/reset_login", fmt.Sprintf(`{"access_token":%q}`, token))
	w := <-got
	if err := p.verify(t, w); err != nil {
		t.Errorf("signature %s of %s: %v", w.signature, w.body, err)
	}
	if err := p.verify(t, posted{append(w.body, '\n'), w.signature}); err == nil {
		t.Error("a longer body: verified, want an error")
	}
	if text := string(w.body); !strings.Contains(text, "\n  \"webhook_code\": \"ERROR\"") {
		t.Errorf("got %s, want an error, indented by two spaces", text)
	}
	p.stop(t, os.Interrupt)
}

// A webhook that would leave the machine is a line in the log instead, with the
// host of its address and no more.
func TestProgramKeepsWebhooksOnThisMachine(t *testing.T) {
	p := start(t)
	token := p.link(t, "http://192.0.2.1/secret")
	p.post(t, "/sandbox/item/reset_login", fmt.Sprintf(`{"access_token":%q}`, token))
	p.log.wait(regexp.MustCompile(`(?m)^\S+ webhook ITEM ERROR to 192\.0\.2\.1: .*--webhooks-anywhere allows it; again at \S+$`))
	p.stop(t, os.Interrupt)
	if log := p.log.String(); strings.Contains(log, "/secret") {
		t.Errorf("stderr: got\n%s\nwant nothing of the address but its host", log)
	}
}
