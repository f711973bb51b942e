package plaidsim_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/internal/ordeal"
	"coffer/plaidsvc/plaidsim"

	"github.com/shopspring/decimal"
)

// customFiles are configurations of user_custom of the kinds that Plaid
// publishes.
func customFiles(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob("custom/testdata/*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("configurations: got %v, %v", names, err)
	}
	texts := make(map[string]string)
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[filepath.Base(name)] = string(text)
	}
	return texts
}

// linkCustom links a user of a configuration, with all history.
func (w *world) linkCustom(text string) string {
	w.Helper()
	token := w.link(fields{"override_username": "user_custom", "override_password": text, "transactions": fields{"days_requested": 730}})
	w.pass(2 * time.Minute)
	return token
}

// same compares what a text says with what an answer has, number by value. Of
// objects, only what the text says is compared.
func same(said, got any) bool {
	switch said := said.(type) {
	case nil:
		return true
	case json.Number:
		n, ok := got.(json.Number)
		return ok && decimal.RequireFromString(string(n)).Equal(decimal.RequireFromString(string(said)))
	case map[string]any:
		object, _ := got.(map[string]any)
		for name, v := range said {
			if !same(v, object[name]) {
				return false
			}
		}
		return true
	case []any:
		list, _ := got.([]any)
		return slices.EqualFunc(slices.DeleteFunc(said, func(v any) bool { return v == nil }), list, same)
	default:
		return said == got
	}
}

// A kept is a part of a configuration and where it has to come out again.
type kept struct{ said, got any }

// TestCustomUsersComeOutAsTheyWentIn links each configuration and looks for all
// that it says.
func TestCustomUsersComeOutAsTheyWentIn(t *testing.T) {
	ordeal.Alone(t)
	for name, text := range customFiles(t) {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, plaidsim.Options{})
			token := w.linkCustom(text)
			var said struct {
				Accounts []map[string]any `json:"override_accounts"`
				Rolled   bool             `json:"roll_dates_forward"`
			}
			decodeInto(t, text, &said)
			said.Accounts = slices.DeleteFunc(said.Accounts, func(a map[string]any) bool { return a["type"] == "payroll" })
			accounts := w.must("/accounts/balance/get", fields{"access_token": token}).list("accounts")
			if len(said.Accounts) > 0 && len(accounts) != len(said.Accounts) {
				t.Fatalf("accounts: got %d, want %d", len(accounts), len(said.Accounts))
			}
			for i, a := range said.Accounts {
				w.on(t).keepsAccount(a, accounts[i])
				w.on(t).keepsRows(token, a, accounts[i].text("account_id"), said.Rolled)
			}
		})
	}
}

func decodeInto(t testing.TB, text string, into any) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		t.Fatal(err)
	}
}

// keepsAccount holds an account against what its configuration says.
func (w *world) keepsAccount(said fields, got fields) {
	w.Helper()
	for name, k := range map[string]kept{
		"type":                    {said["type"], got["type"]},
		"subtype":                 {said["subtype"], got["subtype"]},
		"starting_balance":        {said["starting_balance"], got.at("balances", "current")},
		"force_available_balance": {said["force_available_balance"], got.at("balances", "available")},
		"currency":                {said["currency"], got.at("balances", "iso_currency_code")},
		"meta.limit":              {said.at("meta", "limit"), got.at("balances", "limit")},
		"meta.mask":               {said.at("meta", "mask"), got["mask"]},
		"meta.name":               {said.at("meta", "name"), got["name"]},
		"meta.official_name":      {said.at("meta", "official_name"), got["official_name"]},
		"holder_category":         {said["holder_category"], got["holder_category"]},
	} {
		if !same(k.said, k.got) {
			w.Errorf("%s: got %v, want %v", name, k.got, k.said)
		}
	}
}

