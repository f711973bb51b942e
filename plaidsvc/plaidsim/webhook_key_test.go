package plaidsim_test

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"coffer/plaidsvc/plaidsim"
	"coffer/plaidsvc/plaidsim/webhook"
)

// signingKey is the id of the key a simulator with seed 0 signs with now.
func signingKey(w *world) string {
	w.Helper()
	head, _, _ := strings.Cut(webhook.NewKeyring(0).Sign(nil, w.Now()), ".")
	text, err := base64.RawURLEncoding.DecodeString(head)
	if err != nil {
		w.Fatal(err)
	}
	var header struct {
		Key string `json:"kid"`
	}
	if err := json.Unmarshal(text, &header); err != nil {
		w.Fatal(err)
	}
	return header.Key
}

// TestVerificationKeyExpires asks for a key before and after its rotation.
func TestVerificationKeyExpires(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	old := signingKey(w)
	if key := w.must("/webhook_verification_key/get", fields{"key_id": old}); key.at("key", "expired_at") != nil {
		t.Errorf("the key that signs: got expired_at %v, want null", key.at("key", "expired_at"))
	}
	w.pass(webhook.Rotation + webhook.Overlap)
	if signingKey(w) == old {
		t.Errorf("the key that signs is the same after %s", webhook.Rotation)
	}
	if key := w.must("/webhook_verification_key/get", fields{"key_id": old}); key.at("key", "expired_at") == nil {
		t.Error("the key that signed a month ago: got expired_at null, want a time")
	}
}

// TestWebhookAddressOfAnItem follows the address through update and removal.
func TestWebhookAddressOfAnItem(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.link(nil)
	const address = "http://127.0.0.1:1/hook"
	if got := w.must("/item/webhook/update", fields{"access_token": token, "webhook": address}).text("item", "webhook"); got != address {
		t.Errorf("updated: got webhook %q, want %q", got, address)
	}
	w.must("/item/webhook/update", fields{"access_token": token, "webhook": nil})
	if got := w.must("/item/get", fields{"access_token": token}).at("item", "webhook"); got != nil {
		t.Errorf("removed: got webhook %v, want null", got)
	}
}
