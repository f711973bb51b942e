package bank_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"coffer/internal/ordeal"
	"coffer/plaidsvc/plaidsim/bank"
)

func parts() []bank.Part {
	return []bank.Part{
		bank.Everyday, bank.WageAdvancer, bank.Professional, bank.SmallBusiness, bank.ManyIncomes,
		bank.Prosperous, bank.Balanced, bank.Struggling, bank.Bonuses, bank.Couple,
	}
}

func playedSince(p bank.Part, from time.Time) bank.Login {
	return bank.Play(p, 3, bank.Institutions()[0], from)
}

// Between any two moments a balance moves by what was posted and corrected.
func TestBalancesOfPartsAgreeWithTheRows(t *testing.T) {
	ordeal.Alone(t)
	from := noon(2025, 11, 1)
	for _, p := range parts() {
		l := playedSince(p, from)
		before := l.Balances(from)
		for _, days := range []int{30, 91, 500} {
			until := from.AddDate(0, 0, days)
			amounts, out := map[string]decimal.Decimal{}, map[string]decimal.Decimal{}
			for _, e := range l.Events(from, until) {
				x := e.Transaction
				if e.Op == bank.Removed || x.Pending {
					continue
				}
				out[x.AccountID] = out[x.AccountID].Add(x.Amount).Sub(amounts[x.ID])
				amounts[x.ID] = x.Amount
			}
			after := l.Balances(until)
			for i, a := range l.Accounts() {
				want := before[i].Current.Sub(out[a.ID])
				if a.Type == "credit" || a.Type == "loan" {
					want = before[i].Current.Add(out[a.ID])
				}
				if told(a) && !after[i].Current.Equal(want) {
					t.Errorf("%s: %s after %d days: got %s, want %s", p, a.Name, days, after[i].Current, want)
				}
			}
		}
	}
}

// flows adds up what comes into the accounts of a part and what goes out, with
// transfers between them left out.
func flows(l bank.Login, from, until time.Time) (in, out int64, categories map[string]int) {
	categories = map[string]int{}
	for _, e := range l.Events(from, until) {
		x := e.Transaction
		if e.Op != bank.Added || x.Pending || x.Code == "bill payment" || x.Detailed == "TRANSFER_OUT_SAVINGS" || x.Detailed == "TRANSFER_IN_SAVINGS" ||
			x.Detailed == "TRANSFER_OUT_INVESTMENT_AND_RETIREMENT_FUNDS" || x.Detailed == "TRANSFER_OUT_TRANSFER_OUT_FROM_APPS" {
			continue
		}
		categories[x.Detailed]++
		if x.Amount.IsNegative() {
			in -= x.Amount.IntPart()
		} else {
			out += x.Amount.IntPart()
		}
	}
	return in, out, categories
}

// The cash flow of a quarter is what the part says: in every one of two years'.
func TestPartsEarnAndSpendAsTheySay(t *testing.T) {
	ordeal.Alone(t)
	for p, want := range map[bank.Part]struct {
		least, most int64 // out, in hundredths of in
		has         []string
	}{
		bank.Prosperous:   {20, 85, []string{"INCOME_SALARY", "INCOME_RENTAL", "LOAN_PAYMENTS_MORTGAGE_PAYMENT"}},
		bank.Balanced:     {70, 130, []string{"INCOME_GIG_ECONOMY"}},
		bank.Professional: {50, 110, []string{"INCOME_SALARY", "FOOD_AND_DRINK_RESTAURANT", "PERSONAL_CARE_GYMS_AND_FITNESS_CENTERS"}},
		bank.WageAdvancer: {70, 130, []string{"LOAN_DISBURSEMENTS_EWA", "LOAN_PAYMENTS_EWA"}},
		bank.ManyIncomes:  {30, 110, []string{"INCOME_SALARY", "INCOME_GIG_ECONOMY", "INCOME_RENTAL", "INCOME_CHILD_SUPPORT", "INCOME_RETIREMENT_PENSION", "INCOME_MILITARY"}},
		bank.Struggling:   {105, 1000, []string{"INCOME_GIG_ECONOMY"}},
		bank.Couple:       {30, 110, []string{"INCOME_SALARY"}},
		bank.Bonuses:      {20, 110, []string{"INCOME_SALARY"}},
	} {
		l := playedSince(p, noon(2024, 1, 1))
		for quarter := range 7 {
			from := noon(2024, 4, 1).AddDate(0, 3*quarter, 0)
			in, out, categories := flows(l, from, from.AddDate(0, 0, 91))
			t.Logf("%s from %s: in %d, out %d", p, from.Format(time.DateOnly), in, out)
			taxes := p == bank.Struggling && from.Month() == time.January
			if share := out * 100 / max(1, in); !taxes && (share < want.least || share > want.most) {
				t.Errorf("%s from %s: got %d out of %d, %d%%; want %d to %d%%", p, from.Format(time.DateOnly), out, in, share, want.least, want.most)
			}
			for _, c := range want.has {
				if categories[c] == 0 {
					t.Errorf("%s from %s: no row of %s", p, from.Format(time.DateOnly), c)
				}
			}
		}
	}
}

// Nobody's life ends in absurd riches or debts.
func TestPartsStayWithinReason(t *testing.T) {
	ordeal.Alone(t)
	for _, p := range parts() {
		l := playedSince(p, noon(2010, 1, 1))
		for year := 2012; year < 2030; year++ {
			for _, b := range l.Balances(noon(year, 6, 20)) {
				if n := b.Current.IntPart(); n < -1_500 || n > 400_000 {
					t.Errorf("%s in %d: got a balance of %d", p, year, n)
				}
			}
		}
	}
}

// Somebody's joint accounts belong to two people, and only the couple's do.
func TestOnlyTheCoupleSharesAccounts(t *testing.T) {
	for _, p := range parts() {
		l := playedSince(p, noon(2026, 1, 1))
		for _, a := range l.Accounts() {
			want := 1
			if p == bank.Couple {
				want = 2
			}
			if got := len(l.(bank.Owned).Owners(a.ID)); got != want {
				t.Errorf("%s: %s: got %d owners, want %d", p, a.Name, got, want)
			}
		}
	}
}

// The everyday part is about fifty rows in half a year, some of them pending at
// any moment, and purchases turn out to be a dollar dearer much later.
func TestEverydayIsFiftyRowsWithSomePending(t *testing.T) {
	from := noon(2026, 1, 10)
	l := playedSince(bank.Everyday, from)
	for day := 182; day < 600; day += 7 {
		rows, raised := map[string]bank.Transaction{}, 0
		for _, e := range l.Events(from, from.AddDate(0, 0, day)) {
			if was, there := rows[e.Transaction.ID]; e.Op == bank.Modified && there && e.Transaction.Amount.Sub(was.Amount).Equal(decimal.NewFromInt(1)) {
				raised++
			}
			delete(rows, e.Transaction.ID)
			if e.Op != bank.Removed {
				rows[e.Transaction.ID] = e.Transaction
			}
		}
		pending := 0
		for _, r := range rows {
			if r.Pending {
				pending++
			}
		}
		if day == 182 && (len(rows) < 42 || len(rows) > 75) {
			t.Errorf("rows of half a year: got %d, want about 50", len(rows))
		}
		if pending < 2 || pending > 3 {
			t.Errorf("after %d days: got %d pending rows, want 2 or 3", day, pending)
		}
		if (raised > 0) != (day > 400) {
			t.Errorf("after %d days: got %d raised amounts", day, raised)
		}
	}
}
