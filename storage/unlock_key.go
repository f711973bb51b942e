package storage

import (
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"
	"io"

	"coffer/internal/secret"
)

// Keyring unlocks with a key that the system's keyring keeps. How it is put
// there and taken out is the caller's.
func Keyring(k secret.Key) Unlocker { return keyed{ByKeyring, k} }

// Identity unlocks with a key that a file keeps.
func Identity(k secret.Key) Unlocker { return keyed{ByIdentity, k} }

// keyed unlocks with a random key, which needs no slow function to guard it.
type keyed struct {
	by  UnlockKind
	key secret.Key
}

func (k keyed) kind() UnlockKind { return k.by }

func (k keyed) prepare(s *slot, _ KDF, random io.Reader) error {
	s.Salt = make([]byte, saltSize)
	if _, err := io.ReadFull(random, s.Salt); err != nil {
		return fmt.Errorf("make a key slot: %w", err)
	}
	return nil
}

func (k keyed) unwrapKey(s *slot) ([]byte, error) {
	if s.KDF != nil || len(s.Salt) != saltSize {
		return nil, fmt.Errorf("key slot has settings out of bounds: %w", ErrDamaged)
	}
	key, err := hkdf.Key(sha256.New, k.key.Bytes(), s.Salt, "slot-"+string(k.by)+"/v1", keySize)
	if err != nil {
		return nil, fmt.Errorf("open a key slot: %w", err)
	}
	return key, nil
}

func (k keyed) refused() error {
	if k.by == ByKeyring {
		return ErrKeyringKey
	}
	return ErrIdentityKey
}
