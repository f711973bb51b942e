package feed

import (
	"slices"
	"time"

	"coffer/plaidsvc/plaidsim/bank"

	"github.com/shopspring/decimal"
)

// pendingLife is longer than any row stays pending: Plaid documents up to 14
// days.
const pendingLife = 45 * 24 * time.Hour

// refreshed is a source with some events brought forward by
// /transactions/refresh. They happen beside the bank's own: a row posts early,
// under the id it will have at the bank, and when the bank itself posts it that
// is a modification. So all rows end as the bank has them, even for a client
// that goes on with a process that knows nothing of the refresh.
type refreshed struct {
	bank.Briefed
	moved  []moved              // by time
	ended  map[uint64]time.Time // pending rows that were brought to an end, and when
	came   map[uint64]bool      // rows that are there before their time
	raised map[uint64]bool      // rows that were corrected before their time
	latest time.Time            // the latest own time of what was brought forward
}

func newRefreshed(of bank.Briefed) *refreshed {
	return &refreshed{
		Briefed: of,
		ended:   make(map[uint64]time.Time), came: make(map[uint64]bool), raised: make(map[uint64]bool),
	}
}

// moved is an event with its new time, its row written out, and the time it
// would have had.
type moved struct {
	bank.Brief
	own time.Time
	was decimal.Decimal // the amount before, of a correction
}

// Briefs implements [bank.Briefed].
func (r *refreshed) Briefs(from, until time.Time) []bank.Brief {
	briefs := r.Briefed.Briefs(from, until)
	if len(r.moved) == 0 {
		return briefs
	}
	kept := make([]bank.Brief, 0, len(briefs)+len(r.moved))
	for _, b := range briefs {
		if end, ended := r.ended[b.Row]; ended && b.At.After(end) {
			continue
		}
		if b.Op == bank.Added && r.came[b.Row] {
			b.Op = bank.Modified // it is there, dated by the day it came early
		}
		kept = append(kept, b)
	}
	for _, m := range r.moved {
		if m.At.After(from) && !m.At.After(until) {
			kept = append(kept, m.Brief)
		}
	}
	slices.SortStableFunc(kept, func(a, b bank.Brief) int { return a.At.Compare(b.At) })
	return kept
}

// Write implements [bank.Briefed].
func (r *refreshed) Write(b bank.Brief) bank.Transaction {
	if b.Written != nil {
		return *b.Written
	}
	return r.Briefed.Write(b)
}

// refresh brings the end of every row pending at now forward to effect.
func (r *refreshed) refresh(now, effect time.Time) {
	pending := r.pending(now)
	briefs := r.Briefed.Briefs(effect, r.horizon(now))
	for i, b := range briefs {
		row, waiting := pending[b.Row]
		if _, ended := r.ended[b.Row]; !waiting || ended || b.Op != bank.Removed {
			continue
		}
		r.ended[b.Row] = effect
		r.bring(b, row, effect)
		if i+1 == len(briefs) {
			continue
		}
		if next := briefs[i+1]; next.Op == bank.Added && next.At.Equal(b.At) {
			if posted := r.Write(next); replaces(posted, row) {
				r.came[next.Row] = true
				r.bring(next, posted, effect)
			}
		}
	}
}

// horizon is a moment by which everything has ended that is pending at now or was
// brought forward.
func (r *refreshed) horizon(now time.Time) time.Time {
	if r.latest.After(now) {
		now = r.latest
	}
	return now.Add(pendingLife)
}

// pending lists the rows that are pending at now.
func (r *refreshed) pending(now time.Time) map[uint64]bank.Transaction {
	there := make(map[uint64]bank.Brief)
	for _, b := range r.Briefs(now.Add(-pendingLife), now) {
		if b.Op == bank.Removed {
			delete(there, b.Row)
			continue
		}
		there[b.Row] = b
	}
	rows := make(map[uint64]bank.Transaction)
	for name, b := range there {
		if row := r.Write(b); row.Pending {
			rows[name] = row
		}
	}
	return rows
}

// bring adds an event at effect instead of its own time. A row that posts today
// is not dated tomorrow.
func (r *refreshed) bring(b bank.Brief, row bank.Transaction, effect time.Time) {
	m := moved{Brief: b, own: b.At}
	if b.At.After(r.latest) {
		r.latest = b.At
	}
	today := effect.UTC().Format(time.DateOnly)
	row.Date, row.AuthorizedDate = min(row.Date, today), min(row.AuthorizedDate, today)
	if row.Datetime.After(effect) {
		row.Datetime = effect
	}
	if row.AuthorizedAt.After(effect) {
		row.AuthorizedAt = effect
	}
	m.At, m.Date, m.Written = effect, row.Date, &row
	r.moved = append(r.moved, m)
}

// ahead lists what was brought forward and has happened by now, but would not
// have happened yet. A pending row that has gone is as the bank has it now.
func (r *refreshed) ahead(now time.Time) []bank.Event {
	var events []bank.Event
	for _, m := range r.moved {
		if m.At.After(now) || !m.own.After(now) {
			continue
		}
		row := *m.Written
		switch m.Op {
		case bank.Removed:
			row = r.version(m.Row, row, m.At, now)
		case bank.Modified:
			row.Amount = row.Amount.Sub(m.was)
		case bank.Added:
		}
		events = append(events, bank.Event{At: m.At, Op: m.Op, Transaction: row})
	}
	return events
}

// version is the bank's own version of a row at now.
func (r *refreshed) version(name uint64, row bank.Transaction, since, now time.Time) bank.Transaction {
	for _, b := range r.Briefed.Briefs(since, now) {
		if b.Op == bank.Modified && b.Row == name {
			row = r.Write(b)
		}
	}
	return row
}

// replaces reports whether a row is the posted one of a pending one that was
// removed just before: the bank tells the two in one breath.
func replaces(row, gone bank.Transaction) bool {
	return !row.Pending && row.AccountID == gone.AccountID && (row.PendingID == gone.ID || row.PendingID == "")
}
