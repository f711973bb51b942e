package fate

import (
	"slices"
	"strings"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

// Churn makes the rows of an account come under another name from a moment on,
// as when Plaid takes an account for a new one: all that are there are removed,
// and added again under other ids. from is the name that the rows come under so
// far: the bank's id of the account, or what an earlier churn made of it. The
// account itself, and its balance, stay.
func (l *Life) Churn(at time.Time, from, to string) {
	l.names[to] = l.Account(from)
	c := &churn{source: l.top, at: at, from: from, to: to}
	after := l.top.Events(at, at.Add(horizon))
	rows := c.rows()
	for _, r := range rows {
		c.remove(at, r.ID, r.Date)
		if next := successor(after, r); r.Pending && next != "" {
			// A refresh may have shown under its old id what posts later.
			c.remove(when(after, next), next, "")
		}
	}
	for _, r := range rows {
		again := *r
		again.AccountID, again.ID, again.PendingID = to, c.rename(r.ID), ""
		c.told = append(c.told, bank.Event{At: at, Op: bank.Added, Transaction: again})
	}
	l.top = c
}

// A churn is a source one of whose accounts goes by another name.
type churn struct {
	source
	at       time.Time
	from, to string
	told     []bank.Event
}

// rows are those that the account has at the moment, oldest first.
func (c *churn) rows() []*bank.Transaction {
	var rows []*bank.Transaction
	for _, r := range replay(c.source.Events(time.Time{}, c.at)) {
		if r.AccountID == c.from {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, func(a, b *bank.Transaction) int {
		return strings.Compare(a.Date+a.ID, b.Date+b.ID)
	})
	return rows
}

// remove takes a row away; its date, if it is known, tells whose history had it.
func (c *churn) remove(at time.Time, id, date string) {
	gone := bank.Transaction{ID: id, AccountID: c.from, Date: date}
	c.told = append(c.told, bank.Event{At: at, Op: bank.Removed, Transaction: gone})
}

func (c *churn) rename(id string) string { return id + " in " + c.to }

// when is the moment of the first event about a row.
func when(events []bank.Event, id string) time.Time {
	i := slices.IndexFunc(events, func(e bank.Event) bool { return e.Transaction.ID == id })
	return events[i].At
}

// Events implements [bank.Login].
func (c *churn) Events(from, until time.Time) []bank.Event {
	events := c.source.Events(from, until)
	if until.Before(c.at) {
		return events
	}
	events = slices.Clone(events)
	for i := range events {
		r := &events[i].Transaction
		if r.AccountID != c.from || !events[i].At.After(c.at) {
			continue
		}
		r.AccountID, r.ID = c.to, c.rename(r.ID)
		if r.PendingID != "" {
			r.PendingID = c.rename(r.PendingID)
		}
	}
	return merge(events, c.told, from, until)
}
