package bank

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"github.com/shopspring/decimal"
)

// A life is a book that several logins read, one at a time: asking may make it
// live on.
type life struct {
	mu   sync.Mutex
	book *book
}

// A login is one bank's view of a life.
type login struct {
	*life
	institution Institution
	log         int
	from        moment // nothing earlier is told
}

var _ Login = (*login)(nil)

func (l *login) Institution() Institution { return l.institution }

func (l *login) Accounts() []Account {
	var out []Account
	for _, a := range l.book.accounts {
		if a.log == l.log {
			out = append(out, a.Account)
		}
	}
	return out
}

func (l *login) Events(from, until time.Time) []Event {
	l.mu.Lock()
	defer l.mu.Unlock()
	notes := l.notes(from, until)
	if len(notes) == 0 {
		return nil
	}
	out := make([]Event, len(notes))
	for i, n := range notes {
		out[i] = l.book.event(n)
	}
	return out
}

// notes is what is logged in (from, until], where the history is told.
func (l *login) notes(from, until time.Time) []note {
	after, last := max(momentOf(from), l.from), momentOf(until)
	if last <= after {
		return nil
	}
	l.book.liveUntil(last.day())
	return between(l.book.logs[l.log], after, last)
}

// between is the part of a log in (after, last].
func between(log []note, after, last moment) []note {
	search := func(m moment) int {
		i, _ := slices.BinarySearchFunc(log, m+1, func(n note, m moment) int { return cmp.Compare(n.at, m) })
		return i
	}
	return log[search(after):search(last)]
}

func (l *login) Balances(at time.Time) []Balance {
	m := max(momentOf(at), l.from)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.book.liveUntil(m.day())
	var out []Balance
	for _, a := range l.book.accounts {
		if a.log == l.log {
			b := a.balance(l.book.standing(a, m))
			if a.portfolio != nil {
				b.Available = a.portfolio.available(m)
			}
			out = append(out, b)
		}
	}
	return out
}

// standing is what an account had at a moment: the last evening's, and what
// happened since.
func (b *book) standing(a *account, at moment) standing {
	if at < b.first.at(0) {
		return standing{current: a.opening}
	}
	if !a.told() {
		return standing{current: a.moved(at)}
	}
	then := account{Account: a.Account, current: a.opening}
	if n := at.day() - b.first; n > 0 {
		then.current, then.pending = a.closings[n-1].current, a.closings[n-1].pending
	}
	for _, n := range between(b.logs[a.log], at.day().at(0)-1, at) {
		if r := &b.rows[n.row]; r.account == a {
			then.apply(r, n.stage)
		}
	}
	return standing{then.current, then.pending}
}

// moved is the balance of an untold account at a moment.
func (a *account) moved(at moment) int64 {
	if i := a.movesUntil(at); i > 0 {
		return a.moves[i-1].after
	}
	return 0
}

// movesUntil counts the movements up to a moment.
func (a *account) movesUntil(at moment) int {
	i, _ := slices.BinarySearchFunc(a.moves, at+1, func(m Movement, at moment) int { return cmp.Compare(m.at, at) })
	return i
}

// balance words a standing as Plaid does.
func (a *account) balance(s standing) Balance {
	b := Balance{AccountID: a.ID, Current: money(s.current)}
	switch a.Type {
	case "depository":
		b.Available = money(s.current - s.pending)
	case "credit":
		b.Limit = money(a.limit)
		b.Available = money(a.limit - s.current - s.pending)
	}
	return b
}

func money(cents int64) *decimal.Decimal {
	d := decimal.New(cents, -2)
	return &d
}

// movements finds the movements of an account of this login.
func (l *login) movements(accountID string, after, last moment) ([]Movement, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, a := range l.book.accounts {
		if a.ID == accountID {
			l.book.liveUntil(last.day())
			i, j := a.movesUntil(after), a.movesUntil(last)
			return slices.Clone(a.moves[i:max(i, j)]), true
		}
	}
	return nil, false
}
