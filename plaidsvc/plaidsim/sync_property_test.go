package plaidsim_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"
	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/fate"
	"coffer/plaidsvc/plaidsim/lifetest"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// oneBank is a world with one bank and one login.
type oneBank struct{ login bank.Login }

func (b oneBank) Institutions() []bank.Institution { return []bank.Institution{b.login.Institution()} }

func (b oneBank) Login(_, user string) (bank.Login, bool) { return b.login, user == "user_good" }

// A scenario is the life of an Item and of the client that syncs it.
type scenario struct {
	life             *lifetest.Life
	linked           time.Time
	initial, history time.Duration
	days             int
	syncs            []visit
	edits            []edit
	tomorrow         *plaidsim.Tomorrow
}

// An edit is what a scenario does to the history of the bank.
type edit struct {
	event plaidsim.Event
	fate  fate.Edit // the same, if it is about rows
}

// drawEdits draws edits in the order of time, before and after the linking.
func drawEdits(t *rapid.T) []edit {
	var edits []edit
	at := lifetest.Start()
	for range rapid.IntRange(0, 4).Draw(t, "edits") {
		at = at.Add(time.Duration(rapid.IntRange(1, 50*24).Draw(t, "hours to the edit")) * time.Hour)
		name := rapid.SampledFrom([]string{
			"rows_removed", "rows_modified", "rows_vanished", "rows_unlinked", "rows_repriced", "account_churn",
		}).Draw(t, "edit")
		e := edit{event: plaidsim.Event{Name: name, At: at}}
		if kind, ok := strings.CutPrefix(name, "rows_"); ok {
			e.fate = fate.Edit{Kind: fate.Kind(kind), Rows: rapid.IntRange(1, 3).Draw(t, "edited rows"), By: decimal.New(1, 0)}
			e.event.Rows = e.fate.Rows
		}
		edits = append(edits, e)
	}
	return edits
}

// A visit is one sync, some time after the last. While it pages, time passes
// between some pages, and the data may change under it.
type visit struct {
	wait    time.Duration
	refresh bool
	count   int
	between []time.Duration
}

func drawScenario(t *rapid.T) scenario {
	hours := func(name string, most int) time.Duration {
		return time.Duration(rapid.IntRange(0, most).Draw(t, name)) * time.Hour
	}
	s := scenario{
		life:    lifetest.Draw(t),
		linked:  lifetest.Start().Add(hours("linked", lifetest.Days*24)),
		initial: hours("initial", 50),
		days:    rapid.SampledFrom([]int{1, 40, 730}).Draw(t, "days"),
		edits:   drawEdits(t),
	}
	s.history = s.initial + hours("history", 50)
	for range rapid.IntRange(1, 5).Draw(t, "visits") {
		v := visit{
			wait:    hours("wait", 20*24),
			refresh: rapid.Bool().Draw(t, "refresh"),
			count:   rapid.IntRange(1, 8).Draw(t, "count"),
		}
		for range rapid.IntRange(0, 4).Draw(t, "pauses") {
			v.between = append(v.between, hours("pause", 4*24))
		}
		s.syncs = append(s.syncs, v)
	}
	return s
}

// A client is somebody's idea of how to sync. It does one visit.
type client func(s *syncer, v visit)

// A syncer is a client's store, and its way to the simulator.
type syncer struct {
	*world
	token, cursor string
	rows          map[string]string // what is known of each id, as text
}

// ask fetches one page; ok is false when the data changed under the loop.
func (s *syncer) ask(cursor string, count int) (page fields, ok bool) {
	request := fields{"access_token": s.token, "count": count}
	if cursor != "" {
		request["cursor"] = cursor
	}
	status, answer := s.world.ask("/transactions/sync", request)
	if status == http.StatusOK {
		return answer, true
	}
	if answer["error_code"] != "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION" {
		s.Fatalf("sync: got %d %v", status, answer)
	}
	return nil, false
}

// apply does what a page says to some rows.
func apply(rows map[string]string, page fields) {
	for _, t := range append(page.list("added"), page.list("modified")...) {
		rows[t.text("transaction_id")] = fmt.Sprintf("%v %v %v %v", t["name"], t["date"], t["amount"], t["pending"])
	}
	for _, t := range page.list("removed") {
		delete(rows, t.text("transaction_id"))
	}
}

// pause lets the time pass that this visit takes between two pages.
func (s *syncer) pause(v *visit) {
	if len(v.between) > 0 {
		s.pass(v.between[0])
		v.between = v.between[1:]
	}
}

// careful follows the rules: it stages the loop, starts it again where it began
// when the data changed, and keeps rows and cursor together at the end.
func careful(s *syncer, v visit) {
	staged, cursor := maps.Clone(s.rows), s.cursor
	for {
		page, ok := s.ask(cursor, v.count)
		if !ok {
			staged, cursor = maps.Clone(s.rows), s.cursor
			continue
		}
		apply(staged, page)
		cursor = page.text("next_cursor")
		if page["has_more"] != true {
			break
		}
		s.pause(&v)
	}
	s.rows, s.cursor = staged, cursor
}

