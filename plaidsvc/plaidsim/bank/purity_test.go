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

// moment draws a second between 2001 and 2028.
func moment(t *rapid.T, label string) time.Time {
	first, last := noon(2001, 1, 1).Unix(), noon(2028, 1, 1).Unix()
	return time.Unix(rapid.Int64Range(first, last).Draw(t, label), 0)
}

// near draws a moment at most some days after another, now and then the same.
func near(t *rapid.T, from time.Time, days int, label string) time.Time {
	return from.Add(time.Duration(rapid.IntRange(0, days*86400).Draw(t, label)) * time.Second)
}

// Cutting a window anywhere tells the same events, and a life that was asked
// about its far future tells the same past as one that was not.
func TestAWindowIsTheSumOfItsParts(t *testing.T) {
	for name, options := range map[string]bank.Options{
		"family": {Kind: "family", Seed: 7},
		"busy":   {Kind: "family", Seed: 7, Transactions: 12_000, From: noon(2000, 6, 1), Years: 10},
	} {
		t.Run(name, func(t *testing.T) {
			asked := signIn(t, bank.NewHousehold(options))
			rapid.Check(t, func(t *rapid.T) { pure(t, rapid.SampledFrom(asked).Draw(t, "login")) })
		})
	}
}

// pure draws a window of a login and a place to cut it.
func pure(t *rapid.T, l bank.Login) {
	a := moment(t, "a")
	b := near(t, a, 40, "b")
	c := near(t, b, 40, "c")
	whole := l.Events(a, c)
	parts := slices.Concat(l.Events(a, b), l.Events(b, c))
	if len(whole)+len(parts) > 0 && !reflect.DeepEqual(whole, parts) {
		t.Fatalf("%d events in (%v, %v], %d in its parts at %v", len(whole), a, c, len(parts), b)
	}
	for _, e := range whole {
		if !e.At.After(a) || e.At.After(c) {
			t.Fatalf("event at %v outside (%v, %v]", e.At, a, c)
		}
	}
}

// A firm's life begins shortly before the history that is asked for; that must
// not show.
func TestFromCutsTheFirmsPastAndChangesNothingAfterIt(t *testing.T) {
	ordeal.Alone(t)
	rapid.Check(t, func(t *rapid.T) {
		from := moment(t, "from")
		later := near(t, from, 150, "later")
		until := near(t, later, 60, "until")
		options := bank.Options{Kind: "family", Seed: rapid.Int64().Draw(t, "seed"), Transactions: 9_000}
		var events [2][]bank.Event
		var balances [2][]bank.Balance
		for i, start := range []time.Time{from, later} {
			options.From = start
			l, ok := bank.NewHousehold(options).Login("ins_109510", "user_good")
			if !ok {
				t.Fatalf("no firm at Tattersall")
			}
			events[i], balances[i] = l.Events(later, until), l.Balances(until)
		}
		if len(events[0])+len(events[1]) > 0 && !reflect.DeepEqual(events[0], events[1]) {
			t.Fatalf("from %v: %d events, from %v: %d, or others", from, len(events[0]), later, len(events[1]))
		}
		if !reflect.DeepEqual(balances[0], balances[1]) {
			t.Fatalf("balances at %v: %v, want %v", until, balances[1], balances[0])
		}
	})
}

func TestFromCutsTheFamilysPastAndChangesNothingAfterIt(t *testing.T) {
	ordeal.Alone(t)
	from, until := noon(2024, 3, 9), noon(2024, 9, 1)
	whole := signIn(t, bank.NewHousehold(bank.Options{Kind: "family", Seed: 3}))
	for i, l := range signIn(t, bank.NewHousehold(bank.Options{Kind: "family", Seed: 3, From: from})) {
		if got, want := l.Events(time.Time{}, until), whole[i].Events(from, until); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %d events since From, want %d", l.Institution().Name, len(got), len(want))
		}
		if got, want := l.Balances(until), whole[i].Balances(until); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: balances %v, want %v", l.Institution().Name, got, want)
		}
		if got, want := l.Balances(noon(2010, 1, 1)), whole[i].Balances(from); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: balances before From %v, want those at it %v", l.Institution().Name, got, want)
		}
	}
}

func TestASeedIsAHouseholdAndAnotherSeedIsAnother(t *testing.T) {
	ordeal.Alone(t)
	from, until := noon(2025, 1, 1), noon(2025, 3, 1)
	tell := func(seed int64) (out []bank.Event, accounts []bank.Account) {
		for _, l := range signIn(t, bank.NewHousehold(bank.Options{Kind: "family", Seed: seed, Transactions: 8_000, From: from})) {
			out, accounts = append(out, l.Events(from, until)...), append(accounts, l.Accounts()...)
		}
		return out, accounts
	}
	one, accounts := tell(1)
	again, accountsAgain := tell(1)
	if !reflect.DeepEqual(one, again) || !reflect.DeepEqual(accounts, accountsAgain) {
		t.Error("the same seed told two different lives")
	}
	other, otherAccounts := tell(2)
	ids := map[string]bool{}
	for _, a := range accounts {
		ids[a.ID] = true
	}
	for _, e := range one {
		ids[e.Transaction.ID] = true
	}
	for _, a := range otherAccounts {
		if ids[a.ID] {
			t.Errorf("account %s of seed 1 exists with seed 2", a.ID)
		}
	}
	for _, e := range other {
		if ids[e.Transaction.ID] {
			t.Fatalf("row %s of seed 1 exists with seed 2", e.Transaction.ID)
		}
	}
}

// Several goroutines may ask one household; each hears what one alone hears.
func TestAHouseholdMayBeAskedByManyAtOnce(t *testing.T) {
	h := bank.NewHousehold(bank.Options{Kind: "family", Seed: 5})
	from, until := noon(2024, 1, 1), noon(2024, 6, 1)
	want := signIn(t, bank.NewHousehold(bank.Options{Kind: "family", Seed: 5}))
	done := make(chan bool)
	logins := signIn(t, h)
	for i, l := range logins {
		go func() { done <- reflect.DeepEqual(l.Events(from, until), want[i].Events(from, until)) }()
	}
	for range logins {
		if !<-done {
			t.Error("a concurrent question got another answer")
		}
	}
}
