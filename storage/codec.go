package storage

import (
	"encoding/binary"
	"errors"
	"math"
	"time"

	"coffer/ledger"
)

// errMalformed reports a record that does not decode. Records are
// authenticated, so this means a bug or damage, never a bank's data.
var errMalformed = errors.New("record does not decode")

// An encoder builds one record: varints, and texts with their length before
// them.
type encoder struct{ buf []byte }

func (e *encoder) byte(b byte)      { e.buf = append(e.buf, b) }
func (e *encoder) uint(n uint64)    { e.buf = binary.AppendUvarint(e.buf, n) }
func (e *encoder) int(n int64)      { e.buf = binary.AppendVarint(e.buf, n) }
func (e *encoder) raw(b []byte)     { e.buf = append(e.buf, b...) }
func (e *encoder) text(s string)    { e.uint(uint64(len(s))); e.buf = append(e.buf, s...) }
func (e *encoder) section(b []byte) { e.uint(uint64(len(b))); e.raw(b) }

func (e *encoder) bool(b bool) {
	if b {
		e.byte(1)
	} else {
		e.byte(0)
	}
}

// time writes a moment to the nanosecond, without its zone.
func (e *encoder) time(t time.Time) {
	e.bool(!t.IsZero())
	if !t.IsZero() {
		e.int(t.Unix())
		e.uint(uint64(t.Nanosecond()))
	}
}

// The kinds of currency in the file. Their numbers never change.
const (
	currencyNone = iota
	currencyISO
	currencyUnofficial
)

func (e *encoder) currency(c ledger.Currency) {
	switch {
	case c == ledger.Currency{}:
		e.byte(currencyNone)
	case c.IsUnofficial():
		e.byte(currencyUnofficial)
		e.text(c.Code())
	default:
		e.byte(currencyISO)
		e.text(c.Code())
	}
}

func (e *encoder) amount(a ledger.Amount) {
	e.currency(a.Currency())
	e.int(a.Minor())
}

// A decoder reads what an encoder wrote. The first failure sticks: after it
// everything reads as zero, and done reports it.
type decoder struct {
	in     []byte
	failed bool
}

func (d *decoder) fail() {
	d.in, d.failed = nil, true
}

// done reports whether everything was read, and nothing was left over.
func (d *decoder) done() error {
	if d.failed || len(d.in) != 0 {
		return errMalformed
	}
	return nil
}

func (d *decoder) byte() byte {
	if len(d.in) == 0 {
		d.fail()
		return 0
	}
	b := d.in[0]
	d.in = d.in[1:]
	return b
}

func (d *decoder) uint() uint64 {
	if len(d.in) > 0 && d.in[0] < 0x80 { // most of them
		n := d.in[0]
		d.in = d.in[1:]
		return uint64(n)
	}
	n, size := binary.Uvarint(d.in)
	if size <= 0 {
		d.fail()
		return 0
	}
	d.in = d.in[size:]
	return n
}

func (d *decoder) int() int64 {
	n := d.uint()
	return int64(n>>1) ^ -int64(n&1)
}

// int32 reads a number that must fit.
func (d *decoder) int32() int32 {
	n := d.int()
	if n < math.MinInt32 || n > math.MaxInt32 {
		d.fail()
		return 0
	}
	return int32(n)
}

// raw returns the next n bytes, a part of the record.
func (d *decoder) raw(n uint64) []byte {
	if n > uint64(len(d.in)) {
		d.fail()
		return nil
	}
	b := d.in[:n:n]
	d.in = d.in[n:]
	return b
}

func (d *decoder) section() []byte { return d.raw(d.uint()) }
func (d *decoder) text() string    { return string(d.section()) }

// count reads how many entries follow, each of at least one byte: a damaged
// count cannot ask for more memory than the record has bytes.
func (d *decoder) count() int {
	n := d.uint()
	if n > uint64(len(d.in)) {
		d.fail()
		return 0
	}
	return int(n)
}

func (d *decoder) bool() bool {
	b := d.byte()
	if b > 1 {
		d.fail()
	}
	return b == 1
}

// version reads the first byte of a record, which must be this one. A record's
// shape changes by a new number; the old ones stay readable.
func (d *decoder) version(want byte) {
	if d.byte() != want {
		d.fail()
	}
}

// versionUpTo reads the first byte of a record whose shape has grown at its end:
// any version from the first to the latest.
func (d *decoder) versionUpTo(latest byte) byte {
	v := d.byte()
	if v == 0 || v > latest {
		d.fail()
	}
	return v
}

func (d *decoder) time() time.Time {
	if !d.bool() {
		return time.Time{}
	}
	sec, nsec := d.int(), d.uint()
	if nsec >= 1e9 {
		d.fail()
		return time.Time{}
	}
	return time.Unix(sec, int64(nsec)).UTC()
}

func (d *decoder) currency() ledger.Currency {
	switch d.byte() {
	case currencyNone:
		return ledger.Currency{}
	case currencyISO:
		return ledger.ISO(d.text())
	case currencyUnofficial:
		return ledger.Unofficial(d.text())
	}
	d.fail()
	return ledger.Currency{}
}

func (d *decoder) amount() ledger.Amount {
	cur := d.currency()
	return ledger.NewAmount(d.int(), cur)
}
