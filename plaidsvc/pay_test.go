package plaidsvc_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/plaidsvc/plaidsim"
)

const (
	canada = "ins_43"     // Tartan-Dominion Bank of Canada
	royal  = "ins_117650" // Royal Bank of Plaid, in Britain
	chase  = "ins_56"
)

// only returns the account with this subtype.
func (s *simulated) only(t *testing.T, subtype string) ledger.Account {
	t.Helper()
	for _, a := range s.vault.accounts {
		if a.Subtype == subtype {
			return a
		}
	}
	t.Fatalf("there is no %s account", subtype)
	return ledger.Account{}
}

// The numbers are the account's own, of its own country.
func TestNumbersOfEachCountry(t *testing.T) {
	for institution, labels := range map[string]string{
		platypus: "ACH account, ACH routing, Wire routing",
		chase:    "ACH account, ACH routing, Wire routing",
		canada:   "EFT account, EFT institution, EFT branch",
		royal:    "IBAN, BIC, Account, Sort code",
	} {
		s := simulate(t, plaidsim.Options{Settled: true}, func(c *plaidsvc.Config) { c.Countries = []string{"US", "CA", "GB"} })
		s.link(t, institution)
		acc := s.only(t, "checking")
		n, err := s.Numbers(t.Context(), acc)
		if err != nil {
			t.Errorf("%s: %v", institution, err)
			continue
		}
		var got []string
		for _, line := range n.Lines() {
			got = append(got, line.Label)
			own := strings.Contains(strings.ToLower(line.Label), "account")
			if own && !n.Tokenized() && !strings.HasSuffix(line.Digits.Reveal(), acc.Mask) {
				t.Errorf("%s: %s %s does not end in %s", institution, line.Label, line.Digits.Reveal(), acc.Mask)
			}
		}
		if text := strings.Join(got, ", "); text != labels {
			t.Errorf("%s: got %s, want %s", institution, text, labels)
		}
		if n.Tokenized() != (institution == chase) {
			t.Errorf("%s: tokenized %v", institution, n.Tokenized())
		}
		if institution == chase && n.PersistentID == "" {
			t.Errorf("%s: no persistent id", institution)
		}
	}
}

// What an account is paid by is for accounts that have it, and every other kind
// is told so in words.
func TestAccountsWithoutNumbers(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	s.link(t, platypus)
	numbered := 0
	for _, acc := range s.vault.accounts {
		_, err := s.Numbers(t.Context(), acc)
		eligible := slices.Contains([]string{"checking", "savings", "cash management"}, acc.Subtype)
		switch {
		case eligible && err != nil:
			t.Errorf("%s: %v", acc.Label(), err)
		case eligible:
			numbered++
		case err == nil || !strings.Contains(err.Error(), "checking, savings and cash management"):
			t.Errorf("%s (%s): %v, want that it has no numbers", acc.Label(), acc.Subtype, err)
		}
	}
	if numbered == 0 || numbered == len(s.vault.accounts) {
		t.Errorf("%d of %d accounts have numbers; want some of each kind", numbered, len(s.vault.accounts))
	}
}

func TestOwnersAsTheBankHasThem(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	s.link(t, platypus)
	list, err := s.Owners(t.Context(), s.only(t, "checking"))
	if err != nil || len(list) != 2 {
		t.Fatalf("%d owners, %v; want two", len(list), err)
	}
	for _, o := range list {
		if len(o.Names) == 0 || len(o.Emails) != 2 || !o.Emails[0].Primary || o.Emails[1].Primary || o.Phones[0].Kind != "mobile" ||
			o.Addresses[0].Street == "" || !o.Addresses[0].Primary {
			t.Errorf("got %+v", o)
		}
	}
}

