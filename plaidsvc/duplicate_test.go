package plaidsvc_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/plaidsvc/plaidsim"
)

// The same bank twice is linked, synced and told.
func TestLinkingABankTwiceIsToldOf(t *testing.T) {
	var log lockedBuffer
	s := simulate(t, plaidsim.Options{Settled: true, Log: &log})
	old := s.link(t, platypus)
	s.link(t, gingham) // another bank's accounts are its own
	asked := strings.Count(log.String(), "/accounts/get")
	if asked != 2 {
		t.Errorf("two banks took %d requests for accounts, want one each", asked)
	}
	rows := len(s.vault.rows)
	again, err := s.LinkSandbox(t.Context(), sandboxLink(platypus), nil)
	want := "the bank was linked before: accounts that both links have count twice now; coffer items remove " +
		string(again.ID) + " takes out the new link, and leaves your edits to the other"
	if !errors.Is(err, ledger.ErrDuplicate) || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if again.ID == old.ID || again.State != ledger.ItemOK || len(s.vault.rows) <= rows || s.vault.item(t, again.ID) != again {
		t.Errorf("linked %+v with %d rows, had %d; want a second link, synced", again, len(s.vault.rows), rows)
	}

	// It replaces one that is of no use: then that is the one to remove.
	if err := s.Forget(t.Context(), again.ID); err != nil {
		t.Fatal(err)
	}
	gone := s.vault.item(t, old.ID)
	gone.State = ledger.ItemRevoked
	s.vault.items[old.ID] = gone
	_, err = s.LinkSandbox(t.Context(), sandboxLink(platypus), nil)
	if !errors.Is(err, ledger.ErrDuplicate) || !strings.Contains(err.Error(), "remove "+string(old.ID)+" takes out the old link") {
		t.Errorf("after the old one was revoked: %v", err)
	}
}

// A first sync that fails is what counts; the other matter is told along.
func TestDuplicateWhoseFirstSyncFails(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	s.link(t, platypus)
	s.sim.Inject(plaidsim.Fault{Endpoint: "/transactions/sync", Call: 1, Code: "INSTITUTION_DOWN"})
	item, err := s.LinkSandbox(t.Context(), sandboxLink(platypus), nil)
	if item.ID == "" || !errors.Is(err, ledger.ErrBankUnavailable) || errors.Is(err, ledger.ErrDuplicate) ||
		!strings.Contains(err.Error(), "; the bank was linked before: ") {
		t.Errorf("link = %+v, %v; want the bank, its trouble, and that it was linked before", item, err)
	}
}

// What makes two links count the same money twice, and what does not.
func TestWhatIsADuplicate(t *testing.T) {
	account := func(name, mask string) string {
		return fmt.Sprintf(`{"account_id":"new-%s%s","name":%q,"mask":%q,"type":"depository","balances":{"current":1,"iso_currency_code":"USD"}}`, name, mask, name, mask)
	}
	for name, tt := range map[string]struct {
		institution ledger.InstitutionID
		environment string
		accounts    string
		want        bool
	}{
		"the same account":             {"ins_1", "simulator", account("Checking", "0000"), true},
		"one account of several":       {"ins_1", "simulator", account("Saving", "1111") + "," + account("Checking", "0000"), true},
		"other digits":                 {"ins_1", "simulator", account("Checking", "2222"), false},
		"another name":                 {"ins_1", "simulator", account("Saving", "0000"), false},
		"no digits":                    {"ins_1", "simulator", account("Cash", ""), false},
		"another bank":                 {"ins_2", "simulator", account("Checking", "0000"), false},
		"another environment":          {"ins_1", "production", account("Checking", "0000"), false},
		"accounts that cannot be read": {"ins_1", "simulator", `{"account_id":""}`, false},
		"another name, by the bank's id": {"ins_1", "simulator",
			`{"account_id":"new-x","persistent_account_id":"for-ever","name":"Everyday","mask":"9","type":"depository","balances":{}}`, true},
		"the same name, by the bank's id another": {"ins_1", "simulator",
			`{"account_id":"new-x","persistent_account_id":"another","name":"Checking","mask":"0000","type":"depository","balances":{}}`, false},
	} {
		w, s := scripted(t)
		old := ledger.Item{ID: "old", Institution: tt.institution, Name: "First Bank", Environment: tt.environment}
		if err := w.vault.AddItem(t.Context(), old, secret.New("t")); err != nil {
			t.Fatal(err)
		}
		for _, mask := range []string{"0000", ""} {
			id := ledger.AccountID("old-" + mask)
			w.vault.accounts[id] = ledger.Account{ID: id, Item: "old", Name: map[string]string{"0000": "Checking", "": "Cash"}[mask], Mask: mask,
				Persistent: map[string]string{"0000": "for-ever"}[mask]}
		}
		linkable(s, tt.accounts)
		item, err := w.LinkSandbox(t.Context(), sandboxLink("ins_1"), nil)
		if item.ID != "item-9" || errors.Is(err, ledger.ErrDuplicate) != tt.want || !tt.want && err != nil {
			t.Errorf("%s: %+v, %v; want a duplicate: %v", name, item, err, tt.want)
		}
	}
}

