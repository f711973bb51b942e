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
}

// A Span is the rows that differ between what an Item shows at two moments,
// each once, by the time they last changed. They are written out when somebody
// wants them.
type Span struct {
	source  bank.Briefed
	changes []change
	// Position is the last moment in (from, until] at which anything may have
	// changed, or from itself: asking again from there, or once more from the
	// same place while nothing happens, gives the same answer.
	Position time.Time
}

// A change is a [Change] that is not written out.
type change struct {
	last  bank.Brief // the last version of all, removed or not
	at    time.Time
	order int // among changes at one moment: the bank's own order
	op    bank.Op
}

// Len counts the changes.
func (s *Span) Len() int { return len(s.changes) }

// Slice writes out some of the changes.
func (s *Span) Slice(first, last int) []Change {
	out := make([]Change, last-first)
	for i, c := range s.changes[first:last] {
		row := s.source.Write(c.last)
		out[i] = Change{Op: c.op, Row: &row, At: c.at}
	}
	return out
}

// Changes is all of [Feed.Between], written out, and its position.
func (f *Feed) Changes(from, until time.Time) ([]Change, time.Time) {
	s := f.Between(from, until)
	return s.Slice(0, s.Len()), s.Position
}

// Between finds the rows that differ between what the Item shows at from and
// what it shows at until. The zero from is before everything.
func (f *Feed) Between(from, until time.Time) *Span {
	s := &Span{source: f.source, Position: from}
	if until.Before(from) {
		return s
	}
	for _, stage := range f.stages() {
		if stage.After(s.Position) && !stage.After(until) {
			s.Position = stage
		}
	}
	rows, last := f.replay(from, until)
	if last.After(s.Position) {
		s.Position = last
	}
	s.changes = make([]change, 0, len(rows))
	for _, r := range rows {
		if c, differs := f.compare(r, from, until); differs {
			s.changes = append(s.changes, c)
		}
	}
	slices.SortFunc(s.changes, func(a, b change) int {
		if c := a.at.Compare(b.at); c != 0 {
			return c
		}
		return a.order - b.order
	})
	return s
}

// A row is what became of one transaction between two moments.
type row struct {
	before, after *bank.Brief // the version at each moment; nil is none
	last          *bank.Brief // the last version of all, removed or not
	order         int
	existed       bool // told by the events: it was there, before is not known
	touched       bool // something happened to it in between
}

// replay runs the bank's events up to until, and lists the rows in the order in
// which they came to their last version. Events before from matter only while
// rows of the past can still appear; afterwards the first event in between tells
// whether a row was there.
func (f *Feed) replay(from, until time.Time) ([]*row, time.Time) {
	start := from
	if slices.ContainsFunc(f.stages(), from.Before) {
		start = time.Time{}
	}
	briefs := f.seen(f.source.Briefs(start, until))
	places := make(map[uint64]int32, len(briefs)/2)
	of := make([]int32, len(briefs)) // the place of each brief's row
	rows := make([]row, 0, len(briefs)/2)
	var last time.Time
	for i := range briefs {
		b := &briefs[i]
		place, known := places[b.Row]
		if !known {
			place = int32(len(rows))
			places[b.Row] = place
			rows = append(rows, row{existed: !start.IsZero() && b.Op != bank.Added})
		}
		of[i] = place
		rows[place].apply(b, i, from)
		if b.At.After(from) {
			last = b.At
		}
	}
	ordered := make([]*row, 0, len(rows))
	for i, place := range of {
		if r := &rows[place]; r.order == i {
			ordered = append(ordered, r)
		}
	}
	return ordered, last
}

// seen keeps what is about accounts that the Item sees.
func (f *Feed) seen(briefs []bank.Brief) []bank.Brief {
	sees := make(map[string]bool)
	return slices.DeleteFunc(briefs, func(b bank.Brief) bool {
		s, asked := sees[b.AccountID]
		if !asked {
			s = f.window.Sees(b.AccountID)
			sees[b.AccountID] = s
		}
		return !s
	})
}

func (r *row) apply(b *bank.Brief, order int, from time.Time) {
	r.last, r.order = b, order
	r.after = r.last
	if b.Op == bank.Removed {
		r.after = nil
	}
	if b.At.After(from) {
		r.touched = true
		return
	}
	r.before = r.after
}

// compare tells how a row differs between the two moments, if it does.
func (f *Feed) compare(r *row, from, until time.Time) (change, bool) {
	old := f.tooOld(r.last)
	was := r.existed && !(old && r.after == nil) || r.before != nil && f.visible(r.before, from)
	is := r.after != nil && f.visible(r.after, until)
	// A row that came and went in between is removed as well, as at Plaid: a
	// client may have it from a refresh that this process knows nothing of.
	came := r.touched && !from.IsZero() && !old
	c := change{last: *r.last, at: r.last.At, order: r.order}
	switch {
	case is && !was:
		c.op = bank.Added
		if shown := f.shownFrom(r.after); shown.After(c.at) {
			c.at = shown
		}
	case was && !is, came && !is:
		c.op = bank.Removed
	case was && r.touched:
		c.op = bank.Modified
	default:
		return change{}, false
	}
	return c, true
}

// LastUpdate is the latest moment at which the Item may have changed, by now;
// before the first pull it is when the Item was linked.
func (f *Feed) LastUpdate(now time.Time) time.Time {
	update := f.window.Linked
	for _, stage := range f.stages() {
		if stage.After(update) && !stage.After(now) {
			update = stage
		}
	}
	const day = 24 * time.Hour
	for back := day; back < 400*day; back *= 4 {
		briefs := f.source.Briefs(now.Add(-back), now)
		if len(briefs) > 0 {
			if last := briefs[len(briefs)-1].At; last.After(update) {
				update = last
			}
			break
		}
	}
	return update
}
