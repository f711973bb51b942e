package fate_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/fate"
	"coffer/plaidsvc/plaidsim/lifetest"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

const day = 24 * time.Hour

// A blow is one thing that happens.
type blow struct {
	at   time.Time
	what string
	edit fate.Edit
}

// drawBlows draws what happens to a life, in the order of time.
func drawBlows(t *rapid.T) []blow {
	kinds := []string{"open", "close", "down", "up", "churn", "removed", "modified", "vanished", "unlinked", "repriced"}
	var blows []blow
	at := lifetest.Start()
	for range rapid.IntRange(0, 5).Draw(t, "blows") {
		at = at.Add(time.Duration(rapid.IntRange(0, 40*24).Draw(t, "hours")) * time.Hour)
		b := blow{at: at, what: rapid.SampledFrom(kinds).Draw(t, "what")}
		b.edit = fate.Edit{
			Kind: fate.Kind(b.what),
			Rows: rapid.IntRange(0, 3).Draw(t, "rows"),
			By:   decimal.New(rapid.Int64Range(-500, 500).Draw(t, "by"), -2),
		}
		blows = append(blows, b)
	}
	return blows
}

// A fated life, and under which names the rows of the bank's accounts come.
type fated struct {
	*fate.Life
	names map[string]string // of rows, to the bank's account
	now   map[string]string // and back, as of the last churn
}

// suffer lets everything happen to a life.
func suffer(login bank.Login, blows []blow) fated {
	f := fated{fate.New(login), make(map[string]string), make(map[string]string)}
	for _, a := range login.Accounts() {
		f.names[a.ID], f.now[a.ID] = a.ID, a.ID
	}
	for i, b := range blows {
		if f.Silent() && b.what != "up" {
			continue
		}
		switch b.what {
		case "open":
			a := f.Open(b.at)
			f.names[a.ID], f.now[a.ID] = a.ID, a.ID
		case "close":
			f.Close(b.at, "card")
		case "down":
			f.Down(b.at)
		case "up":
			f.Up(b.at)
		case "churn":
			to := fmt.Sprintf("checking~%d", i)
			f.Churn(b.at, f.now["checking"], to)
			f.names[to], f.now["checking"] = "checking", to
		default:
			f.Edit(b.at, b.edit)
		}
	}
	return f
}

// rows is what is left of events.
func rows(events []bank.Event) map[string]bank.Transaction {
	rows := make(map[string]bank.Transaction)
	for _, e := range events {
		delete(rows, e.Transaction.ID)
		if e.Op != bank.Removed {
			rows[e.Transaction.ID] = e.Transaction
		}
	}
	return rows
}

func drawMoment(t *rapid.T) time.Time {
	return lifetest.Start().Add(time.Duration(rapid.IntRange(0, 250*24).Draw(t, "asked after hours")) * time.Hour)
}

// Whatever happens to a life, its balances are what its rows add up to.
func TestBalancesAgreeWithRowsWhateverHappens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		life := lifetest.Draw(t)
		f, at := suffer(life, drawBlows(t)), drawMoment(t)
		posted, pending := make(map[string]decimal.Decimal), make(map[string]decimal.Decimal)
		for _, r := range rows(f.Events(time.Time{}, at)) {
			sums := posted
			if r.Pending {
				sums = pending
			}
			name, known := f.names[r.AccountID]
			if !known {
				t.Fatalf("a row of the account %q", r.AccountID)
			}
			sums[name] = sums[name].Add(r.Amount)
		}
		for _, b := range f.Balances(at) {
			opening, sign := lifetest.Opening(), decimal.NewFromInt(-1)
			available := opening
			switch b.AccountID {
			case "card", "house":
				sign, available = sign.Neg(), opening.Neg()
			case "checking":
			default:
				opening, available = decimal.Zero, decimal.Zero
			}
			if want := opening.Add(sign.Mul(posted[b.AccountID])); !b.Current.Equal(want) {
				t.Errorf("%s: current is %s, the rows give %s", b.AccountID, b.Current, want)
			}
			if want := available.Sub(posted[b.AccountID]).Sub(pending[b.AccountID]); !b.Available.Equal(want) {
				t.Errorf("%s: available is %s, the rows give %s", b.AccountID, b.Available, want)
			}
		}
	})
}

// A life is a function of time: however it is asked, it tells the same; and two
// to which the same happens are the same, also when it is asked before
// everything has happened.
func TestFateIsAFunctionOfTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		life, blows, until := lifetest.Draw(t), drawBlows(t), drawMoment(t)
		whole := suffer(life, blows).Events(time.Time{}, until)
		between := drawMoment(t)
		if between.After(until) {
			between, until = until, between
			whole = suffer(life, blows).Events(time.Time{}, until)
		}
		f := suffer(life, blows)
		parts := append(f.Events(time.Time{}, between), f.Events(between, until)...)
		if !reflect.DeepEqual(parts, whole) && len(whole) > 0 {
			t.Errorf("asked at %s and %s: got %v\nwant %v", between, until, parts, whole)
		}
		var early []blow
		for _, b := range blows {
			if !b.at.After(between) {
				early = append(early, b)
			}
		}
		if got, want := suffer(life, early).Events(time.Time{}, between), f.Events(time.Time{}, between); !reflect.DeepEqual(got, want) && len(want) > 0 {
			t.Errorf("what happens later changes what was before %s: got %v\nwant %v", between, got, want)
		}
	})
}

