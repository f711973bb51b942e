package plaidsvc_test

import (
	"errors"
	"strings"
	"testing"

	"coffer/ledger"
	"coffer/plaidsvc/plaidsim"
)

func TestRemoveTellsPlaidFirst(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	item := s.link(t, platypus)
	s.sim.Inject(plaidsim.Fault{Endpoint: "/item/remove", Call: 1, Code: "INTERNAL_SERVER_ERROR"})
	if err := s.Remove(t.Context(), item.ID); !errors.Is(err, ledger.ErrNetwork) || !strings.Contains(err.Error(), "nothing was erased") {
		t.Errorf("Remove with Plaid down = %v", err)
	}
	if got := s.syncOne(t); got.Err != nil {
		t.Errorf("after a removal that failed the bank does not sync: %v", got.Err)
	}
	s.vault.fail["RemoveItem"] = errors.New("disk full")
	if err := s.Remove(t.Context(), item.ID); err == nil {
		t.Error("Remove with a full disk succeeded")
	}
	// Plaid has removed it by now; that it does not know it is as good as done.
	if err := s.Remove(t.Context(), item.ID); err != nil {
		t.Errorf("Remove again = %v", err)
	}
	if left, err := s.vault.Items(t.Context()); err != nil || len(left) > 0 {
		t.Errorf("left %+v, %v", left, err)
	}
}

// A bank that Plaid does not know under these keys may be good under others: it
// is not erased, unless the user wants that.
func TestUnknownAccessIsErasedOnlyOnRequest(t *testing.T) {
	w, s := scripted(t)
	s.on("/item/remove", plaidError(400, "INVALID_INPUT", "INVALID_ACCESS_TOKEN"))
	err := w.Remove(t.Context(), "item-1")
	if !errors.Is(err, ledger.ErrUnknownAccess) {
		t.Errorf("Remove = %v, want ErrUnknownAccess", err)
	}
	for _, want := range []string{"remove First Bank (nothing was erased): ", "coffer items remove item-1 --here-only erases it on this computer alone"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("Remove = %v, want it to say %q", err, want)
		}
	}
	w.vault.item(t, "item-1") // or the test ends here
	calls := len(s.calls)
	if err := w.Forget(t.Context(), "item-1"); err != nil {
		t.Errorf("Forget = %v", err)
	}
	if len(w.vault.items) > 0 || len(w.vault.tokens) > 0 || len(s.calls) > calls {
		t.Errorf("left %v and %d tokens; %d requests went out", w.vault.items, len(w.vault.tokens), len(s.calls)-calls)
	}
}

// A permission that was taken back may keep Plaid from removing the bank: the user is
// told how to be rid of it all the same.
func TestABankWhosePermissionWasTakenBackCanBeErased(t *testing.T) {
	w, s := scripted(t)
	s.on("/item/remove", plaidError(400, "ITEM_ERROR", "USER_PERMISSION_REVOKED"))
	err := w.Remove(t.Context(), "item-1")
	if !errors.Is(err, ledger.ErrRevoked) || !strings.Contains(err.Error(), "--here-only") {
		t.Errorf("Remove = %v, want ErrRevoked and what erases it here", err)
	}
	if _, err := w.vault.AccessToken(t.Context(), "item-1"); err != nil {
		t.Errorf("the access is gone: %v", err)
	}
}

func TestForgetErasesWhatItCanAndMayErase(t *testing.T) {
	w, _ := scripted(t)
	other := ledger.Item{ID: "item-2", Environment: "production"}
	if err := w.vault.AddItem(t.Context(), other, w.vault.tokens["item-1"]); err != nil {
		t.Fatal(err)
	}
	for _, id := range []ledger.ItemID{"item-2", "nobody"} {
		if err := w.Forget(t.Context(), id); err == nil {
			t.Errorf("Forget(%s) succeeded", id)
		}
	}
	full := errors.New("disk full")
	w.vault.fail["RemoveItem"] = full
	if err := w.Forget(t.Context(), "item-1"); !errors.Is(err, full) || len(w.vault.items) != 2 {
		t.Errorf("Forget with a full disk = %v, %d banks left", err, len(w.vault.items))
	}
	// A token that is lost is no reason to keep the rest.
	w.vault.fail["AccessToken"] = errors.New("damaged")
	if err := w.Forget(t.Context(), "item-1"); err != nil {
		t.Errorf("Forget of a bank without a token = %v", err)
	}
}
