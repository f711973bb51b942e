package plaidsvc_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"coffer/ledger"
	"coffer/plaidsvc/plaidsim"
)

var dollars = ledger.ISO("USD")

func usd(cents int64) ledger.Amount { return ledger.NewAmount(cents, dollars) }

// A payer is a scripted world with an account that all is well with: the vault
// remembers a thousand dollars of it.
func payer(t *testing.T) (world, *script, ledger.Account) {
	t.Helper()
	w, s := scripted(t)
	acc := ledger.Account{ID: "a", Item: "item-1", Type: ledger.Depository, Currency: dollars,
		Balance: ledger.Balance{Current: usd(100000), Available: usd(100000), AsOf: w.clock.Now()}}
	w.vault.accounts[acc.ID] = acc
	s.on("/identity/match", scores("100", "null", "null", "null"))
	s.on("/auth/get", answer(200, `{"accounts":[{"account_id":"a"}],"numbers":{"ach":[{"account_id":"a","account":"1","routing":"2"}]}}`))
	s.on("/accounts/balance/get", balance(`"available":100,"current":110,"iso_currency_code":"USD"`))
	return w, s, acc
}

func scores(name, email, phone, address string) http.HandlerFunc {
	return answer(200, fmt.Sprintf(`{"accounts":[{"account_id":"other","legal_name":{"score":1}},{"account_id":"a","legal_name":{"score":%s},
		"email_address":{"score":%s},"phone_number":{"score":%s},"address":%s}]}`, name, email, phone, address))
}

func balance(fields string) http.HandlerFunc {
	return answer(200, `{"accounts":[{"account_id":"other","balances":{"available":999999,"current":999999,"iso_currency_code":"USD"}},
		{"account_id":"a","type":"depository","balances":{`+fields+`}}]}`)
}

func TestVerdicts(t *testing.T) {
	person := ledger.Person{Name: "Ann", Email: "a@example.com", Phone: "+12125550100", Street: "1 Main"}
	for name, tt := range map[string]struct {
		amount    ledger.Amount
		scores    http.HandlerFunc
		balance   string
		ok        bool
		available string
		reasons   []string
	}{
		"fit":                    {amount: usd(2500), ok: true, available: "100.00"},
		"to the cent":            {amount: usd(10000), ok: true, available: "100.00"},
		"a cent too much":        {amount: usd(10001), available: "100.00", reasons: []string{"only 100.00 USD is available, and 100.01"}},
		"overdrawn":              {amount: usd(1), balance: `"available":-5.5,"current":3,"iso_currency_code":"USD"`, available: "-5.50", reasons: []string{"only -5.50"}},
		"available unknown":      {amount: usd(1), balance: `"available":null,"current":110,"iso_currency_code":"USD"`, reasons: []string{"its balance of 110.00 USD may be spoken for"}},
		"nothing known":          {amount: usd(1), balance: `"available":null,"current":null,"iso_currency_code":"USD"`, reasons: []string{"does not say how much is available"}},
		"other currency":         {amount: usd(1), balance: `"available":100,"current":100,"iso_currency_code":"EUR"`, available: "100.00", reasons: []string{"in EUR and the amount in USD"}},
		"no currency":            {amount: usd(1), balance: `"available":100,"current":100,"iso_currency_code":null`, available: "100.00", reasons: []string{"does not say which currency"}},
		"exact where floats err": {amount: usd(7210), balance: `"available":72.1,"current":1e2,"iso_currency_code":"USD"`, ok: true, available: "72.10"},
		"just enough":            {amount: usd(1), scores: scores("70", "70", "70", `{"score":70}`), ok: true, available: "100.00"},
		"name is too far off":    {amount: usd(1), scores: scores("69", "null", "null", "null"), available: "100.00", reasons: []string{"the name is not the one that the bank has: it fits by 69"}},
		"null is no mismatch":    {amount: usd(1), scores: scores("90", "null", "null", "null"), ok: true, available: "100.00"},
		"null is no match":       {amount: usd(1), scores: scores("null", "100", "100", `{"score":100}`), available: "100.00", reasons: []string{"does not say whose name"}},
		"zero is a mismatch":     {amount: usd(1), scores: scores("99", "0", "100", `{"score":null}`), available: "100.00", reasons: []string{"the email address is not"}},
		"several": {amount: usd(20000), scores: scores("1", "2", "3", `{"score":4}`), available: "100.00",
			reasons: []string{"the name", "the email", "the phone", "the postal", "only 100.00"}},
		"score out of range": {amount: usd(1), scores: scores("170", "null", "null", "null"), available: "100.00", reasons: []string{"whose name"}},
		"no amount":          {available: "100.00", reasons: []string{"no amount"}},
	} {
		t.Run(name, func(t *testing.T) {
			w, s, acc := payer(t)
			if tt.scores != nil {
				s.on("/identity/match", tt.scores)
			}
			if tt.balance != "" {
				s.on("/accounts/balance/get", balance(tt.balance))
			}
			v, err := w.Verify(t.Context(), acc, tt.amount, person, nil)
			if err != nil || v.OK != tt.ok || v.Available.String() != tt.available {
				t.Errorf("got %+v, %v; want ok %v and %q available", v, err, tt.ok, tt.available)
			}
			same := len(v.Objections) == len(tt.reasons)
			for i := range tt.reasons {
				same = same && strings.Contains(v.Objections[i].String(), tt.reasons[i])
			}
			if !same {
				t.Errorf("reasons %q, want %q", v.Objections, tt.reasons)
			}
		})
	}
}

