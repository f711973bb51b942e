package webhook_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim/webhook"
)

// fired sends four webhooks ten seconds apart with something going wrong.
func fired(t *testing.T, f webhook.Faults) *receiver {
	t.Helper()
	r := newReceiver(t, always(http.StatusOK))
	r.post.Misdeliver(f)
	for _, body := range []string{"a", "b", "c", "d"} {
		r.send(endpoint, body)
		r.pass(10 * time.Second)
	}
	r.pass(time.Hour)
	return r
}

func TestFaultsOfOrderAndNumber(t *testing.T) {
	for name, tt := range map[string]struct {
		faults webhook.Faults
		want   string
	}{
		"none":                  {webhook.Faults{}, "a b c d"},
		"every one twice":       {webhook.Faults{Duplicate: 1}, "a a b b c c d d"},
		"every other one twice": {webhook.Faults{Duplicate: 2}, "a b b c d d"},
		"every third one late":  {webhook.Faults{Reorder: 3}, "a b d c"},
		"every other one lost":  {webhook.Faults{Lose: 2}, "a c"},
		"lost before doubled":   {webhook.Faults{Lose: 2, Duplicate: 2}, "a c"},
	} {
		if got := fired(t, tt.faults).bodies(); !slices.Equal(got, strings.Fields(tt.want)) {
			t.Errorf("%s: got %v, want %s", name, got, tt.want)
		}
	}
}

// A receiver that verifies as it should refuses exactly what was spoiled.
func TestFaultsOfSignatures(t *testing.T) {
	verifies := func(d delivery) bool {
		key, err := verify(webhook.NewKeyring(7), []byte(d.body), d.signature, d.at)
		return err == nil && key.ExpiredAt == nil
	}
	for i, d := range fired(t, webhook.Faults{BadSignature: 2}).got {
		if got, want := verifies(d), i%2 == 0; got != want {
			t.Errorf("bad signatures: webhook %d verifies: %v, want %v", i+1, got, want)
		}
	}
	for i, d := range fired(t, webhook.Faults{Stale: 2}).got {
		age, want := d.at.Sub(issued(t, d.signature)), time.Duration(i%2)*10*time.Minute
		if !verifies(d) || age != want {
			t.Errorf("stale signatures: webhook %d verifies: %v, and is %s old, want true and %s", i+1, verifies(d), age, want)
		}
	}
}
