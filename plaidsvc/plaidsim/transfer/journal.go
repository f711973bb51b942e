package transfer

import "time"

// An Event is one thing that happened to a transfer.
type Event struct {
	ID       int // 1 for the first, and one more for each that follows
	At       time.Time
	Transfer string // its ID
	Status   Status // what it became
	Failure  *Failure
}

// A Journal is everything that happened to all transfers, in order. The zero
// value is empty.
type Journal struct{ events []Event }

// Note adds what a transfer has become.
func (j *Journal) Note(t Transfer, at time.Time) {
	j.events = append(j.events, Event{len(j.events) + 1, at, t.ID, t.Status, t.Failure})
}

// After are the first events, count at most, that come after one with an ID, and
// whether there are more. 0 is before the first.
func (j *Journal) After(id, count int) (events []Event, more bool) {
	from := min(max(0, id), len(j.events))
	to := min(from+count, len(j.events))
	return j.events[from:to:to], to < len(j.events)
}