// The balance that decides is the bank's of this moment, whatever the last sync
// kept, and it is asked of no other account.
func TestVerdictTakesTheBalanceOfNow(t *testing.T) {
	w, s, acc := payer(t)
	who := ledger.Person{Name: "Ann"}
	for _, now := range []struct {
		available string
		ok        bool
	}{{"49.99", false}, {"50.00", true}, {"0", false}} {
		s.on("/accounts/balance/get", balance(`"available":`+now.available+`,"current":1000,"iso_currency_code":"USD"`))
		var stages []ledger.VerdictStage
		v, err := w.Verify(t.Context(), acc, usd(5000), who, func(s ledger.VerdictStage) { stages = append(stages, s) })
		if err != nil || v.OK != now.ok || !slices.Equal(stages, []ledger.VerdictStage{ledger.VerdictOwner, ledger.VerdictNumbers, ledger.VerdictBalance}) {
			t.Errorf("with %s at the bank, by way of %v: %+v, %v", now.available, stages, v, err)
		}
	}
	for _, path := range []string{"/accounts/balance/get", "/auth/get", "/identity/match"} {
		calls := s.to(path)
		if got := fmt.Sprint(calls[0].body["options"]); len(calls) != 3 || got != "map[account_ids:[a]]" {
			t.Errorf("%d calls of %s, the first with %s; want three, of one account", len(calls), path, got)
		}
	}
	if len(s.to("/accounts/get")) > 0 {
		t.Error("a cached balance was asked for")
	}
	if got := w.vault.accounts["a"].Balance; got != acc.Balance {
		t.Errorf("the vault has %+v now", got)
	}
}

// A balance that the bank itself dates to yesterday is not one of now.
func TestOldBalanceDecidesNothing(t *testing.T) {
	w, s, acc := payer(t)
	s.on("/accounts/balance/get", balance(`"available":100,"current":100,"iso_currency_code":"USD","last_updated_datetime":"2026-03-14T10:00:00Z"`))
	v, err := w.Verify(t.Context(), acc, usd(100), ledger.Person{Name: "Ann"}, nil)
	if err != nil || v.OK || v.Available.Known() || !strings.Contains(fmt.Sprint(v.Objections), "2026-03-14T10:00:00Z") {
		t.Errorf("got %+v, %v", v, err)
	}
}

