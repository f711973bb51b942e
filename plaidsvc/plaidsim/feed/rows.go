package feed

import (
	"cmp"
	"slices"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

// shelf is what [Feed.Rows] returned last, and the moment it is as of.
type shelf struct {
	rows []bank.Brief
	asOf time.Time
}

// Rows lists what the Item shows at a moment, the newest date first. What came
// last comes first within a date, so the order does not shift from one call to
// the next. The list is kept and brought up to date by what changed since, so
// that a page of it costs a page; the caller must not change it. Its rows are not
// written out: with a million of them that would be most of what a simulator
// takes.
func (f *Feed) Rows(now time.Time) []bank.Brief {
	if now.Before(f.shelf.asOf) {
		f.shelf = shelf{}
	}
	span := f.Between(f.shelf.asOf, now)
	f.shelf.asOf = span.Position
	if span.Len() == 0 {
		return f.shelf.rows
	}
	changed := make(map[uint64]bool, span.Len())
	for _, c := range span.changes {
		changed[c.last.Row] = true
	}
	rows := make([]bank.Brief, 0, len(f.shelf.rows)+span.Len())
	for _, r := range f.shelf.rows {
		if !changed[r.Row] {
			rows = append(rows, r)
		}
	}
	for _, c := range span.changes {
		if c.op != bank.Removed {
			rows = append(rows, c.last)
		}
	}
	slices.SortFunc(rows, newestFirst)
	f.shelf.rows = rows
	return rows
}

func newestFirst(a, b bank.Brief) int {
	return cmp.Or(cmp.Compare(b.Date, a.Date), b.At.Compare(a.At), cmp.Compare(a.Row, b.Row))
}

// Write writes out some of the rows that [Feed.Rows] lists.
func (f *Feed) Write(rows []bank.Brief) []*bank.Transaction {
	written := make([]*bank.Transaction, len(rows))
	for i, b := range rows {
		row := f.source.Write(b)
		written[i] = &row
	}
	return written
}

// Since is how far back the history reaches that the Item has at a moment.
func (f *Feed) Since(now time.Time) time.Duration {
	return now.Sub(f.window.Linked.AddDate(0, 0, -f.window.Days))
}
