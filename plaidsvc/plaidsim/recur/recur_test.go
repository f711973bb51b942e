package recur_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/recur"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// payments makes rows of one payee on these days.
func payments(category string, amounts []float64, dates ...string) []*bank.Transaction {
	var rows []*bank.Transaction
	for i, date := range dates {
		rows = append(rows, &bank.Transaction{
			ID: fmt.Sprint(category, i), AccountID: "checking", Currency: "USD",
			Date: date, Name: "SOMEBODY #" + fmt.Sprint(i), Primary: category,
			Amount: decimal.NewFromFloat(amounts[i%len(amounts)]),
		})
	}
	return rows
}

func TestFrequencyFollowsFromTheDates(t *testing.T) {
	const today = "2026-03-15"
	for name, tt := range map[string]struct {
		category string
		amounts  []float64
		dates    []string
		want     string // frequency, status, active, next; "" is no stream
	}{
		"weekly":            {"INCOME", []float64{-400}, []string{"2026-02-20", "2026-02-27", "2026-03-06", "2026-03-13"}, "WEEKLY MATURE true 2026-03-20"},
		"every two weeks":   {"INCOME", []float64{-900}, []string{"2026-01-30", "2026-02-13", "2026-02-27", "2026-03-13"}, "BIWEEKLY MATURE true 2026-03-27"},
		"twice a month":     {"INCOME", []float64{-900}, []string{"2026-01-15", "2026-02-02", "2026-02-17", "2026-03-02"}, "SEMI_MONTHLY MATURE true 2026-03-17"},
		"monthly":           {"RENT_AND_UTILITIES", []float64{1200}, []string{"2026-01-02", "2026-02-02", "2026-03-03"}, "MONTHLY MATURE true 2026-04-02"},
		"end of the month":  {"INCOME", []float64{-3}, []string{"2025-12-31", "2026-01-31", "2026-02-28"}, "MONTHLY MATURE true 2026-03-31"},
		"a month left out":  {"GENERAL_SERVICES", []float64{80}, []string{"2025-09-05", "2025-11-05", "2025-12-05", "2026-01-05", "2026-02-05", "2026-03-05"}, "MONTHLY MATURE true 2026-04-05"},
		"yearly":            {"BANK_FEES", []float64{95, 99}, []string{"2024-05-06", "2025-05-06"}, "ANNUALLY MATURE true 2026-05-06"},
		"quarterly":         {"GENERAL_SERVICES", []float64{60}, []string{"2025-06-10", "2025-09-10", "2025-12-10", "2026-03-10"}, "UNKNOWN MATURE true 2026-06-09"},
		"cancelled":         {"ENTERTAINMENT", []float64{9.99}, []string{"2025-08-12", "2025-09-12", "2025-10-12"}, "MONTHLY MATURE false "},
		"new":               {"ENTERTAINMENT", []float64{9.99}, []string{"2026-02-12", "2026-03-12"}, "MONTHLY EARLY_DETECTION true 2026-04-12"},
		"given up at once":  {"ENTERTAINMENT", []float64{9.99}, []string{"2025-10-12", "2025-11-12"}, "MONTHLY TOMBSTONED false "},
		"once":              {"ENTERTAINMENT", []float64{9.99}, []string{"2026-03-12"}, ""},
		"groceries":         {"FOOD_AND_DRINK", []float64{81, 132, 45, 99}, []string{"2026-02-14", "2026-02-21", "2026-02-28", "2026-03-07", "2026-03-14"}, ""},
		"metered":           {"RENT_AND_UTILITIES", []float64{81, 132, 45}, []string{"2026-01-14", "2026-02-14", "2026-03-14"}, "MONTHLY MATURE true 2026-04-14"},
		"now and then":      {"GENERAL_MERCHANDISE", []float64{20}, []string{"2025-11-02", "2025-12-24", "2026-01-03", "2026-01-31", "2026-03-08"}, ""},
		"the price goes up": {"ENTERTAINMENT", []float64{9.99, 9.99, 9.99, 12.99, 12.99}, []string{"2025-11-12", "2025-12-12", "2026-01-12", "2026-02-12", "2026-03-12"}, "MONTHLY MATURE true 2026-04-12"},
	} {
		t.Run(name, func(t *testing.T) {
			found := recur.Find(payments(tt.category, tt.amounts, tt.dates...), today)
			got := ""
			if len(found) == 1 {
				got = fmt.Sprint(found[0].Frequency, " ", found[0].Status, " ", found[0].Active, " ", found[0].Next)
			}
			if len(found) > 1 || got != tt.want {
				t.Errorf("got %d streams, %q; want %q", len(found), got, tt.want)
			}
		})
	}
}