// Where something cannot be found out, the verdict is no, and the error says
// whether trying again, signing in or allowing helps.
func TestVerdictWithoutAnAnswer(t *testing.T) {
	for _, tt := range []struct {
		path, kind, code string
		want             error
		reason           string
	}{
		{"/identity/match", "INVALID_INPUT", "ADDITIONAL_CONSENT_REQUIRED", ledger.ErrNotAllowed, "--allow identity"},
		{"/auth/get", "INVALID_INPUT", "ADDITIONAL_CONSENT_REQUIRED", ledger.ErrNotAllowed, "--allow auth"},
		{"/auth/get", "ITEM_ERROR", "NO_AUTH_ACCOUNTS", nil, "no account numbers"},
		{"/identity/match", "ITEM_ERROR", "PRODUCTS_NOT_SUPPORTED", nil, "does not tell who"},
		{"/accounts/balance/get", "ITEM_ERROR", "PRODUCTS_NOT_SUPPORTED", nil, "does not tell balances in real time"},
		{"/accounts/balance/get", "ITEM_ERROR", "ITEM_LOGIN_REQUIRED", ledger.ErrLoginRequired, "sign in again"},
		{"/accounts/balance/get", "RATE_LIMIT_EXCEEDED", "BALANCE_LIMIT", ledger.ErrRateLimited, "limiting"},
	} {
		w, s, acc := payer(t)
		s.on(tt.path, plaidError(400, tt.kind, tt.code))
		v, err := w.Verify(t.Context(), acc, usd(100), ledger.Person{Name: "Ann"}, nil)
		if v.OK || len(v.Objections) != 1 || !strings.Contains(v.Objections[0].String(), tt.reason) {
			t.Errorf("%s: %+v, want one reason with %q", tt.code, v, tt.reason)
		}
		if v.Unchecked != (tt.want != nil) {
			t.Errorf("%s: unchecked is %v", tt.code, v.Unchecked)
		}
		if tt.want == nil && err != nil || tt.want != nil && !errors.Is(err, tt.want) {
			t.Errorf("%s: error %v, want %v", tt.code, err, tt.want)
		}
	}
	// What is known to speak against it is not made good by what is not known.
	w, s, acc := payer(t)
	s.on("/auth/get", plaidError(400, "INVALID_INPUT", "ADDITIONAL_CONSENT_REQUIRED"))
	if v, err := w.Verify(t.Context(), acc, usd(10001), ledger.Person{Name: "Ann"}, nil); v.OK || v.Unchecked || err == nil {
		t.Errorf("too much, of an account without numbers: %+v, %v", v, err)
	}
	w, s, acc = payer(t)
	acc.Type = ledger.Credit
	if v, err := w.Verify(t.Context(), acc, usd(100), ledger.Person{Name: "Ann"}, nil); v.OK || err != nil || len(s.calls) > 0 {
		t.Errorf("a card: %+v, %v after %d requests", v, err, len(s.calls))
	}
}

// The same against the simulated banks: their owners may pay, strangers may not,
// and nobody more than there is.
func TestVerifyAtABank(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	s.link(t, platypus)
	acc := s.only(t, "checking")
	owners, err := s.Owners(t.Context(), acc)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range owners {
		who := ledger.Person{Name: o.Names[0], Email: o.Emails[0].Data, Phone: o.Phones[0].Data,
			Street: o.Addresses[0].Street, City: o.Addresses[0].City, Region: o.Addresses[0].Region, PostalCode: o.Addresses[0].PostalCode}
		v, err := s.Verify(t.Context(), acc, usd(1), who, nil)
		if err != nil || !v.OK || *v.Scores.Name != 100 || *v.Scores.Email != 100 || *v.Scores.Phone != 100 || *v.Scores.Address != 100 {
			t.Errorf("%s: %+v, %v", o.Names[0], v, err)
		}
		more, err := v.Available.Add(usd(1))
		if err != nil {
			t.Fatal(err)
		}
		if v, err := s.Verify(t.Context(), acc, more, ledger.Person{Name: o.Names[0]}, nil); err != nil || v.OK || v.Scores.Email != nil {
			t.Errorf("a cent more than available: %+v, %v", v, err)
		}
	}
	if v, err := s.Verify(t.Context(), acc, usd(1), ledger.Person{Name: "Zebulon Quist"}, nil); err != nil || v.OK {
		t.Errorf("a stranger: %+v, %v", v, err)
	}
}
