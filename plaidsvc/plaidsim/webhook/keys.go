package webhook

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/big"
	"time"
)

// How keys rotate. Plaid does so at times of its own choosing and documents only
// that an old key gets an expired_at. Here a key signs for Rotation, everyone
// for the same thirty days of the calendar. It is good for Overlap longer, so
// that a webhook signed at the last moment still verifies, and then can be asked
// for, as expired, for a year.
const (
	Rotation = 30 * 24 * time.Hour
	Overlap  = 24 * time.Hour

	remembered = 12 // periods
)

// A Keyring is the keys of one simulator, all of them made from its seed.
type Keyring struct{ seed int64 }

// NewKeyring makes the keys of a seed.
func NewKeyring(seed int64) Keyring { return Keyring{seed} }

// A JWK is the public half of a key as /webhook_verification_key/get hands it
// out: RFC 7517 with two fields of Plaid's, in Unix seconds.
type JWK struct {
	Algorithm string `json:"alg"`
	Curve     string `json:"crv"`
	ID        string `json:"kid"`
	Type      string `json:"kty"`
	Use       string `json:"use"`
	X         string `json:"x"`
	Y         string `json:"y"`
	CreatedAt int64  `json:"created_at"`
	ExpiredAt *int64 `json:"expired_at"`
}

// Find is the key of an id as it stands at a moment. A key that does not sign
// yet, or stopped so long ago that it is forgotten, is not found.
func (r Keyring) Find(id string, now time.Time) (JWK, bool) {
	newest := period(now)
	for n := newest; n > newest-remembered; n-- {
		if r.id(n) == id {
			return r.public(n, now), true
		}
	}
	return JWK{}, false
}

// period counts rotations since 1970.
func period(t time.Time) int64 { return t.Unix() / int64(Rotation/time.Second) }

func begin(n int64) time.Time { return time.Unix(n*int64(Rotation/time.Second), 0) }

func (r Keyring) public(n int64, now time.Time) JWK {
	point, err := r.private(n).PublicKey.Bytes() // 4, x, y: SEC 1, section 2.3.3
	if err != nil {
		panic(fmt.Sprintf("webhook: write a public key: %v", err)) // it is on the curve by construction
	}
	k := JWK{
		Algorithm: algorithm,
		Curve:     "P-256",
		ID:        r.id(n),
		Type:      "EC",
		Use:       "sig",
		X:         base64.RawURLEncoding.EncodeToString(point[1:33]),
		Y:         base64.RawURLEncoding.EncodeToString(point[33:]),
		CreatedAt: begin(n).Unix(),
	}
	if end := begin(n + 1).Add(Overlap); !now.Before(end) {
		expired := end.Unix()
		k.ExpiredAt = &expired
	}
	return k
}

// id names a key with a version 4 UUID (RFC 9562), as Plaid does.
func (r Keyring) id(n int64) string {
	sum := r.digest("webhook key id", n)
	sum[6] = sum[6]&0x0f | 0x40
	sum[8] = sum[8]&0x3f | 0x80
	x := hex.EncodeToString(sum[:16])
	return fmt.Sprintf("%s-%s-%s-%s-%s", x[:8], x[8:12], x[12:16], x[16:20], x[20:32])
}

// private is a scalar between one and the order of the curve, from 64 bytes so
// that the remainder favours no value that matters (FIPS 186-5, A.2.1).
func (r Keyring) private(n int64) *ecdsa.PrivateKey {
	sum := r.digest("webhook key", n)
	below := new(big.Int).Sub(elliptic.P256().Params().N, big.NewInt(1))
	d := new(big.Int).SetBytes(sum[:])
	d.Mod(d, below).Add(d, big.NewInt(1))
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), d.FillBytes(make([]byte, 32)))
	if err != nil {
		panic(fmt.Sprintf("webhook: make a private key: %v", err)) // it is in range by construction
	}
	return key
}

func (r Keyring) digest(purpose string, n int64) [sha512.Size]byte {
	text := binary.LittleEndian.AppendUint64(nil, uint64(r.seed))
	text = binary.LittleEndian.AppendUint64(text, uint64(n))
	return sha512.Sum512(append(text, purpose...))
}
