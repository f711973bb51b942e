package storage

import (
	"encoding/binary"
	"math/bits"

	"golang.org/x/crypto/chacha20poly1305"
)

const sealV1 = 1

// A sum is a keyed hash of a set of values that can be kept up to date: each
// value is hashed to a number of 256 bits, and the numbers are added. Putting
// and deleting a value cost one hash, however many there are. Without the key
// nobody can find two sets with the same sum (MSet-Add-Hash, Clarke et al.,
// ASIACRYPT 2003).
type sum [4]uint64

func (s *sum) add(t sum) {
	var carry uint64
	for i := range s {
		s[i], carry = bits.Add64(s[i], t[i], carry)
	}
}

func (s *sum) sub(t sum) {
	var borrow uint64
	for i := range s {
		s[i], borrow = bits.Sub64(s[i], t[i], borrow)
	}
}

// A tally is what the seal says of one bucket.
type tally struct {
	count uint64
	sum   sum
}

func (t *tally) put(of sum)    { t.count++; t.sum.add(of) }
func (t *tally) delete(of sum) { t.count--; t.sum.sub(of) }

// A seal holds the file together. bbolt's pages carry no checksum, and an
// authenticated value may still be an old one, or missing: the seal tells.
type seal struct {
	epoch   uint64  // number of commits
	header  []byte  // MAC of the header
	tallies []tally // one per bucket
}

func (s *seal) encode() []byte {
	e := encoder{buf: make([]byte, 0, 48+len(s.tallies)*40)}
	e.byte(sealV1)
	e.buf = binary.BigEndian.AppendUint64(e.buf, s.epoch)
	e.section(s.header)
	e.uint(uint64(len(s.tallies)))
	for _, t := range s.tallies {
		e.uint(t.count)
		for _, limb := range t.sum {
			e.buf = binary.BigEndian.AppendUint64(e.buf, limb)
		}
	}
	return e.buf
}

func decodeSeal(b []byte) (seal, error) {
	var s seal
	d := decoder{in: b}
	d.version(sealV1)
	s.epoch = d.fixed64()
	s.header = append(s.header, d.section()...)
	n := d.uint()
	if n > uint64(len(sealedBuckets)) {
		d.fail()
		n = 0
	}
	s.tallies = make([]tally, n)
	for i := range s.tallies {
		s.tallies[i].count = d.uint()
		for j := range s.tallies[i].sum {
			s.tallies[i].sum[j] = d.fixed64()
		}
	}
	return s, d.done()
}

func (d *decoder) fixed64() uint64 {
	b := d.raw(8)
	if d.failed {
		return 0
	}
	return binary.BigEndian.Uint64(b)
}

// sumOf hashes one value in its place. Where the value starts (its length and
// its nonce, new at each write) and where it ends (the tag, which authenticates
// all of it) stand for it, so that a long value costs no more than a short one;
// that it opens is checked when it is read.
func (s *sealer) sumOf(bucket string, key, value []byte) sum {
	const head = 4 + chacha20poly1305.NonceSizeX
	in := make([]byte, 0, 128)
	in = appendPart(in, bucket)
	in = appendPart(in, key)
	in = binary.BigEndian.AppendUint32(in, uint32(len(value)))
	in = append(in, value[:min(head, len(value))]...)
	in = append(in, value[max(0, len(value)-chacha20poly1305.Overhead):]...)
	s.sums.Reset()
	s.sums.Write(in)
	var digest [32]byte
	s.sums.Sum(digest[:0])
	var out sum
	for i := range out {
		out[i] = binary.BigEndian.Uint64(digest[8*i:])
	}
	return out
}
