package storage

import (
	"time"

	"coffer/ledger"
)

const entryV1 = 1

// An entry of the journal tells one change of edits: who, when, and what each
// row said before and after. Undo, redo and the activity log are built on it.
type entry struct {
	at time.Time
	// item is the bank whose sync made the change, "" for the user.
	item    ledger.ItemID
	changes []change
}

// A change is what became of the edit of one row.
type change struct {
	id            ledger.TransactionID
	before, after ledger.Edit
}

func encodeEntry(x entry) []byte {
	var e encoder
	e.byte(entryV1)
	e.time(x.at)
	e.text(string(x.item))
	e.uint(uint64(len(x.changes)))
	for _, c := range x.changes {
		e.text(string(c.id))
		e.edit(c.before)
		e.edit(c.after)
	}
	return e.buf
}

func decodeEntry(b []byte) (entry, error) {
	d := decoder{in: b}
	d.version(entryV1)
	x := entry{at: d.time(), item: ledger.ItemID(d.text())}
	x.changes = make([]change, 0, d.count())
	for range cap(x.changes) {
		x.changes = append(x.changes, change{
			id:     ledger.TransactionID(d.text()),
			before: d.edit(),
			after:  d.edit(),
		})
	}
	return x, d.done()
}
