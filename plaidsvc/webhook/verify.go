package webhook

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"regexp"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Header carries the signature of a webhook.
const Header = "Plaid-Verification"

// algorithm is the only one. What a message says of its own algorithm decides
// nothing: it is this one, or the message is refused.
const algorithm = "ES256"

const (
	headerLimit = 4 << 10 // Plaid's has under five hundred bytes
	oldest      = 5 * time.Minute
	ahead       = 30 * time.Second // clocks differ
)

// claims are what the signature says.
type claims struct {
	jwt.RegisteredClaims        // iat: when it was signed
	Body                 string `json:"request_body_sha256"` // in lower-case hexadecimal
}

var (
	// keyID is an id that may be sent to Plaid. All that were ever seen are UUIDs.
	keyID = regexp.MustCompile(`^[0-9A-Za-z_-]{1,64}$`)
	// foreign are the header's ways to say where another key is, or that something
	// else must be understood. Plaid uses none of them.
	foreign = []string{"jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256", "crit"}
)

// A verifier tells whether a signature is Plaid's.
type verifier struct {
	keys   *keyring
	now    func() time.Time
	parser *jwt.Parser
}

func newVerifier(fetch Fetch, now func() time.Time) *verifier {
	return &verifier{
		keys: newKeyring(fetch, now), now: now,
		parser: jwt.NewParser(
			jwt.WithValidMethods([]string{algorithm}),
			jwt.WithStrictDecoding(),
			// Of the claims only iat is there, and the library looks at it from one side.
			jwt.WithoutClaimsValidation(),
		),
	}
}

// signatureOf returns the one signature of a request.
func signatureOf(values []string) (string, *Refusal) {
	switch {
	case len(values) != 1 || values[0] == "":
		return "", refusedUnsigned
	case len(values[0]) > headerLimit:
		return "", refusedHeader
	}
	return values[0], nil
}

// verify returns what Plaid signed, or why it is not Plaid's. No byte of the body is
// needed for it.
func (v *verifier) verify(ctx context.Context, signature string) (claims, *Refusal) {
	var said claims
	_, err := v.parser.ParseWithClaims(signature, &said, func(t *jwt.Token) (any, error) { return v.key(ctx, t.Header) })
	switch {
	case errors.Is(err, errBusy):
		return claims{}, refusedBusy
	case errors.Is(err, ErrNoKey):
		return claims{}, refusedKey
	case errors.Is(err, jwt.ErrECDSAVerification):
		return claims{}, refusedForged
	case err != nil:
		return claims{}, refusedForm
	case said.IssuedAt == nil:
		return claims{}, refusedAge
	}
	if age := v.now().Sub(said.IssuedAt.Time); age > oldest || age < -ahead {
		return claims{}, refusedAge
	}
	return said, nil
}

// over reports whether these are the bytes that were signed.
func (c claims) over(body []byte) bool {
	sum := sha256.Sum256(body)
	return subtle.ConstantTimeCompare([]byte(hex.EncodeToString(sum[:])), []byte(c.Body)) == 1
}

var errForm = errors.New("the header is not of the form that Plaid uses")

// key returns the key that a header names.
func (v *verifier) key(ctx context.Context, header map[string]any) (any, error) {
	for _, name := range foreign {
		if _, there := header[name]; there {
			return nil, errForm
		}
	}
	id, ok := header["kid"].(string)
	if !ok || !keyID.MatchString(id) {
		return nil, errForm
	}
	return v.keys.find(ctx, id)
}
