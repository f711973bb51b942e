package plaidsvc_test

import (
	"slices"
	"strings"
	"testing"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/plaidsvc/plaidsim"
)

const bankOfAmerica = "ins_127989"

// mine counts the rows that have a category of the user's.
func mine(b *ledger.Book) int {
	posted, pending := labelled(b)
	return posted + pending
}

// names lists what a bank shares, and what it shared before.
func (l *life) names(t *testing.T) (shared, ended []string) {
	t.Helper()
	b := l.book(t)
	for _, a := range b.Accounts() {
		shared = append(shared, a.Name)
	}
	for _, a := range b.EndedAccounts() {
		ended = append(ended, a.Name)
	}
	slices.Sort(shared)
	slices.Sort(ended)
	return shared, ended
}

// lifeAt is a bank that the user linked on the page, in a real vault.
func lifeAt(t *testing.T, bank string, o plaidsim.Options) (*life, *person) {
	t.Helper()
	v := realVault(t)
	s, p := linking(t, o, func(c *plaidsvc.Config) { c.Vault = v })
	p.bank = bank
	item, err := s.linkOne(t.Context(), plaidsvc.LinkOptions{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return &life{s, v, item}, p
}

// again signs in again.
func (l *life) again(t *testing.T, o plaidsvc.LinkOptions) ledger.Item {
	t.Helper()
	o.Repair = l.item.ID
	item, err := l.linkOne(t.Context(), o, nil)
	if err != nil || item.ID != l.item.ID || l.kept(t) != item {
		t.Fatalf("signing in again: %+v, %v; kept %+v", item, err, l.kept(t))
	}
	return item
}

// label gives every row a category of the user's.
func (l *life) label(t *testing.T) {
	t.Helper()
	b := l.book(t)
	var ids []ledger.TransactionID
	for _, row := range b.Select(ledger.Query{}, ledger.Sort{By: ledger.SortDate}).Rows {
		if e := b.Entry(row); !e.Pending {
			ids = append(ids, e.ID)
		}
	}
	if err := l.vault.Edit(t.Context(), b.Recategorize(ids, "mine")); err != nil {
		t.Fatal(err)
	}
}

// The user opens an account: Plaid's webhook says so, they choose it, and its rows
// come. Then they choose fewer: what is not shared any more stays as it was.
func TestTheUserChoosesWhichAccountsAreShared(t *testing.T) {
	var log lockedBuffer
	o := posting()
	o.Log = &log
	l, p := lifeAt(t, bankOfAmerica, o)
	first, _ := l.names(t)
	r := l.receive(t)
	r.await(plaidsvc.WebhookSynced, 1)
	l.clock.advance(day)
	l.play(t, "new_account")
	l.sim.Deliver(t.Context())
	r.await(plaidsvc.WebhookLooked, 1)
	if got := l.kept(t); !got.HasMore() || got.State != ledger.ItemOK {
		t.Fatalf("after the webhook: %+v, want a bank that is well and has more", got)
	}
	if shared, _ := l.names(t); !slices.Equal(shared, first) {
		t.Errorf("an account came without being chosen: %v", shared)
	}
	l.label(t)
	before, _ := labelled(l.book(t))

	l.clock.advance(30 * day)
	expires := l.kept(t).ConsentExpires
	choose := plaidsvc.LinkOptions{Accounts: true}
	if got := l.again(t, choose); got.HasMore() || expires.IsZero() || got.ConsentExpires.Sub(expires) < 31*day {
		t.Errorf("after choosing: %+v; want nothing left to choose, and a consent 31 days beyond %v", got, expires)
	}
	all, ended := l.names(t)
	if len(all) != len(first)+1 || len(ended) != 0 {
		t.Errorf("shared %v, ended %v; want one more than %v", all, ended, first)
	}
	rows := l.book(t).Len()

	l.clock.advance(day)
	p.takes = 1
	l.again(t, choose)
	shared, ended := l.names(t)
	if len(shared) != 1 || len(ended) != len(all)-1 {
		t.Errorf("with one account chosen: shared %v, ended %v", shared, ended)
	}
	if got := l.book(t); got.Len() < rows || mine(got) != before {
		t.Errorf("%d rows, %d with a category of the user's; want %d and %d", got.Len(), mine(got), rows, before)
	}
	if worth := l.book(t).NetWorth(); len(worth) != 1 || worth[0].Total != l.book(t).Accounts()[0].Balance.Current {
		t.Errorf("net worth %+v, want what is on the account that is shared", worth)
	}

	l.clock.advance(day)
	p.takes = 0
	l.again(t, choose) // and back
	if again, ended := l.names(t); !slices.Equal(again, all) || len(ended) != 0 {
		t.Errorf("shared %v, ended %v; want %v again", again, ended, all)
	}
	if got := l.book(t); got.Len() < rows || mine(got) != before {
		t.Errorf("%d rows, %d with a category of the user's; want %d at least and %d", got.Len(), mine(got), rows, before)
	}
	if n := strings.Count(log.String(), "/item/public_token/exchange"); n != 1 {
		t.Errorf("%d exchanges, want that of the first link", n)
	}
}

// Some banks ask which accounts to share although nobody wanted them to: what was
// chosen there is not offered any more, and what was not still is.
func TestAnAccountThatCameAnywayIsNotOffered(t *testing.T) {
	l, p := lifeAt(t, bankOfAmerica, plaidsim.Options{Settled: true, Control: true})
	l.play(t, "new_account")
	item := l.kept(t)
	l.clock.advance(day)
	item.Offered = l.clock.Now()
	if err := l.vault.SaveItem(t.Context(), item); err != nil {
		t.Fatal(err)
	}
	p.takes = 1
	if got := l.again(t, plaidsvc.LinkOptions{}); !got.HasMore() {
		t.Errorf("signed in without the new account: %+v, want it offered still", got)
	}
	p.takes = 0
	if got := l.again(t, plaidsvc.LinkOptions{}); got.HasMore() {
		t.Errorf("signed in with the new account: %+v, want nothing offered", got)
	}
}

// What is asked of Plaid: account selection, and no products.
func TestChoosingAccountsAsksForSelection(t *testing.T) {
	w, s := scripted(t)
	s.on("/link/token/create", plaidError(400, "INVALID_REQUEST", "INVALID_FIELD"))
	if _, err := w.Link(t.Context(), plaidsvc.LinkOptions{Repair: "item-1", Accounts: true}, nil); err == nil {
		t.Error("it succeeded")
	}
	sent := s.to("/link/token/create")[0].body
	update, _ := sent["update"].(map[string]any)
	if len(update) != 1 || update["account_selection_enabled"] != true || sent["products"] != nil || sent["access_token"] != plantedToken {
		t.Errorf("asked %v", sent)
	}
}

// A bank's colour is asked for once, of a bank that was linked before coffer asked for
// it too; one that cannot be read, or is not there, is none.
func TestColoursOfBanks(t *testing.T) {
	for sent, want := range map[string]string{`"#1B6CA8"`: "#1b6ca8", `null`: ledger.NoColor, `"blue"`: ledger.NoColor, `"#12\u001b[31"`: ledger.NoColor} {
		w, s := scripted(t)
		s.on("/item/get", answer(200, `{"item":{"item_id":"item-1","institution_id":"ins_1"}}`))
		s.on("/institutions/get_by_id", answer(200, `{"institution":{"institution_id":"ins_1","name":"First Bank","primary_color":`+sent+`,"logo":"aGk="}}`))
		s.on("/transactions/sync", page("", "c1", false), page("", "c2", false))
		for range 2 {
			if got := w.syncOne(t); got.Err != nil || got.Item.Color != want || got.Item.Name != "First Bank" {
				t.Errorf("%s: %+v, %v; want the colour %s", sent, got.Item, got.Err, want)
			}
		}
		if n := len(s.to("/institutions/get_by_id")); n != 1 {
			t.Errorf("%s: asked %d times", sent, n)
		}
	}
}
