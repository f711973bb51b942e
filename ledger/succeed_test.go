package ledger_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"coffer/ledger"

	"pgregory.net/rapid"
)

func account(id, name, mask string, change ...func(*ledger.Account)) ledger.Account {
	a := ledger.Account{ID: ledger.AccountID(id), Name: name, Mask: mask, Type: ledger.Depository, Subtype: "checking", Currency: ledger.ISO("USD")}
	for _, f := range change {
		f(&a)
	}
	return a
}

func persistent(id string) func(*ledger.Account) {
	return func(a *ledger.Account) { a.Persistent = id }
}

func savings(a *ledger.Account) { a.Subtype = "savings" }

func TestSuccessors(t *testing.T) {
	type pairs = map[ledger.AccountID]ledger.AccountID
	for name, tt := range map[string]struct {
		old, fresh []ledger.Account
		want       pairs
	}{
		"nothing":                {},
		"name and digits":        {[]ledger.Account{account("a", "Checking", "1")}, []ledger.Account{account("b", "Checking", "1"), account("c", "Checking", "2")}, pairs{"a": "b"}},
		"renamed":                {[]ledger.Account{account("a", "Checking", "1")}, []ledger.Account{account("b", "Everyday", "1")}, pairs{"a": "b"}},
		"renamed, another kind":  {[]ledger.Account{account("a", "Checking", "1")}, []ledger.Account{account("b", "Everyday", "1", savings)}, nil},
		"other digits":           {[]ledger.Account{account("a", "Checking", "1")}, []ledger.Account{account("b", "Checking", "2")}, nil},
		"the bank's own id":      {[]ledger.Account{account("a", "Checking", "1", persistent("x"))}, []ledger.Account{account("b", "Other", "9", persistent("x"))}, pairs{"a": "b"}},
		"another id of the bank": {[]ledger.Account{account("a", "Checking", "1", persistent("x"), savings)}, []ledger.Account{account("b", "Checking", "1", persistent("y"))}, nil},
		"no digits":              {[]ledger.Account{account("a", "Cash", "")}, []ledger.Account{account("b", "Cash", "")}, pairs{"a": "b"}},
		"no digits, two of them": {[]ledger.Account{account("a", "Cash", "")}, []ledger.Account{account("b", "Cash", ""), account("c", "Cash", "")}, nil},
		"two for one":            {[]ledger.Account{account("a", "Checking", "1"), account("b", "Checking", "1")}, []ledger.Account{account("c", "Checking", "1")}, nil},
		"the sure one is taken": {[]ledger.Account{account("a", "Checking", "1"), account("b", "Everyday", "1")},
			[]ledger.Account{account("c", "Checking", "1"), account("d", "Daily", "1")}, pairs{"a": "c", "b": "d"}},
	} {
		if got := ledger.Successors(tt.old, tt.fresh); !maps.Equal(got, tt.want) {
			t.Errorf("%s: got %v, want %v", name, got, tt.want)
		}
	}
}

