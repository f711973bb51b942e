package plaidsim_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/internal/ordeal"
	"coffer/plaidsvc/plaidsim"

	"github.com/shopspring/decimal"
)

// specialUsers are those of the Sandbox, with the password Plaid documents.
var specialUsers = map[string]string{
	"user_transactions_dynamic":     "anything",
	"user_ewa_user":                 "anything",
	"user_yuppie":                   "anything",
	"user_small_business":           "anything",
	"user_bank_income":              "{}",
	"user_credit_profile_excellent": "anything",
	"user_credit_profile_good":      "anything",
	"user_credit_profile_poor":      "anything",
	"user_credit_bonus":             "anything",
	"user_credit_joint_account":     "anything",
}

// as links a user, with all history.
func (w *world) as(user, password string) string {
	w.Helper()
	token := w.link(fields{"override_username": user, "override_password": password, "transactions": fields{"days_requested": 730}})
	w.pass(2 * time.Minute)
	return token
}

// Every special user has rows, people and balances, no two of them the same.
func TestSpecialUsersAreSomebody(t *testing.T) {
	ordeal.Alone(t)
	w := newWorld(t, plaidsim.Options{})
	seen := make(map[string]string)
	for user, password := range specialUsers {
		token := w.as(user, password)
		rows := len(held(w.pages(token, "", 500)))
		if rows < 40 {
			t.Errorf("%s: got %d rows, want a history", user, rows)
		}
		who := fmt.Sprint(w.must("/accounts/balance/get", fields{"access_token": token}).at("accounts"), rows)
		if other, same := seen[who]; same {
			t.Errorf("%s and %s have the same accounts", user, other)
		}
		seen[who] = user
		owners := w.must("/identity/get", fields{"access_token": token}).list("accounts", 0, "owners")
		if want := 1 + strings.Count(user, "joint"); len(owners) != want {
			t.Errorf("%s: got %d owners, want %d", user, len(owners), want)
		}
	}
	w.refused("/sandbox/public_token/create", with(sandboxRequest(), fields{
		"options": fields{"override_username": "user_yuppie", "override_password": ""},
	}), "INVALID_CREDENTIALS")
}

// In Link too, but not at a bank with OAuth.
func TestSpecialUsersInLink(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	for institution, want := range map[string]bool{"ins_109508": true, "ins_127287": false} {
		link := w.linkToken(fields{"products": []string{"identity"}})
		public := w.finish(w.signIn(link, institution, "user_credit_joint_account", "x")).text("public_token")
		token := w.must("/item/public_token/exchange", fields{"public_token": public}).text("access_token")
		joint := len(w.must("/identity/get", fields{"access_token": token}).list("accounts", 0, "owners")) == 2
		if joint != want {
			t.Errorf("at %s: got joint accounts %v, want %v", institution, joint, want)
		}
	}
}

// A password of error_ and a code that there is not is a wrong one.
func TestPasswordWithAnUnknownError(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	w.refused("/sandbox/public_token/create", with(sandboxRequest(), fields{
		"options": fields{"override_password": "error_ITEM_LOKED"},
	}), "INVALID_CREDENTIALS")
}

// A password of error_ and a code, in either case, fails with it; the user may
// be anybody.
func TestErrorPasswords(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	for _, code := range strings.Fields("INVALID_CREDENTIALS INVALID_MFA INVALID_SEND_METHOD ITEM_LOCKED ITEM_NOT_SUPPORTED MFA_NOT_SUPPORTED NO_ACCOUNTS " +
		"USER_SETUP_REQUIRED USER_INPUT_TIMEOUT PASSWORD_RESET_REQUIRED INSUFFICIENT_CREDENTIALS INSTITUTION_DOWN INSTITUTION_NOT_RESPONDING " +
		"INSTITUTION_NOT_AVAILABLE INSTITUTION_NO_LONGER_SUPPORTED INSTITUTION_REGISTRATION_REQUIRED UNSUPPORTED_RESPONSE") {
		for user, password := range map[string]string{"user_good": "error_" + code, "user_yuppie": "error_" + strings.ToLower(code)} {
			session := with(w.start(w.linkToken(nil)), fields{"institution_id": "ins_109508", "username": user, "password": password})
			w.refused("/link/session/credentials", session, code)
		}
	}
}

