package webhook_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"math/big"
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

var b64 = base64.RawURLEncoding

// parts of the message's token: what was signed, and the signature's 64 bytes.
func (a *attacks) parts() (text string, signature []byte) {
	a.Helper()
	i := strings.LastIndexByte(a.good, '.') + 1
	signature, err := b64.DecodeString(a.good[i:])
	if err != nil || len(signature) != 64 {
		a.Fatalf("signature of %d bytes, %v", len(signature), err)
	}
	return a.good[:i], signature
}

// flipped is a copy of some bytes with one bit of it turned.
func flipped(b []byte, bit int) []byte {
	b = bytes.Clone(b)
	b[bit/8] ^= 1 << (bit % 8)
	return b
}

func (a *attacks) signatureBits() {
	text, sig := a.parts()
	for bit := range 8 * len(sig) {
		a.signed(fmt.Sprintf("bit %d", bit), text+b64.EncodeToString(flipped(sig, bit)))
	}
}

func (a *attacks) signatureLengths() {
	text, sig := a.parts()
	for n := range sig {
		a.signed(fmt.Sprintf("%d bytes", n), text+b64.EncodeToString(sig[:n]))
		a.signed(fmt.Sprintf("without %d bytes", n+1), text+b64.EncodeToString(sig[n+1:]))
		zeros := make([]byte, n+1)
		a.signed(fmt.Sprintf("%d zeros after it", n+1), text+b64.EncodeToString(append(sig[:64:64], zeros...)))
		a.signed(fmt.Sprintf("%d zeros before it", n+1), text+b64.EncodeToString(append(zeros, sig...)))
		padded := append(append(append([]byte{}, zeros...), sig[:32]...), append(make([]byte, n+1), sig[32:]...)...)
		a.signed(fmt.Sprintf("each number %d bytes wider", n+1), text+b64.EncodeToString(padded))
	}
}

// The form of X.509 and of most libraries is not that of RFC 7518.
func (a *attacks) signaturesInASN1() {
	text, _ := a.parts()
	hash := sha256.Sum256([]byte(strings.TrimSuffix(text, ".")))
	asn, err := ecdsa.SignASN1(rand.Reader, plaids, hash[:])
	if err != nil || !ecdsa.VerifyASN1(&plaids.PublicKey, hash[:], asn) {
		a.Fatalf("no good signature: %v", err)
	}
	a.signed("good in ASN.1", text+b64.EncodeToString(asn))
	for i := range asn {
		a.signed(fmt.Sprintf("first %d bytes", i), text+b64.EncodeToString(asn[:i]))
		a.signed(fmt.Sprintf("bit of byte %d", i), text+b64.EncodeToString(flipped(asn, 8*i+i%8)))
	}
}

// Numbers that are too small, too large, or the wrong way round. That r with n-s is as
// good as r with s lies in the curve: it says the same of the same bytes.
func (a *attacks) signatureNumbers() {
	text, sig := a.parts()
	r, s := new(big.Int).SetBytes(sig[:32]), new(big.Int).SetBytes(sig[32:])
	n, p := elliptic.P256().Params().N, elliptic.P256().Params().P
	one := big.NewInt(1)
	minus := func(x, y *big.Int) *big.Int { return new(big.Int).Sub(x, y) }
	numbers := map[string]*big.Int{
		"0": new(big.Int), "1": one, "2": big.NewInt(2), "n-1": minus(n, one), "n": n, "n+1": new(big.Int).Add(n, one),
		"p": p, "p-n": minus(p, n), "all ones": minus(new(big.Int).Lsh(one, 256), one),
		"r": r, "s": s, "n-r": minus(n, r), "n-s": minus(n, s), "s-1": minus(s, one), "r+1": new(big.Int).Add(r, one),
	}
	for x, first := range numbers {
		for y, second := range numbers {
			if x == "r" && (y == "s" || y == "n-s") {
				continue
			}
			bytes := append(first.FillBytes(make([]byte, 32)), second.FillBytes(make([]byte, 32))...)
			a.signed(x+", "+y, text+b64.EncodeToString(bytes))
		}
	}
}

// otherAlgorithms are signatures that are good, of another algorithm or by another key,
// named as what they are and as what is wanted.
func (a *attacks) otherAlgorithms() {
	rsas, err := rsa.GenerateKey(rand.Reader, 1024) // the least that there is: it takes a moment
	if err != nil {
		a.Fatal(err)
	}
	_, edwards, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		a.Fatal(err)
	}
	add := func(name string, method jwt.SigningMethod, key any) {
		a.signed(name, a.genuine(body).by(method, key))
		text := strings.Join(strings.Split(a.good, ".")[:2], ".")
		sig, err := method.Sign(text, key)
		if err != nil {
			a.Fatal(err)
		}
		a.signed(name+" as ES256", text+"."+b64.EncodeToString(sig))
	}
	add("somebody's own key", jwt.SigningMethodES256, strangers)
	add("ES384", jwt.SigningMethodES384, wide)
	add("ES512", jwt.SigningMethodES512, newKey(elliptic.P521()))
	add("EdDSA", jwt.SigningMethodEdDSA, edwards)
	for _, m := range []jwt.SigningMethod{jwt.SigningMethodRS256, jwt.SigningMethodRS384, jwt.SigningMethodPS256, jwt.SigningMethodPS384} {
		add(m.Alg(), m, rsas)
	}
	add("none", jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType)
	for name, key := range a.publicKeyTexts() {
		for _, m := range []jwt.SigningMethod{jwt.SigningMethodHS256, jwt.SigningMethodHS384, jwt.SigningMethodHS512} {
			add(m.Alg()+" with the public key as "+name, m, key)
		}
	}
}

// publicKeyTexts are the ways in which a receiver may have Plaid's public key at hand,
// for who hopes that it takes it for a shared secret.
func (a *attacks) publicKeyTexts() map[string][]byte {
	der, err := x509.MarshalPKIXPublicKey(&plaids.PublicKey)
	if err != nil {
		a.Fatal(err)
	}
	point, err := plaids.PublicKey.Bytes()
	if err != nil {
		a.Fatal(err)
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	x, y := b64.EncodeToString(point[1:33]), b64.EncodeToString(point[33:])
	compressed := append([]byte{2 + point[64]&1}, point[1:33]...)
	return map[string][]byte{
		"PEM": text, "PEM without its last line": bytes.TrimSpace(text), "DER": der, "point": point, "compressed point": compressed,
		"hexadecimal": []byte(hex.EncodeToString(point)), "x": point[1:33], "text of x": []byte(x), "text of x and y": []byte(x + y),
		"JWK":     []byte(`{"kty":"EC","crv":"P-256","x":"` + x + `","y":"` + y + `"}`),
		"its id":  []byte(goodID),
		"nothing": {},
	}
}
