package feed_test

import (
	"reflect"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/feed"

	"pgregory.net/rapid"
)

// A plain source is a login of which nobody knows that it tells briefs.
type plain struct{ feed.Source }

// Whether a bank writes out its rows at once or one by one makes no difference,
// after a refresh either.
func TestBriefsChangeNothingAboutTheChanges(t *testing.T) {
	start := time.Date(2024, time.January, 1, 15, 0, 0, 0, time.UTC)
	login, _ := bank.NewHousehold(bank.Options{Seed: 1, From: start.AddDate(0, -1, 0)}).Login("ins_109508", "user_good")
	rapid.Check(t, func(t *rapid.T) {
		w := feed.Window{
			Linked: start.Add(hours(t, "linked", 500)), Days: 90,
			Sees: func(id string) bool { return id != login.Accounts()[1].ID },
		}
		brief, whole := feed.New(login, w), feed.New(plain{login}, w)
		now, position := w.Linked, time.Time{}
		for range rapid.IntRange(1, 4).Draw(t, "stops") {
			if rapid.Bool().Draw(t, "refresh") {
				brief.Refresh(now, now.Add(time.Second))
				whole.Refresh(now, now.Add(time.Second))
			}
			now = now.Add(hours(t, "later", 10*24))
			got, at := brief.Changes(position, now)
			want, atToo := whole.Changes(position, now)
			if !at.Equal(atToo) || !reflect.DeepEqual(got, want) {
				t.Fatalf("%d changes up to %s, want %d up to %s, or others", len(got), at, len(want), atToo)
			}
			if got, want := brief.Ahead(now), whole.Ahead(now); !reflect.DeepEqual(got, want) {
				t.Fatalf("ahead: %v, want %v", got, want)
			}
			position = at
		}
	})
}
