package plaidsim_test

import (
	"testing"
	"time"

	"coffer/internal/ordeal"
	"coffer/plaidsvc/plaidsim"
)

// The options decide about the household: a busier one has about as many rows
// as were asked for.
func TestTransactionsMakeABusyHousehold(t *testing.T) {
	ordeal.Alone(t)
	const want = 20_000
	w := &world{TB: t, clock: &clock{now: morning()}}
	w.server = plaidsim.New(plaidsim.Options{Seed: 3, Settled: true, Transactions: want, Clock: w.Now})
	rows := 0
	for _, id := range w.server.HomeBanks() {
		public := w.must("/sandbox/public_token/create", fields{
			"institution_id": id, "initial_products": []string{"transactions"},
			"options": fields{"transactions": fields{"days_requested": 730}},
		}).text("public_token")
		token := w.must("/item/public_token/exchange", fields{"public_token": public}).text("access_token")
		rows += w.count(token)
	}
	if rows < want*8/10 || rows > want*12/10 {
		t.Errorf("got %d rows, want about %d", rows, want)
	}
}

// Whatever the household, its banks link through the API, and their rows sync to
// the end and stay in their accounts.
func TestEveryHouseholdLinksAndSyncs(t *testing.T) {
	ordeal.Alone(t)
	for _, kind := range plaidsim.Households() {
		t.Run(kind, func(t *testing.T) {
			w := &world{TB: t, clock: &clock{now: morning()}}
			w.server = plaidsim.New(plaidsim.Options{Seed: 4, Household: kind, Settled: true, Clock: w.Now})
			rows := 0
			for _, id := range w.server.HomeBanks() {
				token := w.linkBank(id)
				accounts := w.must("/accounts/get", fields{"access_token": token}).list("accounts")
				if len(accounts) == 0 {
					t.Errorf("%s: no accounts", id)
				}
				n := w.count(token)
				if again := w.count(token); again != n {
					t.Errorf("%s: %d rows, and %d when asked again", id, n, again)
				}
				rows += n
			}
			if rows < 500 {
				t.Errorf("%d rows in two years, want a life", rows)
			}
		})
	}
}

// count counts the rows of an Item without looking into them.
func (w *world) count(token string) (rows int) {
	w.Helper()
	for cursor, more := "", true; more; {
		page := decodeFields(w, w.quick("/transactions/sync", fields{"access_token": token, "cursor": cursor, "count": 500}))
		rows += len(page.list("added"))
		cursor, more = page.text("next_cursor"), page["has_more"] == true
	}
	return rows
}

func TestNewNeedsAClock(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("got a server without a clock, want a panic that says so")
		}
	}()
	plaidsim.New(plaidsim.Options{})
}

// One page of 500 rows, as a client waits for it.
func BenchmarkSyncPage(b *testing.B) {
	w := newWorld(b, plaidsim.Options{Settled: true})
	token := w.link(fields{"transactions": fields{"days_requested": 730}})
	w.pass(time.Hour)
	for b.Loop() {
		w.quick("/transactions/sync", fields{"access_token": token, "count": 500})
	}
}
