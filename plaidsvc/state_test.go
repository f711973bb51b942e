package plaidsvc_test

import (
	"errors"
	"testing"
	"time"

	"coffer/ledger"
	"coffer/plaidsvc/plaidsim"
)

// One bank that wants the user marks itself; the others go on. The same trouble
// the next day is not a new one.
func TestOneBanksTroubleIsItsOwn(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	first, second := s.link(t, platypus), s.link(t, gingham)
	s.clock.advance(day)
	s.ask(t, "/sandbox/item/reset_login", first.ID)
	results, err := s.Sync(t.Context(), nil, nil)
	if err != nil || len(results) != 2 {
		t.Fatalf("Sync: %d results, %v", len(results), err)
	}
	if !errors.Is(results[0].Err, ledger.ErrLoginRequired) || results[1].Err != nil {
		t.Errorf("errors %v and %v, want ErrLoginRequired and none", results[0].Err, results[1].Err)
	}
	marked, since := s.vault.item(t, first.ID), s.clock.Now()
	if marked.State != ledger.ItemLoginRequired || marked.Code != "ITEM_LOGIN_REQUIRED" || !marked.Since.Equal(since) {
		t.Errorf("marked %+v, want login_required since %v", marked, since)
	}
	if !marked.LastSync.Equal(first.LastSync) {
		t.Errorf("last sync moved to %v by a sync that failed", marked.LastSync)
	}
	if other := s.vault.item(t, second.ID); other.State != ledger.ItemOK || !other.LastSync.Equal(since) {
		t.Errorf("the other bank: %+v", other)
	}

	s.clock.advance(time.Hour)
	if again := s.syncItem(t, first.ID); !errors.Is(again.Err, ledger.ErrLoginRequired) {
		t.Errorf("again: %v", again.Err)
	}
	if marked := s.vault.item(t, first.ID); !marked.Since.Equal(since) {
		t.Errorf("the same trouble now counts since %v, want %v", marked.Since, since)
	}
}

func (w world) syncItem(t *testing.T, id ledger.ItemID) ledger.SyncResult {
	t.Helper()
	results, err := w.Sync(t.Context(), []ledger.ItemID{id}, nil)
	if err != nil || len(results) != 1 {
		t.Fatalf("Sync(%s) = %d results, %v", id, len(results), err)
	}
	return results[0]
}

// An Item whose end is announced works, and stays marked until it is mended.
func TestExpiringItemIsNotBroken(t *testing.T) {
	w, s := scripted(t)
	s.on("/transactions/sync", page(row("t1"), "c1", false))
	consent := func(in time.Duration) {
		s.on("/item/get", answer(200, `{"item":{"item_id":"item-1","consent_expiration_time":"`+
			w.clock.Now().Add(in).Format(time.RFC3339)+`"},"request_id":"r"}`))
	}
	for _, tt := range []struct {
		in   time.Duration
		want ledger.ItemState
	}{{30 * day, ledger.ItemOK}, {6 * day, ledger.ItemExpiring}, {365 * day, ledger.ItemOK}} {
		consent(tt.in)
		got := w.syncOne(t)
		if got.Err != nil || got.Item.State != tt.want {
			t.Errorf("consent ends in %v: %q, %v; want %q", tt.in, got.Item.State, got.Err, tt.want)
		}
	}
	warned := w.vault.items["item-1"]
	warned.State, warned.Code = ledger.ItemExpiring, "PENDING_DISCONNECT"
	w.vault.items["item-1"] = warned
	if got := w.syncOne(t); got.Item.State != ledger.ItemExpiring || got.Item.Code != "PENDING_DISCONNECT" {
		t.Errorf("an announced end was forgotten: %+v", got.Item)
	}
}

// A broken Item may still hand out what Plaid has; then both are kept.
func TestErrorInsideAnItemIsSeen(t *testing.T) {
	w, s := scripted(t)
	s.on("/transactions/sync", page(row("t1"), "c1", false))
	s.on("/item/get", answer(200, `{"item":{"item_id":"item-1","error":{"error_type":"ITEM_ERROR","error_code":"ITEM_LOGIN_REQUIRED"}}}`))
	got := w.syncOne(t)
	if got.Err != nil || got.Applied.Added != 1 || got.Item.State != ledger.ItemLoginRequired {
		t.Errorf("%+v, %v; want the row and login_required", got, got.Err)
	}
}

// What is nice to know about an Item is not worth a sync.
func TestItemDetailsMayFail(t *testing.T) {
	w, s := scripted(t)
	s.on("/transactions/sync", page(row("t1"), "c1", false))
	s.on("/item/get", plaidError(429, "RATE_LIMIT_EXCEEDED", "ITEM_GET_LIMIT"))
	if got := w.syncOne(t); got.Err != nil || got.Applied.Added != 1 {
		t.Errorf("%+v, %v; want the row", got.Applied, got.Err)
	}
}

// A command touches the Items of its environment only.
func TestOtherEnvironmentsAreLeftAlone(t *testing.T) {
	w, s := scripted(t)
	s.on("/transactions/sync", page(row("t1"), "c1", false))
	other := ledger.Item{ID: "item-2", Name: "Real Bank", Environment: "production"}
	if err := w.vault.AddItem(t.Context(), other, w.vault.tokens["item-1"]); err != nil {
		t.Fatal(err)
	}
	if results, err := w.Sync(t.Context(), nil, nil); err != nil || len(results) != 1 || results[0].Item.ID != "item-1" {
		t.Errorf("Sync of all = %+v, %v; want item-1 only", results, err)
	}
	for _, id := range []ledger.ItemID{"item-2", "item-3"} {
		if _, err := w.Sync(t.Context(), []ledger.ItemID{id}, nil); err == nil {
			t.Errorf("Sync(%s) succeeded", id)
		}
		if err := w.Remove(t.Context(), id); err == nil {
			t.Errorf("Remove(%s) succeeded", id)
		}
	}
}
