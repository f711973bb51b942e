package plaidsim_test

import (
	"encoding/json"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"
	"coffer/plaidsvc/plaidsim/lifetest"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// sums are the posted and the pending money of each account, from the rows that
// a client sees.
func (w *world) sums(token string) (posted, pending map[string]decimal.Decimal) {
	w.Helper()
	posted, pending = make(map[string]decimal.Decimal), make(map[string]decimal.Decimal)
	for _, page := range w.pages(token, "", 500) {
		for _, row := range page.list("added") {
			sum := posted
			if row["pending"] == true {
				sum = pending
			}
			id := row.text("account_id")
			sum[id] = sum[id].Add(exact(w, row["amount"]))
		}
	}
	return posted, pending
}

func exact(t testing.TB, v any) decimal.Decimal {
	t.Helper()
	n, _ := v.(json.Number)
	d, err := decimal.NewFromString(n.String())
	if err != nil {
		t.Fatalf("got amount %v, want a number", v)
	}
	return d
}

// Balances are the opening balance and the rows, to the cent, whenever they are
// asked for and however many refreshes posted rows before their day.
func TestBalancesAgreeWithTheRows(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		life := lifetest.Draw(rt)
		w := newWorld(t, plaidsim.Options{Banks: oneBank{life}, Settled: true})
		w.pass(lifetest.Start().Sub(morning()))
		token := w.link(fields{"transactions": fields{"days_requested": 730}})
		for range rapid.IntRange(1, 5).Draw(rt, "looks") {
			w.pass(time.Duration(rapid.IntRange(0, 40*24).Draw(rt, "hours")) * time.Hour)
			if rapid.Bool().Draw(rt, "refresh") {
				w.must("/transactions/refresh", fields{"access_token": token})
				w.pass(2 * time.Second)
			}
			posted, pending := w.sums(token)
			for _, endpoint := range []string{"/accounts/get", "/accounts/balance/get"} {
				for _, a := range w.must(endpoint, fields{"access_token": token}).list("accounts") {
					checkBalance(rt, a, posted, pending)
				}
			}
		}
	})
}

func checkBalance(t *rapid.T, a fields, posted, pending map[string]decimal.Decimal) {
	id := a.text("account_id")
	current := lifetest.Opening()
	var available decimal.Decimal
	switch a["type"] {
	case "depository":
		current = current.Sub(posted[id])
		available = current.Sub(pending[id])
	case "credit": // without a limit, what is left is minus what is owed
		current = current.Add(posted[id])
		available = current.Neg().Sub(pending[id])
	default:
		return // no rows at Plaid
	}
	for key, want := range map[string]decimal.Decimal{"current": current, "available": available} {
		got, _ := a.at("balances", key).(json.Number)
		if got.String() != want.String() {
			t.Fatalf("%s: got %s balance %s, want %s", a["name"], key, got, want)
		}
	}
}
