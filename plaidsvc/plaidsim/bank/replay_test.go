package bank_test

import (
	"maps"
	"slices"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

// noon is midday UTC, which is the same civil day for the banks.
func noon(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 12, 0, 0, 0, time.UTC) }

// A ledger is what a client of the banks has: rows by id.
type ledger map[string]bank.Transaction

// replay applies events as a client does, and fails on what Plaid never sends:
// a row added twice, or something said about a row that is not there.
func (l ledger) replay(t failer, events []bank.Event) {
	t.Helper()
	for _, e := range events {
		x := e.Transaction
		if _, known := l[x.ID]; known == (e.Op == bank.Added) {
			t.Fatalf("at %v: op %d of row %s (%s), known before: %v", e.At, e.Op, x.ID, x.Name, known)
		}
		if e.Op == bank.Removed {
			delete(l, x.ID)
		} else {
			l[x.ID] = x
		}
	}
}

// A failer is a test or a property.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// signIn opens all logins of a household, in the order of its banks.
func signIn(t failer, h *bank.Household) []bank.Login {
	t.Helper()
	var out []bank.Login
	for _, id := range h.Banks() {
		l, ok := h.Login(id, "user_good")
		if !ok {
			t.Fatalf("no login at %s", id)
		}
		out = append(out, l)
	}
	return out
}

// lived is the family of a seed with its rows of a time, and its accounts by id.
func lived(t failer, seed int64, from, until time.Time) ([]bank.Transaction, map[string]bank.Account) {
	t.Helper()
	var rows []bank.Transaction
	accounts := map[string]bank.Account{}
	for _, l := range signIn(t, bank.NewHousehold(bank.Options{Kind: "family", Seed: seed})) {
		told := ledger{}
		for _, e := range l.Events(from, until) {
			if delete(told, e.Transaction.ID); e.Op != bank.Removed {
				told[e.Transaction.ID] = e.Transaction
			}
		}
		rows = slices.AppendSeq(rows, maps.Values(told))
		for _, a := range l.Accounts() {
			accounts[a.ID] = a
		}
	}
	return rows, accounts
}

// named finds the id of an account by its name.
func named(t failer, accounts map[string]bank.Account, name string) string {
	t.Helper()
	for id, a := range accounts {
		if a.Name == name {
			return id
		}
	}
	t.Fatalf("no account %q", name)
	return ""
}
