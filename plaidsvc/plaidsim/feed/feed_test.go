package feed_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/feed"
	"coffer/plaidsvc/plaidsim/lifetest"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// rows is what a client holds.
type rows map[string]bank.Transaction

// apply does what a client does with a list of changes.
func (r rows) apply(changes []feed.Change) {
	for _, c := range changes {
		delete(r, c.Row.ID)
		if c.Op != bank.Removed {
			r[c.Row.ID] = *c.Row
		}
	}
}

// check fails when the rows are not those wanted.
func (r rows) check(t *rapid.T, want rows) {
	t.Helper()
	for id := range want {
		if _, ok := r[id]; !ok {
			t.Fatalf("row %s is missing, want %+v", id, want[id])
		}
	}
	for id, got := range r {
		if !sameRow(got, want[id]) {
			t.Fatalf("row %s: got %+v, want %+v", id, got, want[id])
		}
	}
}

// sameRow compares amounts by value.
func sameRow(a, b bank.Transaction) bool {
	equal := a.Amount.Equal(b.Amount)
	a.Amount, b.Amount = decimal.Zero, decimal.Zero
	return equal && a == b
}

// drawWindow draws how an Item came to be linked to a life.
func drawWindow(t *rapid.T) feed.Window {
	w := feed.Window{
		Linked: lifetest.Start().Add(time.Duration(rapid.IntRange(0, lifetest.Days).Draw(t, "linked on day")) * 24 * time.Hour),
		Days:   rapid.SampledFrom([]int{1, 30, 60, 730}).Draw(t, "days"),
		Sees:   func(id string) bool { return id != "house" },
	}
	if rapid.Bool().Draw(t, "an account joins") {
		w.Joined = map[string]time.Time{"card": w.Linked.Add(hours(t, "joined", 60*24))}
	}
	if rapid.Bool().Draw(t, "fresh") {
		w.InitialAt = w.Linked.Add(hours(t, "initial", 100))
		w.CompleteAt = w.InitialAt.Add(hours(t, "history", 100))
	}
	return w
}

func hours(t *rapid.T, name string, most int) time.Duration {
	return time.Duration(rapid.IntRange(0, most).Draw(t, name)) * time.Hour
}

// shown says what an Item shows at a moment, from the definition.
func shown(life *lifetest.Life, w feed.Window, at time.Time) rows {
	from := w.Linked.AddDate(0, 0, -w.Days).Format(time.DateOnly)
	if at.Before(w.CompleteAt) {
		from = max(from, w.Linked.AddDate(0, 0, -feed.InitialDays).Format(time.DateOnly))
	}
	all := rows(life.At(at))
	maps.DeleteFunc(all, func(_ string, r bank.Transaction) bool {
		return at.Before(w.InitialAt) || r.Date < from || !w.Sees(r.AccountID) || at.Before(w.Joined[r.AccountID])
	})
	return all
}

// A client that starts with nothing and takes what changed, however often it
// asks, has at every stop exactly what the Item shows.
func TestChangesAddUpToWhatTheItemShows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		life, w := lifetest.Draw(t), drawWindow(t)
		f := feed.New(life, w)
		have, position, now := rows{}, time.Time{}, w.Linked
		for range rapid.IntRange(1, 6).Draw(t, "stops") {
			now = now.Add(hours(t, "later", 30*24))
			if f.Status(now) == feed.NotReady {
				continue
			}
			changes, next := f.Changes(position, now)
			have.apply(changes)
			have.check(t, shown(life, w, now))
			if again, same := f.Changes(next, now); len(again) > 0 || !same.Equal(next) {
				t.Fatalf("asked again from %s: got %d changes up to %s, want none", next, len(again), same)
			}
			position = next
		}
	})
}

// Changes come once per row and by the time they were made.
func TestChangesAreCompactAndInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		life, w := lifetest.Draw(t), drawWindow(t)
		from, until := w.Linked.Add(hours(t, "from", 999)), w.Linked.Add(hours(t, "until", 9999))
		changes, position := feed.New(life, w).Changes(from, until)
		seen := make(map[string]bool)
		for i, c := range changes {
			if seen[c.Row.ID] {
				t.Fatalf("row %s changed twice", c.Row.ID)
			}
			seen[c.Row.ID] = true
			if !c.At.After(from) || c.At.After(position) {
				t.Fatalf("change %d is at %s, want after %s and not after the position %s", i, c.At, from, position)
			}
		}
		if !slices.IsSortedFunc(changes, func(a, b feed.Change) int { return a.At.Compare(b.At) }) {
			t.Fatalf("changes are out of order: %v", changes)
		}
	})
}

// A refresh posts all that is pending, and changes nothing about how the rows
// end.
func TestRefreshPostsEverythingPending(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		life := lifetest.Draw(t)
		w := feed.Window{Linked: lifetest.Start(), Days: 730, Sees: func(string) bool { return true }}
		f := feed.New(life, w)
		now := lifetest.Start().Add(hours(t, "refresh", lifetest.Days*24))
		have := rows{}
		before, position := f.Changes(time.Time{}, now)
		have.apply(before)
		wasPending := slices.Collect(maps.Keys(have))
		wasPending = slices.DeleteFunc(wasPending, func(id string) bool { return !have[id].Pending })

		effect := now.Add(2 * time.Second)
		f.Refresh(now, effect)
		after, position := f.Changes(position, effect)
		have.apply(after)
		for _, id := range wasPending {
			if r, still := have[id]; still {
				t.Fatalf("row %s is still there after the refresh, pending: %v", id, r.Pending)
			}
		}

		end := effect.AddDate(1, 0, 0)
		rest, _ := f.Changes(position, end)
		have.apply(rest)
		have.check(t, shown(life, w, end))
	})
}

// A process that never heard of the refresh takes over: the client ends with
// the bank's rows all the same.
func TestRefreshIsForgottenWithoutHarm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		life := lifetest.Draw(t)
		w := feed.Window{Linked: lifetest.Start(), Days: 730, Sees: func(string) bool { return true }}
		refreshed, have := feed.New(life, w), rows{}
		now := lifetest.Start().Add(hours(t, "refresh", lifetest.Days*24))
		refreshed.Refresh(now, now.Add(time.Second))
		changes, position := refreshed.Changes(time.Time{}, now.Add(hours(t, "synced", 48)))
		have.apply(changes)

		end := now.AddDate(1, 0, 0)
		rest, _ := feed.New(life, w).Changes(position, end)
		have.apply(rest)
		have.check(t, shown(life, w, end))
	})
}
