package plaidsvc_test

import (
	"errors"
	"testing"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/plaidsvc/plaidsim"
	"coffer/storage"
)

// A life is a bank in a real vault, from its link to its end.
type life struct {
	*simulated
	vault *storage.Vault
	item  ledger.Item
}

func (l *life) book(t *testing.T) *ledger.Book {
	t.Helper()
	b, err := l.vault.Book(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// kept is the Item as the vault has it.
func (l *life) kept(t *testing.T) ledger.Item {
	t.Helper()
	items, err := l.vault.Items(t.Context())
	if err != nil || len(items) != 1 {
		t.Fatalf("the vault has %d banks, %v", len(items), err)
	}
	return items[0]
}

// reset changes the password at the bank.
func (l *life) reset(t *testing.T) {
	t.Helper()
	token, err := l.vault.AccessToken(t.Context(), l.item.ID)
	if err != nil {
		t.Fatal(err)
	}
	l.askWith(t, "/sandbox/item/reset_login", token, nil)
}

// labelled are the rows that the user gave their category, pending ones apart.
func labelled(b *ledger.Book) (posted, pending int) {
	for _, row := range b.Select(ledger.Query{Category: "mine"}, ledger.Sort{By: ledger.SortDate}).Rows {
		if b.Entry(row).Pending {
			pending++
		} else {
			posted++
		}
	}
	return posted, pending
}

// A bank is linked, its pending rows post with what the user wrote on them, the
// password changes and is mended, an account is opened there, the permission is taken
// back, and at last it is erased. Nothing of the user's is lost before that, and
// nothing is left after it.
func TestALifeOfABank(t *testing.T) {
	v := realVault(t)
	s, _ := linking(t, plaidsim.Options{Settled: true, Control: true}, func(c *plaidsvc.Config) { c.Vault = v })
	item, err := s.linkOne(t.Context(), plaidsvc.LinkOptions{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	l := &life{s, v, item}

	book := l.book(t)
	var ids []ledger.TransactionID
	for _, row := range book.Select(ledger.Query{}, ledger.Sort{By: ledger.SortDate}).Rows {
		if e := book.Entry(row); e.Pending {
			ids = append(ids, e.ID)
		}
	}
	if err := v.Edit(t.Context(), book.Recategorize(ids, "mine")); err != nil {
		t.Fatal(err)
	}
	for range 8 { // posted one by one, some of them never
		l.clock.advance(day)
		if got := l.syncOne(t); got.Err != nil {
			t.Fatal(got.Err)
		}
	}
	posted, pending := labelled(l.book(t))
	if posted == 0 || pending > 0 {
		t.Errorf("of %d pending rows with the user's category %d posted with it, %d are pending after eight days", len(ids), posted, pending)
	}

	l.breaks(t, func() { l.reset(t) }, ledger.ErrLoginRequired, ledger.ItemLoginRequired)
	if _, err := l.linkOne(t.Context(), plaidsvc.LinkOptions{Repair: item.ID}, nil); err != nil {
		t.Fatalf("repair: %v", err)
	}
	if got := l.kept(t); got.State != ledger.ItemOK || got.Code != "" {
		t.Errorf("after the repair the bank is %+v", got)
	}

	l.shares(t)

	l.breaks(t, func() { l.play(t, "permission_revoked") }, ledger.ErrRevoked, ledger.ItemRevoked)
	if still, _ := labelled(l.book(t)); still != posted {
		t.Errorf("%d rows have the user's category, %d had it", still, posted)
	}
	if err := l.Remove(t.Context(), item.ID); err != nil {
		t.Errorf("remove: %v", err)
	}
	if b := l.book(t); b.Len() != 0 || len(b.Items()) != 0 || len(b.Accounts()) != 0 {
		t.Errorf("erased, there are %d rows, %d banks, %d accounts", b.Len(), len(b.Items()), len(b.Accounts()))
	}
}

// shares has an account opened at the bank. It is the user's to share, and comes with
// its rows when they choose it.
func (l *life) shares(t *testing.T) {
	t.Helper()
	l.play(t, "new_account")
	accounts := len(l.book(t).Accounts())
	if got := l.syncOne(t); got.Err != nil || len(l.book(t).Accounts()) != accounts {
		t.Errorf("with an account that is not shared: %v, %d accounts, had %d", got.Err, len(l.book(t).Accounts()), accounts)
	}
	l.clock.advance(30 * day)
	if _, err := l.linkOne(t.Context(), plaidsvc.LinkOptions{Repair: l.item.ID, Accounts: true}, nil); err != nil {
		t.Fatalf("choose accounts: %v", err)
	}
	after := l.book(t).Accounts()
	if len(after) != accounts+1 {
		t.Fatalf("%d accounts after choosing all, had %d", len(after), accounts)
	}
	for _, a := range after {
		if rows := l.book(t).Select(ledger.Query{Accounts: []ledger.AccountID{a.ID}}, ledger.Sort{}).Rows; len(rows) == 0 && a.Type == ledger.Depository {
			t.Errorf("the account %q has no rows", a.Name)
		}
	}
}

// breaks wants the next sync to fail as it should, and to leave the rows alone.
func (l *life) breaks(t *testing.T, how func(), want error, state ledger.ItemState) {
	t.Helper()
	rows := l.book(t).Len()
	how()
	l.clock.advance(day)
	if got := l.syncOne(t); !errors.Is(got.Err, want) {
		t.Errorf("sync: %v, want %v", got.Err, want)
	}
	if got := l.kept(t); got.State != state || got.Reason() == "" {
		t.Errorf("the bank is %q because of %q, want %q and a reason", got.State, got.Reason(), state)
	}
	if n := l.book(t).Len(); n != rows {
		t.Errorf("%d rows, had %d", n, rows)
	}
}

// Of thirty banks three are broken, each in its way. The others go on, each broken one
// says what is wrong with it, and none of it is forgotten.
func TestThreeOfThirtyBanksAreBroken(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	var items []ledger.Item
	for range 10 {
		for _, bank := range []string{platypus, gingham, "ins_109512"} {
			item, err := s.LinkSandbox(t.Context(), plaidsvc.SandboxLink{Institution: bank, Days: 30}, nil)
			if err != nil && !errors.Is(err, ledger.ErrDuplicate) { // the same three, ten times
				t.Fatal(err)
			}
			items = append(items, item)
		}
	}
	s.clock.advance(day)
	broken := map[int]error{3: ledger.ErrLoginRequired, 14: ledger.ErrBankUnavailable, 29: ledger.ErrRateLimited}
	s.ask(t, "/sandbox/item/reset_login", items[3].ID)
	s.sim.Inject(plaidsim.Fault{Target: plaidsim.Target{Item: 15}, Endpoint: "/transactions/sync", Code: "INSTITUTION_DOWN"})
	s.sim.Inject(plaidsim.Fault{Target: plaidsim.Target{Item: 30}, Endpoint: "/transactions/sync", Code: "TRANSACTIONS_SYNC_LIMIT"})
	results, err := s.Sync(t.Context(), nil, nil)
	if err != nil || len(results) != len(items) {
		t.Fatalf("Sync = %d results, %v", len(results), err)
	}
	for i, r := range results {
		if want := broken[i]; !errors.Is(r.Err, want) || want == nil && (r.Err != nil || !r.Item.LastSync.Equal(s.clock.Now())) {
			t.Errorf("bank %d: %v, synced %v, want %v", i, r.Err, r.Item.LastSync, want)
		}
	}
	for i, want := range map[int]ledger.ItemState{3: ledger.ItemLoginRequired, 14: ledger.ItemUnavailable, 29: ledger.ItemOK} {
		if got := s.vault.item(t, items[i].ID); got.State != want {
			t.Errorf("bank %d is kept as %q, want %q", i, got.State, want)
		}
	}
}