// keepsRows holds the transactions of an account against its configuration. It
// may have more, by an inflow model.
func (w *world) keepsRows(token string, said fields, account string, rolled bool) {
	w.Helper()
	have := make(map[string]int)
	for _, page := range w.pages(token, "", 500) {
		for _, r := range page.list("added") {
			if r["account_id"] == account {
				have[rowText(r, "date", "authorized_date", "name", rolled)]++
			}
		}
	}
	for _, r := range said.list("transactions") {
		if r["amount"] == nil {
			continue
		}
		if text := rowText(r, "date_posted", "date_transacted", "description", rolled); have[text] == 0 {
			w.Errorf("row %s: it is not among %v", text, slices.Sorted(maps.Keys(have)))
		}
	}
}

func rowText(r fields, posted, made, name string, rolled bool) string {
	text := fmt.Sprint(r["amount"], " ", r[name])
	if !rolled {
		text += fmt.Sprint(" ", r[posted], " ", r[made])
	}
	return text
}

// Dates that roll forward end on the day the user is linked.
func TestDatesRollForward(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.linkCustom(customFiles(t)["liabilities_credit_card.json"])
	var dates []string
	for _, r := range w.pages(token, "", 500)[0].list("added") {
		dates = append(dates, r.text("date"))
	}
	slices.Sort(dates)
	if want := []string{"2026-03-07", "2026-03-15"}; !slices.Equal(dates, want) {
		t.Errorf("dates: got %v, want %v", dates, want)
	}
}

