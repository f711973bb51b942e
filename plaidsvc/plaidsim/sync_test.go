package plaidsim_test

import (
	"encoding/base64"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"coffer/internal/ordeal"
	"coffer/plaidsvc/plaidsim"
	"coffer/plaidsvc/plaidsim/bank"
)

// pages follows next_cursor to the end.
func (w *world) pages(token, cursor string, count int) []fields {
	w.Helper()
	var pages []fields
	for {
		page := w.must("/transactions/sync", fields{"access_token": token, "cursor": cursor, "count": count})
		pages = append(pages, page)
		if page["has_more"] != true {
			return pages
		}
		cursor = page.text("next_cursor")
	}
}

// held is what a client has after a list of pages.
func held(pages []fields) map[string]string {
	rows := make(map[string]string)
	for _, page := range pages {
		apply(rows, page)
	}
	return rows
}

func TestHistoryComesInStages(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.link(fields{"transactions": fields{"days_requested": 365}})
	sync := func() fields {
		pages := w.pages(token, "", 500)
		last := pages[len(pages)-1]
		last["rows"] = len(held(pages))
		return last
	}
	fresh := sync()
	if fresh["transactions_update_status"] != "NOT_READY" || fresh["next_cursor"] != "" || fresh["rows"] != 0 {
		t.Errorf("at once: got %v, want NOT_READY, no rows and no cursor", fresh)
	}
	w.pass(10 * time.Second)
	month := sync()
	if month["transactions_update_status"] != "INITIAL_UPDATE_COMPLETE" || month["rows"].(int) == 0 {
		t.Errorf("after 10 s: got %v with %v rows, want INITIAL_UPDATE_COMPLETE", month["transactions_update_status"], month["rows"])
	}
	w.pass(50 * time.Second)
	year := sync()
	if year["transactions_update_status"] != "HISTORICAL_UPDATE_COMPLETE" || year["rows"].(int) < 5*month["rows"].(int) {
		t.Errorf("after a minute: got %v with %v rows, want HISTORICAL_UPDATE_COMPLETE and many more than %v",
			year["transactions_update_status"], year["rows"], month["rows"])
	}
}

func TestDaysRequestedBoundTheHistory(t *testing.T) {
	for days, earliest := range map[int]string{0: "2025-12-15", 10: "2026-03-05", 730: "2024-03-15"} {
		t.Run(fmt.Sprint(days), func(t *testing.T) {
			w := newWorld(t, plaidsim.Options{Settled: true})
			var options fields
			if days > 0 {
				options = fields{"transactions": fields{"days_requested": days}}
			}
			first := "9999"
			for _, page := range w.pages(w.link(options), "", 500) {
				for _, row := range page.list("added") {
					first = min(first, row.text("date"))
				}
			}
			late := 10 * 24 * time.Hour
			if want, _ := time.Parse(time.DateOnly, earliest); first < earliest || first > want.Add(late).Format(time.DateOnly) {
				t.Errorf("earliest row: got %s, want %s or soon after", first, earliest)
			}
		})
	}
}

// The whole household goes over the wire, every row of it held against Plaid's
// document.
func TestSettledItemHasItsWholeHistoryAtOnce(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.link(fields{"transactions": fields{"days_requested": 730}})
	pages := w.pages(token, "", 500)
	if got := pages[0]["transactions_update_status"]; got != "HISTORICAL_UPDATE_COMPLETE" {
		t.Errorf("status: got %v, want HISTORICAL_UPDATE_COMPLETE", got)
	}
	if rows := held(pages); len(rows) < 500 {
		t.Errorf("got %d rows in two years, want a household's", len(rows))
	}
}

