package fate

import (
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

// Down makes the bank tell nothing after a moment, until it is up again. Nothing
// else may happen to it meanwhile.
func (l *Life) Down(at time.Time) {
	if !l.Silent() {
		o := &outage{source: l.top, from: at}
		l.outages, l.top = append(l.outages, o), o
	}
}

// Up makes a bank that is down tell at one moment what has happened meanwhile.
func (l *Life) Up(at time.Time) {
	if l.Silent() {
		l.outages[len(l.outages)-1].until = at
	}
}

// Silent reports whether the bank is down after all that has happened.
func (l *Life) Silent() bool {
	last := len(l.outages) - 1
	return last >= 0 && l.outages[last].until.IsZero()
}

// Heard is the moment whose state of affairs the bank has told by another one:
// that one itself, or when it went down.
func (l *Life) Heard(at time.Time) time.Time {
	for _, o := range l.outages {
		if o.silent(at) && !at.Equal(o.until) {
			return o.from
		}
	}
	return at
}

// An outage is a source that tells nothing for a while.
type outage struct {
	source
	from, until time.Time // until is zero while it lasts
}

// silent tells the moments whose events wait: those in (from, until].
func (o *outage) silent(at time.Time) bool {
	return at.After(o.from) && (o.until.IsZero() || !at.After(o.until))
}

// Events implements [bank.Login].
func (o *outage) Events(from, until time.Time) []bank.Event {
	var kept []bank.Event
	for _, e := range o.source.Events(from, until) {
		if !o.silent(e.At) {
			kept = append(kept, e)
		}
	}
	if o.until.IsZero() || until.Before(o.until) {
		return kept
	}
	late := o.source.Events(o.from, o.until)
	told := make([]bank.Event, len(late))
	for i, e := range late {
		e.At = o.until
		told[i] = e
	}
	return merge(kept, told, from, until)
}

// Balances implements [bank.Login]: while it is silent, those of before.
func (o *outage) Balances(at time.Time) []bank.Balance {
	if o.silent(at) && !at.Equal(o.until) {
		at = o.from
	}
	return o.source.Balances(at)
}
