package storage_test

import (
	"testing"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/storage"
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

// Banks that were removed count, those that are linked anew by the same id do not, and
// each environment counts for itself.
func TestBanksThatWereEverLinkedAreCounted(t *testing.T) {
	v, dir, have := full(t)
	ctx := t.Context()
	count := func(v *storage.Vault, want int) {
		t.Helper()
		if n, err := v.Linked(ctx, "production"); err != nil || n != want {
			t.Errorf("%d banks were linked, %v; want %d", n, err, want)
		}
	}
	count(v, 0)
	for _, id := range []ledger.ItemID{"p1", "p2", "p1"} {
		mustDo(t, v.AddItem(ctx, ledger.Item{ID: id, Environment: "production"}, secret.New("token")))
	}
	mustDo(t, v.AddItem(ctx, ledger.Item{ID: "s1", Environment: "sandbox"}, secret.New("token")))
	count(v, 2)
	mustDo(t, v.RemoveItem(ctx, "p1"))
	count(v, 2)
	mustDo(t, v.Rotate(ctx, have...))
	again := reopen(t, dir)
	count(again, 2)
	mustDo(t, again.Fulfil(ctx, "intent", ledger.Item{ID: "p3", Environment: "production"}, secret.New("token")))
	count(again, 3)
}
