package bank_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"coffer/plaidsvc/plaidsim/bank"
)

// sums adds up, per account, the posted amounts and the pending ones that are
// on their way out.
func sums(rows ledger) (posted, pending map[string]decimal.Decimal) {
	posted, pending = map[string]decimal.Decimal{}, map[string]decimal.Decimal{}
	for _, x := range rows {
		switch {
		case !x.Pending:
			posted[x.AccountID] = posted[x.AccountID].Add(x.Amount)
		case x.Amount.IsPositive():
			pending[x.AccountID] = pending[x.AccountID].Add(x.Amount)
		}
	}
	return posted, pending
}

// told tells whether an account's rows are served by /transactions/sync.
func told(a bank.Account) bool {
	return a.Type == "depository" || a.Type == "credit" || a.Subtype == "student"
}

// Between any two moments a balance changes by what was posted between them,
// and what is available is the balance less what is pending.
func TestBalancesAgreeWithTheRowsToTheCent(t *testing.T) {
	logins := signIn(t, bank.NewHousehold(bank.Options{Kind: "family", Seed: 11}))
	single, _ := bank.NewHousehold(bank.Options{Kind: "family", Seed: 11}).Login("ins_43", "user_good")
	logins = append(logins, single)
	firms := signIn(t, bank.NewHousehold(bank.Options{Kind: "family", Seed: 11, Transactions: 6_000, From: noon(2000, 3, 1), Years: 6}))
	logins = append(logins, firms[4:]...)
	rapid.Check(t, func(t *rapid.T) { balanced(t, rapid.SampledFrom(logins).Draw(t, "login")) })
}

// balanced draws two moments of a login and holds its balances against its rows.
func balanced(t *rapid.T, l bank.Login) {
	before := moment(t, "before")
	after := near(t, before, 60, "after")
	// Rows that were pending before the window are needed to know what is
	// pending in it; none stays so for a month.
	rows := ledger{}
	for _, e := range l.Events(before.AddDate(0, -1, 0), before) {
		if e.Op == bank.Removed {
			delete(rows, e.Transaction.ID)
		} else if e.Transaction.Pending {
			rows[e.Transaction.ID] = e.Transaction
		}
	}
	for _, e := range l.Events(before, after) {
		if e.Op == bank.Added || e.Op == bank.Modified && rows[e.Transaction.ID].ID != "" {
			rows[e.Transaction.ID] = e.Transaction
		}
		if e.Op == bank.Removed {
			delete(rows, e.Transaction.ID)
		}
	}
	compare(t, l, before, after, rows)
}

func compare(t *rapid.T, l bank.Login, before, after time.Time, rows ledger) {
	posted, pending := sums(rows)
	was, is := l.Balances(before), l.Balances(after)
	for i, a := range l.Accounts() {
		if !told(a) {
			continue
		}
		change := is[i].Current.Sub(*was[i].Current)
		want, available := posted[a.ID], is[i].Current.Sub(pending[a.ID])
		switch a.Type {
		case "depository":
			want = want.Neg()
		case "credit":
			available = is[i].Limit.Sub(*is[i].Current).Sub(pending[a.ID])
		}
		if !change.Equal(want) {
			t.Fatalf("%s: balance changed by %s from %v to %v, rows say %s", a.Name, change, before, after, want)
		}
		if a.Type != "loan" && !is[i].Available.Equal(available) {
			t.Fatalf("%s at %v: available %s, want %s", a.Name, after, is[i].Available, available)
		}
	}
}

// What Plaid tells no rows for is explained by movements.
func TestMovementsExplainTheUntoldBalances(t *testing.T) {
	h := bank.NewHousehold(bank.Options{Kind: "family", Seed: 2})
	kinds := map[bank.MovementKind]int{}
	seen := 0
	for _, l := range signIn(t, h) {
		for i, a := range l.Accounts() {
			moves := h.Movements(a.ID, time.Time{}, noon(2029, 1, 1))
			if told(a) {
				if len(moves) > 0 {
					t.Errorf("%s has rows and %d movements", a.Name, len(moves))
				}
				continue
			}
			seen++
			for _, until := range []time.Time{noon(2005, 5, 5), noon(2014, 9, 1), noon(2026, 11, 22), noon(2028, 2, 29)} {
				sum := decimal.Zero
				for _, m := range h.Movements(a.ID, time.Time{}, until) {
					sum = sum.Add(m.Amount)
				}
				if got := *l.Balances(until)[i].Current; !got.Equal(sum) {
					t.Errorf("%s at %v: balance %s, movements sum to %s", a.Name, until, got, sum)
				}
			}
			for _, m := range moves {
				kinds[m.Kind]++
			}
		}
	}
	if seen != 3 {
		t.Errorf("%d accounts without rows, want mortgage, car loan and brokerage", seen)
	}
	for _, k := range []bank.MovementKind{bank.Disbursement, bank.Principal, bank.Contribution, bank.Earnings, bank.Fee, bank.Valuation} {
		if kinds[k] == 0 {
			t.Errorf("no %s in any account", k)
		}
	}
}

func TestMovementsOfAWindowAreThoseOfItsParts(t *testing.T) {
	h := bank.NewHousehold(bank.Options{Kind: "family", Seed: 2})
	var funds string
	for _, l := range signIn(t, h) {
		for _, a := range l.Accounts() {
			if a.Subtype == "brokerage" {
				funds = a.ID
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a := moment(t, "a")
		b := near(t, a, 90, "b")
		c := near(t, b, 90, "c")
		whole, parts := len(h.Movements(funds, a, c)), len(h.Movements(funds, a, b))+len(h.Movements(funds, b, c))
		if whole != parts {
			t.Fatalf("%d movements in the window, %d in its parts", whole, parts)
		}
	})
	if got := h.Movements("no such account", time.Time{}, noon(2020, 1, 1)); got != nil {
		t.Errorf("movements of an unknown account: %d, want none", len(got))
	}
}
