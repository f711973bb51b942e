package storage

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"golang.org/x/crypto/chacha20poly1305"
)

// formatVersion is the newest format that this program reads and the one it
// writes.
const formatVersion = 1

// A header is the one thing in the file that is readable without a key: what
// is needed to try a passphrase. It holds no secret and no hint of the content.
//
// In the file it is JSON, a line feed, and the SHA-256 of the JSON in hex, in
// every format version: damage by accident is told apart from a wrong
// passphrase. Damage on purpose is seen by the MAC in the seal.
type header struct {
	Version int    `json:"v"`
	VaultID []byte `json:"vault_id"`
	Slots   []slot `json:"slots"`
}

// A slot is the vault key, sealed for one way to unlock it.
type slot struct {
	ID    []byte     `json:"id"`
	Kind  slotKind   `json:"kind"`
	KDF   *kdfRecord `json:"kdf,omitempty"`
	Nonce []byte     `json:"nonce"`
	Key   []byte     `json:"key"`
}

// A slotKind names a way to unlock. Keyring and identity file come later, each
// as a kind of its own.
type slotKind string

const slotPassphrase slotKind = "passphrase"

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

// addSlot seals the vault key for u.
func (h *header) addSlot(u Unlocker, vaultKey []byte, kdf KDF, random io.Reader) error {
	s := slot{ID: make([]byte, 16), Kind: u.kind(), Nonce: make([]byte, chacha20poly1305.NonceSizeX)}
	for _, b := range [][]byte{s.ID, s.Nonce} {
		if _, err := io.ReadFull(random, b); err != nil {
			return fmt.Errorf("make a key slot: %w", err)
		}
	}
	if err := u.prepare(&s, kdf, random); err != nil {
		return err
	}
	kek, err := u.unwrapKey(&s)
	if err != nil {
		return err
	}
	defer clear(kek)
	aead, err := chacha20poly1305.NewX(kek)
	if err != nil {
		return fmt.Errorf("make a key slot: %w", err)
	}
	s.Key = aead.Seal(nil, s.Nonce, vaultKey, h.slotPlace(&s))
	h.Slots = append(h.Slots, s)
	return nil
}

// unlock returns the vault key from the first slot that u opens. The error is
// ErrWrongKey when there is none.
func (h *header) unlock(u Unlocker) ([]byte, error) {
	for i := range h.Slots {
		s := &h.Slots[i]
		if s.Kind != u.kind() || len(s.Nonce) != chacha20poly1305.NonceSizeX {
			continue
		}
		key, err := h.openSlot(s, u)
		if !errors.Is(err, ErrWrongKey) {
			return key, err
		}
	}
	return nil, ErrWrongKey
}

func (h *header) openSlot(s *slot, u Unlocker) ([]byte, error) {
	kek, err := u.unwrapKey(s)
	if err != nil {
		return nil, err
	}
	defer clear(kek)
	aead, err := chacha20poly1305.NewX(kek)
	if err != nil {
		return nil, fmt.Errorf("open a key slot: %w", err)
	}
	key, err := aead.Open(nil, s.Nonce, s.Key, h.slotPlace(s))
	if err != nil || len(key) != keySize {
		return nil, ErrWrongKey
	}
	return key, nil
}

// slotPlace binds a slot to its vault, its id and its own settings.
func (h *header) slotPlace(s *slot) []byte {
	ad := appendPart(nil, "slot/v1")
	ad = appendPart(ad, h.VaultID)
	ad = appendPart(ad, s.ID)
	ad = appendPart(ad, string(s.Kind))
	return appendPart(ad, s.KDF.place())
}
