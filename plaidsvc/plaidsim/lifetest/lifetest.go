// Package lifetest draws random logins for tests of what the simulator does with
// them: rows that come pending and post under another id, with the link or
// without, for another amount, or never; rows that change, vanish, and come
// back under a new id.
//
// A life is plain data. Its promise is package bank's: events are a function of
// time, and balances agree with them to the cent.
package lifetest

import (
	"fmt"
	"slices"
	"time"

	"coffer/plaidsvc/plaidsim/bank"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// Days is how long a life is told.
const Days = 120

// Start is when it begins.
func Start() time.Time { return time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC) }

// A Life is a login with a random past. It implements [bank.Login].
type Life struct {
	accounts []bank.Account
	events   []bank.Event
}

// Draw makes a life: two accounts with transactions, one that has none at Plaid,
// and rows on all of them.
func Draw(t *rapid.T) *Life {
	l := &Life{accounts: []bank.Account{
		{ID: "checking", Name: "Checking", Mask: "0000", Type: "depository", Subtype: "checking", Currency: "USD"},
		{ID: "card", Name: "Card", Mask: "3333", Type: "credit", Subtype: "credit card", Currency: "USD"},
		{ID: "house", Name: "Mortgage", Mask: "8888", Type: "loan", Subtype: "mortgage", Currency: "USD"},
	}}
	for n := range rapid.IntRange(0, 30).Draw(t, "rows") {
		l.row(t, fmt.Sprintf("row%d", n))
	}
	slices.SortStableFunc(l.events, func(a, b bank.Event) int { return a.At.Compare(b.At) })
	return l
}

// row tells the story of one purchase.
func (l *Life) row(t *rapid.T, id string) {
	at := Start().Add(time.Duration(rapid.IntRange(0, Days*24*60).Draw(t, "minute")) * time.Minute)
	r := bank.Transaction{
		ID:        id,
		AccountID: l.accounts[rapid.IntRange(0, len(l.accounts)-1).Draw(t, "account")].ID,
		Amount:    decimal.New(rapid.Int64Range(-9999, 9999).Draw(t, "cents"), -2),
		Currency:  "USD",
		Date:      at.AddDate(0, 0, -rapid.SampledFrom([]int{0, 0, 0, 1, 3, 40, 100}).Draw(t, "told late by")).Format(time.DateOnly),
		Datetime:  at,
		Name:      id,
		Channel:   "other",
	}
	if rapid.Bool().Draw(t, "pending") {
		r, at = l.pend(t, r, at)
	} else {
		l.tell(at, bank.Added, r)
	}
	for n := range rapid.IntRange(0, 2).Draw(t, "changes") {
		if at = later(t, at); !l.change(t, &r, at, n) {
			return
		}
	}
}

// pend tells a row as pending first. It returns the posted row, or the pending
// one again when it never posts, and when that was told.
func (l *Life) pend(t *rapid.T, r bank.Transaction, at time.Time) (bank.Transaction, time.Time) {
	waiting := r
	waiting.Pending = true
	l.tell(at, bank.Added, waiting)
	if rapid.Bool().Draw(t, "tip while pending") {
		waiting.Amount = waiting.Amount.Add(decimal.New(150, -2))
		at = at.Add(time.Hour)
		l.tell(at, bank.Modified, waiting)
	}
	at = at.Add(time.Duration(rapid.IntRange(1, 5*24).Draw(t, "hours pending")) * time.Hour)
	l.tell(at, bank.Removed, waiting)
	r.ID += "-posted"
	r.Amount = waiting.Amount
	switch rapid.SampledFrom([]string{"linked", "unlinked", "other amount", "vanishes"}).Draw(t, "posts") {
	case "vanishes":
		// An unrelated row may be told at the same time, and does not replace it.
		r.ID, r.AccountID = r.ID+"-other", "house"
	case "linked":
		r.PendingID = waiting.ID
	case "other amount":
		r.PendingID = waiting.ID
		r.Amount = r.Amount.Add(decimal.New(1, 0))
	}
	r.Date = at.Format(time.DateOnly)
	l.tell(at, bank.Added, r)
	return r, at
}

// change tells something about a posted row. It reports whether there is still
// a row to tell about.
func (l *Life) change(t *rapid.T, r *bank.Transaction, at time.Time, n int) bool {
	switch rapid.SampledFrom([]string{"renamed", "redated", "removed", "churned"}).Draw(t, "change") {
	case "renamed":
		r.Name += "!"
		l.tell(at, bank.Modified, *r)
	case "redated":
		r.Date = at.Format(time.DateOnly)
		l.tell(at, bank.Modified, *r)
	case "removed":
		l.tell(at, bank.Removed, *r)
		return false
	case "churned":
		l.tell(at, bank.Removed, *r)
		r.ID = fmt.Sprintf("%s-again%d", r.ID, n)
		r.PendingID = ""
		l.tell(at, bank.Added, *r)
	}
	return true
}

func later(t *rapid.T, at time.Time) time.Time {
	return at.Add(time.Duration(rapid.IntRange(1, 20*24).Draw(t, "hours later")) * time.Hour)
}

func (l *Life) tell(at time.Time, op bank.Op, r bank.Transaction) {
	if op == bank.Removed {
		r = bank.Transaction{ID: r.ID, AccountID: r.AccountID}
	}
	l.events = append(l.events, bank.Event{At: at, Op: op, Transaction: r})
}

// Institution implements [bank.Login].
func (l *Life) Institution() bank.Institution {
	return bank.Institution{
		ID: "ins_109508", Name: "First Platypus Bank",
		Countries: []string{"US"}, Products: []string{"auth", "balance", "transactions"},
	}
}

// Accounts implements [bank.Login].
func (l *Life) Accounts() []bank.Account { return slices.Clone(l.accounts) }

// Events implements [bank.Login].
func (l *Life) Events(from, until time.Time) []bank.Event {
	var events []bank.Event
	for _, e := range l.events {
		if e.At.After(from) && !e.At.After(until) {
			events = append(events, e)
		}
	}
	return events
}

// At is every row known at a moment, by id.
func (l *Life) At(at time.Time) map[string]bank.Transaction {
	rows := make(map[string]bank.Transaction)
	for _, e := range l.Events(time.Time{}, at) {
		delete(rows, e.Transaction.ID)
		if e.Op != bank.Removed {
			rows[e.Transaction.ID] = e.Transaction
		}
	}
	return rows
}

// Opening is what every account holds, or owes, before the first row.
func Opening() decimal.Decimal { return decimal.New(100_000, -2) }

// Balances implements [bank.Login].
func (l *Life) Balances(at time.Time) []bank.Balance {
	posted, pending := make(map[string]decimal.Decimal), make(map[string]decimal.Decimal)
	for _, r := range l.At(at) {
		sums := posted
		if r.Pending {
			sums = pending
		}
		sums[r.AccountID] = sums[r.AccountID].Add(r.Amount)
	}
	var balances []bank.Balance
	for _, a := range l.accounts {
		current := Opening().Sub(posted[a.ID])
		available := current.Sub(pending[a.ID])
		if a.Type != "depository" {
			current = Opening().Add(posted[a.ID])
			available = Opening().Neg().Sub(posted[a.ID]).Sub(pending[a.ID])
		}
		balances = append(balances, bank.Balance{AccountID: a.ID, Current: &current, Available: &available})
	}
	return balances
}
