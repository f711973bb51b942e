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

func TestYearLooksLikeAFamily(t *testing.T) {
	until := noon(2026, time.November, 22)
	sums, counts, n := map[string]decimal.Decimal{}, map[string]int{}, 0
	var latest []bank.Transaction
	for _, l := range signIn(t, bank.NewHousehold(bank.Options{Seed: 1})) {
		for _, x := range history(t, l, until) {
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
