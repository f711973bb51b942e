package main

import (
	"net/http/httptest"
	"testing"
	"time"

	"coffer/ledger"
	"coffer/plaidsvc/plaidsim"
)

// What Plaid bills is asked from the interface when the user has read so: a bank is
// asked for new rows and for a balance, and what it told is in the vault.
func TestTheInterfaceAsksABankNow(t *testing.T) {
	t.Parallel() // most of it is waiting
	began := time.Now()
	sim := httptest.NewServer(plaidsim.New(plaidsim.Options{
		Seed: 1, Years: 2, Settled: true,
		Clock: func() time.Time {
			return time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC).Add(time.Since(began))
		},
	}))
	t.Cleanup(sim.Close)
	w := linkWorldAt(t, sim.URL)
	if out, err := w.command(t.Context(), "link", "--sandbox", "ins_109508").CombinedOutput(); err != nil {
		t.Fatalf("link: %v\n%s", err, out)
	}
	item, _ := w.onlyItem(t)
	term := w.openInterface(t, "1 bank ok")
	step(t, term, "4", "m more")
	step(t, term, "b", "With real banks Plaid bills this")
	step(t, term, "y", "live now")
	step(t, term, "\x1b", "m more")
	step(t, term, "R", "Plaid looks at the bank at once")
	step(t, term, "y", "asking the bank")
	if _, err := term.WaitFor("First Platypus Bank was asked: ", time.Minute); err != nil {
		t.Fatal(err)
	}
	leaveInterface(t, term)
	v := w.openVault(t)
	accounts, err := v.Accounts(t.Context(), item.ID)
	must(t, err)
	live := 0
	for _, acc := range accounts {
		if acc.Balance.Live {
			live++
		}
	}
	if live != 1 {
		t.Errorf("%d accounts have a live balance, want the one that was asked about", live)
	}
	book, err := v.Book(t.Context())
	must(t, err)
	for r := range book.Len() {
		if e := book.Entry(ledger.Row(r)); e.Pending {
			t.Errorf("%+v is pending still", e)
		}
	}
}
