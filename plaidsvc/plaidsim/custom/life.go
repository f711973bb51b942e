package custom

import (
	"slices"
	"time"

	"coffer/plaidsvc/plaidsim/bank"

	"github.com/shopspring/decimal"
)

// A life is the rows that are made up for an account: those of an account of the
// same kind, of somebody who lives for this one account only.
type life struct {
	login   bank.Login
	account string       // at the login
	as      bank.Account // at the user
}

// life finds an account a life, or nil where nobody lives one like it.
func (m *maker) life(a *account) *life {
	l := bank.Somebody(m.seed, a.ID, m.at, m.linked.AddDate(-2, 0, 0))
	for _, b := range l.Accounts() {
		if b.Subtype == a.Subtype {
			return &life{l, b.ID, a.Account}
		}
	}
	return nil
}

func (l *life) events(from, until time.Time) []bank.Event {
	events := slices.DeleteFunc(l.login.Events(from, until), func(e bank.Event) bool { return e.Transaction.AccountID != l.account })
	for i := range events {
		t := &events[i].Transaction
		t.AccountID, t.Currency, t.Unofficial = l.as.ID, l.as.Currency, l.as.Unofficial
	}
	return events
}

// state is the balance of the account that lives.
func (l *life) state(at time.Time) bank.Balance {
	balances := l.login.Balances(at)
	return balances[slices.IndexFunc(balances, func(b bank.Balance) bool { return b.AccountID == l.account })]
}

func (l *life) balance(at time.Time) decimal.Decimal { return *l.state(at).Current }

func (l *life) pending(at time.Time) decimal.Decimal {
	b := l.state(at)
	if b.Limit != nil {
		return b.Limit.Sub(*b.Current).Sub(*b.Available)
	}
	return b.Current.Sub(*b.Available)
}