// Nulls, values of another kind and other accounts in front cost themselves.
func TestOddAnswersAboutOwnersAndNumbers(t *testing.T) {
	w, s := scripted(t)
	s.on("/identity/get", answer(200, `{"accounts":[{"account_id":"other","owners":[{"names":["Somebody Else"]}]},
		{"account_id":"a","owners":[{"names":["Ann",null,7],"emails":null,"phone_numbers":[{"data":null},{"data":"+1","primary":true,"type":null}],
		"addresses":[{"data":{"street":"1 Main","city":null,"postal_code":12345},"primary":null}]}]}]}`))
	s.on("/auth/get", answer(200, `{"accounts":[{"account_id":"a","persistent_account_id":"p"}],"numbers":{"ach":[
		{"account_id":"other","account":"999","routing":"9"},
		{"account_id":"a","account":"0001","routing":"011","wire_routing":null,"can_transfer_out":null,"is_tokenized_account_number":true}],"eft":null,
		"bacs":[{"account_id":"a","account":31926819,"sort_code":"060103"}]}}`))
	acc := ledger.Account{ID: "a", Item: "item-1", Type: ledger.Depository}
	owners, err := w.Owners(t.Context(), acc)
	want := `[{[Ann 7] [] [{+1  true}] [{1 Main   12345  false}]}]`
	if got := fmt.Sprint(owners); err != nil || got != want {
		t.Errorf("owners %s, %v\nwant   %s", got, err, want)
	}
	n, err := w.Numbers(t.Context(), acc)
	if err != nil || len(n.ACH) != 1 || n.ACH[0].Account.Reveal() != "0001" || n.ACH[0].WireRouting.Known() || n.ACH[0].Out != nil ||
		!n.Tokenized() || n.PersistentID != "p" || len(n.BACS) != 1 || n.BACS[0].Account.Known() || n.BACS[0].SortCode.Reveal() != "060103" {
		t.Errorf("numbers %+v, %v", n, err)
	}
	for _, path := range []string{"/auth/get", "/identity/get"} {
		if got := fmt.Sprint(s.to(path)[0].body["options"]); got != "map[account_ids:[a]]" {
			t.Errorf("%s was asked with %s, want the one account", path, got)
		}
		s.on(path, answer(200, `{"accounts":[{"account_id":"other"}]}`))
	}
	if _, err := w.Owners(t.Context(), acc); !errors.Is(err, ledger.ErrNetwork) {
		t.Errorf("owners of another account: %v", err)
	}
	if _, err := w.Numbers(t.Context(), acc); !errors.Is(err, ledger.ErrNetwork) {
		t.Errorf("numbers of another account: %v", err)
	}
}

// Each refusal says what to do, and only what is the bank's marks the bank.
func TestRefusalsSayWhatToDo(t *testing.T) {
	acc := ledger.Account{ID: "a", Item: "item-1"}
	for code, want := range map[string]struct {
		text  string
		kind  error
		state ledger.ItemState
	}{
		"ADDITIONAL_CONSENT_REQUIRED": {"coffer items repair item-1 --allow auth", ledger.ErrNotAllowed, ledger.ItemOK},
		"ACCESS_NOT_GRANTED":          {"coffer items repair item-1 --allow auth", ledger.ErrNotAllowed, ledger.ItemOK},
		"PRODUCTS_NOT_SUPPORTED":      {"does not tell account numbers through Plaid", nil, ledger.ItemOK},
		"PRODUCT_NOT_ENABLED":         {"https://dashboard.plaid.com", nil, ledger.ItemOK},
		"NO_AUTH_ACCOUNTS":            {"checking, savings and cash management", nil, ledger.ItemOK},
		"INVALID_ACCOUNT_ID":          {"coffer sync", nil, ledger.ItemOK},
		"PRODUCT_NOT_READY":           {"try again in a few minutes", nil, ledger.ItemOK},
		"NO_ACCOUNTS":                 {"coffer items repair item-1", ledger.ErrLoginRequired, ledger.ItemLoginRequired},
		"ITEM_LOGIN_REQUIRED":         {"coffer items repair item-1", ledger.ErrLoginRequired, ledger.ItemLoginRequired},
		"INSTITUTION_DOWN":            {"try again", ledger.ErrBankUnavailable, ledger.ItemUnavailable},
		"AUTH_LIMIT":                  {"for developers", nil, ledger.ItemOK},
	} {
		w, s := scripted(t)
		s.on("/auth/get", plaidError(400, "ITEM_ERROR", code))
		_, err := w.Numbers(t.Context(), acc)
		if err == nil || !strings.Contains(err.Error(), want.text) || !strings.HasPrefix(err.Error(), "First Bank: ") {
			t.Errorf("%s: %v\nwant it to say %q", code, err, want.text)
		}
		if want.kind != nil && !errors.Is(err, want.kind) || errors.Is(err, ledger.ErrNotReady) {
			t.Errorf("%s: %v, want %v", code, err, want.kind)
		}
		if got := w.vault.items["item-1"].State; got != want.state {
			t.Errorf("%s leaves the bank %q, want %q", code, got, want.state)
		}
	}
}

