package bank

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// A revised login is one whose bank thinks again of each purchase long after it
// posted: it cost a dollar more.
type revised struct{ *login }

const revisedAfter = 400 * 24 * time.Hour

// surcharge is what a purchase turns out to have cost more.
func surcharge() decimal.Decimal { return decimal.NewFromInt(1) }

// Briefs implements [Briefed].
func (r *revised) Briefs(from, until time.Time) []Brief {
	briefs := r.login.Briefs(from, until)
	earlier := r.login.Briefs(from.Add(-revisedAfter), until.Add(-revisedAfter))
	r.mu.Lock()
	for _, b := range earlier {
		if b.stage == stagePosted && r.book.rows[b.Row/2].payee.code == "purchase" {
			b.At, b.Op = b.At.Add(revisedAfter), Modified
			briefs = append(briefs, b)
		}
	}
	r.mu.Unlock()
	slices.SortStableFunc(briefs, func(a, b Brief) int { return a.At.Compare(b.At) })
	return briefs
}

// Write implements [Briefed]. A revision has the time of its own, the row is that
// of its posting.
func (r *revised) Write(b Brief) Transaction {
	if b.Op != Modified || b.stage != stagePosted {
		return r.login.Write(b)
	}
	b.At = b.At.Add(-revisedAfter)
	row := r.login.Write(b)
	row.Amount = row.Amount.Add(surcharge())
	return row
}

// Events implements [Login].
func (r *revised) Events(from, until time.Time) []Event {
	var events []Event
	for _, b := range r.Briefs(from, until) {
		events = append(events, Event{At: b.At, Op: b.Op, Transaction: r.Write(b)})
	}
	return events
}

// Balances implements [Login].
func (r *revised) Balances(at time.Time) []Balance {
	balances := r.login.Balances(at)
	for _, b := range r.Briefs(time.Time{}, at) {
		i := slices.IndexFunc(balances, func(x Balance) bool { return x.AccountID == b.AccountID })
		if b.Op != Modified {
			continue
		}
		x := &balances[i]
		more := surcharge()
		if x.Limit == nil {
			more = more.Neg()
		}
		current, available := x.Current.Add(more), x.Available.Sub(surcharge())
		x.Current, x.Available = &current, &available
	}
	return balances
}
