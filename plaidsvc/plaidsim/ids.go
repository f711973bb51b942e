package plaidsim

import (
	"crypto/sha512"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
)

// environment is the one the simulator plays. It is part of every token.
const environment = "sandbox"

// A seed is where all identifiers come from. They look like Plaid's, and the
// same request to a fresh simulator with the same seed gives the same ones.
// They can be guessed, which in a simulator hurts nobody.
type seed int64

// digest mixes the seed with what is being named. Each part carries its length,
// so no two lists of parts mix alike.
func (s seed) digest(parts ...string) [sha512.Size]byte {
	text := make([]byte, 0, 128)
	text = binary.LittleEndian.AppendUint64(text, uint64(s))
	for _, p := range parts {
		text = binary.LittleEndian.AppendUint32(text, uint32(len(p)))
		text = append(text, p...)
	}
	return sha512.Sum512(text)
}

// alnum is an identifier of n letters and digits, n at most 64.
func (s seed) alnum(n int, parts ...string) string {
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	sum := s.digest(parts...)
	for i := range n {
		sum[i] = alphabet[int(sum[i])%len(alphabet)]
	}
	return string(sum[:n])
}

// uuid has the form of a version 4 UUID (RFC 9562).
func (s seed) uuid(parts ...string) string {
	sum := s.digest(parts...)
	sum[6] = sum[6]&0x0f | 0x40
	sum[8] = sum[8]&0x3f | 0x80
	x := hex.EncodeToString(sum[:16])
	return fmt.Sprintf("%s-%s-%s-%s-%s", x[:8], x[8:12], x[12:16], x[16:20], x[20:])
}

// idLength is that of Plaid's item, account and transaction ids.
const idLength = 37

// token is "<kind>-sandbox-<uuid>".
func (s seed) token(kind string, parts ...string) string {
	return kind + "-" + environment + "-" + s.uuid(append([]string{kind, environment}, parts...)...)
}

func (s seed) requestID(n uint64) string {
	return s.alnum(15, "request", strconv.FormatUint(n, 10))
}
