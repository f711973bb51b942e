package fate

import (
	"time"

	"coffer/plaidsvc/plaidsim/bank"

	"github.com/shopspring/decimal"
)

// A change is what becomes of a row after the moment of a twist; nil means that
// the row is not told any more.
type change func(r bank.Transaction) *bank.Transaction

// A twist is a source with some rows changed after a moment.
type twist struct {
	source
	at     time.Time
	change map[string]change // by row
	told   []bank.Event      // at that moment
	money  []money           // what it does to balances
	debts  map[string]bool
	of     func(name string) string // the account that rows come under
}

// money is by how much a balance differs from a moment on.
type money struct {
	at      time.Time
	account string
	posted  decimal.Decimal // in Plaid's sign
	pending decimal.Decimal
}

// edit does to one row what an edit says. next is the row that it posts as.
func (t *twist) edit(e Edit, r *bank.Transaction, next string) {
	switch e.Kind {
	case Removed:
		t.take(r.AccountID, r.ID)
	case Modified:
		t.change[r.ID] = func(r bank.Transaction) *bank.Transaction {
			r.Amount, r.Name = r.Amount.Add(e.By), r.Name+" (CORRECTED)"
			return &r
		}
		t.told = append(t.told, bank.Event{At: t.at, Op: bank.Modified, Transaction: *t.change[r.ID](*r)})
	case Vanished:
		t.take(r.AccountID, r.ID)
		if next != "" {
			// A refresh may have shown it already.
			t.take(r.AccountID, next)
		}
	case Unlinked:
		t.change[next] = func(r bank.Transaction) *bank.Transaction {
			r.PendingID = ""
			return &r
		}
	case Repriced:
		t.change[next] = func(r bank.Transaction) *bank.Transaction {
			r.Amount = r.Amount.Add(e.By)
			return &r
		}
	}
}

// take removes a row for good.
func (t *twist) take(account, id string) {
	t.change[id] = func(bank.Transaction) *bank.Transaction { return nil }
	t.told = append(t.told, bank.Event{At: t.at, Op: bank.Removed, Transaction: bank.Transaction{ID: id, AccountID: account}})
}

// Events implements [bank.Login].
func (t *twist) Events(from, until time.Time) []bank.Event {
	events := t.source.Events(from, until)
	if until.Before(t.at) {
		return events
	}
	kept := make([]bank.Event, 0, len(events)+len(t.told))
	for _, e := range events {
		change := t.change[e.Transaction.ID]
		if change == nil || !e.At.After(t.at) {
			kept = append(kept, e)
			continue
		}
		row := change(e.Transaction)
		if row == nil {
			continue
		}
		if e.Op != bank.Removed {
			e.Transaction = *row
		}
		kept = append(kept, e)
	}
	return merge(kept, t.told, from, until)
}

// Balances implements [bank.Login].
func (t *twist) Balances(at time.Time) []bank.Balance {
	balances := t.source.Balances(at)
	for _, m := range t.money {
		if m.at.After(at) {
			continue
		}
		for i := range balances {
			if balances[i].AccountID == m.account {
				balances[i] = m.settle(balances[i], t.debts[m.account])
			}
		}
	}
	return balances
}

// settle changes a balance. Money out lowers what is there, raises what is owed,
// and lowers what is available of either.
func (m money) settle(b bank.Balance, debt bool) bank.Balance {
	current := m.posted.Neg()
	if debt {
		current = m.posted
	}
	b.Current = plus(b.Current, current)
	b.Available = plus(b.Available, m.posted.Add(m.pending).Neg())
	return b
}

func plus(d *decimal.Decimal, by decimal.Decimal) *decimal.Decimal {
	if d == nil {
		return nil
	}
	sum := d.Add(by)
	return &sum
}

// reckon finds out what the changes do to balances: at the moment itself to the
// rows that are known, and after it to whatever the bank does with them.
func (t *twist) reckon(known map[string]*bank.Transaction, after []bank.Event) {
	was := make(map[string]*bank.Transaction)
	for id, change := range t.change {
		if r := known[id]; r != nil {
			was[id] = r
			t.differ(t.at, r, nil)
			t.differ(t.at, nil, change(*r))
		}
	}
	for i := range after {
		e := &after[i]
		id := e.Transaction.ID
		change := t.change[id]
		if change == nil {
			continue
		}
		if old := was[id]; old != nil { // what it did to the balance is undone, in both lives
			t.differ(e.At, nil, old)
			t.differ(e.At, change(*old), nil)
		}
		delete(was, id)
		if e.Op != bank.Removed {
			was[id] = &e.Transaction
			t.differ(e.At, was[id], nil)
			t.differ(e.At, nil, change(*was[id]))
		}
	}
}

// differ notes that from a moment on one row does not count, and another does.
func (t *twist) differ(at time.Time, gone, there *bank.Transaction) {
	note := func(r *bank.Transaction, sign int64) {
		if r == nil {
			return
		}
		m := money{at: at, account: t.of(r.AccountID)}
		amount := r.Amount.Mul(decimal.NewFromInt(sign))
		if r.Pending {
			m.pending = amount
		} else {
			m.posted = amount
		}
		t.money = append(t.money, m)
	}
	note(gone, -1)
	note(there, 1)
}
