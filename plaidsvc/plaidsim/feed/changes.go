package feed

import (
	"slices"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

// A Change is one row that differs between two moments. At is when it last
// changed in the eyes of the Item: a row that comes with the history counts
// from the moment the history was there.
type Change struct {
	Op  bank.Op
	Row *bank.Transaction // of a removed row only ID and AccountID are meant
	At  time.Time

	order int // among changes at one moment: the bank's own order
}

// Changes lists the rows that differ between what the Item shows at from and
// what it shows at until, each once, by the time they last changed. The zero
// from is before everything.
//
// The position it returns is the last moment in (from, until] at which anything
// may have changed, or from itself: asking again from there, or once more from
// the same place while nothing happens, gives the same answer.
func (f *Feed) Changes(from, until time.Time) ([]Change, time.Time) {
	if until.Before(from) {
		return nil, from
	}
	position := from
	for _, stage := range []time.Time{f.window.InitialAt, f.window.CompleteAt} {
		if stage.After(position) && !stage.After(until) {
			position = stage
		}
	}
	rows, last := f.replay(from, until)
	if last.After(position) {
		position = last
	}
	changes := make([]Change, 0, len(rows))
	for _, r := range rows {
		if c, differs := f.compare(r, from, until); differs {
			changes = append(changes, c)
		}
	}
	slices.SortFunc(changes, func(a, b Change) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return a.order - b.order
	})
	return changes, position
}

// A row is what became of one transaction between two moments.
type row struct {
	before, after *bank.Transaction // the version at each moment; nil is none
	existed       bool              // told by the events: it was there, before is not known
	touched       bool              // something happened to it in between
	at            time.Time
	order         int
	last          *bank.Transaction // the last version of all, removed or not
}

// replay runs the bank's events up to until. Events before from matter only
// while rows of the past can still appear; afterwards the first event in
// between tells whether a row was there.
func (f *Feed) replay(from, until time.Time) (map[string]*row, time.Time) {
	start := from
	if from.Before(f.window.CompleteAt) {
		start = time.Time{}
	}
	events := f.source.Events(start, until)
	rows := make(map[string]*row, len(events))
	var last time.Time
	for i := range events {
		e := &events[i]
		if !f.window.Sees(e.Transaction.AccountID) {
			continue
		}
		r := rows[e.Transaction.ID]
		if r == nil {
			r = &row{existed: !start.IsZero() && e.Op != bank.Added}
			rows[e.Transaction.ID] = r
		}
		r.apply(e, i, from)
		if e.At.After(from) {
			last = e.At
		}
	}
	return rows, last
}

func (r *row) apply(e *bank.Event, order int, from time.Time) {
	r.last, r.at, r.order = &e.Transaction, e.At, order
	r.after = r.last
	if e.Op == bank.Removed {
		r.after = nil
	}
	if e.At.After(from) {
		r.touched = true
		return
	}
	r.before = r.after
}

// compare tells how a row differs between the two moments, if it does.
func (f *Feed) compare(r *row, from, until time.Time) (Change, bool) {
	was := r.existed || r.before != nil && f.visible(r.before.Date, from)
	is := r.after != nil && f.visible(r.after.Date, until)
	// A row that came and went in between is removed as well, as at Plaid: a
	// client may have it from a refresh that this process knows nothing of.
	came := r.touched && !from.IsZero()
	c := Change{Row: r.last, At: r.at, order: r.order}
	switch {
	case is && !was:
		c.Op = bank.Added
		if shown := f.shownFrom(r.after.Date); shown.After(c.At) {
			c.At = shown
		}
	case was && !is, came && !is:
		c.Op = bank.Removed
	case was && r.touched:
		c.Op = bank.Modified
	default:
		return Change{}, false
	}
	return c, true
}

// LastUpdate is the latest moment at which the Item may have changed, by now;
// before the first pull it is when the Item was linked.
func (f *Feed) LastUpdate(now time.Time) time.Time {
	update := f.window.Linked
	for _, stage := range []time.Time{f.window.InitialAt, f.window.CompleteAt} {
		if stage.After(update) && !stage.After(now) {
			update = stage
		}
	}
	const day = 24 * time.Hour
	for back := day; back < 400*day; back *= 4 {
		events := f.source.Events(now.Add(-back), now)
		if len(events) > 0 {
			if last := events[len(events)-1].At; last.After(update) {
				update = last
			}
			break
		}
	}
	return update
}