// Each product has what the configuration says of it.
func TestCustomProducts(t *testing.T) {
	texts := customFiles(t)
	for _, tt := range []struct {
		file, endpoint string
		path           []any
		want           string
	}{
		{"auth_us_business.json", "/auth/get", []any{"numbers", "ach"}, `[{"account":"9900112233445566","routing":"011401533"}]`},
		{"auth_canada.json", "/auth/get", []any{"numbers", "eft"}, `[{"account":"771122334455","institution":"911","branch":"01533"}]`},
		{"auth_ireland.json", "/auth/get", []any{"numbers", "international"}, `[{"iban":"IE29AIBK93115212345678","bic":"PLTYIE2D"}]`},
		{"auth_uk.json", "/auth/get", []any{"numbers", "bacs"}, `[{"account":"55667788","sort_code":"203405"}]`},
		{"auth_us_business.json", "/identity/get", []any{"accounts", 0, "owners"}, said(t, texts["auth_us_business.json"])},
		{"identity_joint.json", "/identity/get", []any{"accounts", 0, "owners"}, said(t, texts["identity_joint.json"])},
		{"liabilities_credit_card.json", "/liabilities/get", []any{"liabilities", "credit"}, `[{"is_overdue":true,"last_payment_amount":250,
			"minimum_payment_amount":35,"aprs":[{"apr_type":"purchase_apr","apr_percentage":16.99},{"apr_type":"balance_transfer_apr","apr_percentage":18.99},
			{"apr_type":"cash_apr","apr_percentage":24.99},{"apr_type":"special","apr_percentage":0}]}]`},
		{"liabilities_student_loan.json", "/liabilities/get", []any{"liabilities", "student"}, `[{"origination_date":"2022-01-01",
			"origination_principal_amount":45123,"interest_rate_percentage":4.23,"guarantor":"DEPT OF ED","loan_name":"First Degree",
			"loan_status":{"type":"repayment","end_date":"2033-01-01"},"sequence_number":"3","repayment_plan":{"type":"graduated","description":"Graduated Repayment"},
			"pslf_status":{"estimated_eligibility_date":"2032-01-01","payments_made":20,"payments_remaining":100},
			"servicer_address":{"street":"9 Loan Ave","city":"Albany","region":"NY","postal_code":"12201","country":"US"}}]`},
	} {
		t.Run(tt.file+" "+tt.endpoint, func(t *testing.T) {
			w := newWorld(t, plaidsim.Options{})
			answer := w.must(tt.endpoint, fields{"access_token": w.linkCustom(texts[tt.file])})
			var want any
			decodeInto(t, tt.want, &want)
			if got := answer.at(tt.path...); !same(want, got) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}

// said is the identity of the first account of a configuration, as a list of
// owners.
func said(t *testing.T, text string) string {
	t.Helper()
	var f fields
	decodeInto(t, text, &f)
	owner, err := json.Marshal([]any{f.at("override_accounts", 0, "identity")})
	if err != nil {
		t.Fatal(err)
	}
	return string(owner)
}

// A transaction that posts in the future is pending until it does, and its
// successor names it.
func TestCustomTransactionsPostOnTheirDay(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.linkCustom(`{"override_accounts":[{"type":"depository","subtype":"checking","starting_balance":100,"transactions":[
		{"date_transacted":"2026-03-14","date_posted":"2026-03-17","amount":30,"description":"Shoes"}]}]}`)
	balance := func() string {
		b := w.must("/accounts/balance/get", fields{"access_token": token}).at("accounts", 0, "balances")
		return fmt.Sprint(b.(map[string]any)["current"], " ", b.(map[string]any)["available"])
	}
	pages := w.pages(token, "", 500)
	waiting := pages[0].list("added")[0]
	if waiting["pending"] != true || waiting["date"] != "2026-03-14" || balance() != "100 70" {
		t.Errorf("before its day: got %v and the balance %s, want a pending row of 2026-03-14 and 100 70", waiting, balance())
	}
	w.pass(72 * time.Hour)
	after := w.pages(token, pages[0].text("next_cursor"), 500)[0]
	posted := after.list("added")[0]
	if posted["pending_transaction_id"] != waiting["transaction_id"] || posted["date"] != "2026-03-17" || balance() != "70 70" {
		t.Errorf("after its day: got %v and the balance %s, want the row posted on 2026-03-17 and 70 70", posted, balance())
	}
	if got := after.list("removed"); len(got) != 1 || got[0]["transaction_id"] != waiting["transaction_id"] {
		t.Errorf("after its day: got removed %v, want the pending row", got)
	}
}

// A monthly income recurs, as far as /transactions/recurring/get can see.
func TestCustomIncomeRecurs(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.linkCustom(customFiles(t)["income_inflow.json"])
	for _, s := range w.must("/transactions/recurring/get", fields{"access_token": token}).list("inflow_streams") {
		if s["description"] == "DIRECT DEPOSIT FOXGLOVE" && s["frequency"] == "MONTHLY" && fmt.Sprint(s.at("average_amount", "amount")) == "-5125.25" {
			return
		}
	}
	t.Error("no monthly inflow stream of 5125.25")
}

// Through Link a custom user is asked what the configuration says, and the same
// configuration is the same user for update mode, another one is not.
func TestCustomUserInLink(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	config := `{"mfa":{"type":"questions","question_rounds":1,"questions_per_round":2},"override_accounts":[{"type":"depository","subtype":"savings","starting_balance":5}]}`
	sign := func(link string, config string) (fields, fields) {
		session := with(w.start(link), fields{"institution_id": "ins_109508"})
		return session, w.must("/link/session/credentials", with(session, fields{"username": "user_custom", "password": config}))
	}
	session, asked := sign(w.linkToken(nil), config)
	if n := len(asked.list("mfa", "questions")); n != 2 {
		t.Fatalf("asked: got %v, want two questions", asked)
	}
	welcome := w.must("/link/session/mfa", with(session, fields{"answers": []string{"answer_0_0", "answer_0_1"}}))
	done := w.must("/link/session/finish", with(session, fields{"account_ids": []string{welcome.list("accounts")[0].text("id")}}))
	token := w.must("/item/public_token/exchange", fields{"public_token": done["public_token"]}).text("access_token")

	update := with(w.start(w.updateToken(token, nil)), fields{"institution_id": "ins_109508", "username": "user_custom"})
	w.refused("/link/session/credentials", with(update, fields{"password": `{}`}), "INVALID_CREDENTIALS")
	w.must("/link/session/credentials", with(update, fields{"password": config}))
}

// What a configuration asks to go wrong goes wrong, through Link and without.
func TestCustomUsersThatFail(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	for config, code := range map[string]string{
		`{"force_error":"ITEM_LOCKED"}`:            "ITEM_LOCKED",
		`{"force_error":"PLAID_ERROR"}`:            "PLAID_ERROR",
		`{"recaptcha":"bad"}`:                      "RECAPTCHA_BAD",
		`not JSON`:                                 "INVALID_CREDENTIALS",
		`{"override_accounts":[{"type":"chest"}]}`: "INVALID_CREDENTIALS",
	} {
		_, answer := w.ask("/sandbox/public_token/create", fields{
			"institution_id": "ins_109508", "initial_products": []string{"transactions"},
			"options": fields{"override_username": "user_custom", "override_password": config},
		})
		if answer["error_code"] != code {
			t.Errorf("%s: got %v, want %s", config, answer, code)
		}
	}
	session := with(w.start(w.linkToken(nil)), fields{"institution_id": "ins_109508"})
	asked := w.must("/link/session/credentials", with(session, fields{"username": "user_custom", "password": `{"recaptcha":"bad"}`}))
	choice := asked.at("mfa", "questions", 0, "choices", 0)
	w.refused("/link/session/mfa", with(session, fields{"answers": []any{choice}}), "RECAPTCHA_BAD")
}

// Two Items of one configuration are two views of one customer.
func TestCustomUserLinkedTwice(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	config := `{"override_accounts":[{"type":"depository"}]}`
	first, second := w.linkCustom(config), w.linkCustom(config)
	names := func(token string) (ids, rows []string) {
		for _, page := range w.pages(token, "", 500) {
			for _, r := range page.list("added") {
				ids = append(ids, r.text("transaction_id"))
				rows = append(rows, fmt.Sprint(r["date"], r["name"], r["amount"]))
			}
		}
		return ids, rows
	}
	idsA, rowsA := names(first)
	idsB, rowsB := names(second)
	if len(rowsA) < 100 || !slices.Equal(rowsA, rowsB) || idsA[0] == idsB[0] {
		t.Errorf("got %d and %d rows, the first ids %s and %s; want the same many rows under other ids", len(rowsA), len(rowsB), idsA[0], idsB[0])
	}
}

// At a bank with OAuth, Link knows no special users; the Sandbox does.
func TestCustomUserAtOAuthBank(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	config := `{"override_accounts":[{"type":"depository","meta":{"name":"Mine"}}]}`
	request := w.signIn(w.linkToken(nil), "ins_127287", "user_custom", config)
	token := w.must("/item/public_token/exchange", fields{"public_token": w.finish(request)["public_token"]}).text("access_token")
	if got := w.must("/accounts/get", fields{"access_token": token}).list("accounts"); got[0]["name"] == "Mine" {
		t.Errorf("in Link: got %v, want the accounts of everybody", got)
	}
	public := w.must("/sandbox/public_token/create", fields{
		"institution_id": "ins_127287", "initial_products": []string{"transactions"},
		"options": fields{"override_username": "user_custom", "override_password": config},
	}).text("public_token")
	token = w.must("/item/public_token/exchange", fields{"public_token": public}).text("access_token")
	if got := w.must("/accounts/get", fields{"access_token": token}).list("accounts"); len(got) != 1 || got[0]["name"] != "Mine" {
		t.Errorf("without Link: got %v, want the configuration's account", got)
	}
	w.must("/sandbox/item/reset_login", fields{"access_token": token})
	w.finish(w.signIn(w.updateToken(token, nil), "ins_127287", "", ""))
	if got := w.must("/accounts/get", fields{"access_token": token}).list("accounts"); len(got) != 1 || got[0]["name"] != "Mine" {
		t.Errorf("after update mode: got %v, want the configuration's account still", got)
	}
}
