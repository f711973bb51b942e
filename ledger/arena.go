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
	next     int              // the size of the next one, before it is full size
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

	authorized int32 // days after the row's date
	has        flags
}

// flags say what a record holds besides its id.
type flags uint8

const (
	hasMerchant   flags = 1 << iota // the row's payee is the merchant, else the name
	hasName                         // the name is another than the payee
	hasAuthorized                   // there is such a day
	hasPendingID
	hasOriginal
	hasRaw
	hasCheck
	originalIsName // the statement's line is the name again, as with many banks
)

// flagsOf returns what the record of t holds. The payee is kept apart.
func flagsOf(t *Transaction, payee string) flags {
	var has flags
	if t.Merchant != "" {
		has |= hasMerchant
	}
	if t.Name != payee {
		has |= hasName
	}
	if !t.Authorized.IsZero() {
		has |= hasAuthorized
	}
	if t.PendingID != "" {
		has |= hasPendingID
	}
	switch t.Original {
	case "":
	case t.Name:
		has |= originalIsName
	default:
		has |= hasOriginal
	}
	if t.RawAmount != "" {
		has |= hasRaw
	}
	if t.Check != "" {
		has |= hasCheck
	}
	return has
}

// maxHead is room for the numbers of a record: flags, six lengths, day.
const maxHead = 1 + 6*binary.MaxVarintLen64 + binary.MaxVarintLen32

// write appends the record of t and returns its position.
func (a *arena) write(t *Transaction, has flags) (position int) {
	size := maxHead + len(t.ID) + len(t.Name) + len(t.PendingID) + len(t.Original) + len(t.RawAmount) + len(t.Check)
	if a.open == nil || a.open.Len()+size > min(a.open.Cap(), segmentSize) {
		a.openSegment(size)
	}
	position = len(a.segments)<<segmentBits | a.open.Len()
	a.open.WriteByte(byte(has))
	a.writeText(string(t.ID))
	if has&hasAuthorized != 0 {
		a.writeNumber(zigzag(t.Authorized.n - t.Date.n))
	}
	if has&hasName != 0 {
		a.writeText(t.Name)
	}
	if has&(hasPendingID|hasOriginal|hasRaw|hasCheck) != 0 {
		a.writeRare(t, has)
	}
	return position
}

// openSegment opens a segment that has room for a size. Segments grow, so that a
// small ledger is small.
func (a *arena) openSegment(size int) {
	const smallest = 4096
	a.seal()
	a.open = new(strings.Builder)
	a.next = min(max(a.next, smallest), segmentSize)
	a.open.Grow(max(size, a.next))
	a.next *= 2
}

// writeRare writes the texts that most rows do not have.
func (a *arena) writeRare(t *Transaction, has flags) {
	for _, part := range [...]struct {
		flag flags
		text string
	}{{hasPendingID, string(t.PendingID)}, {hasOriginal, t.Original}, {hasRaw, t.RawAmount}, {hasCheck, t.Check}} {
		if has&part.flag != 0 {
			a.writeText(part.text)
		}
	}
}

func (a *arena) writeText(s string) {
	a.writeNumber(uint64(len(s)))
	a.open.WriteString(s)
}

// writeNumber writes n as encoding/binary's varints are.
func (a *arena) writeNumber(n uint64) {
	for ; n >= 0x80; n >>= 7 {
		a.open.WriteByte(byte(n) | 0x80)
	}
	a.open.WriteByte(byte(n))
}

// zigzag makes a small number of one that is near zero.
func zigzag(n int32) uint64 { return uint64(uint32(n<<1) ^ uint32(n>>31)) }

func unzigzag(n uint64) int32 { return int32(uint32(n)>>1) ^ -int32(n&1) }

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
	if r.has&hasAuthorized != 0 {
		r.authorized = unzigzag(in.number())
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

func (in *reader) number() uint64 {
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
	n := in.number()
	s := string((*in)[:n])
	in.skip(int(n))
	return s
}
