package plaidsvc_test

import (
	"errors"
	"testing"

	"coffer/ledger"
	"coffer/plaidsvc/plaidsim"
)

// A webhook address is cleared by null: a field that is left out, or an empty one,
// would be refused or change nothing.
func TestClearWebhooksSendsNull(t *testing.T) {
	w, s := scripted(t)
	s.on("/item/webhook/update", answer(200, `{"item":{"item_id":"item-1"},"request_id":"r"}`))
	results, err := w.ClearWebhooks(t.Context(), nil, nil)
	if err != nil || len(results) != 1 || results[0].Err != nil || results[0].Item.ID != "item-1" {
		t.Errorf("ClearWebhooks = %+v, %v", results, err)
	}
	calls := s.to("/item/webhook/update")
	if value, there := calls[0].body["webhook"]; len(calls) != 1 || !there || value != nil {
		t.Errorf("asked with %v (there: %v) %d times, want null once", value, there, len(calls))
	}
}

// Each bank is cleared by itself, and one that fails is marked as anywhere else.
func TestClearWebhooksReportsEachBank(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	gone, stays := s.link(t, platypus), s.link(t, gingham)
	for _, item := range []ledger.Item{gone, stays} {
		token, err := s.vault.AccessToken(t.Context(), item.ID)
		if err != nil {
			t.Fatal(err)
		}
		s.askWith(t, "/item/webhook/update", token, map[string]any{"webhook": "http://127.0.0.1:1/hook"})
	}
	s.ask(t, "/item/remove", gone.ID)
	results, err := s.ClearWebhooks(t.Context(), nil, nil)
	if err != nil || len(results) != 2 {
		t.Fatalf("ClearWebhooks = %+v, %v", results, err)
	}
	if got := results[0]; got.Item.ID != gone.ID || !errors.Is(got.Err, ledger.ErrRevoked) || s.vault.item(t, gone.ID).State != ledger.ItemRevoked {
		t.Errorf("the bank that Plaid does not know: %+v", got)
	}
	if got := results[1]; got.Item.ID != stays.ID || got.Err != nil {
		t.Errorf("the other bank: %+v", got)
	}
	if got := s.webhookOf(t, stays.ID); got != "" {
		t.Errorf("its webhooks go to %q still", got)
	}
}
