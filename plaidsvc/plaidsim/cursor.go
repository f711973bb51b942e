package plaidsim

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"math"
	"time"
)

// A cursor is a place in the life of one Item. What comes back to us is a
// moment, so it means the same in another process.
type cursor struct {
	// start is up to where the client has everything; zero is nothing yet.
	start time.Time
	// In the middle of a loop: the moment whose changes the pages are of, how
	// many of them were handed out on how many pages, and how often a fault had
	// changed the data when the loop began.
	inLoop     bool
	snapshot   time.Time
	offset     uint32
	page       uint16
	generation uint16
}

// The encoding: version, owner, start, snapshot, offset, page, generation and
// inLoop, big endian, then a checksum over all that.
const (
	cursorVersion = 1
	cursorSize    = 1 + 8 + 8 + 8 + 4 + 2 + 2 + 1
	checksumSize  = 8
)

// encode binds the cursor to an Item and makes it opaque, as Plaid's are.
func (c cursor) encode(itemID string) string {
	b := make([]byte, 0, cursorSize+checksumSize)
	b = append(b, cursorVersion)
	b = append(b, owner(itemID)...)
	b = binary.BigEndian.AppendUint64(b, uint64(nanos(c.start)))
	b = binary.BigEndian.AppendUint64(b, uint64(nanos(c.snapshot)))
	b = binary.BigEndian.AppendUint32(b, c.offset)
	b = binary.BigEndian.AppendUint16(b, c.page)
	b = binary.BigEndian.AppendUint16(b, c.generation)
	b = append(b, 0)
	if c.inLoop {
		b[len(b)-1] = 1
	}
	return base64.StdEncoding.EncodeToString(append(b, checksum(b)...))
}

// decodeCursor reads a cursor of an Item. Anything else, be it another Item's
// cursor or no cursor at all, is not ok.
func decodeCursor(text, itemID string) (cursor, bool) {
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(b) != cursorSize+checksumSize {
		return cursor{}, false
	}
	b, sum := b[:cursorSize], b[cursorSize:]
	if string(sum) != string(checksum(b)) || b[0] != cursorVersion || string(b[1:9]) != string(owner(itemID)) {
		return cursor{}, false
	}
	return cursor{
		start:      moment(int64(binary.BigEndian.Uint64(b[9:]))),
		snapshot:   moment(int64(binary.BigEndian.Uint64(b[17:]))),
		offset:     binary.BigEndian.Uint32(b[25:]),
		page:       binary.BigEndian.Uint16(b[29:]),
		generation: binary.BigEndian.Uint16(b[31:]),
		inLoop:     b[33] == 1,
	}, true
}

func owner(itemID string) []byte {
	sum := sha256.Sum256([]byte(itemID))
	return sum[:8]
}

func checksum(b []byte) []byte {
	sum := sha256.Sum256(b)
	return sum[:checksumSize]
}

// nanos and moment turn a time into a number and back; the zero time, which has
// no number of its own, is the smallest.
func nanos(t time.Time) int64 {
	if t.IsZero() {
		return math.MinInt64
	}
	return t.UnixNano()
}

func moment(n int64) time.Time {
	if n == math.MinInt64 {
		return time.Time{}
	}
	return time.Unix(0, n).UTC()
}
