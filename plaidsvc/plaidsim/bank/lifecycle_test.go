package bank_test

import (
	"regexp"
	"testing"
	"time"

	"coffer/internal/ordeal"
	"coffer/plaidsvc/plaidsim/bank"
)

// everyone is a sample of all kinds of lives, with each one's whole log.
func everyone(t failer, until time.Time) map[string][]bank.Event {
	t.Helper()
	from := until.AddDate(-2, 0, 0)
	h := bank.NewHousehold(bank.Options{Kind: "family", Seed: 21, Transactions: 16_000, Years: 2, From: from})
	out := map[string][]bank.Event{}
	for _, l := range signIn(t, h) {
		out[l.Institution().ID] = l.Events(time.Time{}, until)
	}
	for _, id := range []string{"ins_43", "ins_117650", "ins_132241"} {
		l, ok := h.Login(id, "user_good")
		if !ok {
			t.Fatalf("no login at %s", id)
		}
		out[id] = l.Events(time.Time{}, until)
	}
	return out
}

// From the first day on, nothing is said that Plaid never says; see replay.
func TestAWholeLifeReplays(t *testing.T) {
	h := bank.NewHousehold(bank.Options{Kind: "family", Seed: 13, Transactions: 60_000, Years: 20})
	single, _ := h.Login("ins_43", "user_good")
	for _, l := range append(signIn(t, h), single) {
		rows := ledger{}
		rows.replay(t, l.Events(time.Time{}, noon(2004, 2, 1)))
		if len(rows) < 50 {
			t.Errorf("%s: %d rows in four years", l.Institution().Name, len(rows))
		}
	}
}

func TestAPostedRowFollowsItsPendingOne(t *testing.T) {
	ordeal.Alone(t)
	var pended, posted, retouched, unmatched, lapsed int
	for id, events := range everyone(t, noon(2026, 11, 22)) {
		pending := map[string]bank.Event{}
		for i, e := range events {
			x := e.Transaction
			if i > 0 && e.At.Before(events[i-1].At) {
				t.Fatalf("%s: event at %v after one at %v", id, e.At, events[i-1].At)
			}
			was, known := pending[x.ID]
			switch {
			case e.Op == bank.Added && x.Pending:
				pending[x.ID] = e
				pended++
			case e.Op == bank.Removed && known:
				if days := e.At.Sub(was.At).Hours() / 24; days > 7 {
					t.Errorf("%s: %s was pending for %.1f days", id, was.Transaction.Name, days)
				}
				if i+1 == len(events) || events[i+1].Transaction.Pending || events[i+1].At != e.At {
					lapsed++
				}
			case e.Op == bank.Added && x.PendingID != "":
				posted++
				if last := events[i-1]; last.Op != bank.Removed || last.Transaction.ID != x.PendingID || !last.At.Equal(e.At) {
					t.Fatalf("%s at %v: posted row %s is not next to the removal of %s", id, e.At, x.ID, x.PendingID)
				}
				if w, ok := pending[x.PendingID]; ok && !w.Transaction.Amount.Equal(x.Amount) {
					retouched++
				}
			case e.Op == bank.Added && i > 0 && events[i-1].Op == bank.Removed && events[i-1].At.Equal(e.At):
				unmatched++
			}
		}
	}
	share(t, "posted with another amount", retouched, posted, 0.01, 0.15)
	share(t, "posted without a link", unmatched, pended, 0.02, 0.08)
	share(t, "lapsed", lapsed, pended, 0.0001, 0.05)
}

func share(t *testing.T, what string, part, whole int, low, high float64) {
	t.Helper()
	if got := float64(part) / float64(whole); got < low || got > high {
		t.Errorf("%s: %d of %d is %.4f, want %.4f to %.4f", what, part, whole, got, low, high)
	}
}

func TestSomeRowsArePendingAtAnyMoment(t *testing.T) {
	logins := signIn(t, bank.NewHousehold(bank.Options{Kind: "family", Seed: 4}))
	for week := range 52 {
		at, n := noon(2026, 1, 1).AddDate(0, 0, 7*week), 0
		for _, l := range logins {
			rows := ledger{}
			for _, e := range l.Events(at.AddDate(0, 0, -20), at) {
				if delete(rows, e.Transaction.ID); e.Op != bank.Removed {
					rows[e.Transaction.ID] = e.Transaction
				}
			}
			for _, x := range rows {
				if x.Pending {
					n++
				}
			}
		}
		if n < 1 || n > 40 {
			t.Errorf("%v: %d rows are pending", at, n)
		}
	}
}

