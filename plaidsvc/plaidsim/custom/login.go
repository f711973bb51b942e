package custom

import (
	"slices"
	"strings"
	"time"

	"coffer/plaidsvc/plaidsim/bank"

	"github.com/shopspring/decimal"
)

// A login is what a user has at a bank. It does not change once it is made.
type login struct {
	institution bank.Institution
	linked      time.Time // for the first time
	accounts    []*account
}

var (
	_ bank.Login    = (*login)(nil)
	_ bank.Owned    = (*login)(nil)
	_ bank.Numbered = (*login)(nil)
	_ bank.Invested = (*login)(nil)
	_ bank.Indebted = (*login)(nil)
)

// Institution implements [bank.Login].
func (l *login) Institution() bank.Institution { return l.institution }

// Accounts implements [bank.Login].
func (l *login) Accounts() []bank.Account {
	var out []bank.Account
	for _, a := range l.accounts {
		out = append(out, a.Account)
	}
	return out
}

// Events implements [bank.Login].
func (l *login) Events(from, until time.Time) []bank.Event {
	var events []bank.Event
	for _, a := range l.accounts {
		events = append(events, a.events(l.linked, from, until)...)
	}
	sortEvents(events)
	return events
}

// sortEvents sorts by time. The end of a pending row and the row that replaces
// it stay together: they are of one moment, and were told one after the other.
func sortEvents(events []bank.Event) {
	slices.SortStableFunc(events, func(a, b bank.Event) int { return a.At.Compare(b.At) })
}

// within is the part of some events in (from, until].
func within(events []bank.Event, from, until time.Time) []bank.Event {
	var part []bank.Event
	for _, e := range events {
		if e.At.After(from) && !e.At.After(until) {
			part = append(part, e)
		}
	}
	return part
}

// Balances implements [bank.Login].
func (l *login) Balances(at time.Time) []bank.Balance {
	var out []bank.Balance
	for _, a := range l.accounts {
		out = append(out, a.balance(l.linked, at))
	}
	return out
}

// find is an account by its id, or nil.
func (l *login) find(id string) *account {
	if i := slices.IndexFunc(l.accounts, func(a *account) bool { return a.ID == id }); i >= 0 {
		return l.accounts[i]
	}
	return nil
}

// Owners implements [bank.Owned].
func (l *login) Owners(accountID string) []bank.Owner {
	if a := l.find(accountID); a != nil {
		return a.owners
	}
	return nil
}

// Numbers implements [bank.Numbered].
func (l *login) Numbers(accountID string) bank.Numbers {
	if a := l.find(accountID); a != nil {
		return a.numbers
	}
	return bank.Numbers{}
}

// Holdings implements [bank.Invested].
func (l *login) Holdings(time.Time) []bank.Holding {
	var out []bank.Holding
	for _, a := range l.accounts {
		out = append(out, a.holds...)
	}
	return out
}

// Trades implements [bank.Invested].
func (l *login) Trades(from, until time.Time) []bank.Trade {
	first, last := string(dayOf(from)), string(dayOf(until))
	var out []bank.Trade
	for _, a := range l.accounts {
		for _, t := range a.trades {
			if first <= t.Date && t.Date <= last {
				out = append(out, t)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b bank.Trade) int { return strings.Compare(a.Date, b.Date) })
	return out
}

// events are an account's in (from, until].
func (a *account) events(linked, from, until time.Time) []bank.Event {
	events := within(a.given, from, until)
	if a.life != nil {
		events = append(events, a.life.events(from, until)...)
	}
	return append(events, within(a.inflows(linked, until), from, until)...)
}

// balance is an account's at a moment: what it held when the user was linked,
// and what was posted since.
func (a *account) balance(linked, at time.Time) bank.Balance {
	current := a.moved(a.posted(linked, at, a.inflows(linked, at)))
	b := bank.Balance{AccountID: a.ID, Current: &current, Limit: a.limit}
	switch {
	case a.said.NoAvailable:
	case a.said.Available != nil:
		b.Available = a.said.Available.optional()
	case a.Type == "depository":
		available := current.Sub(a.pending(at))
		b.Available = &available
	case a.Type == "credit" && b.Limit != nil:
		available := b.Limit.Sub(current).Sub(a.pending(at))
		b.Available = &available
	}
	return b
}

// moved is the opening balance after so much has gone out of the account.
func (a *account) moved(out decimal.Decimal) decimal.Decimal {
	if a.debt() {
		return a.opening.Add(out)
	}
	return a.opening.Sub(out)
}

// posted sums what was posted in (from, until], in the account's own currency:
// rows of the text, made up ones, and those of the inflow model.
func (a *account) posted(from, until time.Time, inflows []bank.Event) decimal.Decimal {
	sum := decimal.Zero
	for _, e := range append(within(a.given, from, until), within(inflows, from, until)...) {
		if t := e.Transaction; e.Op == bank.Added && !t.Pending && t.Currency == a.Currency && t.Unofficial == a.Unofficial {
			sum = sum.Add(t.Amount)
		}
	}
	if a.life != nil {
		moved := a.life.balance(until).Sub(a.life.balance(from))
		if a.debt() {
			return sum.Add(moved)
		}
		return sum.Sub(moved)
	}
	return sum
}

// pending sums what is pending at a moment.
func (a *account) pending(at time.Time) decimal.Decimal {
	sum := decimal.Zero
	for _, e := range within(a.given, time.Time{}, at) {
		if e.Op == bank.Added && e.Transaction.Pending {
			sum = sum.Add(e.Transaction.Amount)
		}
		if e.Op == bank.Removed {
			sum = sum.Sub(e.Transaction.Amount)
		}
	}
	if a.life != nil {
		sum = sum.Add(a.life.pending(at))
	}
	return sum
}
