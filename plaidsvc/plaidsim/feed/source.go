package feed

import (
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

// A Source is what a bank made known, as [bank.Login] tells it. One that is
// [bank.Briefed] as well is only asked to write out the rows that are handed
// out.
type Source interface {
	Events(from, until time.Time) []bank.Event
}

// briefed makes a source that tells its rows one by one of any source.
func briefed(s Source) bank.Briefed {
	if b, ok := s.(bank.Briefed); ok {
		return b
	}
	return &written{source: s, names: make(map[string]uint64)}
}

// written briefs of a source that writes out every row anyway.
type written struct {
	source Source
	names  map[string]uint64 // by transaction id
}

// Briefs implements [bank.Briefed].
func (w *written) Briefs(from, until time.Time) []bank.Brief {
	events := w.source.Events(from, until)
	briefs := make([]bank.Brief, len(events))
	for i, e := range events {
		row := e.Transaction // a brief that is kept keeps its own row alive, not all events
		briefs[i] = bank.Brief{
			At: e.At, Op: e.Op, Row: w.name(row.ID), AccountID: row.AccountID, Date: row.Date, Written: &row,
		}
	}
	return briefs
}

// Write implements [bank.Briefed].
func (w *written) Write(b bank.Brief) bank.Transaction { return *b.Written }

// name numbers the rows in the order in which they are first heard of.
func (w *written) name(id string) uint64 {
	n, known := w.names[id]
	if !known {
		n = uint64(len(w.names))
		w.names[id] = n
	}
	return n
}
