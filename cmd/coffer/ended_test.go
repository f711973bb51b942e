package main

import (
	"strings"
	"testing"
	"time"

	"coffer/ledger"
)

// A sync that finds an account to be shared no more says so, once.
func TestASyncSaysWhatIsNotSharedAnyMore(t *testing.T) {
	t.Parallel()
	w := newCodeWorld(t)
	book, err := w.vault.Book(t.Context())
	must(t, err)
	bank := book.Items()[0]
	cursor, err := w.vault.Cursor(t.Context(), bank.ID)
	must(t, err)
	closed := ledger.Account{ID: "closed", Item: bank.ID, Name: "Old Savings", Mask: "0042", Type: ledger.Depository, Currency: ledger.ISO("USD")}
	_, err = w.vault.Apply(t.Context(), ledger.Delta{
		Item: bank.ID, From: cursor, Next: cursor, HistoryReady: true, At: time.Now(), Accounts: append(book.Accounts(), closed),
	})
	must(t, err)
	const want = "coffer: First Platypus Bank: Old Savings ··0042 is not shared any more; what is here stays\n"
	if exit, _, says := w.run(t, "sync", "--json"); exit != exitOK || strings.Count(says, want) != 1 {
		t.Errorf("the sync exits %d and says %q, want %q once", exit, says, want)
	}
	if exit, _, says := w.run(t, "sync"); exit != exitOK || strings.Contains(says, "not shared") {
		t.Errorf("the next sync exits %d and says %q", exit, says)
	}
}
