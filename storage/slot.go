package storage

import (
	"errors"
	"fmt"
	"io"
	"time"

	"golang.org/x/crypto/chacha20poly1305"
)

// newSlot seals the vault key for u. The slot belongs to this header and to no
// other.
func (v *Vault) newSlot(h *header, u Unlocker, vaultKey []byte) (slot, error) {
	s := slot{
		ID:      make([]byte, 16),
		Kind:    u.kind(),
		Created: v.o.Now().Unix(),
		Nonce:   make([]byte, chacha20poly1305.NonceSizeX),
	}
	for _, b := range [][]byte{s.ID, s.Nonce} {
		if _, err := io.ReadFull(v.o.Random, b); err != nil {
			return slot{}, fmt.Errorf("make a key slot: %w", err)
		}
	}
	if err := u.prepare(&s, v.o.KDF, v.o.Random); err != nil {
		return slot{}, err
	}
	return s, s.wrap(h, u, vaultKey)
}

// wrap seals the vault key with the key that u makes of the slot's settings.
func (s *slot) wrap(h *header, u Unlocker, vaultKey []byte) error {
	kek, err := u.unwrapKey(s)
	if err != nil {
		return err
	}
	defer clear(kek)
	aead, err := chacha20poly1305.NewX(kek)
	if err != nil {
		return fmt.Errorf("make a key slot: %w", err)
	}
	s.Key = aead.Seal(nil, s.Nonce, vaultKey, h.slotPlace(s))
	return nil
}

// unlock returns the vault key from the first slot that u opens, and which one
// that is. The error is ErrWrongKey when there is none.
func (h *header) unlock(u Unlocker) (vaultKey []byte, at int, err error) {
	for i := range h.Slots {
		s := &h.Slots[i]
		if s.Kind != u.kind() || len(s.Nonce) != chacha20poly1305.NonceSizeX {
			continue
		}
		key, err := h.openSlot(s, u)
		if !errors.Is(err, ErrWrongKey) {
			return key, i, err
		}
	}
	return nil, 0, u.refused()
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
	if s.KDF == nil {
		return appendPart(ad, s.Salt)
	}
	return appendPart(ad, s.KDF.place())
}

// An UnlockKind names a way to unlock a vault.
type UnlockKind string

// The ways there are.
const (
	ByPassphrase UnlockKind = "passphrase"
	ByKeyring    UnlockKind = "keyring"
	ByIdentity   UnlockKind = "identity"
)

// KindOf tells which kind of slot an Unlocker opens.
func KindOf(u Unlocker) UnlockKind { return u.kind() }

// A Slot is one way to unlock a vault, as everybody may know it who has the
// file.
type Slot struct {
	ID      string // hexadecimal
	Kind    UnlockKind
	Created time.Time // zero: not known
}

func (s *slot) public() Slot {
	out := Slot{ID: fmt.Sprintf("%x", s.ID), Kind: s.Kind}
	if s.Created != 0 {
		out.Created = time.Unix(s.Created, 0).UTC()
	}
	return out
}