// linkable makes a script link item-9 of ins_1 with these accounts.
func linkable(s *script, accounts string) {
	s.on("/link/token/create", answer(200, `{"link_token":"link-sandbox-1","expiration":"2026-03-15T14:00:00Z"}`))
	s.on("/sandbox/public_token/create", answer(200, `{"public_token":"public-sandbox-1"}`))
	s.on("/item/public_token/exchange", answer(200, `{"access_token":"access-sandbox-9","item_id":"item-9"}`))
	s.on("/item/get", answer(200, `{"item":{"item_id":"item-9","institution_id":"ins_1"}}`))
	s.on("/institutions/get_by_id", answer(200, `{"institution":{"institution_id":"ins_1","name":"First Bank"}}`))
	s.on("/accounts/get", answer(200, `{"accounts":[`+accounts+`]}`))
	s.on("/transactions/sync", page("", "c1", false))
}

// The demo links its banks anew each time it runs, by the ids that they had: that
// makes no second link, whatever else the user has linked.
func TestLinkingTheSameItemAnewMakesNoDuplicate(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true, Seed: 7})
	first := s.link(t, platypus)
	if _, err := s.LinkSandbox(t.Context(), sandboxLink(platypus), nil); !errors.Is(err, ledger.ErrDuplicate) {
		t.Fatalf("a second link: %v, want ErrDuplicate", err)
	}
	again := simulate(t, plaidsim.Options{Settled: true, Seed: 7}, func(c *plaidsvc.Config) { c.Vault = s.vault })
	again.clock.advance(day)
	if item := again.link(t, platypus); item.ID != first.ID { // fails on an error
		t.Errorf("linked %s anew, want %s", item.ID, first.ID)
	}
}

// What cannot be found out does not keep a bank from being linked.
func TestDuplicatesAreLookedForAtBest(t *testing.T) {
	for _, method := range []string{"Accounts", "/accounts/get"} {
		w, s := scripted(t)
		old := ledger.Item{ID: "old", Institution: "ins_1", Environment: "simulator"}
		if err := w.vault.AddItem(t.Context(), old, secret.New("t")); err != nil {
			t.Fatal(err)
		}
		linkable(s, "")
		s.on("/accounts/get", plaidError(400, "INVALID_REQUEST", "NEW_CODE"), answer(200, `{"accounts":[]}`))
		w.vault.fail[method] = context.DeadlineExceeded
		if item, err := w.LinkSandbox(t.Context(), sandboxLink("ins_1"), nil); err != nil || item.State != ledger.ItemOK {
			t.Errorf("%s fails: %+v, %v", method, item, err)
		}
	}
}

