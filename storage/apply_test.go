package storage_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"coffer/ledger"
	"coffer/storage"
)

// pending makes a pending row of a coffee.
func pending(id string, day int) ledger.Transaction {
	r := row(id, time.May, day, -450)
	r.Pending = true
	r.Name = "COFFEE BAR"
	return r
}

func posted(id string, day int, of ledger.TransactionID) ledger.Transaction {
	r := pending(id, day)
	r.Pending, r.PendingID = false, of
	return r
}

func TestApplyCountsWhatReallyChanged(t *testing.T) {
	v, _ := newVault(t)
	a, b, c := row("a", time.May, 1, 1), row("b", time.May, 2, 2), row("c", time.June, 3, 3)
	moved := a
	moved.Date = ledger.NewDate(2026, time.July, 9)
	elsewhere := b
	elsewhere.Account = "savings"
	renamed := c
	renamed.Name = "Renamed"
	for i, tt := range []struct {
		name  string
		delta ledger.Delta
		want  ledger.Applied
	}{
		{"three new", ledger.Delta{Upserts: []ledger.Transaction{a, b, c}}, ledger.Applied{Added: 3}},
		{"the same three", ledger.Delta{Upserts: []ledger.Transaction{c, b, a}}, ledger.Applied{}},
		{"one to another month", ledger.Delta{Upserts: []ledger.Transaction{moved, b}}, ledger.Applied{Modified: 1}},
		{"one to another account", ledger.Delta{Upserts: []ledger.Transaction{elsewhere}}, ledger.Applied{Modified: 1}},
		{"one in place", ledger.Delta{Upserts: []ledger.Transaction{renamed}}, ledger.Applied{Modified: 1}},
		{"removal of unknown rows", ledger.Delta{Removed: []ledger.TransactionID{"x", "y"}}, ledger.Applied{}},
		{"removal", ledger.Delta{Removed: []ledger.TransactionID{"a", "x"}}, ledger.Applied{Removed: 1}},
		{"nothing", ledger.Delta{}, ledger.Applied{}},
		{"replacement", ledger.Delta{Replace: true, Upserts: []ledger.Transaction{a, renamed}}, ledger.Applied{Added: 1, Removed: 1}},
		{"replacement by nothing", ledger.Delta{Replace: true}, ledger.Applied{Removed: 2}},
	} {
		tt.delta.Item, tt.delta.From, tt.delta.Next = "bank", cursorAt(i), cursorAt(i+1)
		if got := apply(t, v, tt.delta); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
		if i == 4 {
			rows := rowsOf(book(t, v))
			if len(rows) != 3 || rows["a"] != moved || rows["b"] != elsewhere || rows["c"] != renamed {
				t.Errorf("after %s: %+v", tt.name, rows)
			}
		}
	}
	if got := book(t, v).Len(); got != 0 {
		t.Errorf("%d rows are left, want 0", got)
	}
}

func TestApplyRefusesAnOvertakenSync(t *testing.T) {
	v, _ := newVault(t)
	apply(t, v, ledger.Delta{Item: "bank", Next: "c1", Upserts: []ledger.Transaction{row("a", time.May, 1, 1)}})
	late := ledger.Delta{Item: "bank", Next: "c2", Upserts: []ledger.Transaction{row("b", time.May, 1, 1)}}
	if _, err := v.Apply(t.Context(), late); !errors.Is(err, ledger.ErrStale) {
		t.Errorf("apply from an old cursor: %v, want ErrStale", err)
	}
	if got := book(t, v).Len(); got != 1 {
		t.Errorf("%d rows, want 1: a refused sync changes nothing", got)
	}
	late.Replace = true
	if got, want := apply(t, v, late), (ledger.Applied{Added: 1, Removed: 1}); got != want {
		t.Errorf("replay from the beginning: %+v, want %+v", got, want)
	}
	if got, err := v.Cursor(t.Context(), "bank"); got != "c2" || err != nil {
		t.Errorf("cursor %q, %v, want c2", got, err)
	}
}