// What was not agreed to when the bank was linked can be agreed to later.
func TestNumbersAreAllowedByRepair(t *testing.T) {
	s, _ := linking(t, plaidsim.Options{Settled: true})
	item, err := s.linkOne(t.Context(), plaidsvc.LinkOptions{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	acc := s.only(t, "checking")
	if _, err := s.Numbers(t.Context(), acc); !errors.Is(err, ledger.ErrNotAllowed) {
		t.Errorf("at first: %v, want ErrNotAllowed", err)
	}
	if _, err := s.linkOne(t.Context(), plaidsvc.LinkOptions{Repair: item.ID, Allow: []string{"auth"}}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Numbers(t.Context(), acc); err != nil {
		t.Errorf("once allowed: %v", err)
	}
	if _, err := s.Owners(t.Context(), acc); !errors.Is(err, ledger.ErrNotAllowed) {
		t.Errorf("what was not allowed: %v, want ErrNotAllowed", err)
	}
}

func TestProcessorTokens(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	s.link(t, platypus)
	acc := s.only(t, "checking")
	for processor, prefix := range map[string]string{"dwolla": "processor-sandbox-", "curinos": "processor-sandbox-", "stripe": "btok_"} {
		token, err := s.ProcessorToken(t.Context(), acc, processor)
		if err != nil || !strings.HasPrefix(token.Reveal(), prefix) {
			t.Errorf("%s: %v, want a token %s...", processor, err, prefix)
		}
	}
	if _, err := s.ProcessorToken(t.Context(), s.only(t, "credit card"), "stripe"); err == nil || !strings.Contains(err.Error(), "no account numbers") {
		t.Errorf("stripe and a card: %v", err)
	}
}

// What is asked for to pay is shown and forgotten: the vault is not written to.
func TestNothingAboutAPaymentIsKept(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	s.link(t, platypus)
	acc := s.only(t, "checking")
	writes, accounts := s.vault.writes, fmt.Sprint(s.vault.accounts)
	_, numbers := s.Numbers(t.Context(), acc)
	_, owners := s.Owners(t.Context(), acc)
	_, verdict := s.Verify(t.Context(), acc, usd(1), ledger.Person{Name: "Ann"}, nil)
	_, token := s.ProcessorToken(t.Context(), acc, "stripe")
	if err := errors.Join(numbers, owners, verdict, token); err != nil {
		t.Fatal(err)
	}
	if s.vault.writes != writes || fmt.Sprint(s.vault.accounts) != accounts {
		t.Errorf("%d writes, and the accounts are %v", s.vault.writes-writes, s.vault.accounts)
	}
}

// A token that may have been made is not made a second time.
func TestProcessorTokenIsAskedForOnce(t *testing.T) {
	w, s := scripted(t)
	s.on("/processor/token/create", plaidError(500, "API_ERROR", "INTERNAL_SERVER_ERROR"))
	acc := ledger.Account{ID: "a", Item: "item-1"}
	if _, err := w.ProcessorToken(t.Context(), acc, "dwolla"); !errors.Is(err, ledger.ErrNetwork) || len(s.to("/processor/token/create")) != 1 {
		t.Errorf("%v after %d requests, want one", err, len(s.to("/processor/token/create")))
	}
	if _, err := w.ProcessorToken(t.Context(), acc, "dwola"); err == nil || len(s.to("/processor/token/create")) != 1 {
		t.Errorf("an unknown processor: %v", err)
	}
}

func TestProcessorNames(t *testing.T) {
	for typed, want := range map[string]string{
		"dwolla": "", "stripe": "", "modern_treasury": "",
		"dwola": "is it dwolla?", "Dwolla": "is it dwolla?", "modern-treasury": "is it modern_treasury?", "Strpe": "is it stripe?",
		"tresury_prime": "is it treasury_prime?", "treasury": "is it treasury_prime?", "bank of nowhere": "it knows achq,", "": "it knows achq,",
	} {
		err := plaidsvc.CheckProcessor(typed)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, want %q", typed, err, want)
		}
	}
}
