package custom_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/custom"

	"github.com/shopspring/decimal"
)

func linked() time.Time { return time.Date(2026, time.March, 15, 9, 0, 0, 0, time.UTC) }

// platypus is the bank of these tests.
func platypus() bank.Institution { return bank.Institutions()[0] }

// login makes a user of a text.
func login(t testing.TB, text string) bank.Login {
	t.Helper()
	u, err := custom.Parse(text)
	if err != nil {
		t.Fatalf("Parse(%s): %v", text, err)
	}
	return u.Login(1, platypus(), linked())
}

// files are the texts of testdata.
func files(t testing.TB) map[string]string {
	t.Helper()
	names, err := filepath.Glob("testdata/*.json")
	if err != nil || len(names) < 10 {
		t.Fatalf("files in testdata: got %v, %v", names, err)
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

// What is wrong is refused, and the reason says where it is.
func TestRefusals(t *testing.T) {
	account := func(fields string) string { return `{"override_accounts":[{"type":"depository",` + fields + `}]}` }
	for _, tt := range []struct{ text, want string }{
		{``, "unexpected end of JSON input"},
		{`[]`, "cannot be a array"},
		{`{"override_accounts":{}}`, "override_accounts cannot be a object"},
		{`{"version":"3"}`, "version"},
		{`{"recaptcha":"ugly"}`, "recaptcha"},
		{`{"force_error":"NO_SUCH"}`, "force_error"},
		{`{"mfa":{"type":"fingerprint"}}`, "mfa.type"},
		{`{"mfa":{"type":"questions","question_rounds":1}}`, "mfa.questions_per_round is missing"},
		{`{"mfa":{"type":"selections","selection_rounds":99}}`, "mfa.selection_rounds"},
		{`{"override_accounts":[{"type":"piggy bank"}]}`, "override_accounts[0].type"},
		{account(`"subtype":"401k"`), "override_accounts[0].subtype"},
		{account(`"currency":"dollars"`), "override_accounts[0].currency"},
		{account(`"starting_balance":1e99`), "is not a number"},
		{account(`"starting_balance":"much"`), "is not a number"},
		{account(`"meta":{"mask":"12345"}`), "meta.mask"},
		{account(`"holder_category":"martian"`), "holder_category"},
		{account(`"numbers":{"eft_branch":"1"}`), "numbers: eft_institution"},
		{account(`"numbers":{"international_bic":"1"}`), "numbers: international_bic"},
		{account(`"transactions":[{"date_posted":"2026-02-30"}]`), "is not a date"},
		{account(`"transactions":[{"amount":1,"currency":"$"}]`), "transactions[0].currency"},
		{account(`"inflow_model":{"type":"monthly-income","payment_day_of_month":29}`), "is not a day of the month"},
		{account(`"inflow_model":{"type":"monthly-income","payment_day_of_month":1,"transaction_name":"Pay"}`), "income_amount is missing"},
		{account(`"inflow_model":{"type":"monthly-balance-payment","statement_day_of_month":"last","payment_day_of_month":1,"transaction_name":"Pay"}`), "is for credit and loan"},
		{account(`"inflow_model":{"type":"weekly"}`), "inflow_model.type"},
		{account(`"liability":{"type":"credit"}`), "liability.type"},
		{account(`"holdings":[{"quantity":1,"security":{"name":"x"}}]`), "holdings[0].security"},
		{account(`"investment_transactions":[{"type":"buy","quantity":-1,"date":"2026-01-01"}]`), "investment_transactions[0].quantity"},
		{account(`"investment_transactions":[{"type":"gift"}]`), "investment_transactions[0].type"},
		{`{"override_accounts":[` + strings.Repeat(`{},`, 10) + `{}]}`, "at most 10"},
	} {
		_, err := custom.Parse(tt.text)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("Parse(%s): got error %v, want one with %q", tt.text, err, tt.want)
		}
	}
}

// Nobody knows what is in a file: it is read or refused, and what is read can be
// asked everything.
func FuzzParse(f *testing.F) {
	for _, text := range files(f) {
		f.Add(text)
	}
	f.Add(`{"seed":"x","override_accounts":[{"type":"loan","subtype":"mortgage","inflow_model":{"type":"monthly-interest-only-payment","statement_day_of_month":"last","payment_day_of_month":"last","transaction_name":"Pay"}}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		u, err := custom.Parse(text)
		if err != nil {
			return
		}
		l := u.Login(1, platypus(), linked())
		until := linked().AddDate(0, 3, 0)
		l.Events(linked(), until)
		l.Balances(until)
		l.(bank.Invested).Holdings(until)
		l.(bank.Invested).Trades(linked().AddDate(-2, 0, 0), until)
		l.(bank.Indebted).Liabilities(until)
		for _, a := range l.Accounts() {
			if len(l.(bank.Owned).Owners(a.ID)) == 0 || a.ID == "" || a.Name == "" {
				t.Errorf("account %+v has no owner, id or name", a)
			}
		}
	})
}

// posted sums what was posted on an account between two moments.
func posted(l bank.Login, account string, from, until time.Time) decimal.Decimal {
	sum := decimal.Zero
	for _, e := range l.Events(from, until) {
		if t := e.Transaction; t.AccountID == account && e.Op == bank.Added && !t.Pending {
			sum = sum.Add(t.Amount)
		}
	}
	return sum
}

// Whatever the text, a balance moves by what is posted.
func TestBalancesFollowTheRows(t *testing.T) {
	texts := files(t)
	texts["card that is paid"] = `{"override_accounts":[{"type":"credit","subtype":"credit card","starting_balance":500,"transactions":[` +
		`{"date_transacted":"2026-03-14","date_posted":"2026-03-18","amount":40,"description":"Shoes"}],` +
		`"inflow_model":{"type":"monthly-balance-payment","statement_day_of_month":20,"payment_day_of_month":"last","transaction_name":"THANK YOU"}}]}`
	for name, text := range texts {
		l := login(t, text)
		for _, days := range []int{1, 10, 45, 100} {
			until := linked().AddDate(0, 0, days)
			before, after := l.Balances(linked()), l.Balances(until)
			for i, a := range l.Accounts() {
				out := posted(l, a.ID, linked(), until)
				want := before[i].Current.Sub(out)
				if a.Type == "credit" || a.Type == "loan" {
					want = before[i].Current.Add(out)
				}
				if a.Type != "investment" && !after[i].Current.Equal(want) {
					t.Errorf("%s: %s after %d days: got %s, want %s", name, a.Name, days, after[i].Current, want)
				}
			}
		}
	}
}

// A card of 500 with 40 to come is paid 540 and a month's interest.
func TestBalancePaymentPaysTheStatement(t *testing.T) {
	l := login(t, `{"override_accounts":[{"type":"credit","subtype":"credit card","starting_balance":500,"transactions":[`+
		`{"date_transacted":"2026-03-14","date_posted":"2026-03-18","amount":40,"description":"Shoes"}],"liability":{"type":"credit","purchase_apr":12},`+
		`"inflow_model":{"type":"monthly-balance-payment","statement_day_of_month":"20","payment_day_of_month":28,"transaction_name":"THANK YOU"}}]}`)
	var got []string
	for _, e := range l.Events(linked(), linked().AddDate(0, 0, 20)) {
		if !e.Transaction.Pending {
			got = append(got, e.Transaction.Date+" "+e.Transaction.Name+" "+e.Transaction.Amount.String())
		}
	}
	want := "2026-03-18 Shoes 40, 2026-03-20 INTEREST CHARGE 5.4, 2026-03-28 THANK YOU -545.4"
	if strings.Join(got, ", ") != want {
		t.Errorf("rows: got %s, want %s", strings.Join(got, ", "), want)
	}
}

// Nothing is too small a rate to be divided by, and nothing too large a term.
func TestLoansAtTheEdge(t *testing.T) {
	for _, terms := range []string{
		`"nominal_apr":1e-19`, `"nominal_apr":0`, `"nominal_apr":1000`,
		`"nominal_apr":1000,"interest_capitalization_grace_period_months":0,"repayment_model":{"type":"standard","non_repayment_months":1199,"repayment_months":1}`,
	} {
		l := login(t, `{"override_accounts":[{"type":"loan","subtype":"student","liability":{"type":"student","principal":100,"origination_date":"1930-01-01",`+terms+`}}]}`)
		if got := l.Balances(linked().AddDate(10, 0, 0))[0].Current; !got.IsZero() {
			t.Errorf("%s: got %s owed after all, want 0", terms, got)
		}
	}
}

// A loan is paid off to nothing, by equal payments but for the last.
func TestStudentLoanIsPaidOff(t *testing.T) {
	l := login(t, files(t)["liabilities_student_loan.json"])
	during, after := l.(bank.Indebted).Liabilities(linked()).Students[0], linked().AddDate(20, 0, 0)
	if got := during.LastPayment; got == nil || !got.Equal(*during.MinimumPayment) {
		t.Errorf("last payment: got %v, want the minimum payment %v", got, during.MinimumPayment)
	}
	if got := l.Balances(after)[0].Current; !got.IsZero() {
		t.Errorf("owed after twenty years: got %s, want 0", got)
	}
	if got := l.Balances(linked())[0].Current; !got.IsPositive() || got.GreaterThan(decimal.NewFromInt(45_123)) {
		t.Errorf("owed in repayment: got %s, want less than the principal", got)
	}
}
