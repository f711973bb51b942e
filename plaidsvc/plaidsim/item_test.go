package plaidsim_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"
	"coffer/plaidsvc/plaidsim/bank"
)

func TestPublicTokenIsGoodForOneExchange(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	request := fields{"institution_id": "ins_109508", "initial_products": []string{"transactions"}}
	public := w.must("/sandbox/public_token/create", request).text("public_token")
	if !strings.HasPrefix(public, "public-sandbox-") {
		t.Errorf("public_token: got %q, want public-sandbox-…", public)
	}
	answer := w.must("/item/public_token/exchange", fields{"public_token": public})
	if access := answer.text("access_token"); !strings.HasPrefix(access, "access-sandbox-") {
		t.Errorf("access_token: got %q, want access-sandbox-…", access)
	}
	again := w.refused("/item/public_token/exchange", fields{"public_token": public}, "INVALID_PUBLIC_TOKEN")
	if want := "could not find matching public token"; again["error_message"] != want {
		t.Errorf("second exchange: got %q, want %q", again["error_message"], want)
	}
}

func TestPublicTokenExpiresAfterThirtyMinutes(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	request := fields{"institution_id": "ins_109508", "initial_products": []string{"transactions"}}
	early := w.must("/sandbox/public_token/create", request).text("public_token")
	late := w.must("/sandbox/public_token/create", request).text("public_token")
	w.pass(30 * time.Minute)
	w.must("/item/public_token/exchange", fields{"public_token": early})
	w.pass(time.Second)
	answer := w.refused("/item/public_token/exchange", fields{"public_token": late}, "INVALID_PUBLIC_TOKEN")
	if !strings.Contains(answer.text("error_message"), "Public tokens expire 30 minutes after creation") {
		t.Errorf("got message %q", answer["error_message"])
	}
}

func TestExchangeRefusesOtherTokens(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	for token, message := range map[string]string{
		"nonsense":                 "expected format: public-<environment>-<identifier>",
		"access-sandbox-1":         "expected format: public-<environment>-<identifier>",
		"public-production-1":      "wrong Plaid environment",
		"public-sandbox-1":         "could not find matching public token",
		"public-sandbox-1-2-3-4-5": "could not find matching public token",
	} {
		answer := w.refused("/item/public_token/exchange", fields{"public_token": token}, "INVALID_PUBLIC_TOKEN")
		if !strings.Contains(answer.text("error_message"), message) {
			t.Errorf("%s: got message %q, want %q", token, answer["error_message"], message)
		}
	}
}

func TestSandboxRefusesWhatCannotBeLinked(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	type words = []string
	for _, tt := range []struct {
		name     string
		bank     string
		products words
		options  fields
		code     string
	}{
		{"unknown bank", "ins_0", words{"transactions"}, nil, "INVALID_INSTITUTION"},
		{"no products", "ins_109508", words{}, nil, "INVALID_FIELD"},
		{"unknown product", "ins_109508", words{"luck"}, nil, "INVALID_PRODUCT"},
		{"balance is no product of Link", "ins_109508", words{"balance"}, nil, "INVALID_PRODUCT"},
		{"product the bank lacks", "ins_109508", words{"payment_initiation"}, nil, "PRODUCTS_NOT_SUPPORTED"},
		{"unknown user", "ins_109508", words{"transactions"}, fields{"override_username": "nobody"}, "INVALID_CREDENTIALS"},
		{"wrong password", "ins_109508", words{"transactions"}, fields{"override_password": "guess"}, "INVALID_CREDENTIALS"},
		{"password that fails", "ins_109508", words{"transactions"}, fields{"override_password": "error_ITEM_LOCKED"}, "ITEM_LOCKED"},
		{"too much history", "ins_109508", words{"transactions"},
			fields{"transactions": fields{"days_requested": 731}}, "INVALID_FIELD"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			request := fields{"institution_id": tt.bank, "initial_products": tt.products}
			if tt.options != nil {
				request["options"] = tt.options
			}
			w.on(t).refused("/sandbox/public_token/create", request, tt.code)
		})
	}
}

