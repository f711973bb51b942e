package storage_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/storage"
)

// twice is a vault with a bank that is linked twice, as old and as new, with rows that
// differ in nothing but their ids.
func twice(t *testing.T) *storage.Vault {
	t.Helper()
	v, _ := newVault(t)
	for _, link := range []ledger.ItemID{"old", "new"} {
		item := ledger.Item{ID: link, Institution: "ins", Name: "Bank", Environment: "sandbox"}
		mustDo(t, v.AddItem(t.Context(), item, secret.New("token")))
		id := ledger.AccountID("checking-" + link)
		d := ledger.Delta{Item: link, Next: "c", At: noon, Accounts: []ledger.Account{{ID: id, Item: link, Name: "Checking", Mask: "0000"}}}
		for i := range 30 {
			r := row(fmt.Sprint(link, i), time.May, 1+i/2, int64(100+i/2))
			r.Account, r.Name = id, "COFFEE"
			d.Upserts = append(d.Upserts, r)
		}
		apply(t, v, d)
	}
	return v
}

// Whatever the user said of a bank's rows goes on with the link that stays; nothing
// else of the old one does.
func TestEditsGoOnWithTheOtherLink(t *testing.T) {
	v := twice(t)
	edits := ledger.Edits{}
	for i := 0; i < 30; i += 3 {
		edits[ledger.TransactionID(fmt.Sprint("old", i))] = ledger.Edit{Category: ledger.Category(fmt.Sprint("mine", i/2))}
	}
	edit(t, v, edits)
	mustDo(t, v.RemoveItem(t.Context(), "old"))
	b := book(t, v)
	got := make(map[ledger.Category]string)
	for r := range ledger.Row(b.Len()) {
		if e := b.Entry(r); !e.Edit.IsZero() {
			got[e.Category] = fmt.Sprint(e.Date, e.Amount)
		}
	}
	want := make(map[ledger.Category]string)
	for i := 0; i < 30; i += 3 {
		r := row("", time.May, 1+i/2, int64(100+i/2))
		want[ledger.Category(fmt.Sprint("mine", i/2))] = fmt.Sprint(r.Date, r.Amount)
	}
	if b.Len() != 30 || len(b.Items()) != 2 /* with that of every test */ || !maps.Equal(got, want) {
		t.Errorf("%d rows of %d banks, with the edits\n%v\nwant\n%v", b.Len(), len(b.Items()), got, want)
	}
	kept, err := v.Edits(t.Context())
	mustDo(t, err)
	journal, err := v.Journal(t.Context())
	mustDo(t, err)
	if len(kept) != len(edits) || len(journal) != 1 || journal[0].Item != "new" || len(journal[0].Changes) != len(edits) {
		t.Errorf("%d edits, and the journal tells %+v; want what the new link took over, and nothing of the old rows", len(kept), journal)
	}
	mustDo(t, v.RemoveItem(t.Context(), "new"))
	if kept, err := v.Edits(t.Context()); err != nil || len(kept) != 0 {
		t.Errorf("with no link left there are the edits %v, %v", kept, err)
	}
}

// An account that comes back under another id, with its rows under other ids, whether
// the bank takes the old ones back or does not mention them, is what it was.
func TestAnAccountUnderAnotherIDIsTheSame(t *testing.T) {
	for name, taken := range map[string]bool{"rows taken back": true, "rows not mentioned": false} {
		t.Run(name, func(t *testing.T) {
			v, _ := newVault(t)
			account := func(id ledger.AccountID) ledger.Account {
				return ledger.Account{ID: id, Item: "bank", Name: "Checking", Mask: "0000", Type: ledger.Depository, Currency: usd}
			}
			rows := func(prefix string, id ledger.AccountID, from int) (list []ledger.Transaction) {
				for i := from; i < 20; i++ {
					r := row(fmt.Sprint(prefix, i), time.May, 1+i, int64(i))
					r.Account = id
					r.Name = "COFFEE"
					list = append(list, r)
				}
				return list
			}
			apply(t, v, ledger.Delta{Item: "bank", Next: cursorAt(1), At: noon, Accounts: []ledger.Account{account("a")}, Upserts: rows("a", "a", 0)})
			edit(t, v, ledger.Edits{"a1": {Category: "long ago"}, "a7": {Category: "mine"}})
			d := ledger.Delta{Item: "bank", From: cursorAt(1), Next: cursorAt(2), At: noon, Accounts: []ledger.Account{account("b")}, Upserts: rows("b", "b", 5)}
			if taken {
				for i := 5; i < 20; i++ {
					d.Removed = append(d.Removed, ledger.TransactionID(fmt.Sprint("a", i)))
				}
			}
			n := apply(t, v, d)
			b := book(t, v)
			if want := (ledger.Applied{Added: 15, Removed: 15}); b.Len() != 20 || n != want {
				t.Errorf("%d rows after %+v, want 20 after %+v", b.Len(), n, want)
			}
			edits, err := v.Edits(t.Context())
			mustDo(t, err)
			if want := (ledger.Edits{"a1": {Category: "long ago"}, "b7": {Category: "mine"}}); !maps.Equal(edits, want) {
				t.Errorf("edits %v, want %v", edits, want)
			}
			if got := b.EndedAccounts(); len(got) != 1 || got[0].ID != "a" {
				t.Errorf("ended %+v, want the one that has the old rows still", got)
			}
			d = ledger.Delta{Item: "bank", From: cursorAt(2), Next: cursorAt(3), At: noon, Accounts: []ledger.Account{account("b")}, Upserts: rows("b", "b", 0)[:5]}
			apply(t, v, d)
			if b := book(t, v); b.Len() != 20 || len(b.EndedAccounts()) != 0 {
				t.Errorf("with the older rows too: %d rows, ended %+v; want 20 and none", b.Len(), b.EndedAccounts())
			}
			edits, err = v.Edits(t.Context())
			mustDo(t, err)
			if got := slices.Sorted(maps.Keys(edits)); !slices.Equal(got, []ledger.TransactionID{"b1", "b7"}) {
				t.Errorf("edits of %v, want of b1 and b7", got)
			}
		})
	}
}
