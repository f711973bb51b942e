package storage_test

import (
	"slices"
	"testing"
	"time"

	"coffer/ledger"
	"coffer/storage"
)

// checking is an account of "bank" that holds some cents.
func checking(minor int64) ledger.Account {
	return ledger.Account{
		ID: "checking", Item: "bank", Name: "Checking", Type: ledger.Depository, Currency: usd,
		Balance: ledger.Balance{Current: ledger.NewAmount(minor, usd)},
	}
}

func balances(t testing.TB, v *storage.Vault, id ledger.AccountID) []ledger.DayBalance {
	t.Helper()
	days, err := v.Balances(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return days
}

// What an account held is kept day by day; the last word of a day is the day's,
// and days without one are left out.
func TestBalancesAreKeptDayByDay(t *testing.T) {
	now := noon
	o := testOptions()
	o.Now = func() time.Time { return now }
	v, err := storage.Create(t.Context(), t.TempDir()+"/home", unlocker(), o)
	mustDo(t, err)
	t.Cleanup(func() { closeVault(t, v) })
	addBank(t, v, "bank")
	cursor := ""
	sync := func(a ledger.Account) {
		next := cursor + "x"
		apply(t, v, ledger.Delta{Item: "bank", From: cursor, Next: next, Accounts: []ledger.Account{a}, At: now})
		cursor = next
	}
	var want []ledger.DayBalance
	for day := range 70 {
		now = noon.AddDate(0, 0, day)
		if day%7 == 3 {
			continue
		}
		sync(checking(int64(day)))
		mustDo(t, v.SaveBalances(t.Context(), []ledger.Account{checking(int64(1000 + day))}))
		want = append(want, ledger.DayBalance{Day: ledger.DateOf(now), Current: ledger.NewAmount(int64(1000+day), usd)})
	}
	if got := balances(t, v, "checking"); !slices.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}

	before := revision(t, v)
	mustDo(t, v.SaveBalances(t.Context(), []ledger.Account{checking(1069)}))
	if after := revision(t, v); after != before {
		t.Error("a balance that is known wrote the vault")
	}
	unknown := checking(0)
	unknown.Balance.Current = ledger.Amount{}
	now = now.AddDate(0, 0, 1)
	sync(unknown)
	if got := balances(t, v, "checking"); !slices.Equal(got, want) {
		t.Errorf("a balance that the bank does not tell was kept: %v", got[len(want):])
	}

	mustDo(t, v.Rotate(t.Context(), unlocker()))
	if got := balances(t, v, "checking"); !slices.Equal(got, want) {
		t.Error("lost by a rotation")
	}
	mustDo(t, v.RemoveItem(t.Context(), "bank"))
	if got := balances(t, v, "checking"); len(got) > 0 {
		t.Errorf("after the bank is erased: got %v, want none", got)
	}
}