// A correction brings a merchant or a category, and leaves the money alone.
func TestACorrectionChangesTheMerchantOrTheCategoryOnly(t *testing.T) {
	ordeal.Alone(t)
	var merchants, categories int
	for id, events := range everyone(t, noon(2026, 11, 22)) {
		rows := ledger{}
		for _, e := range events {
			now, was := e.Transaction, rows[e.Transaction.ID]
			if e.Op == bank.Added {
				rows[now.ID] = now
			}
			if e.Op != bank.Modified || was.ID == "" {
				continue
			}
			if was.Merchant == "" && now.Merchant != "" {
				merchants++
			}
			if was.Detailed != now.Detailed {
				categories++
			}
			if !was.Amount.Equal(now.Amount) || was.Date != now.Date || was.Name != now.Name || was.Pending || now.Pending {
				t.Fatalf("%s: correction of %s changed more than its merchant and category:\n%+v\n%+v", id, was.Name, was, now)
			}
		}
	}
	if merchants < 10 || categories < 10 {
		t.Errorf("%d merchants and %d categories were corrected, want at least 10 of each", merchants, categories)
	}
}

func TestRowsAreWhole(t *testing.T) {
	ordeal.Alone(t)
	opaque := regexp.MustCompile(`^[0-9A-Za-z]{37}$`)
	ids := map[string]string{}
	for id, events := range everyone(t, noon(2026, 11, 22)) {
		rows := ledger{}
		for _, e := range events {
			x := e.Transaction
			if !opaque.MatchString(x.ID) || !opaque.MatchString(x.AccountID) {
				t.Fatalf("%s: ids %q and %q are not like Plaid's", id, x.ID, x.AccountID)
			}
			if e.Op != bank.Added {
				continue
			}
			if other, taken := ids[x.ID]; taken {
				t.Fatalf("%s: row %s exists at %s", id, x.ID, other)
			}
			ids[x.ID] = id
			rows[x.ID] = x
			complete(t, x)
		}
	}
}

func complete(t *testing.T, x bank.Transaction) {
	t.Helper()
	for _, d := range []string{x.Date, x.AuthorizedDate} {
		if _, err := time.Parse(time.DateOnly, d); err != nil {
			t.Fatalf("%s: date %q: %v", x.Name, d, err)
		}
	}
	_, confident := map[string]bool{"VERY_HIGH": true, "HIGH": true, "MEDIUM": true, "LOW": true}[x.Confidence]
	_, channel := map[string]bool{"online": true, "in store": true, "other": true}[x.Channel]
	if x.Name == "" || x.OriginalDescription == "" || x.Currency == "" || !confident || !channel {
		t.Fatalf("incomplete row: %+v", x)
	}
	if x.Amount.IsZero() || x.Amount.Exponent() < -2 || x.Date < x.AuthorizedDate {
		t.Fatalf("odd row: %+v", x)
	}
}

// Banks post card payments on the days they are open.
func TestNothingClearsOnWeekendsAndHolidays(t *testing.T) {
	closed := map[string]bool{"2026-01-01": true, "2026-01-19": true, "2026-02-16": true, "2026-05-25": true, "2026-06-19": true,
		"2026-09-07": true, "2026-10-12": true, "2026-11-11": true, "2026-11-26": true, "2026-12-25": true}
	cleared := 0
	for _, l := range signIn(t, bank.NewHousehold(bank.Options{Kind: "family", Seed: 9, Transactions: 20_000, From: noon(2025, 12, 1)})) {
		for _, e := range l.Events(noon(2025, 12, 31), noon(2026, 12, 31)) {
			if e.Transaction.PendingID == "" {
				continue
			}
			cleared++
			day, err := time.Parse(time.DateOnly, e.Transaction.Date)
			if err != nil {
				t.Fatal(err)
			}
			if w := day.Weekday(); w == time.Saturday || w == time.Sunday || closed[e.Transaction.Date] {
				t.Errorf("%s cleared on %s %s", e.Transaction.Name, w, e.Transaction.Date)
			}
		}
	}
	if cleared < 1000 {
		t.Errorf("only %d rows cleared in a year", cleared)
	}
}
