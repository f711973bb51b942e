package plaidsim_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"
)

// offsetPages pages through /transactions/get as its documentation says.
func (w *world) offsetPages(request fields, count int) []fields {
	w.Helper()
	options, _ := request["options"].(fields)
	options = maps.Clone(options)
	if options == nil {
		options = fields{}
	}
	request = maps.Clone(request)
	request["options"] = options
	var rows []fields
	for {
		options["count"], options["offset"] = count, len(rows)
		page := w.must("/transactions/get", request)
		rows = append(rows, page.list("transactions")...)
		total, _ := page["total_transactions"].(json.Number).Int64()
		if len(page.list("transactions")) == 0 || len(rows) >= int(total) {
			if len(rows) != int(total) {
				w.Fatalf("got %d rows, total_transactions says %d", len(rows), total)
			}
			return rows
		}
	}
}

// The two ways to fetch transactions show the same rows, before and after the
// bank's life and a refresh have changed them.
func TestTransactionsGetShowsWhatSyncAddsUpTo(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.link(nil)
	all := fields{"access_token": token, "start_date": "2000-01-01", "end_date": "2100-01-01"}
	for _, moment := range []string{"at first", "a week later", "after a refresh"} {
		want, got := held(w.pages(token, "", 500)), make(map[string]string)
		rows := w.offsetPages(all, 90)
		apply(got, fields{"added": anys(rows)})
		if !maps.Equal(got, want) {
			t.Errorf("%s: got %d rows, want the %d of sync", moment, len(got), len(want))
		}
		if !slices.IsSortedFunc(rows, func(a, b fields) int { return -compareText(a, b, "date") }) {
			t.Errorf("%s: rows are not the newest first", moment)
		}
		w.pass(7 * 24 * time.Hour)
		if moment == "a week later" {
			w.must("/transactions/refresh", fields{"access_token": token})
			w.pass(time.Minute)
		}
	}
}

func anys(rows []fields) []any {
	var list []any
	for _, r := range rows {
		list = append(list, map[string]any(r))
	}
	return list
}

func compareText(a, b fields, name string) int {
	switch x, y := a.text(name), b.text(name); {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

func TestTransactionsGetIsBoundByDatesAndAccounts(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.link(nil)
	all := w.offsetPages(fields{"access_token": token, "start_date": "2000-01-01", "end_date": "2100-01-01"}, 500)
	first, last := all[len(all)*3/4].text("date"), all[len(all)/4].text("date")
	account := all[len(all)/2].text("account_id")

	var want []string
	for _, r := range all {
		if r.text("date") >= first && r.text("date") <= last && r.text("account_id") == account {
			want = append(want, r.text("transaction_id"))
		}
	}
	request := fields{"access_token": token, "start_date": first, "end_date": last,
		"options": fields{"account_ids": []string{account}}}
	var got []string
	for _, r := range w.offsetPages(request, 3) {
		got = append(got, r.text("transaction_id"))
	}
	if !slices.Equal(got, want) {
		t.Errorf("from %s to %s on one account: got %d rows, want %d, and in the same order", first, last, len(got), len(want))
	}
	if accounts := w.must("/transactions/get", request).list("accounts"); len(accounts) != 1 {
		t.Errorf("accounts: got %d, want the one asked for", len(accounts))
	}
}

// Whichever endpoint asks first decides how far back the history goes.
func TestTransactionsGetDecidesTheHistory(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	request := fields{"institution_id": "ins_109508", "initial_products": []string{"auth"}}
	public := w.must("/sandbox/public_token/create", request).text("public_token")
	token := w.must("/item/public_token/exchange", fields{"public_token": public}).text("access_token")
	all := func(days int) fields {
		return fields{"access_token": token, "start_date": "2000-01-01", "end_date": "2100-01-01",
			"options": fields{"days_requested": days}}
	}
	for _, days := range []int{40, 730} {
		rows := w.offsetPages(all(days), 500)
		if first := rows[len(rows)-1].text("date"); first < "2026-02-03" || first > "2026-02-05" {
			t.Errorf("%d days: the first row is of %s, want one of the 40 days asked for first", days, first)
		}
	}
}
