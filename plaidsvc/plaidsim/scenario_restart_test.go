package plaidsim_test

import (
	"maps"
	"strings"
	"testing"

	"coffer/internal/ordeal"
	"coffer/plaidsvc/plaidsim"
)

// A cursor of yesterday's process is good in today's, with the same scenario:
// the client ends with what it would have had with one process, and nothing is
// left of the names that accounts and rows had before.
func TestCursorOutlivesItsProcessInAScenario(t *testing.T) {
	ordeal.Alone(t)
	const days = 9
	const events = `{"events":[
		{"event":"rows_modified","at":"2026-03-10T00:00:00Z"},
		{"event":"rows_removed","at":"2026-03-17T00:00:00Z","rows":3},
		{"event":"account_churn","at":"2026-03-18T00:00:00Z"},
		{"event":"rows_vanished","at":"2026-03-19T12:00:00Z"},
		{"event":"account_churn","at":"2026-03-20T00:00:00Z"},
		{"event":"rows_repriced","at":"2026-03-21T00:00:00Z","by":"2.50"}]}`
	demo := func(day int) *world {
		sc, err := plaidsim.ReadScenario(strings.NewReader(events))
		if err != nil {
			t.Fatal(err)
		}
		w := &world{TB: t, clock: &clock{now: morning().AddDate(0, 0, day)}}
		w.server = plaidsim.New(plaidsim.Options{
			Seed: 7, Settled: true, Years: 3, Banks: family(), Clock: w.Now, Scenario: sc,
		})
		return w
	}
	before, through, after := demo(0), demo(0), demo(days)
	token := before.banks()[0]
	through.banks()
	after.banks()
	pages := before.pages(token, "", 500)
	rest := after.pages(token, pages[len(pages)-1].text("next_cursor"), 500)

	through.pass(days * day)
	want := held(through.pages(token, "", 500))
	got := held(append(pages, rest...))
	if !maps.Equal(got, want) {
		t.Errorf("got %d rows, want the %d of one process", len(got), len(want))
	}
	if one, two := through.accounts(token), after.accounts(token); !maps.Equal(one, two) {
		t.Errorf("accounts: got %v, want %v", two, one)
	}
	if len(rest[0].list("removed")) < 100 {
		t.Errorf("got %d removed rows, want those of an account that churned", len(rest[0].list("removed")))
	}
}
