package fate

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"coffer/plaidsvc/plaidsim/bank"

	"github.com/shopspring/decimal"
)

// A Kind is what happens to rows.
type Kind string

// What can happen to rows.
const (
	// Removed takes posted rows back.
	Removed Kind = "removed"
	// Modified changes the amount of posted rows, and marks the name.
	Modified Kind = "modified"
	// Vanished ends holds that never post.
	Vanished Kind = "vanished"
	// Unlinked lets rows that are pending post without the link to them.
	Unlinked Kind = "unlinked"
	// Repriced lets rows that are pending post for another amount.
	Repriced Kind = "repriced"
)

// An Edit says what happens to which rows.
type Edit struct {
	Kind Kind
	// Rows is how many of those that fit, the newest first; 0 is one.
	Rows int
	// Name narrows them to rows whose name has this text in it, whatever the
	// case.
	Name string
	// By is added to the amount of rows that are modified or repriced.
	By decimal.Decimal
}

// How far the bank is asked around the moment of an edit: rows of the last
// quarter can be meant, and a row that is pending has posted, and been put right,
// long before the bank's horizon is over.
const (
	quarter = 92 * 24 * time.Hour
	horizon = 100 * 24 * time.Hour
)

// Edit lets something happen to rows at a moment, and tells to how many: there
// may be fewer that fit, or none. Only rows that Plaid tells of are meant.
func (l *Life) Edit(at time.Time, e Edit) int {
	known := l.rowsAt(at)
	var rows []*bank.Transaction
	for _, r := range known {
		if e.fits(r) && l.told(r.AccountID) {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, func(a, b *bank.Transaction) int {
		return cmp.Or(cmp.Compare(b.Date, a.Date), cmp.Compare(a.ID, b.ID))
	})
	rows = rows[:min(len(rows), max(1, e.Rows))]
	if len(rows) == 0 {
		return 0
	}
	after := l.top.Events(at, at.Add(horizon))
	t := &twist{source: l.top, at: at, change: make(map[string]change), debts: l.debts(), of: l.Account}
	for _, r := range rows {
		t.edit(e, r, successor(after, r))
	}
	t.reckon(known, after)
	l.top = t
	return len(rows)
}

// fits reports whether a row is of the kind that the edit is for. Money that is
// to come in is not held, so such a row cannot vanish.
func (e Edit) fits(r *bank.Transaction) bool {
	wanted := !r.Pending
	switch e.Kind {
	case Vanished:
		wanted = r.Pending && r.Amount.IsPositive()
	case Unlinked, Repriced:
		wanted = r.Pending
	case Removed, Modified:
	}
	return wanted && strings.Contains(strings.ToLower(r.Name), strings.ToLower(e.Name))
}

// rowsAt are the rows of the last quarter that the bank has at a moment.
func (l *Life) rowsAt(at time.Time) map[string]*bank.Transaction {
	return replay(l.top.Events(at.Add(-quarter), at))
}

// replay is what is left of rows after some events.
func replay(events []bank.Event) map[string]*bank.Transaction {
	rows := make(map[string]*bank.Transaction)
	for i := range events {
		id := events[i].Transaction.ID
		delete(rows, id)
		if events[i].Op != bank.Removed {
			rows[id] = &events[i].Transaction
		}
	}
	return rows
}

// successor is the id of the row that a pending row posts as; "" is none.
func successor(after []bank.Event, pending *bank.Transaction) string {
	for i, e := range after {
		if e.Op != bank.Removed || e.Transaction.ID != pending.ID || i+1 == len(after) {
			continue
		}
		next := after[i+1]
		r := next.Transaction
		if next.Op == bank.Added && !r.Pending && next.At.Equal(e.At) && r.AccountID == pending.AccountID &&
			(r.PendingID == pending.ID || r.PendingID == "") {
			return r.ID
		}
	}
	return ""
}

// told tells the accounts that have rows at Plaid, by the name of their rows.
func (l *Life) told(name string) bool {
	id := l.Account(name)
	return slices.ContainsFunc(l.Accounts(), func(a bank.Account) bool {
		return a.ID == id && (a.Type == "depository" || a.Type == "credit" || a.Subtype == "student")
	})
}

// debts tells the accounts whose balance is what is owed.
func (l *Life) debts() map[string]bool {
	debts := make(map[string]bool)
	for _, a := range l.Accounts() {
		debts[a.ID] = a.Type == "credit" || a.Type == "loan"
	}
	return debts
}
