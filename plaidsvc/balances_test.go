package plaidsvc_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/plaidsvc/plaidsim"
)

func sandboxLink(institution string) plaidsvc.SandboxLink {
	return plaidsvc.SandboxLink{Institution: institution}
}

// Cached and live balances are told apart, each with its time.
func TestLiveAndCachedBalancesAreToldApart(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	s.link(t, platypus)
	if len(s.vault.accounts) == 0 {
		t.Fatal("no accounts")
	}
	debts := 0
	for id, a := range s.vault.accounts {
		if a.Balance.Live || a.Balance.AsOf.After(s.clock.Now()) {
			t.Errorf("after a sync %s is %+v; want a cached balance", id, a.Balance)
		}
		if a.Type.IsDebt() && a.Balance.Current.Sign() < 0 {
			debts++
		}
	}
	if debts == 0 {
		t.Error("nothing is owed: the sign of debts was not turned, or nothing was tested")
	}
	s.clock.advance(time.Hour)
	results, err := s.Balances(t.Context(), nil, nil)
	if err != nil || results[0].Err != nil {
		t.Fatalf("Balances: %v, %v", err, results[0].Err)
	}
	for id, a := range s.vault.accounts {
		if !a.Balance.Live || !a.Balance.AsOf.Equal(s.clock.Now()) {
			t.Errorf("%s is %+v, want live as of %v", id, a.Balance, s.clock.Now())
		}
	}
}

func TestBalancesMarkTheItemToo(t *testing.T) {
	w, s := scripted(t)
	s.on("/accounts/balance/get", plaidError(400, "ITEM_ERROR", "ITEM_LOGIN_REQUIRED"))
	results, err := w.Balances(t.Context(), nil, nil)
	if err != nil || !errors.Is(results[0].Err, ledger.ErrLoginRequired) {
		t.Errorf("%v, %v; want ErrLoginRequired", results, err)
	}
	if got := w.vault.items["item-1"].State; got != ledger.ItemLoginRequired {
		t.Errorf("state %q, want login_required", got)
	}
	s.on("/accounts/balance/get", answer(200, `{"accounts":[{"account_id":"a","balances":{"current":1,"iso_currency_code":"USD"}},{"name":"no id"}]}`))
	var left *plaidsvc.SkippedError
	results, err = w.Balances(t.Context(), nil, func(p ledger.Progress) { errors.As(p.Err, &left) })
	if err != nil || results[0].Err != nil || results[0].Item.State != ledger.ItemOK || w.vault.items["item-1"] != results[0].Item {
		t.Errorf("then %+v, %v; want a healthy bank", results, err)
	}
	if left == nil || left.Rows != 1 || !errors.Is(results[0].Skipped, left) {
		t.Errorf("an account without an id is reported as %v and in the result as %v", left, results[0].Skipped)
	}
}

// Cached balances are as old as Plaid's last visit to the bank, not as our call.
func TestCachedBalanceIsAsOldAsPlaidSays(t *testing.T) {
	w, s := scripted(t)
	s.on("/transactions/sync", page("", "c1", false))
	s.on("/accounts/get", answer(200, `{"accounts":[
		{"account_id":"cash","type":"depository","balances":{"current":1,"iso_currency_code":"USD"}},
		{"account_id":"stock","type":"investment","balances":{"current":1,"iso_currency_code":"USD"}},
		{"account_id":"one","type":"credit","balances":{"current":1,"iso_currency_code":"USD","last_updated_datetime":"2026-03-14T01:00:00Z"}}]}`))
	s.on("/item/get", answer(200, `{"item":{"item_id":"item-1"},"status":{
		"transactions":{"last_successful_update":"2026-03-15T06:00:00Z"},
		"investments":{"last_successful_update":"2026-03-13T22:00:00Z"}}}`))
	if got := w.syncOne(t); got.Err != nil {
		t.Fatal(got.Err)
	}
	for id, want := range map[ledger.AccountID]string{"cash": "2026-03-15T06:00:00Z", "stock": "2026-03-13T22:00:00Z", "one": "2026-03-14T01:00:00Z"} {
		if got := w.vault.accounts[id].Balance.AsOf.Format(time.RFC3339); got != want {
			t.Errorf("%s as of %s, want %s", id, got, want)
		}
	}
	s.on("/item/get", answer(200, `{"item":{"item_id":"item-1"},"status":{"transactions":{"last_successful_update":"yesterday"}}}`))
	if got := w.syncOne(t); got.Err != nil || !w.vault.accounts["cash"].Balance.AsOf.IsZero() {
		t.Errorf("as of %v, %v; want not known", w.vault.accounts["cash"].Balance.AsOf, got.Err)
	}
}

// One account is asked about, not its neighbours, and what is kept is what is told.
func TestBalanceAsksForOneAccount(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	s.link(t, platypus)
	s.clock.advance(time.Hour)
	var asked ledger.Account
	for _, a := range s.vault.accounts {
		if a.Type == ledger.Depository {
			asked = a
		}
	}
	var phases []ledger.Phase
	got, err := s.Balance(t.Context(), asked, func(p ledger.Progress) { phases = append(phases, p.Phase) })
	if err != nil || got.ID != asked.ID || !got.Balance.Live || !got.Balance.AsOf.Equal(s.clock.Now()) {
		t.Errorf("Balance = %+v, %v; want the live one of %s", got, err, asked.ID)
	}
	for id, a := range s.vault.accounts {
		if a.Balance.Live != (id == asked.ID) || id == asked.ID && a != got {
			t.Errorf("%s is kept as %+v", id, a)
		}
	}
	if want := []ledger.Phase{"waiting", "asking", "saving", "done"}; !slices.Equal(phases, want) {
		t.Errorf("phases %q, want %q", phases, want)
	}
}

func TestBalanceIsNeverThatOfAnotherAccount(t *testing.T) {
	w, s := scripted(t)
	s.on("/accounts/balance/get", answer(200, `{"accounts":[{"account_id":"other","balances":{"current":1,"iso_currency_code":"USD"}}]}`))
	got, err := w.Balance(t.Context(), ledger.Account{ID: "acc-1", Item: "item-1"}, nil)
	if err == nil || got.ID != "" || len(w.vault.accounts) > 0 {
		t.Errorf("Balance = %+v, %v and kept %v; want an error and nothing kept", got, err, w.vault.accounts)
	}
	if options := fmt.Sprint(s.to("/accounts/balance/get")[0].body["options"]); options != "map[account_ids:[acc-1]]" {
		t.Errorf("asked with options %s", options)
	}
	s.on("/accounts/balance/get", plaidError(400, "INVALID_INPUT", "INVALID_ACCOUNT_ID"))
	if _, err = w.Balance(t.Context(), ledger.Account{ID: "acc-1", Item: "item-1"}, nil); err == nil || !strings.Contains(err.Error(), "run coffer sync") {
		t.Errorf("an account that is gone: %v", err)
	}
	if _, err = w.Balance(t.Context(), ledger.Account{ID: "c_cash"}, nil); err == nil {
		t.Error("an account that no bank has was asked about")
	}
}
