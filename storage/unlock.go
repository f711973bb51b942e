package storage

import (
	"encoding/binary"
	"fmt"
	"io"
	"runtime/debug"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"coffer/internal/secret"
)

// An Unlocker is a way to open a vault: a [Passphrase], a key from the system's
// [Keyring], one from an [Identity] file. Any one of a vault's slots opens it,
// and an Unlocker tries only the slots of its own kind: there is no silent fall
// back from one way to another.
type Unlocker interface {
	kind() UnlockKind
	// prepare completes a new slot for this Unlocker, or says why it is not
	// fit to protect a vault.
	prepare(s *slot, kdf KDF, random io.Reader) error
	// unwrapKey returns the key that the slot's copy of the vault key is sealed
	// with. A wrong secret gives a wrong key, not an error.
	unwrapKey(s *slot) ([]byte, error)
	// refused is the error when no slot opens: it wraps ErrWrongKey.
	refused() error
}

// minPassphrase is the least length of a new passphrase, in characters.
const minPassphrase = 12

// Passphrase unlocks with a passphrase. It is normalised (Unicode NFC), so that
// the same letters typed on another system are the same passphrase. Nothing is
// trimmed: a line ending belongs to whoever reads it.
func Passphrase(p secret.Text) Unlocker { return passphrase{p} }

// CheckPassphrase says whether a passphrase will do for a new vault. The error is
// ErrShortPassphrase.
func CheckPassphrase(p secret.Text) error {
	text := passphrase{p}.normal()
	defer clear(text)
	if utf8.RuneCount(text) < minPassphrase {
		return ErrShortPassphrase
	}
	return nil
}

type passphrase struct{ text secret.Text }

func (passphrase) kind() UnlockKind { return ByPassphrase }

func (passphrase) refused() error { return ErrWrongKey }

func (p passphrase) prepare(s *slot, kdf KDF, random io.Reader) error {
	if err := CheckPassphrase(p.text); err != nil {
		return err
	}
	salt := make([]byte, saltSize)
	if _, err := io.ReadFull(random, salt); err != nil {
		return fmt.Errorf("make a key slot: %w", err)
	}
	s.KDF = &kdfRecord{Name: argon2id, Time: kdf.Time, Memory: kdf.Memory, Threads: kdf.Threads, Salt: salt}
	if s.KDF.check() != nil {
		return fmt.Errorf("make a key slot: %+v is out of bounds; use storage.DefaultKDF", kdf)
	}
	return nil
}

func (p passphrase) unwrapKey(s *slot) ([]byte, error) {
	if err := s.KDF.check(); err != nil {
		return nil, err
	}
	text := p.normal()
	defer clear(text)
	key := argon2.IDKey(text, s.KDF.Salt, s.KDF.Time, s.KDF.Memory, s.KDF.Threads, keySize)
	if s.KDF.Memory >= 64*1024 {
		debug.FreeOSMemory() // the KDF's own is by far the most the program ever holds
	}
	return key, nil
}

func (p passphrase) normal() []byte { return norm.NFC.Bytes([]byte(p.text.Reveal())) }

// A KDF says how costly it is to try one passphrase: Argon2id (RFC 9106) with
// these settings. The zero KDF means [DefaultKDF]. A vault remembers what it
// was made with.
type KDF struct {
	Time    uint32 // passes over the memory
	Memory  uint32 // KiB
	Threads uint8
}

// DefaultKDF protects a person's vault: 3 passes over 128 MiB by 4 threads,
// about 135 ms on two idle cores of 2024.
func DefaultKDF() KDF { return KDF{Time: 3, Memory: 128 * 1024, Threads: 4} }

// LightKDF is for tests and for the demo, whose passphrase is public: 2 passes
// over 19 MiB, the least that OWASP recommends.
func LightKDF() KDF { return KDF{Time: 2, Memory: 19 * 1024, Threads: 1} }

const (
	argon2id = "argon2id"
	saltSize = 16
)

// A kdfRecord is a slot's KDF as the header has it.
type kdfRecord struct {
	Name    string `json:"name"`
	Time    uint32 `json:"t"`
	Memory  uint32 `json:"m"` // KiB
	Threads uint8  `json:"p"`
	Salt    []byte `json:"salt"`
}

// check refuses settings out of bounds. They are used before they can be
// authenticated: a hostile file must not make the program allocate or compute
// without end, nor accept a passphrase that is cheap to try.
func (k *kdfRecord) check() error {
	if k == nil || k.Name != argon2id ||
		k.Time < 1 || k.Time > 16 ||
		k.Memory < 19*1024 || k.Memory > 2*1024*1024 ||
		k.Threads < 1 || k.Threads > 8 ||
		len(k.Salt) < saltSize || len(k.Salt) > 64 {
		return fmt.Errorf("key slot has settings out of bounds: %w", ErrDamaged)
	}
	return nil
}

// place returns what a slot authenticates of its KDF.
func (k *kdfRecord) place() []byte {
	if k == nil {
		return nil
	}
	b := appendPart(nil, k.Name)
	b = binary.BigEndian.AppendUint32(b, k.Time)
	b = binary.BigEndian.AppendUint32(b, k.Memory)
	b = append(b, k.Threads)
	return appendPart(b, k.Salt)
}