// forgetful starts from nothing when the data changed, without a look at what
// it has that the bank no longer has.
func forgetful(s *syncer, v visit) {
	for {
		page, ok := s.ask(s.cursor, v.count)
		if !ok {
			s.cursor = ""
			continue
		}
		apply(s.rows, page)
		s.cursor = page.text("next_cursor")
		if page["has_more"] != true {
			return
		}
		s.pause(&v)
	}
}

// hasty starts the loop again where it began, but keeps the pages it had.
func hasty(s *syncer, v visit) {
	cursor := s.cursor
	for {
		page, ok := s.ask(cursor, v.count)
		if !ok {
			cursor = s.cursor
			continue
		}
		apply(s.rows, page)
		cursor = page.text("next_cursor")
		if page["has_more"] != true {
			s.cursor = cursor
			return
		}
		s.pause(&v)
	}
}

// play runs a client through a scenario and tells where it ends up, and what
// the bank has in the end.
func (sc scenario) play(t testing.TB, c client) (got, want []string) {
	t.Helper()
	script := &plaidsim.Scenario{Tomorrow: sc.tomorrow}
	for _, e := range sc.edits {
		script.Events = append(script.Events, e.event)
	}
	w := newWorld(t, plaidsim.Options{
		Banks: oneBank{sc.life}, InitialAfter: max(sc.initial, 1), HistoryAfter: sc.history, Scenario: script,
	})
	w.pass(sc.linked.Sub(morning()))
	s := &syncer{world: w, rows: make(map[string]string)}
	s.token = w.link(fields{"transactions": fields{"days_requested": sc.days}})
	for _, v := range sc.syncs {
		if v.refresh {
			w.must("/transactions/refresh", fields{"access_token": s.token})
		}
		w.pass(v.wait)
		c(s, v)
	}
	w.pass(400 * 24 * time.Hour)
	c(s, visit{count: 7})
	return slices.Sorted(maps.Values(s.rows)), sc.expected()
}

// expected is what an Item linked like this shows when all is over, from the
// life itself and what happened to it.
func (sc scenario) expected() []string {
	from := sc.linked.AddDate(0, 0, -sc.days).Format(time.DateOnly)
	life, name := fate.New(sc.life), "checking"
	for _, e := range sc.edits {
		if e.event.Name == "account_churn" {
			life.Churn(e.event.At, name, name+"'")
			name += "'"
			continue
		}
		life.Edit(e.event.At, e.fate)
	}
	rows := make(map[string]bank.Transaction)
	for _, e := range life.Events(time.Time{}, sc.linked.AddDate(2, 0, 0)) {
		delete(rows, e.Transaction.ID)
		if e.Op != bank.Removed {
			rows[e.Transaction.ID] = e.Transaction
		}
	}
	var want []string
	for _, r := range rows {
		if r.Date >= from && r.AccountID != "house" {
			want = append(want, fmt.Sprintf("%v %v %v %v", r.Name, r.Date, r.Amount, r.Pending))
		}
	}
	slices.Sort(want)
	return want
}

// Whatever happens to an Item and however its pages are cut, a client that
// follows Plaid's rules ends with exactly what the bank has.
func TestClientThatFollowsTheRulesEndsWithTheTruth(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		got, want := drawScenario(rt).play(t, careful)
		if !slices.Equal(got, want) {
			rt.Fatalf("got %q\nwant %q", got, want)
		}
	})
}

// Tomorrow's answers are as true as today's: who reads what it lives by, and
// bears the rest, ends with the same.
func TestClientThatFollowsTheRulesEndsWithTheTruthTomorrow(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		sc := drawScenario(rt)
		sc.tomorrow = &plaidsim.Tomorrow{Datetimes: rapid.SampledFrom([]string{"plain", "precise", "loose"}).Draw(rt, "datetimes")}
		got, want := sc.play(t, careful)
		if !slices.Equal(got, want) {
			rt.Fatalf("got %q\nwant %q", got, want)
		}
	})
}

// The same test finds clients out that break the rules: it can fail.
func TestClientsThatBreakTheRulesAreCaught(t *testing.T) {
	scenarios := rapid.Custom(drawScenario)
	for name, c := range map[string]client{
		"restarts at nothing": forgetful,
		"keeps partial pages": hasty,
	} {
		t.Run(name, func(t *testing.T) {
			for seed := range 500 {
				got, want := scenarios.Example(seed).play(t, c)
				if !slices.Equal(got, want) {
					t.Logf("caught by scenario %d", seed)
					return
				}
			}
			t.Error("got 500 scenarios without a difference, want it caught")
		})
	}
}
