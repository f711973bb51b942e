package bank_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"coffer/plaidsvc/plaidsim/bank"
)

// A brief says the same as its event, and writes out the same row.
func TestBriefsAreTheEventsWithoutTheText(t *testing.T) {
	logins := signIn(t, bank.NewHousehold(bank.Options{Kind: "family", Seed: 7, Transactions: 12_000, From: noon(2000, 6, 1), Years: 10}))
	rapid.Check(t, func(t *rapid.T) {
		from := moment(t, "from")
		until := near(t, from, 40, "until")
		l := rapid.SampledFrom(logins).Draw(t, "login")
		events, briefed := l.Events(from, until), l.(bank.Briefed)
		briefs := briefed.Briefs(from, until)
		if len(events) != len(briefs) {
			t.Fatalf("%d events, %d briefs", len(events), len(briefs))
		}
		ids := map[uint64]string{}
		for i, b := range briefs {
			row := events[i].Transaction
			if b.At != events[i].At || b.Op != events[i].Op || b.AccountID != row.AccountID || b.Date != row.Date {
				t.Fatalf("brief %+v of event %+v", b, events[i])
			}
			if got := briefed.Write(b); !reflect.DeepEqual(got, row) {
				t.Fatalf("row %+v, want %+v", got, row)
			}
			if id, known := ids[b.Row]; known && id != row.ID {
				t.Fatalf("row %d is %s and %s", b.Row, id, row.ID)
			}
			ids[b.Row] = row.ID
		}
	})
}
