package secret

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
)

// KeySize is the length of a Key in bytes.
const KeySize = 32

// A Key is 256 random bits that open a vault in the place of a passphrase: in
// the system's keyring, or in an identity file. Like a [Text] it does not print.
type Key struct{ raw [KeySize]byte }

// keyPrefix names the shape of a key's text and its version.
const keyPrefix = "COFFER-KEY-1"

// checksumSize is what of a SHA-256 ends the text of a key: a key that was
// copied wrong is told apart from one that opens nothing.
const checksumSize = 4

// ErrNoKey reports a text that is not the whole text of a key.
var ErrNoKey = errors.New("not a coffer key: it starts with " + keyPrefix + " and must be copied whole")

// NewKey draws a key.
func NewKey(random io.Reader) (Key, error) {
	var k Key
	if _, err := io.ReadFull(random, k.raw[:]); err != nil {
		return Key{}, fmt.Errorf("draw a key: %w", err)
	}
	return k, nil
}

// ParseKey reads what [Key.Reveal] wrote. The error is ErrNoKey.
func ParseKey(text string) (Key, error) {
	body, ok := strings.CutPrefix(strings.TrimSpace(text), keyPrefix+"-")
	if !ok {
		return Key{}, ErrNoKey
	}
	b, err := keyText.DecodeString(body)
	if err != nil || len(b) != KeySize+checksumSize || string(b[KeySize:]) != string(checksum(b[:KeySize])) {
		return Key{}, ErrNoKey
	}
	k := Key{raw: [KeySize]byte(b)}
	if keyPrefix+"-"+body != k.Reveal() { // base32 reads some texts that it never writes
		return Key{}, ErrNoKey
	}
	return k, nil
}

var keyText = base32.StdEncoding.WithPadding(base32.NoPadding)

func checksum(key []byte) []byte {
	sum := sha256.Sum256(append([]byte(keyPrefix), key...))
	return sum[:checksumSize]
}

// Reveal returns the key as one line of text.
func (k Key) Reveal() string {
	return keyPrefix + "-" + keyText.EncodeToString(append(k.raw[:], checksum(k.raw[:])...))
}

// Bytes returns the key itself.
func (k Key) Bytes() []byte { return k.raw[:] }

// String returns "[redacted]".
func (k Key) String() string { return redacted }

// Format prints "[redacted]" whatever the verb.
func (k Key) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) }

// MarshalJSON gives "[redacted]".
func (k Key) MarshalJSON() ([]byte, error) { return json.Marshal(redacted) }

// LogValue gives "[redacted]".
func (k Key) LogValue() slog.Value { return slog.StringValue(redacted) }