func TestHeirs(t *testing.T) {
	type heirs = map[ledger.TransactionID]ledger.TransactionID
	there := on("new")
	for name, tt := range map[string]struct {
		old, fresh []ledger.Transaction
		want       heirs
	}{
		"the same":                  {[]ledger.Transaction{row("o", 3, -500, "COFFEE")}, []ledger.Transaction{row("n", 3, -500, "COFFEE", there)}, heirs{"o": "n"}},
		"another amount":            {[]ledger.Transaction{row("o", 3, -500, "COFFEE")}, []ledger.Transaction{row("n", 3, -501, "COFFEE", there)}, nil},
		"another account":           {[]ledger.Transaction{row("o", 3, -500, "COFFEE")}, []ledger.Transaction{row("n", 3, -500, "COFFEE", on("other"))}, nil},
		"posted a day later":        {[]ledger.Transaction{row("o", 3, -500, "COFFEE", isPending)}, []ledger.Transaction{row("n", 4, -500, "Coffee 12", there)}, heirs{"o": "n"}},
		"nine days later":           {[]ledger.Transaction{row("o", 3, -500, "COFFEE")}, []ledger.Transaction{row("n", 12, -500, "COFFEE", there)}, nil},
		"something else":            {[]ledger.Transaction{row("o", 3, -500, "COFFEE")}, []ledger.Transaction{row("n", 4, -500, "PETROL", there)}, nil},
		"the first of two is first": {[]ledger.Transaction{row("z", 3, -500, "COFFEE"), row("a", 3, -500, "COFFEE")}, []ledger.Transaction{row("n", 3, -500, "COFFEE", there)}, heirs{"z": "n"}},
		"the near one has its own": {[]ledger.Transaction{row("o", 1, -500, "COFFEE"), row("p", 3, -500, "COFFEE")},
			[]ledger.Transaction{row("n", 3, -500, "COFFEE", there)}, heirs{"p": "n"}},
		"doubt": {[]ledger.Transaction{row("o", 3, -500, "COFFEE")},
			[]ledger.Transaction{row("n", 2, -500, "COFFEE", there), row("m", 4, -500, "COFFEE", there)}, nil},
	} {
		if got := ledger.Heirs(tt.old, tt.fresh, map[ledger.AccountID]ledger.AccountID{"card": "new"}); !maps.Equal(got, tt.want) {
			t.Errorf("%s: got %v, want %v", name, got, tt.want)
		}
	}
}

// A relinked is a bank that was linked twice: the same rows, under other ids and in
// another order, of which the second link may lack some.
type relinked struct {
	old, fresh []ledger.Transaction
	edits      ledger.Edits
}

func drawRelinked(t *rapid.T, all bool) relinked {
	r := relinked{edits: make(ledger.Edits)}
	n := rapid.IntRange(0, 40).Draw(t, "rows")
	for i := range n {
		o := row(ledger.TransactionID(fmt.Sprint("old-", i)), rapid.IntRange(1, 9).Draw(t, "day"), rapid.Int64Range(-3, -1).Draw(t, "cents"),
			rapid.SampledFrom([]string{"COFFEE", "Coffee 2", "PETROL"}).Draw(t, "name"), on(rapid.SampledFrom([]ledger.AccountID{"card", "cash"}).Draw(t, "account")))
		if rapid.Bool().Draw(t, "edited") {
			r.edits[o.ID] = ledger.Edit{Category: ledger.Category(fmt.Sprint("mine-", rapid.IntRange(0, 2).Draw(t, "category")))}
		}
		r.old = append(r.old, o)
		if all || rapid.IntRange(0, 4).Draw(t, "there") > 0 {
			f := o
			f.ID, f.Account = ledger.TransactionID(fmt.Sprint("new-", i)), "new-"+o.Account
			r.fresh = append(r.fresh, f)
		}
	}
	r.fresh = rapid.Permutation(r.fresh).Draw(t, "fresh")
	return r
}

// view is what the user sees of rows: not their ids.
func view(rows []ledger.Transaction, edits ledger.Edits) map[string]int {
	seen := make(map[string]int)
	for _, t := range rows {
		seen[fmt.Sprint(t.Account[len(t.Account)-4:], t.Date, t.Amount, t.Name, edits[t.ID])]++
	}
	return seen
}

func book(r relinked) *ledger.Book {
	b := ledger.NewBuilder()
	for _, rows := range [][]ledger.Transaction{r.old, r.fresh} {
		for i := range rows {
			b.Add(&rows[i])
		}
	}
	items := []ledger.Item{{ID: "old", Institution: "ins"}, {ID: "new", Institution: "ins"}, {ID: "other", Institution: "elsewhere"}}
	var accounts []ledger.Account
	for _, name := range []string{"card", "cash"} {
		accounts = append(accounts,
			account(name, name, "1", func(a *ledger.Account) { a.Item = "old" }),
			account("new-"+name, name, "1", func(a *ledger.Account) { a.Item = "new" }),
			account("else-"+name, name, "1", func(a *ledger.Account) { a.Item = "other" }))
	}
	return b.Build(items, accounts, r.edits)
}

