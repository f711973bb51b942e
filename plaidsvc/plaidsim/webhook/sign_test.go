package webhook_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"coffer/plaidsvc/plaidsim/webhook"
)

func noon() time.Time { return time.Date(2026, time.March, 15, 12, 0, 0, 0, time.UTC) }

// verify checks a signature with somebody else's library, the way Plaid tells
// receivers to, and returns what the key says about its own age.
func verify(ring webhook.Keyring, body []byte, token string, now time.Time) (webhook.JWK, error) {
	var key webhook.JWK
	claims := jwt.MapClaims{}
	_, err := jwt.ParseWithClaims(token, claims, func(t *jwt.Token) (any, error) {
		id, _ := t.Header["kid"].(string)
		known := false
		if key, known = ring.Find(id, now); !known {
			return nil, jwt.ErrTokenUnverifiable
		}
		x, errX := base64.RawURLEncoding.DecodeString(key.X)
		y, errY := base64.RawURLEncoding.DecodeString(key.Y)
		if errX != nil || errY != nil {
			return nil, jwt.ErrTokenMalformed
		}
		return ecdsa.ParseUncompressedPublicKey(elliptic.P256(), slices.Concat([]byte{4}, x, y))
	}, jwt.WithValidMethods([]string{"ES256"}), jwt.WithTimeFunc(func() time.Time { return now }), jwt.WithIssuedAt())
	if err != nil {
		return key, err
	}
	hash := sha256.Sum256(body)
	if claims["request_body_sha256"] != hex.EncodeToString(hash[:]) {
		return key, jwt.ErrTokenInvalidClaims
	}
	return key, nil
}

func TestSignatureVerifies(t *testing.T) {
	ring, body := webhook.NewKeyring(7), []byte("{\n  \"webhook_type\": \"ITEM\"\n}")
	token := ring.Sign(body, noon())
	if _, err := verify(ring, body, token, noon()); err != nil {
		t.Fatalf("%s: %v", token, err)
	}
	if again := ring.Sign(body, noon()); again != token {
		t.Errorf("the same body at the same moment: got another signature\n%s\n%s", again, token)
	}
	for name, bad := range map[string]struct {
		ring  webhook.Keyring
		body  string
		token string
	}{
		"another body":            {ring, `{"webhook_type":"ITEM"}`, token},
		"another simulator's key": {webhook.NewKeyring(8), string(body), token},
		"a changed claim":         {ring, string(body), swapSegment(token, 1, `{"iat":1,"request_body_sha256":""}`)},
		"no algorithm":            {ring, string(body), swapSegment(token, 0, `{"alg":"none","typ":"JWT"}`)},
	} {
		if _, err := verify(bad.ring, []byte(bad.body), bad.token, noon()); err == nil {
			t.Errorf("%s: verified, want an error", name)
		}
	}
}

func swapSegment(token string, i int, text string) string {
	parts := strings.Split(token, ".")
	parts[i] = base64.RawURLEncoding.EncodeToString([]byte(text))
	return strings.Join(parts, ".")
}

// TestRotation walks a year, signs at every step and looks the key up at once
// and later, as a slow receiver would.
func TestRotation(t *testing.T) {
	ring, body := webhook.NewKeyring(7), []byte("{}")
	keys := make(map[string]bool)
	for now := noon(); now.Before(noon().AddDate(1, 0, 0)); now = now.Add(7 * time.Hour) {
		token := ring.Sign(body, now)
		key, err := verify(ring, body, token, now)
		if err != nil || key.ExpiredAt != nil {
			t.Fatalf("at %s: error %v, expired_at %v, want neither", now, err, key.ExpiredAt)
		}
		keys[key.ID] = true
		if late, ok := ring.Find(key.ID, now.Add(webhook.Overlap-time.Second)); !ok || late != key {
			t.Fatalf("at %s, a day late: %v, key %+v, want %+v", now, ok, late, key)
		}
		old, ok := ring.Find(key.ID, now.Add(webhook.Rotation+webhook.Overlap))
		if !ok || old.X != key.X || old.Y != key.Y || old.ExpiredAt == nil || *old.ExpiredAt <= old.CreatedAt {
			t.Fatalf("at %s, a month late: %v, key %+v, want one that expired", now, ok, old)
		}
	}
	if len(keys) < 12 {
		t.Errorf("a year: got %d keys, want one for each thirty days", len(keys))
	}
}

func TestKeysThatAreNotThere(t *testing.T) {
	ring := webhook.NewKeyring(7)
	key, err := verify(ring, nil, ring.Sign(nil, noon()), noon())
	if err != nil {
		t.Fatal(err)
	}
	for name, at := range map[string]time.Time{
		"before it was made": noon().Add(-webhook.Rotation),
		"years later":        noon().AddDate(3, 0, 0),
	} {
		if _, ok := ring.Find(key.ID, at); ok {
			t.Errorf("%s: found the key, want none", name)
		}
	}
}

// issued is the iat of a token.
func issued(t *testing.T, token string) time.Time {
	t.Helper()
	claims := jwt.MapClaims{}
	if _, _, err := jwt.NewParser().ParseUnverified(token, claims); err != nil {
		t.Fatal(err)
	}
	at, err := claims.GetIssuedAt()
	if err != nil {
		t.Fatal(err)
	}
	return at.Time
}