// Plaid hands out two years at most, but an Item goes on collecting: one that
// was linked long ago has more.
func TestSettledItemHasAllYearsOfItsBank(t *testing.T) {
	ordeal.Alone(t)
	long := neighbourhood{bank.NewHousehold(bank.Options{Seed: 1, From: morning().AddDate(-4, 0, 0)})}
	for days, want := range map[int]string{730: "2022-03", 729: "2024-03"} {
		w := newWorld(t, plaidsim.Options{Settled: true, Years: 4, Banks: long})
		first := "9999"
		for _, page := range w.pages(w.link(fields{"transactions": fields{"days_requested": days}}), "", 500) {
			for _, row := range page.list("added") {
				first = min(first, row.text("date"))
			}
		}
		if first[:len(want)] != want {
			t.Errorf("%d days: the earliest row is of %s, want one of %s", days, first, want)
		}
	}
}

func TestPagesHaveAtMostCountOperations(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.link(nil)
	whole := held(w.pages(token, "", 500))
	for _, count := range []int{1, 7, 100} {
		pages := w.pages(token, "", count)
		for _, page := range pages {
			n := len(page.list("added")) + len(page.list("modified")) + len(page.list("removed"))
			if n > count || n < count && page["has_more"] == true {
				t.Errorf("count %d: got a page of %d, has_more %v", count, n, page["has_more"])
			}
		}
		if got := held(pages); !reflect.DeepEqual(got, whole) {
			t.Errorf("count %d: got %d rows, want the %d of one page", count, len(got), len(whole))
		}
	}
}

func TestSameCursorGivesTheSameAnswer(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.link(nil)
	for _, cursor := range []string{"", w.pages(token, "", 100)[0].text("next_cursor"), w.pages(token, "", 500)[0].text("next_cursor")} {
		request := fields{"access_token": token, "cursor": cursor}
		first, second := w.must("/transactions/sync", request), w.must("/transactions/sync", request)
		delete(first, "request_id")
		delete(second, "request_id")
		if !reflect.DeepEqual(first, second) {
			t.Errorf("cursor %q: got another answer the second time", cursor)
		}
	}
}

func TestAccountsAreThoseOfTheRowsInTheAnswer(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	for _, page := range w.pages(w.link(nil), "", 3) {
		want := make(map[string]bool)
		for _, list := range []string{"added", "modified", "removed"} {
			for _, row := range page.list(list) {
				want[row.text("account_id")] = true
			}
		}
		got := page.list("accounts")
		for _, a := range got {
			if !want[a.text("account_id")] {
				t.Fatalf("account %v has no row in the answer", a["name"])
			}
		}
		if len(got) != len(want) {
			t.Fatalf("got %d accounts, want %d", len(got), len(want))
		}
	}
}

func TestForeignCursorsAreRefused(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	one, other := w.link(nil), w.link(nil)
	foreign := w.pages(other, "", 500)[0].text("next_cursor")
	for name, cursor := range map[string]string{
		"another Item's": foreign,
		"no base64":      "what?",
		"made up":        base64.StdEncoding.EncodeToString([]byte("made up")),
		"too long":       strings.Repeat("A", 260),
	} {
		answer := w.refused("/transactions/sync", fields{"access_token": one, "cursor": cursor}, "INVALID_FIELD")
		if name != "too long" && answer["error_message"] != "cursor not associated with access_token" {
			t.Errorf("%s: got message %q", name, answer["error_message"])
		}
	}
}

func TestCursorNowSkipsThePast(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.link(nil)
	answer := w.must("/transactions/sync", fields{"access_token": token, "cursor": "now"})
	if len(answer.list("added")) > 0 || answer.text("next_cursor") == "" {
		t.Errorf("got %d rows and cursor %q, want none and one", len(answer.list("added")), answer["next_cursor"])
	}
	w.pass(7 * 24 * time.Hour)
	if later := w.pages(token, answer.text("next_cursor"), 500); len(later[0].list("added")) == 0 {
		t.Errorf("a week later: got no rows, want the week's")
	}
}

