package bank_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"coffer/plaidsvc/plaidsim/bank"
)

func at(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 12, 0, 0, 0, time.UTC) }

// replay applies events as a client does, and fails on what Plaid never sends.
func replay(t testing.TB, rows map[string]bank.Transaction, events []bank.Event) {
	t.Helper()
	for _, e := range events {
		x := e.Transaction
		_, known := rows[x.ID]
		if known == (e.Op == bank.Added) {
			t.Fatalf("at %v op %d of row %s (%s): known before: %v", e.At, e.Op, x.ID, x.Name, known)
		}
		if e.Op == bank.Removed {
			delete(rows, x.ID)
		} else {
			rows[x.ID] = x
		}
	}
}

func family(t testing.TB, seed int64) []bank.Login {
	t.Helper()
	return loginsOf(t, bank.NewHousehold(bank.Options{Seed: seed}))
}

func loginsOf(t testing.TB, h *bank.Household) []bank.Login {
	t.Helper()
	var out []bank.Login
	for _, id := range h.Banks() {
		l, ok := h.Login(id, "user_good")
		if !ok {
			t.Fatalf("no login at %s", id)
		}
		out = append(out, l)
	}
	return out
}

func TestYearLooksLikeAFamily(t *testing.T) {
	until := at(2026, time.November, 22)
	sums, counts, n := map[string]decimal.Decimal{}, map[string]int{}, 0
	var latest []bank.Transaction
	for _, l := range family(t, 1) {
		rows := map[string]bank.Transaction{}
		replay(t, rows, l.Events(time.Time{}, until))
		for _, x := range rows {
			if x.Date > "2025-11-22" {
				n++
				k := x.Currency + " " + x.Detailed
				sums[k], counts[k] = sums[k].Add(x.Amount), counts[k]+1
				latest = append(latest, x)
			}
		}
		t.Log(l.Institution().Name)
		for i, b := range l.Balances(until) {
			a := l.Accounts()[i]
			t.Logf("   %-22s %-12s %10s avail %v limit %v", a.Name, a.Subtype, b.Current, b.Available, b.Limit)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(sums)) {
		t.Logf("%-70s %4d %12s", k, counts[k], sums[k].StringFixed(2))
	}
	t.Log(n, "rows")
	slices.SortFunc(latest, func(a, b bank.Transaction) int { return strings.Compare(b.Date, a.Date) })
	for _, x := range latest[:60] {
		t.Log(fmt.Sprintf("%s %v %9s %-34s %-22s %-40s %s", x.Date, x.Pending, x.Amount, x.Name, x.Merchant, x.Detailed, x.OriginalDescription))
	}
}
