package main

import (
	"strings"
	"testing"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/storage"
)

// From its sheet a bank's history is fetched again, and the bank is removed: what the
// dialogs say has happened at Plaid and in the vault.
func TestABankIsLookedAfterFromItsSheet(t *testing.T) {
	t.Parallel()
	w := newLinkWorld(t)
	if out, err := w.command(t.Context(), "link", "--sandbox", "ins_109508").CombinedOutput(); err != nil {
		t.Fatalf("link: %v\n%s", err, out)
	}
	item, token := w.onlyItem(t)
	if out, err := w.command(t.Context(), "categorize", "coffee", "--as", "Party").CombinedOutput(); err != nil {
		t.Fatalf("categorize: %v\n%s", err, out)
	}
	before := w.book(t)
	term := w.openInterface(t, "1 bank ok")
	step(t, term, "4", "m more")
	step(t, term, "m", "billed for   transactions")
	step(t, term, "e", "Your edits stay")
	step(t, term, "y", "First Platypus Bank was fetched again: nothing new")
	if after := w.book(t); after.Len() != before.Len() || edits(after) == 0 || edits(after) != edits(before) {
		t.Errorf("after a replay there are %d rows and %d edits, before it %d and %d", after.Len(), edits(after), before.Len(), edits(before))
	}
	step(t, term, "m", "unlink it")
	step(t, term, "w", "First Platypus Bank may tell all that coffer asks for")
	step(t, term, "u", "You made ")
	step(t, term, "first", "enter unlink it")
	step(t, term, "\r", "First Platypus Bank is unlinked and erased")
	step(t, term, "", "No bank is linked yet.")
	leaveInterface(t, term)
	if left := w.book(t); len(left.Items())+len(left.Accounts())+left.Len() > 0 {
		t.Errorf("in the vault are still %d banks, %d accounts and %d rows", len(left.Items()), len(left.Accounts()), left.Len())
	}
	err := ask(t.Context(), w.sim, "/item/get", map[string]any{"access_token": token}, new(struct{}))
	if err == nil || !strings.Contains(err.Error(), "ITEM_NOT_FOUND") {
		t.Errorf("asked about %s, Plaid says %v", item.ID, err)
	}
}

// edits counts the rows of the user's own category.
func edits(b *ledger.Book) int {
	return len(b.Select(ledger.Query{Category: "Party"}, ledger.Sort{By: ledger.SortDate}).Rows)
}

// book reads the vault.
func (w *linkWorld) book(t *testing.T) *ledger.Book {
	t.Helper()
	v, err := storage.Open(t.Context(), w.home, storage.Passphrase(secret.New(scriptPassphrase)), storage.Options{})
	must(t, err)
	book, err := v.Book(t.Context())
	must(t, err)
	must(t, v.Close())
	return book
}