func TestChangedDataStopsALoopUntilItStartsAgain(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.link(nil)
	start := w.pages(token, "", 500)[0].text("next_cursor")
	w.pass(5 * 24 * time.Hour)
	page := func(cursor string) fields { return fields{"access_token": token, "cursor": cursor, "count": 2} }
	second := w.must("/transactions/sync", page(start)).text("next_cursor")
	third := w.must("/transactions/sync", page(second)).text("next_cursor")

	w.pass(5 * 24 * time.Hour)
	for range 2 {
		for _, cursor := range []string{second, third} {
			answer := w.refused("/transactions/sync", page(cursor), "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION")
			if answer["error_type"] != "TRANSACTIONS_ERROR" {
				t.Errorf("error_type: got %v, want TRANSACTIONS_ERROR", answer["error_type"])
			}
		}
	}
	if again := w.pages(token, start, 2); len(again) < 3 {
		t.Errorf("started again: got %d pages, want the loop to its end", len(again))
	}
}

func TestMutationCanBeForced(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.link(nil)
	w.server.MutateOnPage(3, 2)
	for range 2 {
		second := w.must("/transactions/sync", fields{"access_token": token}).text("next_cursor")
		third := w.must("/transactions/sync", fields{"access_token": token, "cursor": second}).text("next_cursor")
		w.refused("/transactions/sync", fields{"access_token": token, "cursor": third}, "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION")
		w.refused("/transactions/sync", fields{"access_token": token, "cursor": second}, "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION")
	}
	if pages := w.pages(token, "", 100); len(pages) < 3 {
		t.Errorf("got %d pages, want the loop to its end", len(pages))
	}
}

func TestOriginalDescriptionHasToBeAskedFor(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.link(nil)
	count := func(options fields) (n int) {
		for _, row := range w.must("/transactions/sync", fields{"access_token": token, "options": options}).list("added") {
			if row["original_description"] != nil {
				n++
			}
		}
		return n
	}
	if got := count(fields{"include_original_description": false}); got != 0 {
		t.Errorf("not asked for: got %d descriptions, want none", got)
	}
	if got := count(fields{"include_original_description": true}); got == 0 {
		t.Errorf("asked for: got no description")
	}
}

func TestCategoryVersionIsToldWhenAskedFor(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.link(nil)
	plain := w.must("/transactions/sync", fields{"access_token": token})
	asked := w.must("/transactions/sync", fields{"access_token": token,
		"options": fields{"personal_finance_category_version": "v2"}})
	if got := plain.at("added", 0, "personal_finance_category", "version"); got != nil {
		t.Errorf("not asked for: got version %v, want none", got)
	}
	if got := asked.at("added", 0, "personal_finance_category", "version"); got != "v2" {
		t.Errorf("asked for: got version %v, want v2", got)
	}
}

func TestRefreshPostsWhatIsPending(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.link(nil)
	pages := w.pages(token, "", 500)
	pending := make(map[string]bool)
	for _, page := range pages {
		for _, row := range page.list("added") {
			if row["pending"] == true {
				pending[row.text("transaction_id")] = true
			}
		}
	}
	if len(pending) == 0 {
		t.Fatal("nothing is pending this morning; choose another")
	}
	cursor := pages[len(pages)-1].text("next_cursor")
	if got := w.must("/transactions/refresh", fields{"access_token": token}); len(got) != 1 {
		t.Errorf("refresh: got %v, want request_id alone", got)
	}
	if at := w.must("/transactions/sync", fields{"access_token": token, "cursor": cursor}); len(at.list("removed")) > 0 {
		t.Errorf("at once: got %v removed, want a refresh to take its time", at.list("removed"))
	}
	w.pass(2 * time.Second)
	after := w.must("/transactions/sync", fields{"access_token": token, "cursor": cursor, "count": 500})
	for _, row := range after.list("removed") {
		delete(pending, row.text("transaction_id"))
	}
	if len(pending) > 0 {
		t.Errorf("after the refresh: still pending %v", pending)
	}
	for _, row := range after.list("added") {
		if row["pending"] == true || row.text("date") > "2026-03-15" {
			t.Errorf("added: got %v on %v, pending %v; want rows posted by today", row["name"], row["date"], row["pending"])
		}
	}
}
