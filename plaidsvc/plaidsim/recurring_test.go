package plaidsim_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"coffer/internal/ordeal"
	"coffer/plaidsvc/plaidsim"
)

// streams asks what recurs, by description.
func (w *world) streams(token string) map[string]fields {
	w.Helper()
	answer := w.must("/transactions/recurring/get", fields{"access_token": token})
	found := make(map[string]fields)
	for _, direction := range []string{"inflow_streams", "outflow_streams"} {
		for _, s := range answer.list(direction) {
			s["direction"] = direction
			found[s.text("description")] = s
		}
	}
	return found
}

func TestHouseholdsStreamsAreFound(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	streams := w.streams(w.link(fields{"transactions": fields{"days_requested": 730}}))
	for description, want := range map[string][2]string{
		"BRIGHTWATER ENG PAYROLL PPD": {"inflow_streams", "BIWEEKLY"},
		"INTEREST PAYMENT":            {"inflow_streams", "MONTHLY"},
		"FIRST GINGHAM CU MTG PMT":    {"outflow_streams", "MONTHLY"},
		"FIRST GINGHAM CU AUTO LOAN":  {"outflow_streams", "MONTHLY"},
		"NORTHFIELD PWR LT WEB PMT":   {"outflow_streams", "MONTHLY"},
		"REELHOUSE.EXAMPLE":           {"outflow_streams", "MONTHLY"},
		"TUNELOFT PREMIUM":            {"outflow_streams", "MONTHLY"},
		"STATE DMV REGISTRATION":      {"outflow_streams", "ANNUALLY"},
	} {
		s := streams[description]
		if s.text("direction") != want[0] || s.text("frequency") != want[1] || s.text("status") != "MATURE" || s["is_active"] != true {
			t.Errorf("%s: got %v %v %v, active %v; want %v, MATURE and active", description, s["direction"], s["frequency"], s["status"], s["is_active"], want)
		}
	}
	for description, s := range streams {
		if category := s.text("personal_finance_category", "primary"); category == "FOOD_AND_DRINK" || category == "TRANSPORTATION" {
			t.Errorf("%s is told to recur %v, want no shopping among the streams", description, s["frequency"])
		}
	}
}

// What a stream says about its rows is what /transactions/sync says about them.
func TestStreamsAreMadeOfTheItemsTransactions(t *testing.T) {
	ordeal.Alone(t)
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.link(fields{"transactions": fields{"days_requested": 730}})
	rows := make(map[string]fields)
	for _, page := range w.pages(token, "", 500) {
		for _, row := range page.list("added") {
			rows[row.text("transaction_id")] = row
		}
	}
	in := make(map[string]string)
	for description, s := range w.streams(token) {
		ids, _ := s["transaction_ids"].([]any)
		previous := ""
		for _, id := range ids {
			row := rows[id.(string)]
			negative := strings.HasPrefix(row["amount"].(json.Number).String(), "-")
			if row["account_id"] != s["account_id"] || row["pending"] != false || negative != (s["direction"] == "inflow_streams") {
				t.Errorf("%s: got row %v on %v, pending %v, amount %v", description, id, row["account_id"], row["pending"], row["amount"])
			}
			if row.text("date") < previous {
				t.Errorf("%s: rows are not sorted by date", description)
			}
			if other := in[id.(string)]; other != "" {
				t.Errorf("row %v is in the streams %s and %s", id, other, description)
			}
			previous, in[id.(string)] = row.text("date"), description
		}
		first, last := rows[ids[0].(string)], rows[ids[len(ids)-1].(string)]
		if s["first_date"] != first["date"] || s["last_date"] != last["date"] || s.at("last_amount", "amount") != last["amount"] {
			t.Errorf("%s: got from %v to %v, last %v", description, s["first_date"], s["last_date"], s.at("last_amount", "amount"))
		}
	}
}

func TestStreamsKeepTheirIDsWhileTheyGrow(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.link(fields{"transactions": fields{"days_requested": 730}})
	before := w.streams(token)
	w.pass(45 * 24 * time.Hour)
	after := w.streams(token)
	for _, description := range []string{"BRIGHTWATER ENG PAYROLL PPD", "REELHOUSE.EXAMPLE"} {
		b, a := before[description], after[description]
		if b.text("stream_id") != a.text("stream_id") || len(a["transaction_ids"].([]any)) <= len(b["transaction_ids"].([]any)) {
			t.Errorf("%s: got stream %v with %d rows, then %v with %d; want one that grows", description,
				b["stream_id"], len(b["transaction_ids"].([]any)), a["stream_id"], len(a["transaction_ids"].([]any)))
		}
		if got, want := a.text("first_date"), b.text("first_date"); got != want {
			t.Errorf("%s: first date moved from %s to %s", description, want, got)
		}
	}
}

func TestStreamsNeedHalfAYearOfHistory(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.link(fields{"transactions": fields{"days_requested": 90}})
	if got := w.streams(token); len(got) > 0 {
		t.Errorf("with 90 days: got %d streams, want none", len(got))
	}
	w.pass(91 * 24 * time.Hour)
	if got := w.streams(token); len(got) == 0 {
		t.Error("with 181 days: got no streams, want some")
	}
}
