package storage

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"io"
	"math/bits"
	"slices"
	"sync/atomic"

	"golang.org/x/crypto/chacha20poly1305"
)

const (
	keySize  = 32
	nameSize = 16 // of a key in a bucket
	// overhead is what sealing adds to the padded text: nonce and tag.
	overhead = chacha20poly1305.NonceSizeX + chacha20poly1305.Overhead
	// padFloor is the least size of a padded text, and padded sizes are
	// multiples of it: every small record looks the same.
	padFloor = 128
)

// keys are the vault's sub-keys, one for each purpose, drawn with HKDF-SHA256
// (RFC 5869) from the vault key and the vault's id.
type keys struct {
	vaultID  []byte
	rotation int    // of the header that the keys belong to
	enc      []byte // seals values
	name     []byte // hashes names into keys of buckets
	sum      []byte // the multiset hash in the seal
	header   []byte // authenticates the header
	// last is the header that was decoded last: nearly every transaction meets it
	// again, and its JSON takes longer to read than a record to seal.
	last atomic.Pointer[decodedHeader]
}

// A decodedHeader is a header and the bytes that it was read from.
type decodedHeader struct {
	raw string
	*header
}

// decode is decodeHeader for a header that may be the last one again. It must not
// be written to.
func (k *keys) decode(raw []byte) (*header, error) {
	if last := k.last.Load(); last != nil && last.raw == string(raw) {
		return last.header, nil
	}
	h, err := decodeHeader(raw)
	if err == nil {
		k.last.Store(&decodedHeader{string(raw), h})
	}
	return h, err
}

func deriveKeys(vaultKey []byte, h *header) (*keys, error) {
	k := &keys{vaultID: slices.Clone(h.VaultID), rotation: h.Rotation}
	for _, sub := range []struct {
		key  *[]byte
		info string
	}{
		{&k.enc, "record-enc/v1"},
		{&k.name, "record-id/v1"},
		{&k.sum, "seal/v1"},
		{&k.header, "header-mac/v1"},
	} {
		key, err := hkdf.Key(sha256.New, vaultKey, h.VaultID, sub.info, keySize)
		if err != nil {
			return nil, fmt.Errorf("derive keys: %w", err)
		}
		*sub.key = key
	}
	return k, nil
}

// forget overwrites the keys. Copies that Go's runtime made stay out of reach.
func (k *keys) forget() {
	clear(k.enc)
	clear(k.name)
	clear(k.sum)
	clear(k.header)
}

// A sealer seals and opens values of one vault. It is made for one operation
// and belongs to one goroutine; only open and openIndex may be used by several.
type sealer struct {
	keys   *keys
	zip    *packer
	aead   cipher.AEAD
	names  hash.Hash
	sums   hash.Hash
	random io.Reader
}

func (k *keys) sealer(zip *packer, random io.Reader) (*sealer, error) {
	aead, err := chacha20poly1305.NewX(k.enc)
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	return &sealer{
		keys:   k,
		zip:    zip,
		aead:   aead,
		names:  hmac.New(sha256.New, k.name),
		sums:   hmac.New(sha256.New, k.sum),
		random: random,
	}, nil
}

// nameOf returns the key under which a bucket holds what is called by parts:
// the same for the same parts, and telling nothing of them.
func (s *sealer) nameOf(bucket string, parts ...string) []byte {
	s.names.Reset()
	in := appendPart(nil, bucket)
	for _, p := range parts {
		in = appendPart(in, p)
	}
	s.names.Write(in)
	return s.names.Sum(nil)[:nameSize]
}

// seal encrypts plain for one place. The place is authenticated with it: moved
// to another key, bucket or vault, it does not open. Bound is authenticated
// too, and must be given again to open.
func (s *sealer) seal(bucket string, key, plain, bound []byte) ([]byte, error) {
	padded := padSize(len(plain) + 1)
	out := make([]byte, chacha20poly1305.NonceSizeX, padded+overhead)
	if _, err := io.ReadFull(s.random, out); err != nil {
		return nil, fmt.Errorf("draw a nonce: %w", err)
	}
	text := make([]byte, padded)
	copy(text, plain)
	text[len(plain)] = 0x80 // ISO/IEC 7816-4: a mark, then zeros
	out = s.aead.Seal(out, out, text, s.place(bucket, key, bound))
	clear(text)
	return out, nil
}

// open decrypts what seal made for the same place, into dst if it has room.
func (s *sealer) open(dst []byte, bucket string, key, value, bound []byte) ([]byte, error) {
	if len(value) < overhead {
		return nil, damaged("value cut short", bucket)
	}
	nonce, ct := value[:chacha20poly1305.NonceSizeX], value[chacha20poly1305.NonceSizeX:]
	text, err := s.aead.Open(dst[:0], nonce, ct, s.place(bucket, key, bound))
	if err != nil {
		return nil, damaged("value does not authenticate", bucket)
	}
	for i := len(text) - 1; i >= 0; i-- {
		if text[i] != 0 {
			if text[i] != 0x80 {
				break
			}
			return text[:i], nil
		}
	}
	return nil, damaged("value is not padded", bucket)
}

// place is what a value is bound to. Parts carry their lengths, so that no two
// places read alike.
func (s *sealer) place(bucket string, key, bound []byte) []byte {
	ad := make([]byte, 0, 64+len(bound))
	ad = appendPart(ad, "rec/v1")
	ad = appendPart(ad, s.keys.vaultID)
	ad = appendPart(ad, bucket)
	ad = appendPart(ad, key)
	return appendPart(ad, bound)
}

func appendPart[T string | []byte](b []byte, part T) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(part)))
	return append(b, part...)
}

// padSize returns the size that a text of n bytes is padded to: a multiple of
// padFloor, and Padmé's choice above that (Nikitin et al., "Reducing Metadata
// Leakage from Encrypted Files", PETS 2019), which costs at most 12 % and
// usually 3 %, and leaves few sizes to tell values apart by.
func padSize(n int) int {
	n = max(n, padFloor)
	exponent := bits.Len(uint(n)) - 1
	keep := bits.Len(uint(exponent))
	step := max(1<<(exponent-keep), padFloor)
	return (n + step - 1) / step * step
}

func damaged(what, bucket string) error {
	return fmt.Errorf("%s (%s): %w", what, bucketTitle(bucket), ErrDamaged)
}
