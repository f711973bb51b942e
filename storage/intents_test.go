package storage_test

import (
	"testing"

	"coffer/internal/secret"
	"coffer/ledger"
)

// What was begun is there until it is taken away or fulfilled, after a rotation too.
func TestIntentsStayUntilTheyAreFulfilled(t *testing.T) {
	v, dir, have := full(t)
	ctx := t.Context()
	mustDo(t, v.SetIntent(ctx, "page", secret.New("link-token")))
	mustDo(t, v.SetIntent(ctx, "exchange", secret.New("public-token")))
	mustDo(t, v.Rotate(ctx, have...))
	got, err := reopen(t, dir).Intents(ctx)
	mustDo(t, err)
	if len(got) != 2 || got["page"].Reveal() != "link-token" || got["exchange"].Reveal() != "public-token" {
		t.Errorf("after a rotation there are %d intents: %v", len(got), got)
	}
	mustDo(t, v.Fulfil(ctx, "exchange", ledger.Item{ID: "fresh", Name: "Bank"}, secret.New("access")))
	mustDo(t, v.SetIntent(ctx, "page", secret.Text{}))
	mustDo(t, v.SetIntent(ctx, "page", secret.Text{}))
	got, err = v.Intents(ctx)
	mustDo(t, err)
	if token, err := v.AccessToken(ctx, "fresh"); len(got) != 0 || err != nil || token.Reveal() != "access" {
		t.Errorf("fulfilled, there are %v, and the token %v, %v", got, token, err)
	}
	mustDo(t, v.Fulfil(ctx, "unknown", ledger.Item{ID: "fresh", Name: "Bank"}, secret.New("other")))
}
