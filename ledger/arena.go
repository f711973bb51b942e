package ledger

import (
	"encoding/binary"
	"strings"
)

// An arena keeps the part of each row that is read only when the row is shown:
// its id, its texts, and the day the user did it. Records are appended to
// segments that are never copied, and what is read shares their memory.
type arena struct {
	segments []string
	open     *strings.Builder // the segment being written
}

// A position in an arena is the number of a segment, shifted by segmentBits, and
// the place in it. A record longer than a segment gets one of its own.
const (
	segmentBits = 20
	segmentSize = 1 << segmentBits
)

// A record is one row's part of an arena.
type record struct {
	id, name, pendingID, original, raw, check string

	place      uint32
	authorized int32 // days after the row's date; counts with hasAuthorized
	has        flags
}

// flags say what a record holds besides its id and place.
type flags uint8

const (
	hasMerchant   flags = 1 << iota // the row's payee is the merchant, else the name
	hasName                         // the name is another than the payee
	hasAuthorized                   // there is such a day
	hasPendingID
	hasOriginal
	hasRaw
	hasCheck
)

// maxHead is room for the numbers of a record: flags, six lengths, place, day.
const maxHead = 1 + 6*binary.MaxVarintLen64 + 2*binary.MaxVarintLen32

// write appends r and returns its position.
func (a *arena) write(r *record) int {
	size := maxHead + len(r.id) + len(r.name) + len(r.pendingID) + len(r.original) + len(r.raw) + len(r.check)
	if a.open == nil || a.open.Len()+size > segmentSize {
		a.seal()
		a.open = new(strings.Builder)
		a.open.Grow(max(size, segmentSize))
	}
	at := len(a.segments)<<segmentBits | a.open.Len()
	a.open.WriteByte(byte(r.has))
	a.writeText(r.id)
	var head [2 * binary.MaxVarintLen64]byte
	n := binary.PutUvarint(head[:], uint64(r.place))
	if r.has&hasAuthorized != 0 {
		n += binary.PutVarint(head[n:], int64(r.authorized))
	}
	a.open.Write(head[:n])
	if r.has&hasName != 0 {
		a.writeText(r.name)
	}
	if r.has&(hasPendingID|hasOriginal|hasRaw|hasCheck) != 0 {
		a.writeRare(r)
	}
	return at
}

// writeRare writes the texts that most rows do not have.
func (a *arena) writeRare(r *record) {
	for _, t := range [...]struct {
		flag flags
		text string
	}{{hasPendingID, r.pendingID}, {hasOriginal, r.original}, {hasRaw, r.raw}, {hasCheck, r.check}} {
		if r.has&t.flag != 0 {
			a.writeText(t.text)
		}
	}
}

func (a *arena) writeText(s string) {
	n := uint64(len(s))
	for ; n >= 0x80; n >>= 7 {
		a.open.WriteByte(byte(n) | 0x80)
	}
	a.open.WriteByte(byte(n))
	a.open.WriteString(s)
}

// seal ends writing, or the segment that is being written.
func (a *arena) seal() {
	if a.open != nil {
		a.segments = append(a.segments, a.open.String())
		a.open = nil
	}
}

// at returns the arena from a position on. The arena is sealed.
func (a *arena) at(position int) reader {
	return reader(a.segments[position>>segmentBits][position&(segmentSize-1):])
}

// id returns the id of the record at a position.
func (a *arena) id(position int) string {
	in := a.at(position)
	in.skip(1)
	return in.text()
}

// read returns the record at a position.
func (a *arena) read(position int) record {
	in := a.at(position)
	r := record{has: flags(in[0])}
	in.skip(1)
	r.id = in.text()
	r.place = uint32(in.uvarint())
	if r.has&hasAuthorized != 0 {
		v := in.uvarint()
		r.authorized = int32(v>>1) ^ -int32(v&1) // as binary.Varint has it
	}
	for _, t := range [...]struct {
		flag flags
		text *string
	}{{hasName, &r.name}, {hasPendingID, &r.pendingID}, {hasOriginal, &r.original}, {hasRaw, &r.raw}, {hasCheck, &r.check}} {
		if r.has&t.flag != 0 {
			*t.text = in.text()
		}
	}
	return r
}

// A reader reads what write wrote.
type reader string

func (in *reader) skip(n int) { *in = (*in)[n:] }

func (in *reader) uvarint() uint64 {
	var v uint64
	for i, shift := 0, 0; ; i, shift = i+1, shift+7 {
		c := (*in)[i]
		v |= uint64(c&0x7f) << shift
		if c < 0x80 {
			in.skip(i + 1)
			return v
		}
	}
}

func (in *reader) text() string {
	n := in.uvarint()
	s := string((*in)[:n])
	in.skip(int(n))
	return s
}
