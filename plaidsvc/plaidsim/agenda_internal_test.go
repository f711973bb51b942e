package plaidsim

import (
	"slices"
	"testing"
	"time"
)

func TestAgendaKeepsTheOrderOfTime(t *testing.T) {
	start := time.Date(2026, time.March, 15, 9, 0, 0, 0, time.UTC)
	var (
		a   agenda
		got []string
	)
	note := func(what string) func(time.Time) {
		return func(now time.Time) { got = append(got, what+now.Sub(start).String()) }
	}
	a.at(start.Add(2*time.Second), note("late "))
	a.at(start.Add(time.Second), note("first "))
	a.at(start.Add(time.Second), note("second "))
	a.at(start.Add(time.Second), func(now time.Time) { a.at(now, note("planned meanwhile ")) })
	a.at(start.Add(time.Hour), note("not yet "))
	a.advance(start.Add(2 * time.Second))
	want := []string{"first 1s", "second 1s", "planned meanwhile 1s", "late 2s"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
