package storage

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// formatVersion is the newest format that this program reads and the one it
// writes.
const formatVersion = 3

// A header is the one thing in the file that is readable without a key: what
// is needed to try a passphrase. It holds no secret and no hint of the content.
//
// In the file it is JSON, a line feed, and the SHA-256 of the JSON in hex, in
// every format version: damage by accident is told apart from a wrong
// passphrase. Damage on purpose is seen by the MAC in the seal.
type header struct {
	Version int    `json:"v"`
	VaultID []byte `json:"vault_id"`
	// Rotation counts how often the vault got a new key.
	Rotation int    `json:"rotation,omitempty"`
	Slots    []slot `json:"slots"`
}

// A slot is the vault key, sealed for one way to unlock it.
type slot struct {
	ID      []byte     `json:"id"`
	Kind    UnlockKind `json:"kind"`
	Created int64      `json:"created,omitempty"` // seconds since 1970; 0 is not known
	KDF     *kdfRecord `json:"kdf,omitempty"`     // of a passphrase
	Salt    []byte     `json:"salt,omitempty"`    // of a key
	Nonce   []byte     `json:"nonce"`
	Key     []byte     `json:"key"`
}

func (h *header) encode() ([]byte, error) {
	text, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("encode header: %w", err)
	}
	digest := sha256.Sum256(text)
	text = append(text, '\n')
	return hex.AppendEncode(text, digest[:]), nil
}

// decodeHeader reads a header. The error is ErrDamaged or ErrNewer.
func decodeHeader(b []byte) (*header, error) {
	i := bytes.LastIndexByte(b, '\n')
	if i < 0 {
		return nil, fmt.Errorf("header is cut short: %w", ErrDamaged)
	}
	text := b[:i]
	digest := sha256.Sum256(text)
	if string(b[i+1:]) != hex.EncodeToString(digest[:]) {
		return nil, fmt.Errorf("header has a wrong checksum: %w", ErrDamaged)
	}
	var v struct {
		Version int `json:"v"`
	}
	if err := json.Unmarshal(text, &v); err != nil || v.Version < 1 {
		return nil, fmt.Errorf("header is not readable: %w", ErrDamaged)
	}
	if v.Version > formatVersion {
		return nil, fmt.Errorf("format %d, this program knows %d: %w", v.Version, formatVersion, ErrNewer)
	}
	var h header
	if err := json.Unmarshal(text, &h); err != nil {
		return nil, fmt.Errorf("header is not readable: %w", ErrDamaged)
	}
	return &h, nil
}

// mac authenticates a header as it stands in the file: a slot added, removed or
// weakened by somebody without the vault key is noticed.
func (k *keys) mac(header []byte) []byte {
	m := hmac.New(sha256.New, k.header)
	m.Write(header)
	return m.Sum(nil)
}
