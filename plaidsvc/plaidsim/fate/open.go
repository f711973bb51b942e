package fate

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"coffer/plaidsvc/plaidsim/bank"

	"github.com/shopspring/decimal"
)

// Open opens a savings account at the bank, with a life of its own: money is put
// in at the start and each week, and every third week something is taken out,
// which is pending for two days.
func (l *Life) Open(at time.Time) bank.Account {
	like := bank.Account{Currency: "USD", Holder: "personal"}
	if accounts := l.login.Accounts(); len(accounts) > 0 {
		like = accounts[0]
	}
	id := fmt.Sprintf("%s opened %d of %s", l.Institution().ID, len(l.opened)+1, like.ID)
	sum := fingerprint(id)
	a := bank.Account{
		ID:           id,
		Name:         "Holiday Savings",
		OfficialName: l.Institution().Name + " Holiday Savings Account",
		Mask:         fmt.Sprintf("%02d%02d", sum[0]%100, sum[1]%100),
		Type:         "depository",
		Subtype:      "savings",
		Holder:       like.Holder,
		Currency:     like.Currency,
		Unofficial:   like.Unofficial,
	}
	if like.PersistentID != "" {
		a.PersistentID = hex.EncodeToString(sum[:])
	}
	l.opened = append(l.opened, a)
	l.top = &opening{source: l.top, at: at, account: a}
	return a
}

// fingerprint is what the digits of an account are made of.
func fingerprint(text string) [sha256.Size]byte { return sha256.Sum256([]byte(text)) }

// An opening is a source with one more account.
type opening struct {
	source
	at      time.Time
	account bank.Account
}

const week = 7 * 24 * time.Hour

// What goes in and out of the account, in minor units.
const (
	firstDeposit  = 500_00
	weeklyDeposit = 50_00
	withdrawal    = 35_00
)

// Events implements [bank.Login].
func (o *opening) Events(from, until time.Time) []bank.Event {
	events := o.source.Events(from, until)
	if until.Before(o.at) {
		return events
	}
	return merge(append([]bank.Event(nil), events...), o.life(until), from, until)
}

// life is all that happens on the account up to a moment.
func (o *opening) life(until time.Time) []bank.Event {
	events := []bank.Event{o.event(o.at, "opening", "OPENING DEPOSIT", -firstDeposit)}
	for n := 1; ; n++ {
		at := o.at.Add(time.Duration(n) * week)
		if at.After(until) {
			return events
		}
		id := fmt.Sprintf("week %d", n)
		events = append(events, o.event(at, id, "AUTOMATIC SAVINGS", -weeklyDeposit))
		if n%3 == 0 {
			events = append(events, o.withdraw(at.Add(time.Hour), id+" out", until)...)
		}
	}
}

// withdraw takes money out: it is held first, and posts two days later.
func (o *opening) withdraw(at time.Time, id string, until time.Time) []bank.Event {
	held := o.event(at, id+" pending", "TRANSFER OUT", withdrawal)
	held.Transaction.Pending = true
	events := []bank.Event{held}
	if posts := at.Add(2 * 24 * time.Hour); !posts.After(until) {
		gone := bank.Event{At: posts, Op: bank.Removed, Transaction: bank.Transaction{ID: held.Transaction.ID, AccountID: o.account.ID}}
		posted := o.event(posts, id, "TRANSFER OUT", withdrawal)
		posted.Transaction.PendingID = held.Transaction.ID
		posted.Transaction.AuthorizedDate = held.Transaction.Date
		events = append(events, gone, posted)
	}
	return events
}

func (o *opening) event(at time.Time, id, name string, cents int64) bank.Event {
	t := bank.Transaction{
		ID:             o.account.ID + " " + id,
		AccountID:      o.account.ID,
		Amount:         decimal.New(cents, -2),
		Currency:       o.account.Currency,
		Unofficial:     o.account.Unofficial,
		Date:           at.UTC().Format(time.DateOnly),
		AuthorizedDate: at.UTC().Format(time.DateOnly),
		Name:           name,
		Channel:        "other",
		Code:           "transfer",
		Primary:        "TRANSFER_IN",
		Detailed:       "TRANSFER_IN_SAVINGS",
		Confidence:     "HIGH",
	}
	if cents > 0 {
		t.Primary, t.Detailed = "TRANSFER_OUT", "TRANSFER_OUT_SAVINGS"
	}
	return bank.Event{At: at, Op: bank.Added, Transaction: t}
}

// Balances implements [bank.Login]: the sum of the rows.
func (o *opening) Balances(at time.Time) []bank.Balance {
	balances := o.source.Balances(at)
	if at.Before(o.at) {
		return balances
	}
	current, held := decimal.Zero, decimal.Zero
	for _, r := range replay(o.life(at)) {
		if r.Pending {
			held = held.Add(r.Amount)
		} else {
			current = current.Sub(r.Amount)
		}
	}
	available := current.Sub(held)
	return append(balances, bank.Balance{AccountID: o.account.ID, Current: &current, Available: &available})
}