// Linked a second time, with all its rows, a bank looks to the user as it did.
func TestHandoverLosesNothingOfTheUsers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRelinked(t, true)
		h := book(r).Handover("old")
		moved := make(ledger.Edits)
		for from, to := range h.Moves {
			moved[to] = r.edits[from]
		}
		if got, want := view(r.fresh, moved), view(r.old, r.edits); h.Left != 0 || len(h.Moves) != len(r.edits) || !maps.Equal(got, want) {
			t.Fatalf("%d edits, %d moved, %d left:\n%v\nwant\n%v", len(r.edits), len(h.Moves), h.Left, got, want)
		}
	})
}

// Whatever is missing, a row is the heir of one at most, of the account that took the
// place of its own, for the same amount; and one that is there to the letter is found.
func TestHeirsAreOfOneOnly(t *testing.T) {
	accounts := map[ledger.AccountID]ledger.AccountID{"card": "new-card", "cash": "new-cash"}
	rapid.Check(t, func(t *rapid.T) {
		r := drawRelinked(t, false)
		heirs := ledger.Heirs(r.old, r.fresh, accounts)
		find := func(rows []ledger.Transaction, id ledger.TransactionID) ledger.Transaction {
			i := slices.IndexFunc(rows, func(t ledger.Transaction) bool { return t.ID == id })
			if i < 0 {
				t.Fatalf("%q is no row", id)
			}
			return rows[i]
		}
		of := make(map[ledger.TransactionID]ledger.TransactionID)
		exact := make(map[string]int)
		for from, to := range heirs {
			a, b := find(r.old, from), find(r.fresh, to)
			if of[to] != "" || accounts[a.Account] != b.Account || a.Amount != b.Amount {
				t.Fatalf("%+v has the heir %+v, as has %q", a, b, of[to])
			}
			of[to] = from
			if a.Date == b.Date && a.Name == b.Name {
				exact[fmt.Sprint(a.Account, a.Date, a.Amount, a.Name)]++
			}
		}
		there := make(map[string]int)
		for _, f := range r.fresh {
			there[fmt.Sprint(f.Account[len("new-"):], f.Date, f.Amount, f.Name)]++
		}
		if !maps.Equal(exact, there) {
			t.Fatalf("found to the letter %v, want %v", exact, there)
		}
	})
}

// An edit that the user made in the new link is their latest word.
func TestHandoverLeavesWhatIsEdited(t *testing.T) {
	r := relinked{
		old:   []ledger.Transaction{row("o", 1, -1, "COFFEE", on("card")), row("gone", 9, -2, "PETROL", on("card"))},
		fresh: []ledger.Transaction{row("n", 1, -1, "COFFEE", on("new-card"))},
		edits: ledger.Edits{"o": {Category: "old"}, "gone": {Category: "old"}, "n": {Category: "new"}},
	}
	if h := book(r).Handover("old"); len(h.Moves) != 0 || h.Left != 1 {
		t.Errorf("got %+v, want no move, and one edit that no link has a row for", h)
	}
	if h := book(r).Handover("old"); !h.Early {
		t.Error("the other link has not all of its history yet, and nothing says so")
	}
	b := book(r)
	ready := b.Items()
	for i := range ready {
		ready[i].HistoryReady = true
	}
	if h := b.WithBanks(ready, b.Accounts()).Handover("old"); h.Early || h.Left != 1 {
		t.Errorf("with all of its history: %+v", h)
	}
	if h := book(r).Handover("nobody"); len(h.Moves) != 0 || h.Left != 0 {
		t.Errorf("of a bank that is not there: %+v", h)
	}
}