// An event of a row that is not there, or an added one that is, would confuse
// whoever reads them.
func TestEventsFollowFromEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := suffer(lifetest.Draw(t), drawBlows(t))
		there := make(map[string]bool)
		for _, e := range f.Events(time.Time{}, lifetest.Start().Add(300*day)) {
			id := e.Transaction.ID
			switch {
			case e.Op == bank.Added && there[id]:
				t.Errorf("%s is added twice", id)
			case e.Op == bank.Modified && !there[id]:
				t.Errorf("%s is modified and not there", id)
			}
			there[id] = e.Op != bank.Removed
		}
	})
}

// family is shared: a household is a function of its seed and of time.
var family = sync.OnceValue(func() *bank.Household {
	return bank.NewHousehold(bank.Options{Seed: 1, From: lifetest.Start().AddDate(-1, 0, 0)})
})

// home is a real bank of the household, with thousands of rows.
func home(t *testing.T) bank.Login {
	t.Helper()
	h := family()
	login, ok := h.Login("ins_109508", "user_good")
	if !ok {
		t.Fatal("the family does not bank at First Platypus Bank")
	}
	return login
}

func same(a, b bank.Transaction) bool {
	return a.ID == b.ID && a.Name == b.Name && a.PendingID == b.PendingID && a.Amount.Equal(b.Amount)
}

// diff is what an edit changes of the rows in the end.
func diff(t *testing.T, at time.Time, e fate.Edit) (gone, there []bank.Transaction) {
	t.Helper()
	end := at.Add(60 * day)
	f := fate.New(home(t))
	before := rows(f.Events(time.Time{}, end))
	if n := f.Edit(at, e); n != max(1, e.Rows) {
		t.Fatalf("%s: edited %d rows, want %d", e.Kind, n, max(1, e.Rows))
	}
	after := rows(f.Events(time.Time{}, end))
	for id, r := range before {
		if !same(after[id], r) {
			gone = append(gone, r)
		}
	}
	for id, r := range after {
		if !same(before[id], r) {
			there = append(there, r)
		}
	}
	return gone, there
}

func TestWhatEditsDoAtARealBank(t *testing.T) {
	at := lifetest.Start().Add(74*day + 9*time.Hour)
	dollar := decimal.New(1, 0)
	for _, tt := range []struct {
		edit fate.Edit
		fits func(gone, there []bank.Transaction) bool
	}{
		{fate.Edit{Kind: fate.Removed, Rows: 3}, func(gone, there []bank.Transaction) bool { return len(gone) == 3 && len(there) == 0 }},
		{fate.Edit{Kind: fate.Removed, Name: "payroll"}, func(gone, _ []bank.Transaction) bool {
			return len(gone) == 1 && strings.Contains(strings.ToLower(gone[0].Name), "payroll")
		}},
		{fate.Edit{Kind: fate.Modified, By: dollar}, func(gone, there []bank.Transaction) bool {
			return len(gone) == 1 && gone[0].ID == there[0].ID && there[0].Amount.Equal(gone[0].Amount.Add(dollar))
		}},
		{fate.Edit{Kind: fate.Vanished}, func(gone, there []bank.Transaction) bool {
			return len(gone) == 1 && len(there) == 0 && !gone[0].Pending
		}},
		{fate.Edit{Kind: fate.Unlinked}, func(gone, there []bank.Transaction) bool {
			return len(gone) == 1 && gone[0].PendingID != "" && there[0].PendingID == "" && gone[0].ID == there[0].ID
		}},
		{fate.Edit{Kind: fate.Repriced, By: dollar}, func(gone, there []bank.Transaction) bool {
			return len(gone) == 1 && there[0].Amount.Equal(gone[0].Amount.Add(dollar))
		}},
	} {
		if gone, there := diff(t, at, tt.edit); !tt.fits(gone, there) {
			t.Errorf("%+v: instead of %d rows got %d others", tt.edit, len(gone), len(there))
		}
	}
}

// All rows of an account come again under other ids, and the account keeps its
// money.
func TestChurnBringsEveryRowBack(t *testing.T) {
	at := lifetest.Start().Add(74 * day)
	f := fate.New(home(t))
	name := f.Accounts()[0].ID
	until := at.Add(30 * day)
	before, balances := rows(f.Events(time.Time{}, until)), f.Balances(until)
	f.Churn(at, name, "another")
	after := rows(f.Events(time.Time{}, until))
	if len(before) != len(after) || len(before) == 0 {
		t.Errorf("got %d rows, want the %d there were", len(after), len(before))
	}
	for id, r := range after {
		if _, same := before[id]; same == (r.AccountID == "another") || r.AccountID == name {
			t.Errorf("row %s of %s: got it under its old name, or another's under a new one", id, r.AccountID)
		}
	}
	if got := f.Balances(until); !reflect.DeepEqual(got, balances) {
		t.Errorf("balances: got %v, want %v", got, balances)
	}
}

func TestAccountsOpenAndClose(t *testing.T) {
	f := fate.New(home(t))
	first := f.Accounts()
	opened := f.Open(lifetest.Start())
	f.Close(lifetest.Start().Add(day), first[0].ID)
	ids := make(map[string]bool)
	for _, a := range f.Accounts() {
		ids[a.ID] = true
	}
	if !ids[opened.ID] || ids[first[0].ID] || len(ids) != len(first) {
		t.Errorf("accounts: got %v", slices.Sorted(maps.Keys(ids)))
	}
}