func TestApplyRefusesARowWithTwoFates(t *testing.T) {
	v, _ := newVault(t)
	a := row("a", time.May, 1, 1)
	for name, d := range map[string]ledger.Delta{
		"twice":                 {Upserts: []ledger.Transaction{a, a}},
		"stored and removed":    {Upserts: []ledger.Transaction{a}, Removed: []ledger.TransactionID{"a"}},
		"without id":            {Upserts: []ledger.Transaction{row("", time.May, 1, 1)}},
		"account of other bank": {Accounts: []ledger.Account{{ID: "x", Item: "other"}}},
	} {
		d.Item = "bank"
		if _, err := v.Apply(t.Context(), d); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if got := book(t, v).Len(); got != 0 {
		t.Errorf("%d rows, want 0", got)
	}
}

func TestEditGoesOnFromPendingToPosted(t *testing.T) {
	for _, tt := range []struct {
		name  string
		after []ledger.Delta // the pending row "p" has an edit before
		want  ledger.TransactionID
	}{
		{"named by the posted row", []ledger.Delta{{
			Removed: []ledger.TransactionID{"p"}, Upserts: []ledger.Transaction{posted("q", 12, "p")},
		}}, "q"},
		{"alike, not named", []ledger.Delta{{
			Removed: []ledger.TransactionID{"p"}, Upserts: []ledger.Transaction{posted("q", 12, "")},
		}}, "q"},
		{"removed a sync before the posted row", []ledger.Delta{
			{Removed: []ledger.TransactionID{"p"}},
			{Upserts: []ledger.Transaction{posted("q", 12, "p")}},
		}, "q"},
		{"by a replay", []ledger.Delta{{Replace: true, Upserts: []ledger.Transaction{posted("q", 12, "p")}}}, "q"},
		{"removed for good", []ledger.Delta{{Removed: []ledger.TransactionID{"p"}}}, "p"},
		{"removed and back", []ledger.Delta{
			{Removed: []ledger.TransactionID{"p"}},
			{Upserts: []ledger.Transaction{pending("p", 11)}},
		}, "p"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v, _ := newVault(t)
			apply(t, v, ledger.Delta{Item: "bank", Next: cursorAt(1), Upserts: []ledger.Transaction{pending("p", 10)}})
			edit(t, v, ledger.Edits{"p": {Category: "Party"}})
			for i, d := range tt.after {
				d.Item, d.From, d.Next = "bank", cursorAt(i+1), cursorAt(i+2)
				apply(t, v, d)
			}
			edits, err := v.Edits(t.Context())
			mustDo(t, err)
			if len(edits) != 1 || edits[tt.want].Category != "Party" {
				t.Errorf("edits %v, want Party on %s alone", edits, tt.want)
			}
		})
	}
}

func TestCarriedEditDoesNotReplaceWhatTheUserSaidOfThePostedRow(t *testing.T) {
	v, _ := newVault(t)
	apply(t, v, ledger.Delta{Item: "bank", Next: cursorAt(1), Upserts: []ledger.Transaction{pending("p", 10)}})
	edit(t, v, ledger.Edits{"p": {Category: "Before"}, "q": {Category: "After"}})
	apply(t, v, ledger.Delta{
		Item: "bank", From: cursorAt(1), Next: cursorAt(2),
		Removed: []ledger.TransactionID{"p"}, Upserts: []ledger.Transaction{posted("q", 12, "p")},
	})
	if got := said(t, book(t, v), "q"); got != "After" {
		t.Errorf("q says %q, want After", got)
	}
}

func TestJournalTellsWhoChangedWhatFromWhatToWhat(t *testing.T) {
	v, _ := newVault(t)
	apply(t, v, ledger.Delta{Item: "bank", Next: cursorAt(1), Upserts: []ledger.Transaction{pending("p", 10)}})
	one, two, none := ledger.Edit{Category: "One"}, ledger.Edit{Category: "Two"}, ledger.Edit{}
	edit(t, v, ledger.Edits{"p": one, "x": none})
	edit(t, v, ledger.Edits{"p": two, "a": one})
	edit(t, v, ledger.Edits{"p": two})
	apply(t, v, ledger.Delta{
		Item: "bank", From: cursorAt(1), Next: cursorAt(2),
		Removed: []ledger.TransactionID{"p"}, Upserts: []ledger.Transaction{posted("q", 12, "p")},
	})
	edit(t, v, ledger.Edits{"q": none})
	want := []storage.JournalEntry{
		{Changes: []storage.JournalChange{{ID: "p", After: one}}},
		{Changes: []storage.JournalChange{{ID: "a", After: one}, {ID: "p", Before: one, After: two}}},
		{Item: "bank", Changes: []storage.JournalChange{{ID: "p", Before: two}, {ID: "q", After: two}}},
		{Changes: []storage.JournalChange{{ID: "q", Before: two}}},
	}
	got, err := v.Journal(t.Context())
	mustDo(t, err)
	if !slices.EqualFunc(got, want, sameEntry) {
		t.Errorf("journal %+v, want %+v", got, want)
	}
}