func TestItemShowsWhatItIs(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.link(fields{"webhook": "https://example.com/hook"})
	answer := w.must("/item/get", fields{"access_token": token})
	for name, want := range map[string]any{
		"institution_id": "ins_109508", "webhook": "https://example.com/hook", "error": nil,
		"update_type": "background", "created_at": "2026-03-15T09:00:00Z",
	} {
		if got := answer.at("item", name); got != want {
			t.Errorf("item.%s: got %v, want %v", name, got, want)
		}
	}
	if got := answer.at("item", "billed_products"); !slices.Equal(got.([]any), []any{"transactions"}) {
		t.Errorf("billed_products: got %v, want [transactions]", got)
	}
	if available := answer.at("item", "available_products").([]any); slices.Contains(available, any("transactions")) {
		t.Errorf("available_products: got %v, which overlaps with billed_products", available)
	}
	if id := answer.text("item", "item_id"); len(id) != 37 {
		t.Errorf("item_id: got %q, want 37 letters and digits", id)
	}
}

func TestStatusTellsHowFreshTheItemIs(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.link(nil)
	updated := func() string {
		answer := w.must("/item/get", fields{"access_token": token})
		return answer.text("status", "transactions", "last_successful_update")
	}
	if got, want := updated(), "2026-03-15T09:00:00Z"; got != want {
		t.Errorf("at once: got %q, want %q", got, want)
	}
	w.pass(10 * time.Second)
	if got, want := updated(), "2026-03-15T09:00:10Z"; got != want {
		t.Errorf("after the first update: got %q, want %q", got, want)
	}
	w.pass(10 * 24 * time.Hour)
	if got := updated(); got <= "2026-03-15T09:01:00Z" || got > "2026-03-25T09:00:10Z" {
		t.Errorf("ten days later: got %q, want a moment in between", got)
	}
	w.must("/sandbox/item/reset_login", fields{"access_token": token})
	answer := w.must("/item/get", fields{"access_token": token})
	if got := answer.at("status", "transactions", "last_failed_update"); got == nil {
		t.Errorf("last_failed_update: got null while the login is broken")
	}
}

// A refresh that finds nothing new was a look at the bank all the same.
func TestStatusTellsOfARefresh(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	request := fields{"access_token": w.link(nil)}
	updated := func() any { return w.must("/item/get", request).at("status", "transactions", "last_successful_update") }
	for range 2 { // the second finds no row that is pending still
		before := updated()
		w.must("/transactions/refresh", request)
		if got := updated(); got != before {
			t.Errorf("at once: got %v, want %v until the bank has answered", got, before)
		}
		w.pass(2 * time.Second)
		if got, want := updated(), w.now.Format(time.RFC3339); got != want {
			t.Errorf("then: got %v, want %v", got, want)
		}
		w.pass(time.Minute)
	}
}

// calls are the endpoints that need an Item in order.
func calls() []string {
	return []string{"/accounts/get", "/accounts/balance/get", "/transactions/sync", "/transactions/refresh"}
}

func TestRemovedItemIsGone(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.link(nil)
	// A token for an Item that is removed before its exchange comes from update mode.
	request := linkRequest(fields{"access_token": token})
	delete(request, "products")
	update := w.must("/link/token/create", request).text("link_token")
	public := w.finish(w.signIn(update, "ins_109508", "user_good", "pass_good")).text("public_token")
	if got := slices.Collect(maps.Keys(w.must("/item/remove", fields{"access_token": token}))); len(got) != 1 {
		t.Errorf("got an answer with %v, want request_id alone", got)
	}
	w.refused("/item/public_token/exchange", fields{"public_token": public}, "ITEM_NOT_FOUND")
	for _, endpoint := range append(calls(), "/item/get", "/item/remove", "/sandbox/item/reset_login") {
		if answer := w.refused(endpoint, fields{"access_token": token}, "ITEM_NOT_FOUND"); answer["error_type"] != "ITEM_ERROR" {
			t.Errorf("%s: error_type: got %v, want ITEM_ERROR", endpoint, answer["error_type"])
		}
	}
	if again := w.link(nil); again == token {
		t.Errorf("linked again: got the removed Item's token")
	}
}

