package feed

import (
	"slices"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
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
	Source
	moved  []moved              // by time
	ended  map[string]time.Time // pending rows that were brought to an end, and when
	posted map[string]bool      // rows that replaced them
}

// moved is an event with its new time, and the time it would have had.
type moved struct {
	bank.Event
	own time.Time
}

// Events implements [Source].
func (r *refreshed) Events(from, until time.Time) []bank.Event {
	events := r.Source.Events(from, until)
	if len(r.moved) == 0 {
		return events
	}
	kept := make([]bank.Event, 0, len(events)+len(r.moved))
	for _, e := range events {
		if end, ended := r.ended[e.Transaction.ID]; ended && e.At.After(end) {
			continue
		}
		if e.Op == bank.Added && r.posted[e.Transaction.ID] {
			e.Op = bank.Modified // it is there, dated by the day it posted early
		}
		kept = append(kept, e)
	}
	for _, m := range r.moved {
		if m.At.After(from) && !m.At.After(until) {
			kept = append(kept, m.Event)
		}
	}
	slices.SortStableFunc(kept, func(a, b bank.Event) int { return a.At.Compare(b.At) })
	return kept
}

// refresh brings the end of every row pending at now forward to effect.
func (r *refreshed) refresh(now, effect time.Time) {
	if r.ended == nil {
		r.ended, r.posted = make(map[string]time.Time), make(map[string]bool)
	}
	pending := r.pending(now)
	events := r.Source.Events(effect, now.Add(pendingLife))
	for i, e := range events {
		row, waiting := pending[e.Transaction.ID]
		if _, ended := r.ended[e.Transaction.ID]; !waiting || ended || e.Op != bank.Removed {
			continue
		}
		r.ended[row.ID] = effect
		r.bring(bank.Event{At: e.At, Op: bank.Removed, Transaction: row}, effect)
		if i+1 < len(events) && replaces(events[i+1], e) {
			r.posted[events[i+1].Transaction.ID] = true
			r.bring(events[i+1], effect)
		}
	}
}

// pending lists the rows that are pending at now.
func (r *refreshed) pending(now time.Time) map[string]bank.Transaction {
	rows := make(map[string]bank.Transaction)
	for _, e := range r.Events(now.Add(-pendingLife), now) {
		if e.Op == bank.Removed || !e.Transaction.Pending {
			delete(rows, e.Transaction.ID)
			continue
		}
		rows[e.Transaction.ID] = e.Transaction
	}
	return rows
}

// bring adds an event at effect instead of its own time. A row that posts today
// is not dated tomorrow.
func (r *refreshed) bring(e bank.Event, effect time.Time) {
	m := moved{Event: e, own: e.At}
	m.At = effect
	m.Transaction.Date = min(m.Transaction.Date, effect.UTC().Format(time.DateOnly))
	if m.Transaction.Datetime.After(effect) {
		m.Transaction.Datetime = effect
	}
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
		if m.Op == bank.Removed {
			m.Transaction = r.latest(m.Transaction, m.At, now)
		}
		events = append(events, m.Event)
	}
	return events
}

// latest is the bank's own version of a row at now.
func (r *refreshed) latest(row bank.Transaction, since, now time.Time) bank.Transaction {
	for _, e := range r.Source.Events(since, now) {
		if e.Op == bank.Modified && e.Transaction.ID == row.ID {
			row = e.Transaction
		}
	}
	return row
}

// replaces reports whether added is the posted row of a pending one that was
// just removed: the bank tells the two in one breath.
func replaces(added, removed bank.Event) bool {
	row, gone := added.Transaction, removed.Transaction
	return added.Op == bank.Added && !row.Pending && added.At.Equal(removed.At) &&
		row.AccountID == gone.AccountID && (row.PendingID == gone.ID || row.PendingID == "")
}