func sameEntry(a, b storage.JournalEntry) bool {
	return a.Item == b.Item && slices.Equal(a.Changes, b.Changes)
}

func TestAccountsFollowTheBanksListAndRowsStay(t *testing.T) {
	v, _ := newVault(t)
	ctx := t.Context()
	account := func(id ledger.AccountID, cents int64) ledger.Account {
		a := ledger.Account{ID: id, Item: "bank", Name: string(id), Type: ledger.Depository, Currency: usd}
		a.Balance.Current = ledger.NewAmount(cents, usd)
		return a
	}
	apply(t, v, ledger.Delta{
		Item: "bank", Next: cursorAt(1), Upserts: []ledger.Transaction{row("a", time.May, 1, 1)},
		Accounts: []ledger.Account{account("checking", 100), account("savings", 200)},
	})
	apply(t, v, ledger.Delta{Item: "bank", From: cursorAt(1), Next: cursorAt(2), At: noon, Accounts: []ledger.Account{account("savings", 300)}})
	apply(t, v, ledger.Delta{Item: "bank", From: cursorAt(2), Next: cursorAt(3)})
	got, err := v.Accounts(ctx, "bank")
	mustDo(t, err)
	ended := account("checking", 100)
	ended.Ended = noon
	if want := []ledger.Account{ended, account("savings", 300)}; !slices.Equal(got, want) {
		t.Errorf("accounts %+v, want %+v", got, want)
	}
	if got := book(t, v).Len(); got != 1 {
		t.Errorf("%d rows, want the one of the account that is no longer listed", got)
	}
	mustDo(t, v.SaveBalances(ctx, []ledger.Account{account("savings", 400)}))
	got, err = v.Accounts(ctx, "bank")
	mustDo(t, err)
	if want := []ledger.Account{ended, account("savings", 400)}; !slices.Equal(got, want) {
		t.Errorf("accounts %+v, want %+v", got, want)
	}
	mustDo(t, v.RemoveItem(ctx, "bank"))
	if b := book(t, v); b.Len() != 0 || len(b.Accounts()) != 0 || len(b.Items()) != 0 {
		t.Errorf("after the bank was removed: %d rows, accounts %v, items %v", b.Len(), b.Accounts(), b.Items())
	}
}

// One process reads the bank, another syncs it, the first writes what it thinks
// of the bank's state: the sync stays known.
func TestSavingAStateForgetsNoSync(t *testing.T) {
	v, _ := newVault(t)
	items, err := v.Items(t.Context())
	mustDo(t, err)
	stale := items[0]
	apply(t, v, ledger.Delta{Item: "bank", Next: cursorAt(1), HistoryReady: true, At: noon})
	stale.State = ledger.ItemUnavailable
	mustDo(t, v.SaveItem(t.Context(), stale))
	items, err = v.Items(t.Context())
	mustDo(t, err)
	if got := items[0]; got.State != ledger.ItemUnavailable || !got.LastSync.Equal(noon) || !got.HistoryReady {
		t.Errorf("after the stale write the bank is %+v", got)
	}
}

// A user who paid for a real-time balance must not see an older one come back
// with the next sync.
func TestALiveBalanceHoldsUntilTheBanksOwnIsNewer(t *testing.T) {
	v, _ := newVault(t)
	account := func(cents int64, asOf time.Time, live bool) ledger.Account {
		return ledger.Account{ID: "checking", Item: "bank", Type: ledger.Depository, Currency: usd,
			Balance: ledger.Balance{Current: ledger.NewAmount(cents, usd), AsOf: asOf, Live: live}}
	}
	apply(t, v, ledger.Delta{Item: "bank", Next: cursorAt(1), Accounts: []ledger.Account{account(1, noon, false)}})
	for i, tt := range []struct {
		live, synced, want int64
		age                time.Duration // of the synced balance, from the live one
	}{
		{live: 2, synced: 3, age: -time.Hour, want: 2},
		{live: 4, synced: 5, age: time.Hour, want: 5},
	} {
		mustDo(t, v.SaveBalances(t.Context(), []ledger.Account{account(tt.live, noon, true)}))
		apply(t, v, ledger.Delta{Item: "bank", From: cursorAt(i + 1), Next: cursorAt(i + 2),
			Accounts: []ledger.Account{account(tt.synced, noon.Add(tt.age), false)}})
		got, err := v.Accounts(t.Context(), "bank")
		mustDo(t, err)
		if got[0].Balance.Current.Minor() != tt.want {
			t.Errorf("a live %d and then a synced %d, %s apart: shown is %d, want %d",
				tt.live, tt.synced, tt.age, got[0].Balance.Current.Minor(), tt.want)
		}
	}
}

