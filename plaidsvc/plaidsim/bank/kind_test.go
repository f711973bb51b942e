package bank_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"coffer/internal/ordeal"
	"coffer/plaidsvc/plaidsim/bank"
)

// of makes a household of a kind.
func of(kind string, seed int64) *bank.Household {
	return bank.NewHousehold(bank.Options{Kind: kind, Seed: seed})
}

// What holds for the family holds for every kind of household: windows add up,
// and balances agree with the rows to the cent.
func TestEveryKindLivesByTheRules(t *testing.T) {
	ordeal.Alone(t)
	for _, kind := range bank.Kinds() {
		t.Run(kind, func(t *testing.T) {
			logins := signIn(t, of(kind, 17))
			rapid.Check(t, func(t *rapid.T) {
				l := rapid.SampledFrom(logins).Draw(t, "login")
				pure(t, l)
				balanced(t, l)
			})
		})
	}
}

// Rows are whole, in known categories, and of accounts that somebody owns; an
// id is one thing's in all households.
func TestEveryKindTellsWholeRows(t *testing.T) {
	ordeal.Alone(t)
	primary, taken := taxonomy(t), map[string]string{}
	claim := func(id, what string) {
		if other, is := taken[id]; is {
			t.Fatalf("%s is %s and %s", id, other, what)
		}
		taken[id] = what
	}
	for _, kind := range bank.Kinds() {
		for seed := range int64(2) {
			for _, l := range signIn(t, bank.NewHousehold(bank.Options{Kind: kind, Seed: seed, From: noon(2024, 1, 1)})) {
				mine, masks := map[string]bool{}, map[string]bool{}
				for _, a := range l.Accounts() {
					claim(a.ID, kind+" "+a.Name)
					if masks[a.Mask] || a.Name == "" || a.Type == "" || len(l.(bank.Owned).Owners(a.ID)) == 0 {
						t.Errorf("%s: account %+v has no owner, or another one's mask", kind, a)
					}
					mine[a.ID], masks[a.Mask] = true, true
				}
				for _, e := range l.Events(time.Time{}, noon(2026, 2, 1)) {
					x := e.Transaction
					if !mine[x.AccountID] {
						t.Fatalf("%s: row %+v is on nobody's account", kind, x)
					}
					if e.Op == bank.Added {
						claim(x.ID, x.Name)
						complete(t, x)
					}
					if want, known := primary[x.Detailed]; e.Op != bank.Removed && (!known || x.Primary != want) {
						t.Fatalf("%s: %s is filed under %q, %q", kind, x.Name, x.Primary, x.Detailed)
					}
				}
			}
		}
	}
}

// Over the years nobody goes broke, and nobody hoards in a checking account
// what belongs elsewhere. Sums are in dollars.
func TestNobodyGoesBroke(t *testing.T) {
	ordeal.Alone(t)
	limits := map[string]map[string][2]int64{
		"single":     {"checking": {0, 9_000}},
		"couple":     {"checking": {0, 11_000}, "savings": {0, 60_000}, "credit card": {-1_500, 8_000}, "auto": {0, 20_000}},
		"freelancer": {"checking": {0, 26_000}, "savings": {0, 90_000}, "credit card": {-1_500, 6_000}},
		"retired":    {"checking": {0, 12_000}, "savings": {0, 60_000}, "credit card": {-1_500, 6_500}, "brokerage": {30_000, 1_600_000}},
		"student":    {"checking": {0, 6_000}, "savings": {0, 22_000}, "credit card": {-1_000, 2_500}, "student": {0, 9_501}},
	}
	for kind, ranges := range limits {
		for seed := range int64(4) {
			for _, l := range signIn(t, of(kind, seed)) {
				accounts := l.Accounts()
				for at := noon(2006, 1, 1); at.Year() < 2031; at = at.AddDate(0, 0, 5) {
					for i, b := range l.Balances(at) {
						r, known := ranges[accounts[i].Subtype]
						if got := b.Current.IntPart(); !known || got < r[0] || got > r[1] {
							t.Fatalf("%s %d: %s holds %s on %s", kind, seed, accounts[i].Name, b.Current, at.Format(time.DateOnly))
						}
					}
				}
			}
		}
	}
}

// The seed chooses the kind, in turn, beginning with the family.
func TestSeedsChooseAmongTheKinds(t *testing.T) {
	ordeal.Alone(t)
	from, until := noon(2025, 1, 1), noon(2025, 3, 1)
	tell := func(o bank.Options) (banks []string, events []bank.Event) {
		h := bank.NewHousehold(o)
		for _, l := range signIn(t, h) {
			events = append(events, l.Events(from, until)...)
		}
		return h.Banks(), events
	}
	for i, kind := range bank.Kinds() {
		for _, seed := range []int64{int64(i + 1), int64(i + 1 - 2*len(bank.Kinds()))} {
			banks, events := tell(bank.Options{Seed: seed, From: from})
			named, told := tell(bank.Options{Seed: seed, Kind: kind, From: from})
			if !slices.Equal(banks, named) || !reflect.DeepEqual(events, told) || len(events) < 20 {
				t.Errorf("seed %d at %v with %d events is not the %s at %v with %d", seed, banks, len(events), kind, named, len(told))
			}
		}
	}
	if banks, _ := tell(bank.Options{Seed: 2, From: from}); len(banks) != 1 {
		t.Errorf("seed 2 banks at %v, want one person at one bank", banks)
	}
	if got := len(signIn(t, of("single", 2))[0].Accounts()); got != 1 {
		t.Errorf("the single has %d accounts, want 1", got)
	}
}

// A load can be asked of every kind.
func TestEveryKindCarriesALoad(t *testing.T) {
	ordeal.Alone(t)
	for _, kind := range bank.Kinds() {
		h := bank.NewHousehold(bank.Options{Kind: kind, Seed: 3, Transactions: 30_000, From: noon(2024, 1, 1)})
		rows := ledger{}
		for _, l := range signIn(t, h) {
			for _, e := range l.Events(time.Time{}, noon(2026, 1, 1)) {
				if delete(rows, e.Transaction.ID); e.Op != bank.Removed {
					rows[e.Transaction.ID] = e.Transaction
				}
			}
		}
		if len(rows) < 27_000 || len(rows) > 33_000 {
			t.Errorf("%s: %d rows, want about 30,000", kind, len(rows))
		}
	}
}