// A refresh posts what is pending, brings news and raises one amount by a
// dollar; the balances agree with the rows before and after.
func TestDynamicUserChangesOnRefresh(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	token := w.as("user_transactions_dynamic", "x")
	ids := w.accountIDs(token)
	if len(ids["depository"]) != 1 || len(ids["credit"]) != 1 {
		t.Fatalf("accounts: got %v, want one of depository and one of credit", ids)
	}
	before := w.openings(token)
	cursor, amounts, waiting := w.heldAmounts(token)
	if len(amounts) < 42 || len(amounts) > 75 || len(waiting) < 2 {
		t.Errorf("at first: got %d rows, %d of them pending, want about 50 and some", len(amounts), len(waiting))
	}
	w.must("/transactions/refresh", fields{"access_token": token})
	w.pass(2 * time.Second)
	page := w.pages(token, cursor, 500)[0]
	var raised, news, successors int
	for _, r := range page.list("modified") {
		if was, known := amounts[r.text("transaction_id")]; known && exact(t, r["amount"]).Sub(was).Equal(decimal.NewFromInt(1)) {
			raised++
		}
	}
	for _, r := range page.list("added") {
		if r["pending"] == true {
			news++
		} else if slices.Contains(waiting, r.text("pending_transaction_id")) {
			successors++
		}
	}
	if raised != 1 || news != 3 || successors != len(waiting) || len(page.list("removed")) != len(waiting) {
		t.Errorf("a refresh with %d pending rows: got %d raised, %d new, %d posted, %d removed; want 1, 3, all and all",
			len(waiting), raised, news, successors, len(page.list("removed")))
	}
	if after := w.openings(token); !slices.Equal(before, after) {
		t.Errorf("opening balances, from the rows: got %v after the refresh, %v before", after, before)
	}
}

// heldAmounts are the rows of an Item: a cursor after them, their amounts, and
// those that are pending.
func (w *world) heldAmounts(token string) (cursor string, amounts map[string]decimal.Decimal, pending []string) {
	w.Helper()
	amounts = make(map[string]decimal.Decimal)
	for _, page := range w.pages(token, "", 500) {
		for _, r := range page.list("added") {
			amounts[r.text("transaction_id")] = exact(w, r["amount"])
			if r["pending"] == true {
				pending = append(pending, r.text("transaction_id"))
			}
		}
		cursor = page.text("next_cursor")
	}
	return cursor, amounts, pending
}

// openings are what the accounts held before the first row, reckoned back from
// current and from available balances.
func (w *world) openings(token string) []string {
	w.Helper()
	posted, pending := w.sums(token)
	var out []string
	for _, a := range w.must("/accounts/balance/get", fields{"access_token": token}).list("accounts") {
		id := a.text("account_id")
		out = append(out, fmt.Sprint(a["type"]))
		current, available := exact(w, a.at("balances", "current")), exact(w, a.at("balances", "available"))
		if a["type"] == "credit" {
			out = append(out, current.Sub(posted[id]).String(), available.Add(posted[id]).Add(pending[id]).String())
			continue
		}
		out = append(out, current.Add(posted[id]).String(), available.Add(posted[id]).Add(pending[id]).String())
	}
	return out
}

// On request user_good has the nine accounts of Plaid's documentation.
func TestDocumentedUser(t *testing.T) {
	w := newWorld(t, plaidsim.Options{DocumentedUser: true})
	token := w.as("user_good", "pass_good")
	var got []string
	for _, a := range w.must("/accounts/balance/get", fields{"access_token": token}).list("accounts") {
		got = append(got, fmt.Sprint(a["name"], " ", a["mask"], " ", a.at("balances", "available"), "/", a.at("balances", "current"), "/", a.at("balances", "limit")))
	}
	want := []string{
		"Plaid Checking 0000 100/110/<nil>", "Plaid Saving 1111 200/210/<nil>", "Plaid CD 2222 <nil>/1000/<nil>",
		"Plaid Credit Card 3333 <nil>/410/2000", "Plaid Money Market 4444 43200/43200/<nil>", "Plaid IRA 5555 <nil>/320.76/<nil>",
		"Plaid 401k 6666 <nil>/23631.9805/<nil>", "Plaid Student Loan 7777 <nil>/65262/<nil>", "Plaid Mortgage 8888 <nil>/56302.06/<nil>",
	}
	if !slices.Equal(got, want) {
		t.Errorf("accounts: got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