func TestSyncMendsTheStateOfABankUnlessItsConsentEndsSoon(t *testing.T) {
	v, _ := newVault(t)
	earlier := noon.Add(-time.Hour)
	for i, tt := range []struct{ before, after ledger.ItemState }{
		{ledger.ItemSyncing, ledger.ItemOK},
		{ledger.ItemOK, ledger.ItemOK},
		{ledger.ItemLoginRequired, ledger.ItemOK},
		{ledger.ItemUnavailable, ledger.ItemOK},
		{ledger.ItemExpiring, ledger.ItemExpiring},
	} {
		item := ledger.Item{ID: "bank", Name: "Bank", State: tt.before, Code: "CODE", Since: earlier}
		mustDo(t, v.SaveItem(t.Context(), item))
		apply(t, v, ledger.Delta{Item: "bank", From: cursorAt(i), Next: cursorAt(i + 1), At: noon})
		items, err := v.Items(t.Context())
		mustDo(t, err)
		if items[0].State != tt.after || !items[0].LastSync.Equal(noon) {
			t.Errorf("%s becomes %s, last sync %v, want %s, %v", tt.before, items[0].State, items[0].LastSync, tt.after, noon)
		}
		if kept := items[0].Since.Equal(earlier); kept != (tt.before == tt.after) {
			t.Errorf("%s becomes %s: since %v", tt.before, tt.after, items[0].Since)
		}
	}
}

func TestBanksDoNotTouchEachOther(t *testing.T) {
	v, _ := newVault(t)
	addBank(t, v, "other")
	for _, bank := range []ledger.ItemID{"bank", "other"} {
		r := row("row-"+string(bank), time.May, 1, 1)
		a := ledger.Account{ID: "account-" + ledger.AccountID(bank), Item: bank, Name: "Checking"}
		r.Account = a.ID
		apply(t, v, ledger.Delta{Item: bank, Next: "c1", Accounts: []ledger.Account{a}, Upserts: []ledger.Transaction{r}})
	}
	mine, both, theirs := ledger.TransactionID("row-bank"), ledger.Edit{Category: "Both"}, ledger.TransactionID("row-other")
	edit(t, v, ledger.Edits{mine: both, theirs: both})
	edit(t, v, ledger.Edits{theirs: {Category: "Theirs"}})
	apply(t, v, ledger.Delta{Item: "other", From: "c1", Next: "c2", Replace: true, Upserts: []ledger.Transaction{row("new", time.May, 2, 2)}})
	if b := book(t, v); b.Len() != 2 || len(b.Accounts()) != 2 {
		t.Errorf("after a replay of the other bank: %d rows, accounts %v, want 2 of each", b.Len(), b.Accounts())
	}

	mustDo(t, v.RemoveItem(t.Context(), "other"))
	b := book(t, v)
	if _, ok := b.Find(mine); !ok || b.Len() != 1 || len(b.Accounts()) != 1 || len(b.Items()) != 1 {
		t.Errorf("after the other bank was removed: %d rows, accounts %v, items %v", b.Len(), b.Accounts(), b.Items())
	}
	want := []storage.JournalEntry{{Changes: []storage.JournalChange{{ID: mine, After: both}}}}
	got, err := v.Journal(t.Context())
	mustDo(t, err)
	if !slices.EqualFunc(got, want, sameEntry) {
		t.Errorf("journal %+v, want %+v", got, want)
	}
	edits, err := v.Edits(t.Context())
	mustDo(t, err)
	if len(edits) != 1 || edits[mine] != both {
		t.Errorf("edits %+v, want that of %s alone", edits, mine)
	}
}
