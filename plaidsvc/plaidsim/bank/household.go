package bank

import (
	"slices"
	"sync"
	"time"
)

// Options choose a household.
type Options struct {
	// Seed chooses among households. The same seed is the same people with the
	// same ids for ever.
	Seed int64
	// Kind is one of [Kinds]; "" leaves it to the seed.
	Kind string
	// From is where the told history begins: nothing that banks made known up
	// to this moment is told, and balances before it are those at it. It cuts
	// off the past and changes nothing after it. The zero value tells
	// everything since the Epoch.
	From time.Time
	// Transactions asks for a busier life: with it the household has about so
	// many rows in Years years (2 if 0, at most 20), on more accounts at more
	// banks. The accounts it has anyway stay as they are. 0, or fewer than it has
	// without, adds nothing. A busy life should have a From: without one it is
	// busy since the Epoch.
	Transactions int
	Years        int
}

// A Household is people with accounts at one or more institutions. It may be
// used by several goroutines.
type Household struct {
	options Options
	from    moment
	banks   []string

	mu     sync.Mutex // guards logins
	logins map[string]*login
}

// NewHousehold makes the household of a seed. It does nothing yet: days are
// lived when somebody asks for them. A Kind that there is not is a panic.
func NewHousehold(o Options) *Household {
	h := &Household{options: o, from: -1, logins: map[string]*login{}}
	if !o.From.IsZero() {
		h.from = max(h.from, momentOf(o.From))
	}
	k := o.kind()
	at := k.choose(h.seed(k.name))
	home := &life{book: k.move(h.seed(k.name), at, newMarket(h.seed("market")))}
	for log, i := range at {
		h.banks = append(h.banks, i.ID)
		h.logins[i.ID] = h.login(home, i, log)
	}
	h.trade(o.trade(k.rows))
	return h
}

func (h *Household) seed(whose string) uint64 {
	return stirText(uint64(h.options.Seed), whose)
}

func (h *Household) login(l *life, at Institution, log int) *login {
	return &login{life: l, institution: at, log: log, from: h.from}
}

// Banks lists the ids of the institutions where the household banks, in a fixed
// order.
func (h *Household) Banks() []string { return slices.Clone(h.banks) }

// Login signs a user in at a bank. The only user is user_good: at the
// household's banks that is the household, at a broker that is no bank somebody
// who invests there, anywhere else somebody with a checking and a savings account.
func (h *Household) Login(institutionID, user string) (Login, bool) {
	i, known := institution(institutionID)
	if !known || user != "user_good" {
		return nil, false
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	l, ok := h.logins[institutionID]
	if !ok {
		l = h.login(&life{book: h.stranger(i)}, i, 0)
		h.logins[institutionID] = l
	}
	return l, true
}

// stranger is the book of somebody who is not of the household.
func (h *Household) stranger(at Institution) *book {
	m := newMarket(h.seed("market"))
	if !slices.Contains(at.Products, "transactions") && slices.Contains(at.Products, "investments") {
		return newInvestor(h.seed("investor "+at.ID), at, m)
	}
	return newSingle(h.seed("single "+at.ID), at, m)
}

// Movements tells why the balance of an account moved whose rows are not part
// of /transactions/sync, in (from, until] and in the order of time. For other
// accounts, and for unknown ones, there are none.
func (h *Household) Movements(accountID string, from, until time.Time) []Movement {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, l := range h.logins {
		if m, ok := l.movements(accountID, momentOf(from), momentOf(until)); ok {
			return m
		}
	}
	return nil
}
