package feed_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/feed"
	"coffer/plaidsvc/plaidsim/lifetest"
)

// everyday is shared: a life is a function of its seed and of time.
var everyday = sync.OnceValue(func() bank.Login {
	return bank.Play(bank.Everyday, 1, bank.Institutions()[0], lifetest.Start().AddDate(0, -6, 0))
})

func everydayWindow() feed.Window {
	return feed.Window{Linked: lifetest.Start(), Days: 730, Sees: func(string) bool { return true }}
}

// However often the Item is refreshed, a client that takes what changed has what
// a client has that starts anew; and in the end both have what the bank has, one
// that goes on with another process too.
func TestHastenedRowsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		life, w := everyday(), everydayWindow()
		f := feed.New(life, w)
		have, position, now := rows{}, time.Time{}, w.Linked
		for n := range rapid.IntRange(1, 8).Draw(t, "stops") {
			now = now.Add(hours(t, "later", 9*24))
			effect := now.Add(2 * time.Second)
			f.Refresh(now, effect)
			f.Hasten(now, effect, rapid.IntRange(0, 4).Draw(t, "news"), rapid.Bool().Draw(t, "raise"))
			if rapid.Bool().Draw(t, "told") {
				f.Tell(effect, []bank.Transaction{{
					ID: fmt.Sprint("told ", n), AccountID: life.Accounts()[0].ID, Amount: decimal.NewFromInt(7), Date: now.Format(time.DateOnly),
				}})
			}
			until := effect.Add(hours(t, "synced after", 48))
			changes, next := f.Changes(position, until)
			have.apply(changes)
			anew := rows{}
			all, _ := f.Changes(time.Time{}, until)
			anew.apply(all)
			have.check(t, anew)
			position, now = next, until
		}
		end := now.AddDate(4, 0, 0)
		rest, _ := feed.New(life, w).Changes(position, end)
		have.apply(rest)
		want := rows{}
		all, _ := feed.New(life, w).Changes(time.Time{}, end)
		want.apply(all)
		for id := range have {
			if len(id) > 5 && id[:5] == "told " {
				delete(have, id)
			}
		}
		have.check(t, want)
	})
}

// A refresh posts what is pending, brings news, and raises an amount, once per
// row, for as often as anybody may ask in a quarter of an hour.
func TestHastenBringsNewsEveryTime(t *testing.T) {
	life, w := everyday(), everydayWindow()
	f, have := feed.New(life, w), rows{}
	changes, position := f.Changes(time.Time{}, w.Linked)
	have.apply(changes)
	now := w.Linked
	for n := range 15 {
		effect := now.Add(time.Second)
		was := pending(have)
		f.Refresh(now, effect)
		f.Hasten(now, effect, 3, true)
		changes, position = f.Changes(position, effect)
		before := rows{}
		for id, r := range have {
			before[id] = r
		}
		have.apply(changes)
		var raised int
		for _, c := range changes {
			if c.Op == bank.Modified && c.Row.Amount.Sub(before[c.Row.ID].Amount).Equal(decimal.NewFromInt(1)) {
				raised++
			}
		}
		for id := range was {
			if _, still := have[id]; still {
				t.Errorf("refresh %d: row %s is still pending", n, id)
			}
		}
		if got := len(pending(have)); got != 3 || raised != 1 {
			t.Errorf("refresh %d: got %d pending rows and %d raised amounts, want 3 and 1", n, got, raised)
		}
		now = effect.Add(30 * time.Second)
	}
}

func pending(r rows) rows {
	out := rows{}
	for id, row := range r {
		if row.Pending {
			out[id] = row
		}
	}
	return out
}
