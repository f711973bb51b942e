package feed

import (
	"cmp"
	"slices"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

// shelf is what [Feed.Rows] returned last, and the moment it is as of.
type shelf struct {
	rows []*bank.Transaction
	asOf time.Time
}

// Rows lists what the Item shows at a moment, the newest date first. The order
// is that of dates and ids, so it does not shift from one call to the next. The
// rows are kept and brought up to date by what changed since, so that a page of
// them costs a page; the caller must not change them.
func (f *Feed) Rows(now time.Time) []*bank.Transaction {
	if now.Before(f.shelf.asOf) {
		f.shelf = shelf{}
	}
	changes, position := f.Changes(f.shelf.asOf, now)
	f.shelf.asOf = position
	if len(changes) == 0 {
		return f.shelf.rows
	}
	changed := make(map[string]bool, len(changes))
	for _, c := range changes {
		changed[c.Row.ID] = true
	}
	rows := make([]*bank.Transaction, 0, len(f.shelf.rows)+len(changes))
	for _, r := range f.shelf.rows {
		if !changed[r.ID] {
			rows = append(rows, r)
		}
	}
	for _, c := range changes {
		if c.Op != bank.Removed {
			rows = append(rows, c.Row)
		}
	}
	slices.SortFunc(rows, newestFirst)
	f.shelf.rows = rows
	return rows
}

func newestFirst(a, b *bank.Transaction) int {
	return cmp.Or(cmp.Compare(b.Date, a.Date), cmp.Compare(b.ID, a.ID))
}

// Since is how far back the history reaches that the Item has at a moment.
func (f *Feed) Since(now time.Time) time.Duration {
	return now.Sub(f.window.Linked.AddDate(0, 0, -f.window.Days))
}
