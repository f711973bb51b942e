// Package feed turns what a bank makes known into what one Item hands out
// through /transactions/sync: which rows it has at a moment, and what changed
// between two moments.
//
// # Promise
//
// A [Feed] is a function of time. The rows it shows at a moment are the rows
// the bank has made known by then, of the accounts the Item sees, dated inside
// the Item's history, and pulled by Plaid already; [Feed.Changes] is exactly
// the difference between two such sets. A position is a moment and nothing
// else, so one handed out by an earlier process is as good as one of our own.
//
// # What it never does
//
// It keeps no log, reads no clock and knows nothing of HTTP, tokens or cursors.
// It does not page: the caller slices a [Span], and what [Feed.Rows] returns.
// Only rows that are handed out are written out.
package feed

import (
	"maps"
	"slices"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

// A Status is how much of an Item's history Plaid has pulled, in the words of
// transactions_update_status.
type Status string

// The stages an Item passes through once, in this order.
const (
	NotReady Status = "NOT_READY"
	Initial  Status = "INITIAL_UPDATE_COMPLETE"
	Complete Status = "HISTORICAL_UPDATE_COMPLETE"
)

// InitialDays is how far back the first pull goes. Plaid documents 30 days.
const InitialDays = 30

// A Window says which rows of a login an Item shows, and from when on.
type Window struct {
	// Linked is when Transactions was added to the Item. History counts back
	// from its date.
	Linked time.Time
	// Days is days_requested, frozen for the life of the Item.
	Days int
	// InitialAt is when the last InitialDays are there; before it the Item
	// shows nothing. CompleteAt, not before InitialAt, is when the rest is.
	// The zero time is "long ago".
	InitialAt, CompleteAt time.Time
	// Sees reports whether rows of a bank account belong to the Item.
	Sees func(accountID string) bool
	// Joined tells when an account became the Item's that was not from the start:
	// its rows, old ones too, are shown from then on. The map may grow.
	Joined map[string]time.Time
}

// A Feed is the transactions of one Item. It is not safe for concurrent use.
type Feed struct {
	source  *refreshed
	window  Window
	recent  string // rows dated before it wait for CompleteAt
	horizon string // rows dated before it are never shown
	shelf   shelf
}

// New makes the feed of an Item over what its bank makes known.
func New(source Source, w Window) *Feed {
	return &Feed{
		source:  newRefreshed(briefed(source)),
		window:  w,
		recent:  dateBefore(w.Linked, InitialDays),
		horizon: dateBefore(w.Linked, w.Days),
	}
}

// Status tells how far Plaid has got at a moment.
func (f *Feed) Status(now time.Time) Status {
	switch {
	case now.Before(f.window.InitialAt):
		return NotReady
	case now.Before(f.window.CompleteAt):
		return Initial
	default:
		return Complete
	}
}

// Refresh makes every row that is pending at now post at effect, a moment after
// now, instead of on the day the bank would have posted it.
func (f *Feed) Refresh(now, effect time.Time) {
	f.source.refresh(now, effect)
}

// Hasten makes it happen at effect that some rows come pending and, if raise is
// set, that one amount is corrected, all of which the bank would make known
// later. It finds as many as the bank has for the next year or so.
func (f *Feed) Hasten(now, effect time.Time, rows int, raise bool) {
	f.source.hasten(effect, rows)
	if raise {
		f.source.raise(now, effect, func(b bank.Brief) bool {
			return f.window.Sees(b.AccountID) && f.visible(&b, effect)
		})
	}
}

// Tell adds rows that the bank does not know of, at effect.
func (f *Feed) Tell(effect time.Time, rows []bank.Transaction) { f.source.tell(effect, rows) }

// Ahead lists what has happened by now, by a refresh or by [Feed.Tell], although
// the bank would make it known later or never: money that has moved already as
// far as balances go. A row with Op [bank.Removed] is a pending row that has
// gone; one with [bank.Modified] has the change of its amount for an amount.
func (f *Feed) Ahead(now time.Time) []bank.Event {
	return f.source.ahead(now)
}

// Forget makes [Feed.Rows] look at everything again. It is to be called when
// Sees has changed its mind.
func (f *Feed) Forget() { f.shelf = shelf{} }

// visible reports whether a version of a row is shown at a moment.
func (f *Feed) visible(r *bank.Brief, at time.Time) bool {
	return r.Date >= f.horizon && !at.Before(f.shownFrom(r))
}

// tooOld reports whether a version of a row is from before the Item's history.
// Of a removed row the date may not be known.
func (f *Feed) tooOld(r *bank.Brief) bool { return r.Date != "" && r.Date < f.horizon }

// shownFrom is the moment a row like this can first have been shown.
func (f *Feed) shownFrom(r *bank.Brief) time.Time {
	from := f.window.InitialAt
	if r.Date < f.recent {
		from = f.window.CompleteAt
	}
	if joined := f.window.Joined[r.AccountID]; joined.After(from) {
		from = joined
	}
	return from
}

// stages are the moments at which rows of the past appear.
func (f *Feed) stages() []time.Time {
	return slices.AppendSeq([]time.Time{f.window.InitialAt, f.window.CompleteAt}, maps.Values(f.window.Joined))
}

func dateBefore(t time.Time, days int) string {
	return t.AddDate(0, 0, -days).Format(time.DateOnly)
}