// On the page of this computer a bank that is linked is noticed before anything is
// exchanged; the user decides, and a link that is of no use is not in the way.
func TestThePageTellsOfABankThatIsLinked(t *testing.T) {
	var log lockedBuffer
	s, _ := linking(t, plaidsim.Options{Settled: true, Log: &log})
	old := s.link(t, platypus)
	exchanged := func() int { return strings.Count(log.String(), "/item/public_token/exchange") }
	_, err := s.linkOne(t.Context(), plaidsvc.LinkOptions{}, nil)
	var linked *ledger.LinkedError
	if !errors.As(err, &linked) || linked.Old.ID != old.ID || exchanged() != 1 {
		t.Errorf("link = %v after %d exchanges, want the link that is there and no second exchange", err, exchanged())
	}
	again := plaidsvc.LinkOptions{Twice: func(_ context.Context, it ledger.Item) (bool, error) { return it.ID == old.ID, nil }}
	second, err := s.linkOne(t.Context(), again, nil)
	if !errors.Is(err, ledger.ErrDuplicate) || second.ID == old.ID || exchanged() != 2 {
		t.Errorf("linked again: %+v, %v after %d exchanges", second, err, exchanged())
	}
	for _, id := range []ledger.ItemID{old.ID, second.ID} {
		gone := s.vault.item(t, id)
		gone.State = ledger.ItemRevoked
		s.vault.items[id] = gone
	}
	third, err := s.linkOne(t.Context(), plaidsvc.LinkOptions{}, nil)
	if !errors.Is(err, ledger.ErrDuplicate) || third.ID == "" || !strings.Contains(err.Error(), "takes out the old link") {
		t.Errorf("after access was taken back: %+v, %v; want a new link", third, err)
	}
}

// The user's edits are where the rows are: in the link that stays. It does not reach
// back as far as the one that was made earlier did.
func TestLinkingAnewKeepsTheEdits(t *testing.T) {
	l, _ := lifeAt(t, platypus, plaidsim.Options{Settled: true})
	l.label(t)
	before := mine(l.book(t))
	l.clock.advance(3 * day)
	again := plaidsvc.LinkOptions{Twice: func(context.Context, ledger.Item) (bool, error) { return true, nil }}
	second, err := l.linkOne(t.Context(), again, nil)
	if !errors.Is(err, ledger.ErrDuplicate) {
		t.Fatalf("linked again: %+v, %v", second, err)
	}
	older := 0
	for b, r := l.book(t), ledger.Row(0); int(r) < b.Len(); r++ {
		if e := b.Entry(r); e.Date.Sub(ledger.DateOf(l.clock.Now())) < -730 {
			older++
		}
	}
	if err := l.Remove(t.Context(), l.item.ID); err != nil {
		t.Fatal(err)
	}
	if got := mine(l.book(t)); l.kept(t).ID != second.ID || got != before-older || older > 10 || got == 0 {
		t.Errorf("%s has %d rows of the user's, want %s with %d less the %d that it does not reach", l.kept(t).ID, got, second.ID, before, older)
	}
}

// An account that comes back under another id, as Plaid's do at times, keeps what the
// user said of its rows.
func TestAccountChurnKeepsTheEdits(t *testing.T) {
	for _, bank := range []string{platypus, bankOfAmerica} {
		l, _ := lifeAt(t, bank, plaidsim.Options{Settled: true, Control: true})
		l.label(t)
		before, rows := mine(l.book(t)), l.book(t).Len()
		l.play(t, "account_churn")
		if got := l.syncOne(t); got.Err != nil || got.Applied.Added == 0 {
			t.Fatalf("sync: %+v", got)
		}
		if b := l.book(t); mine(b) != before || b.Len() != rows || len(b.EndedAccounts()) != 0 {
			t.Errorf("%s: %d rows, %d with the user's category, ended %v; had %d and %d", bank, b.Len(), mine(b), b.EndedAccounts(), rows, before)
		}
	}
}
