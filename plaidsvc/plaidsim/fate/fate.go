// Package fate lets things happen at a bank that the bank would not do by
// itself: rows are removed or changed, holds vanish, accounts are opened, closed
// and given other names.
//
// # Promise
//
// A [Life] is what one person has at a bank, with what happened to it. It stays a
// function of time: what happens at a moment changes nothing before it, and a
// Life of another process to which the same things happen at the same moments
// tells the same events. Which row is meant follows from what the bank itself
// had told by that moment. Balances agree with the rows to the cent, before and
// after.
//
// # What it never does
//
// It reads no clock and knows nothing of HTTP or of Items. It does not undo:
// what has happened has happened.
package fate

import (
	"slices"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

// A Life is a [bank.Login] with a fate. It is not safe for concurrent use.
type Life struct {
	login   bank.Login
	top     source    // the last thing that happened, over all before it
	outages []*outage // oldest first
	opened  []bank.Account
	closed  map[string]bool
	names   map[string]string // what rows come under after a churn, to the bank's account
}

// A source is what is known of the money of a login.
type source interface {
	Events(from, until time.Time) []bank.Event
	Balances(at time.Time) []bank.Balance
}

// New makes a life to which nothing has happened.
func New(login bank.Login) *Life {
	return &Life{login: login, top: login, closed: make(map[string]bool), names: make(map[string]string)}
}

// Institution implements [bank.Login].
func (l *Life) Institution() bank.Institution { return l.login.Institution() }

// Accounts implements [bank.Login]: those that are open after all that has
// happened.
func (l *Life) Accounts() []bank.Account {
	accounts := slices.Concat(l.login.Accounts(), l.opened)
	return slices.DeleteFunc(accounts, func(a bank.Account) bool { return l.closed[a.ID] })
}

// Balances implements [bank.Login]. A closed account is listed as it was.
func (l *Life) Balances(at time.Time) []bank.Balance { return l.top.Balances(at) }

// Events implements [bank.Login].
func (l *Life) Events(from, until time.Time) []bank.Event { return l.top.Events(from, until) }

// Close closes an account: after at the bank tells nothing of it.
func (l *Life) Close(at time.Time, accountID string) {
	l.closed[accountID] = true
	l.top = &closing{source: l.top, at: at, account: accountID, of: l.Account}
}

// Account is the bank's id of the account whose rows come under a name.
func (l *Life) Account(name string) string {
	if id, ok := l.names[name]; ok {
		return id
	}
	return name
}

// A closing is a source one of whose accounts is closed.
type closing struct {
	source
	at      time.Time
	account string
	of      func(name string) string
}

// Events implements [bank.Login].
func (c *closing) Events(from, until time.Time) []bank.Event {
	events := c.source.Events(from, until)
	kept := make([]bank.Event, 0, len(events))
	for _, e := range events {
		if c.of(e.Transaction.AccountID) != c.account || !e.At.After(c.at) {
			kept = append(kept, e)
		}
	}
	return kept
}

// Balances implements [bank.Login].
func (c *closing) Balances(at time.Time) []bank.Balance {
	balances := c.source.Balances(at)
	if !at.After(c.at) {
		return balances
	}
	for _, last := range c.source.Balances(c.at) {
		for i := range balances {
			if balances[i].AccountID == c.account && last.AccountID == c.account {
				balances[i] = last
			}
		}
	}
	return balances
}

// merge puts more events among those of a source, behind what happened at the
// same moment: a posted row stays right behind its pending one.
func merge(events, more []bank.Event, from, until time.Time) []bank.Event {
	was := len(events)
	for _, e := range more {
		if e.At.After(from) && !e.At.After(until) {
			events = append(events, e)
		}
	}
	if len(events) == was {
		return events
	}
	slices.SortStableFunc(events, func(a, b bank.Event) int { return a.At.Compare(b.At) })
	return events
}
