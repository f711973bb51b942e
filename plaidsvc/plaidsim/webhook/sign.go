package webhook

import (
	"crypto"
	"crypto/sha256"
	"encoding/asn1"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
	"time"
)

// Header carries the signature of a webhook.
const Header = "Plaid-Verification"

// algorithm is the only one there is, and the only one a receiver may accept.
const algorithm = "ES256"

// Sign makes the signature of a body that is sent at a moment: a JSON Web Token
// in the compact form of RFC 7515 that names the key, the moment and the hash of
// the body, byte for byte.
//
// The same body at the same moment gives the same signature: ECDSA is used as
// RFC 6979 has it, where randomness comes from the message.
func (r Keyring) Sign(body []byte, now time.Time) string {
	n := period(now)
	hash := sha256.Sum256(body)
	text := segment(struct {
		Algorithm string `json:"alg"`
		Key       string `json:"kid"`
		Type      string `json:"typ"`
	}{algorithm, r.id(n), "JWT"}) + "." + segment(struct {
		IssuedAt int64  `json:"iat"`
		Hash     string `json:"request_body_sha256"`
	}{now.Unix(), hex.EncodeToString(hash[:])})
	return text + "." + base64.RawURLEncoding.EncodeToString(r.signature(n, text))
}

// segment is one part of a token.
func segment(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("webhook: write a token: %v", err)) // strings and numbers only
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// signature is r and s in 32 bytes each (RFC 7518, section 3.4), not the ASN.1
// that ECDSA is written in elsewhere.
func (r Keyring) signature(n int64, text string) []byte {
	hash := sha256.Sum256([]byte(text))
	der, err := r.private(n).Sign(nil, hash[:], crypto.SHA256)
	if err != nil {
		panic(fmt.Sprintf("webhook: sign: %v", err)) // the key and the hash are good by construction
	}
	var pair struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal(der, &pair); err != nil {
		panic(fmt.Sprintf("webhook: read a signature: %v", err)) // it was just written
	}
	raw := make([]byte, 64)
	pair.R.FillBytes(raw[:32])
	pair.S.FillBytes(raw[32:])
	return raw
}
