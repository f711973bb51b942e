package custom

import (
	"cmp"
	"strconv"

	"coffer/plaidsvc/plaidsim/bank"

	"github.com/shopspring/decimal"
)

// events tell what became of a row of the text. One that posts after the user
// was linked is pending until then, and was so from the day it was made, or
// from the beginning. All others are there from the day they posted.
func (m *maker) events(a *account, n int, r *row) []bank.Event {
	today := dayOf(m.linked)
	posted := cmp.Or(r.Posted, r.Transacted).later(m.shift)
	posted = cmp.Or(posted, today)
	made := cmp.Or(r.Transacted.later(m.shift), posted)
	t := bank.Transaction{
		ID: identity(a.ID, "row", strconv.Itoa(n)), AccountID: a.ID, Amount: r.Amount.value(decimal.Zero),
		Date: string(posted), AuthorizedDate: string(made),
		Name: r.Description, OriginalDescription: r.Description, Channel: "other",
	}
	t.Currency, t.Unofficial = code(cmp.Or(r.Currency, a.said.Currency))
	File(&t)
	if posted <= today {
		return []bank.Event{{At: posted.time(), Op: bank.Added, Transaction: t}}
	}
	waiting := t
	waiting.ID, waiting.Date, waiting.Pending = identity(t.ID, "pending"), string(min(made, today)), true
	t.PendingID = waiting.ID
	return []bank.Event{
		{At: min(made, today).time(), Op: bank.Added, Transaction: waiting},
		{At: posted.time(), Op: bank.Removed, Transaction: waiting},
		{At: posted.time(), Op: bank.Added, Transaction: t},
	}
}
