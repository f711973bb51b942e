// Package recur finds in a list of transactions what comes again and again: a
// salary, a rent, a subscription. These are Plaid's streams, as
// /transactions/recurring/get tells them.
//
// # Promise
//
// [Find] is a function of the rows and of the day. A stream is rows of one
// account, one currency and one direction that come from one payee at regular
// distances; a row is in one stream at most. A stream keeps its key while more
// of its rows come. How Plaid's own model decides is not documented; the rules
// here are those its words describe (https://plaid.com/docs/api/products/
// transactions/#transactionsrecurringget): which frequencies there are, when a
// stream is mature, what a tombstone is.
//
// # What it never does
//
// It makes nothing up: there is no stream without rows. It reads no clock and
// knows nothing of HTTP, Items or ids of Plaid's.
package recur

import (
	"cmp"
	"slices"

	"coffer/plaidsvc/plaidsim/bank"

	"github.com/shopspring/decimal"
)

// A Frequency is how often a stream has a row, in Plaid's words.
type Frequency string

// Plaid's frequencies. Unknown is regular, but none of the others: every three
// months, for example.
const (
	Unknown     Frequency = "UNKNOWN"
	Weekly      Frequency = "WEEKLY"
	Biweekly    Frequency = "BIWEEKLY"
	SemiMonthly Frequency = "SEMI_MONTHLY"
	Monthly     Frequency = "MONTHLY"
	Annually    Frequency = "ANNUALLY"
)

// A Status is how sure it is that a stream is one, in Plaid's words.
type Status string

// Plaid's statuses. A stream is mature with three rows, an annual one with two.
// One that never got so far and has no row when the next is due is tombstoned.
const (
	Mature         Status = "MATURE"
	EarlyDetection Status = "EARLY_DETECTION"
	Tombstoned     Status = "TOMBSTONED"
)

// A Stream is rows that belong together, at least two.
type Stream struct {
	// Key names the stream among all of its Item, for as long as it lives.
	Key string
	// Rows are the oldest first, by the day they posted.
	Rows      []*bank.Transaction
	Frequency Frequency
	Status    Status
	// Active tells that the next row is not overdue.
	Active bool
	// Next is the day the next row is expected, YYYY-MM-DD. It is empty for a
	// stream that is not active.
	Next string
}

// First and Last are the ends of the stream.
func (s *Stream) First() *bank.Transaction { return s.Rows[0] }

// Last is the newest row.
func (s *Stream) Last() *bank.Transaction { return s.Rows[len(s.Rows)-1] }

// Inflow tells whether the stream brings money in. Its amounts are negative.
func (s *Stream) Inflow() bool { return s.Last().Amount.IsNegative() }

// Average is the mean amount, in the sign of the rows, rounded to their
// fractional digits and at least to two.
func (s *Stream) Average() decimal.Decimal {
	sum, places := decimal.Zero, int32(2)
	for _, r := range s.Rows {
		sum = sum.Add(r.Amount)
		places = max(places, -r.Amount.Exponent())
	}
	return sum.DivRound(decimal.NewFromInt(int64(len(s.Rows))), places)
}

// Find finds the streams in rows that may be in any order, as of a day
// (YYYY-MM-DD). Pending rows do not count: they have no posted date yet. The
// streams are ordered by their keys.
func Find(rows []*bank.Transaction, today string) []Stream {
	left := posted(rows)
	var found []Stream
	for _, sort := range sorts() {
		var streams []Stream
		streams, left = sort.find(left, dayOf(today))
		found = append(found, streams...)
	}
	slices.SortFunc(found, func(a, b Stream) int { return cmp.Compare(a.Key, b.Key) })
	return found
}

// posted is the rows that count, the oldest first.
func posted(rows []*bank.Transaction) []*bank.Transaction {
	kept := make([]*bank.Transaction, 0, len(rows))
	for _, r := range rows {
		if !r.Pending && !r.Amount.IsZero() {
			kept = append(kept, r)
		}
	}
	slices.SortFunc(kept, func(a, b *bank.Transaction) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.ID, b.ID))
	})
	return kept
}