func TestResetLoginBreaksTheItemUntilItIsRepaired(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Settled: true})
	token := w.link(nil)
	if got := w.must("/sandbox/item/reset_login", fields{"access_token": token}).at("reset_login"); got != true {
		t.Errorf("reset_login: got %v, want true", got)
	}
	answer := w.must("/item/get", fields{"access_token": token})
	if got := answer.text("item", "error", "error_code"); got != "ITEM_LOGIN_REQUIRED" {
		t.Errorf("item.error: got %v, want ITEM_LOGIN_REQUIRED", answer.at("item", "error"))
	}
	for _, endpoint := range calls() {
		w.refused(endpoint, fields{"access_token": token}, "ITEM_LOGIN_REQUIRED")
	}

	link := w.must("/link/token/create", fields{
		"client_name": "coffer", "language": "en", "country_codes": []string{"US"},
		"user": fields{"client_user_id": "1"}, "access_token": token,
	}).text("link_token")
	w.finish(w.signIn(link, "ins_109508", "user_good", "pass_good"))
	for _, endpoint := range calls() {
		w.must(endpoint, fields{"access_token": token})
	}
	if got := w.must("/item/get", fields{"access_token": token}).at("item", "error"); got != nil {
		t.Errorf("item.error after the repair: got %v, want null", got)
	}
}

func TestProductsNeedConsent(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	link := w.linkToken(fields{"products": []string{"auth"}})
	public := w.finish(w.signIn(link, "ins_109508", "user_good", "pass_good")).text("public_token")
	token := w.must("/item/public_token/exchange", fields{"public_token": public}).text("access_token")
	answer := w.refused("/transactions/sync", fields{"access_token": token}, "ADDITIONAL_CONSENT_REQUIRED")
	if want := "client does not have user consent to access the PRODUCT_TRANSACTIONS product"; answer["error_message"] != want {
		t.Errorf("got message %q, want %q", answer["error_message"], want)
	}
}

func TestProductsNeedABankThatHasThem(t *testing.T) {
	w := newWorld(t, plaidsim.Options{Banks: oneBank{cardsOnly{}}})
	public := w.must("/sandbox/public_token/create", fields{
		"institution_id": "ins_1", "initial_products": []string{"auth"},
	}).text("public_token")
	token := w.must("/item/public_token/exchange", fields{"public_token": public}).text("access_token")
	for _, endpoint := range []string{"/transactions/sync", "/transactions/refresh"} {
		answer := w.refused(endpoint, fields{"access_token": token}, "PRODUCTS_NOT_SUPPORTED")
		if want := `the following products are not supported by this institution: ["transactions"]`; answer["error_message"] != want {
			t.Errorf("%s: got message %q, want %q", endpoint, answer["error_message"], want)
		}
	}
	w.must("/accounts/get", fields{"access_token": token})
	if status := w.must("/item/get", fields{"access_token": token})["status"]; status.(map[string]any)["transactions"] != nil {
		t.Errorf("status: got %v, want no transactions", status)
	}
}

// cardsOnly is a login at a bank without transactions.
type cardsOnly struct{ bank.Login }

func (cardsOnly) Institution() bank.Institution {
	return bank.Institution{ID: "ins_1", Name: "Cards", Countries: []string{"US"}, Products: []string{"auth"}}
}

func (cardsOnly) Accounts() []bank.Account { return nil }

func (cardsOnly) Balances(time.Time) []bank.Balance { return nil }

func TestConsentedProductStartsWithItsFirstCall(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	link := w.linkToken(fields{"products": []string{"auth"}, "additional_consented_products": []string{"transactions"}})
	public := w.finish(w.signIn(link, "ins_109508", "user_good", "pass_good")).text("public_token")
	token := w.must("/item/public_token/exchange", fields{"public_token": public}).text("access_token")
	w.pass(time.Hour)
	if got := w.must("/transactions/sync", fields{"access_token": token})["transactions_update_status"]; got != "NOT_READY" {
		t.Errorf("first sync: got %v, want NOT_READY", got)
	}
	w.pass(time.Minute)
	if got := w.must("/transactions/sync", fields{"access_token": token})["transactions_update_status"]; got != "HISTORICAL_UPDATE_COMPLETE" {
		t.Errorf("a minute later: got %v, want HISTORICAL_UPDATE_COMPLETE", got)
	}
	billed := w.must("/item/get", fields{"access_token": token}).at("item", "billed_products").([]any)
	if !slices.Equal(billed, []any{"auth", "transactions"}) {
		t.Errorf("billed_products: got %v, want auth and transactions", billed)
	}
}
