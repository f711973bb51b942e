package main

import (
	"strings"
	"testing"
	"time"

	"coffer/ledger"
)

// Fewer accounts are shared, then all again: what was fetched stays, and is said to be
// what it was.
func TestChoosingAccountsOnAPhone(t *testing.T) {
	t.Parallel()
	w := newLinkWorld(t)
	w.runs(t, "link", "--sandbox", "ins_109508")
	item, _ := w.onlyItem(t)
	rows := w.runs(t, "transactions", "--limit", "0", "--format", "csv")
	choose := func(takes int) string {
		t.Helper()
		link := w.start(t, "items", "repair", string(item.ID), "--accounts", "--hosted")
		w.chooseOnPhone(t, link.address, takes)
		link.ends(t, exitOK)
		return link.errs
	}
	said := choose(1)
	if n := strings.Count(said, "not shared any more, what is here stays:"); n == 0 || strings.Contains(said, "shared now:") {
		t.Errorf("with one account chosen the program says\n%s", said)
	}
	listed := w.runs(t, "accounts")
	if !strings.Contains(listed, "not shared since 20") {
		t.Errorf("the accounts are\n%s", listed)
	}
	if doc := w.runs(t, "accounts", "--json"); !strings.Contains(doc, `"ended_at": "20`) {
		t.Errorf("as JSON they are\n%s", doc)
	}
	if got := w.runs(t, "transactions", "--limit", "0", "--format", "csv"); got != rows {
		t.Errorf("the rows changed: %d bytes, were %d", len(got), len(rows))
	}
	if said := choose(0); !strings.Contains(said, "shared now:") || strings.Contains(said, "any more") {
		t.Errorf("with all chosen again the program says\n%s", said)
	}
	if got := w.runs(t, "transactions", "--limit", "0", "--format", "csv"); got != rows {
		t.Errorf("the rows changed: %d bytes, were %d", len(got), len(rows))
	}
}

// A bank that has more to share says so, and how, whatever else is the matter.
func TestActionNamesTheAccountsToShare(t *testing.T) {
	for state, want := range map[ledger.ItemState]string{
		ledger.ItemOK:            "it has an account that is not shared yet; choose: coffer items repair id --accounts",
		ledger.ItemLoginRequired: "sign in again: coffer items repair id --accounts",
		ledger.ItemExpiring:      "sign in again before it expires: coffer items repair id --accounts",
		ledger.ItemRevoked:       "link the bank again: coffer link",
	} {
		it := ledger.Item{ID: "id", State: state}
		if got := action(it); strings.Contains(got, "--accounts") {
			t.Errorf("%s: %q, and there is nothing to share", state, got)
		}
		it.Offered = ledger.NewDate(2026, time.November, 22).Time()
		if got := action(it); got != want {
			t.Errorf("%s: got %q, want %q", state, got, want)
		}
	}
}