// A shop that also sells a subscription has one stream, of the same amount each
// time.
func TestSubscriptionIsToldFromPurchases(t *testing.T) {
	rows := payments("SHOP", []float64{14.99}, "2025-12-08", "2026-01-08", "2026-02-08", "2026-03-08")
	rows = append(rows, payments("GENERAL_MERCHANDISE", []float64{31.5, 120, 8.25}, "2025-12-11", "2025-12-13", "2026-01-30", "2026-02-02", "2026-03-01")...)
	found := recur.Find(rows, "2026-03-15")
	if len(found) != 1 || len(found[0].Rows) != 4 || !found[0].Average().Equal(decimal.RequireFromString("14.99")) {
		t.Errorf("got %d streams %v, want the subscription alone", len(found), found)
	}
}

func TestAverageIsExact(t *testing.T) {
	rows := payments("RENT_AND_UTILITIES", []float64{10, 10, 10.01}, "2026-01-14", "2026-02-14", "2026-03-14")
	if got := recur.Find(rows, "2026-03-15")[0].Average().String(); got != "10" {
		t.Errorf("average of 10, 10 and 10.01: got %s, want it rounded to cents", got)
	}
	rows = payments("INCOME", []float64{-0.00123, -0.00124}, "2026-01-14", "2026-02-14", "2026-03-14")
	if got := recur.Find(rows, "2026-03-15")[0].Average().String(); got != "-0.00123" {
		t.Errorf("average of fractions: got %s, want -0.00123", got)
	}
}

// Whatever the rows are, their order does not matter, pending ones do not
// count, and no row is in two streams.
func TestEveryRowIsInOneStreamAtMost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := time.Date(2025, time.January, 1, 0, 0, 0, 0, time.UTC)
		var rows []*bank.Transaction
		for payee := range rapid.IntRange(1, 4).Draw(t, "payees") {
			day, step := 0, rapid.SampledFrom([]int{1, 7, 14, 15, 30, 91, 365}).Draw(t, "step")
			for i := range rapid.IntRange(1, 9).Draw(t, "rows") {
				day += step + rapid.IntRange(-1, 3).Draw(t, "late")
				rows = append(rows, &bank.Transaction{
					ID: fmt.Sprint(payee, "-", i), AccountID: rapid.SampledFrom([]string{"one", "two"}).Draw(t, "account"),
					Date: start.AddDate(0, 0, day).Format(time.DateOnly), Name: fmt.Sprintf("PAYEE%c", 'A'+payee%2),
					Merchant: rapid.SampledFrom([]string{"", "Merchant"}).Draw(t, "merchant"), Currency: "USD",
					Amount:  decimal.New(rapid.SampledFrom([]int64{-500, 500, 510, 900}).Draw(t, "amount"), -2),
					Primary: rapid.SampledFrom([]string{"INCOME", "FOOD_AND_DRINK"}).Draw(t, "category"),
					Pending: rapid.Bool().Draw(t, "pending"),
				})
			}
		}
		found := recur.Find(rows, "2026-03-15")
		seen := make(map[string]bool)
		for _, s := range found {
			for i, r := range s.Rows {
				if seen[r.ID] || r.Pending || r.AccountID != s.First().AccountID || r.Amount.Sign() != s.First().Amount.Sign() ||
					i > 0 && r.Date < s.Rows[i-1].Date {
					t.Fatalf("stream %q has row %+v, seen before %v", s.Key, r, seen[r.ID])
				}
				seen[r.ID] = true
			}
		}
		slices.Reverse(rows)
		if again := recur.Find(rows, "2026-03-15"); fmt.Sprint(again) != fmt.Sprint(found) {
			t.Fatalf("in another order: got %v, want %v", again, found)
		}
	})
}
