package webhook

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/base64"
	"errors"
)

// A Key is the public half of a key that Plaid signs with, as it is handed out
// for an id. The texts are those of RFC 7517.
type Key struct {
	Algorithm, Curve, ID, Type, Use string
	X, Y                            string // base64url, 32 bytes each
	// Retired is set once Plaid has given the key an end.
	Retired bool
}

// ErrNoKey is for a [Fetch] to say that Plaid knows no such key. Any other error
// means that Plaid could not be asked.
var ErrNoKey = errors.New("Plaid knows no such key")

// public is the key in a form to verify with. It refuses a key that is not what
// was asked for, or not of the one kind that Plaid uses.
func (k Key) public(id string) (*ecdsa.PublicKey, error) {
	if k.Retired || k.ID != id || k.Algorithm != algorithm || k.Type != "EC" || k.Curve != "P-256" || k.Use != "sig" {
		return nil, ErrNoKey
	}
	strict := base64.RawURLEncoding.Strict()
	x, errX := strict.DecodeString(k.X)
	y, errY := strict.DecodeString(k.Y)
	if errX != nil || errY != nil || len(x) != 32 || len(y) != 32 {
		return nil, ErrNoKey
	}
	point := append([]byte{4}, append(x, y...)...) // SEC 1, section 2.3.3
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
	if err != nil { // not on the curve
		return nil, ErrNoKey
	}
	return key, nil
}
