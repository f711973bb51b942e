package bank_test

import (
	"regexp"
	"slices"
	"testing"

	"coffer/internal/ordeal"
	"coffer/plaidsvc/plaidsim/bank"
)

func TestEveryInstitutionCanBeSignedInTo(t *testing.T) {
	ordeal.Alone(t)
	h := bank.NewHousehold(bank.Options{Seed: 1})
	until := noon(2026, 6, 1)
	for _, i := range bank.Institutions() {
		l, ok := h.Login(i.ID, "user_good")
		if !ok || l.Institution().Name != i.Name {
			t.Errorf("%s: no login", i.ID)
			continue
		}
		if n := len(l.Accounts()); n < 2 || len(l.Balances(until)) != n {
			t.Errorf("%s: %d accounts, %d balances", i.ID, n, len(l.Balances(until)))
		}
		if n := len(l.Events(until.AddDate(-1, 0, 0), until)); n < 12 && slices.Contains(i.Products, "transactions") {
			t.Errorf("%s: %d events in a year is no life", i.ID, n)
		}
	}
	for _, wrong := range [][2]string{{"ins_0", "user_good"}, {"ins_109508", "user_bad"}} {
		if _, ok := h.Login(wrong[0], wrong[1]); ok {
			t.Errorf("signed in as %v", wrong)
		}
	}
}

func TestInstitutionsAreWellFormed(t *testing.T) {
	seen := map[string]bool{}
	for _, i := range bank.Institutions() {
		if seen[i.ID] || seen[i.Name] {
			t.Errorf("%s %s is listed twice", i.ID, i.Name)
		}
		seen[i.ID], seen[i.Name] = true, true
		if !regexp.MustCompile(`^#[0-9a-f]{6}$`).MatchString(i.Color) || len(i.Countries) == 0 || !slices.IsSorted(i.Products) {
			t.Errorf("%s: colour %q, countries %v, products %v", i.ID, i.Color, i.Countries, i.Products)
		}
		for _, r := range i.RoutingNumbers {
			sum := 0
			for k, digit := range r {
				sum += int(digit-'0') * [...]int{3, 7, 1}[k%3]
			}
			if len(r) != 9 || sum%10 != 0 {
				t.Errorf("%s: routing number %s fails the ABA checksum", i.ID, r)
			}
		}
	}
}

func TestAccountsAreWellFormed(t *testing.T) {
	h := bank.NewHousehold(bank.Options{Seed: 1, Transactions: 1_000_000, From: noon(2024, 1, 1)})
	masks := map[string]bool{}
	for _, l := range signIn(t, h) {
		for _, a := range l.Accounts() {
			key := l.Institution().ID + a.Mask
			if len(a.Mask) != 4 || masks[key] || a.Currency == "" || a.Name == "" || a.OfficialName == "" || a.Holder == "" {
				t.Errorf("%s: %+v", l.Institution().Name, a)
			}
			masks[key] = true
			remembers := slices.Contains([]string{"ins_127287", "ins_56", "ins_13", "ins_127990"}, l.Institution().ID)
			if has := a.PersistentID != ""; has != remembers {
				t.Errorf("%s at %s: persistent id %q", a.Name, l.Institution().Name, a.PersistentID)
			}
		}
	}
}

// A household that a million rows are asked of has thirty Items.
func TestALoadIsSpreadOverManyBanks(t *testing.T) {
	for _, tt := range []struct{ rows, banks, accounts int }{
		{0, 4, 11}, {3_000, 5, 13}, {100_000, 8, 27}, {1_000_000, 30, 167},
	} {
		h := bank.NewHousehold(bank.Options{Seed: 1, Transactions: tt.rows, From: noon(2024, 1, 1)})
		accounts := 0
		for _, l := range signIn(t, h) {
			accounts += len(l.Accounts())
		}
		if got := len(h.Banks()); got != tt.banks || accounts != tt.accounts {
			t.Errorf("%d rows: %d accounts at %d banks, want %d at %d", tt.rows, accounts, got, tt.accounts, tt.banks)
		}
	}
}

func BenchmarkBusyHousehold(b *testing.B) {
	for name, n := range map[string]int{"100k": 100_000, "1M": 1_000_000} {
		b.Run(name, func(b *testing.B) {
			until := noon(2026, 11, 22)
			from := until.AddDate(-2, 0, 0)
			for b.Loop() {
				h, events := bank.NewHousehold(bank.Options{Seed: 1, Transactions: n, From: from}), 0
				for _, l := range signIn(b, h) {
					events += len(l.Events(from, until))
				}
				b.ReportMetric(float64(events), "events")
			}
		})
	}
}

func BenchmarkNarrowWindow(b *testing.B) {
	l, _ := bank.NewHousehold(bank.Options{Seed: 1}).Login("ins_109508", "user_good")
	until := noon(2026, 11, 22)
	l.Events(until, until.AddDate(0, 0, 1))
	for b.Loop() {
		l.Events(until.AddDate(0, 0, -1), until)
	}
}
