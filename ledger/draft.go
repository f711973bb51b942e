package ledger

import "encoding/binary"

// A draft is a row before it has its place in the Book.
type draft struct {
	idStart  uint64 // the first bytes of the id, to compare by
	minor    int64
	record   int // its position in the arena
	day      int32
	currency uint32
	account  uint32
	category uint32
	payee    uint32
	place    uint32
	pending  bool
}

// drafts are rows in runs that are not copied any more once they are full. The number
// of a row is that of its run, shifted by runBits, and its place in the run.
type drafts struct {
	runs      [][]draft
	stretches []stretch
	count     int
}

const (
	runBits = 12
	runRows = 1 << runBits
)

// A stretch is of rows that follow each other in a run and are of one day. Rows mostly
// come by days.
type stretch struct {
	day   int32
	first uint32
	rows  uint32
}

// add appends a row. Only the first run grows: a small ledger is small.
func (ds *drafts) add(d draft) {
	last := len(ds.runs) - 1
	switch {
	case last < 0:
		ds.runs, last = make([][]draft, 1), 0
	case len(ds.runs[last]) == runRows:
		ds.runs = append(ds.runs, make([]draft, 0, runRows))
		last++
	}
	row := uint32(last<<runBits | len(ds.runs[last]))
	ds.runs[last] = append(ds.runs[last], d)
	ds.count++
	if n := len(ds.stretches); n > 0 && ds.stretches[n-1].day == d.day && row&(runRows-1) != 0 {
		ds.stretches[n-1].rows++
		return
	}
	ds.stretches = append(ds.stretches, stretch{d.day, row, 1})
}

// last returns the row that was added last, nil if there is none.
func (ds *drafts) last() *draft {
	if ds.count == 0 {
		return nil
	}
	run := ds.runs[len(ds.runs)-1]
	return &run[len(run)-1]
}

func (ds *drafts) at(row uint32) *draft { return &ds.runs[row>>runBits][row&(runRows-1)] }

// take appends the rows of o, which is used up.
func (ds *drafts) take(o *drafts) {
	for _, s := range o.stretches {
		s.first += uint32(len(ds.runs) << runBits)
		ds.stretches = append(ds.stretches, s)
	}
	ds.runs = append(ds.runs, o.runs...)
	ds.count += o.count
	*o = drafts{}
}

// firstBytes returns the start of an id as a number in the order of the text.
func firstBytes(id string) uint64 {
	if len(id) >= 8 {
		return binary.BigEndian.Uint64([]byte(id[:8]))
	}
	var start [8]byte
	copy(start[:], id)
	return binary.BigEndian.Uint64(start[:])
}
