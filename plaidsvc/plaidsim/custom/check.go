package custom

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"coffer/plaidsvc/plaidsim/persona"

	"github.com/shopspring/decimal"
)

// mostAccounts is Plaid's limit for a custom user.
const mostAccounts = 10

// check refuses what Plaid documents as invalid.
func (s *schema) check() error {
	if s.Version != "" && s.Version != "1" && s.Version != "2" {
		return fmt.Errorf("version: %q is neither 1 nor 2", s.Version)
	}
	if !slices.Contains([]string{"", "good", "bad"}, s.Recaptcha) {
		return fmt.Errorf("recaptcha: %q is neither good nor bad", s.Recaptcha)
	}
	if s.ForceError != "" && !slices.Contains(forcible(), s.ForceError) {
		return fmt.Errorf("force_error: %q is none of %s", s.ForceError, strings.Join(forcible(), ", "))
	}
	if err := s.MFA.check(); err != nil {
		return fmt.Errorf("mfa.%w", err)
	}
	if len(s.Accounts) > mostAccounts {
		return fmt.Errorf("override_accounts: there are %d, and at most %d can be had", len(s.Accounts), mostAccounts)
	}
	for i := range s.Accounts {
		s.Accounts[i].fill()
		if err := s.Accounts[i].check(); err != nil {
			return fmt.Errorf("override_accounts[%d].%w", i, err)
		}
	}
	return nil
}

// forcible are the errors that can be asked for.
func forcible() []string {
	return strings.Fields("INSTITUTION_NOT_RESPONDING INSTITUTION_NO_LONGER_SUPPORTED INVALID_CREDENTIALS INVALID_MFA " +
		"ITEM_LOCKED ITEM_LOGIN_REQUIRED ITEM_NOT_SUPPORTED INVALID_LINK_TOKEN MFA_NOT_SUPPORTED NO_ACCOUNTS " +
		"PLAID_ERROR USER_INPUT_TIMEOUT USER_SETUP_REQUIRED")
}

// check holds the counts against what the kind of questions needs.
func (m mfa) check() error {
	counts := []struct {
		name     string
		value    *int
		required bool
	}{
		{"question_rounds", m.Rounds, m.Type == "questions"},
		{"questions_per_round", m.PerRound, m.Type == "questions"},
		{"selection_rounds", m.Selections, false},
		{"selections_per_question", m.PerSelections, false},
	}
	if !slices.Contains([]string{"", "device", "questions", "selections"}, m.Type) {
		return fmt.Errorf("type: %q is none of device, questions, selections", m.Type)
	}
	for _, c := range counts {
		switch {
		case c.value == nil && c.required:
			return fmt.Errorf("%s is missing", c.name)
		case c.value != nil && (*c.value < 1 || *c.value > 9):
			return fmt.Errorf("%s: %d is not from 1 to 9", c.name, *c.value)
		}
	}
	return nil
}

// mfa is what the bank asks beside the password.
func (m mfa) mfa() persona.MFA {
	count := func(n *int, otherwise int) int {
		if n == nil {
			return otherwise
		}
		return *n
	}
	switch m.Type {
	case "device":
		return persona.DeviceMFA()
	case "questions":
		return persona.QuestionsMFA(count(m.Rounds, 1), count(m.PerRound, 1))
	case "selections":
		return persona.SelectionsMFA(count(m.Selections, 1), count(m.PerRound, 2), count(m.PerSelections, 2))
	}
	return persona.MFA{}
}

// fill puts in what an account is unless it says otherwise.
func (o *override) fill() {
	o.Type = cmp.Or(o.Type, "depository")
	if kinds := subtypes(o.Type); o.Subtype == "" && len(kinds) > 0 {
		o.Subtype = kinds[0]
	}
	o.Currency = cmp.Or(o.Currency, "USD")
	o.Holder = cmp.Or(o.Holder, "personal")
}

var (
	masks    = regexp.MustCompile(`^$|^[A-Za-z0-9]{2,4}$`)
	currency = regexp.MustCompile(`^[A-Z]{3,5}$`)
)

func (o *override) check() error {
	kinds := subtypes(o.Type)
	switch {
	case kinds == nil:
		return fmt.Errorf("type: %q is no type of account", o.Type)
	case !slices.Contains(kinds, o.Subtype):
		return fmt.Errorf("subtype: %q is no kind of %s account", o.Subtype, o.Type)
	case !currency.MatchString(o.Currency):
		return fmt.Errorf("currency: %q is not a currency code", o.Currency)
	case o.Meta.Mask != nil && !masks.MatchString(*o.Meta.Mask):
		return fmt.Errorf("meta.mask: %q is not of 2 to 4 letters and digits", *o.Meta.Mask)
	case !slices.Contains([]string{"personal", "business", "unrecognized"}, o.Holder):
		return fmt.Errorf("holder_category: %q is none of personal, business, unrecognized", o.Holder)
	case (o.Numbers.EFTInstitution == "") != (o.Numbers.EFTBranch == ""):
		return fmt.Errorf("numbers: eft_institution and eft_branch come together")
	case (o.Numbers.BIC == "") != (o.Numbers.IBAN == ""):
		return fmt.Errorf("numbers: international_bic and international_iban come together")
	}
	for i, r := range o.rows() {
		if r.Currency != "" && !currency.MatchString(r.Currency) {
			return fmt.Errorf("transactions[%d].currency: %q is not a currency code", i, r.Currency)
		}
	}
	if err := o.Inflow.check(o.Type); err != nil {
		return fmt.Errorf("inflow_model.%w", err)
	}
	if err := o.checkInvestments(); err != nil {
		return err
	}
	return o.Liability.check(o)
}

func (o *override) checkInvestments() error {
	for i, h := range o.Holdings {
		if !h.Security.named() && !h.blank() {
			return fmt.Errorf("holdings[%d].security: it needs a ticker_symbol, cusip, isin or sedol", i)
		}
	}
	for i, t := range o.Trades {
		switch {
		case t.blank():
		case !slices.Contains([]string{"buy", "sell", "cash", "fee", "transfer"}, t.Type):
			return fmt.Errorf("investment_transactions[%d].type: %q is none of buy, sell, cash, fee, transfer", i, t.Type)
		case t.Date == "":
			return fmt.Errorf("investment_transactions[%d].date is missing", i)
		case t.Quantity != nil && (t.Type == "buy" && t.Quantity.IsNegative() || t.Type == "sell" && t.Quantity.IsPositive()):
			return fmt.Errorf("investment_transactions[%d].quantity: it is positive of a buy and negative of a sell", i)
		}
	}
	return nil
}

func (f inflow) check(accountType string) error {
	switch f.Type {
	case "", "none":
		return nil
	case "monthly-income":
		if f.Amount == nil {
			return fmt.Errorf("income_amount is missing")
		}
	case "monthly-balance-payment", "monthly-interest-only-payment":
		if f.Statement == 0 {
			return fmt.Errorf("statement_day_of_month is missing")
		}
		if accountType != "credit" && accountType != "loan" {
			return fmt.Errorf("type: %s is for credit and loan accounts", f.Type)
		}
	default:
		return fmt.Errorf("type: %q is none of none, monthly-income, monthly-balance-payment, monthly-interest-only-payment", f.Type)
	}
	switch {
	case f.Payment == 0:
		return fmt.Errorf("payment_day_of_month is missing")
	case f.Name == "":
		return fmt.Errorf("transaction_name is missing")
	}
	return nil
}

// A loan runs for a century at most, and costs ten times itself a year.
const mostMonths, highestAPR = 1200, 1000

func (l liability) check(o *override) error {
	fits := l.Type == "" || l.Type == "credit" && o.Type == "credit" || o.Type == "loan" && l.Type == o.Subtype
	switch {
	case !fits || !slices.Contains([]string{"", "credit", "student"}, l.Type):
		return fmt.Errorf("liability.type: %q does not go with a %s account", l.Type, o.Subtype)
	case l.Repayment.Type != "" && l.Repayment.Type != "standard":
		return fmt.Errorf("liability.repayment_model.type: %q is not standard", l.Repayment.Type)
	case l.Repayment.Deferred < 0 || l.Repayment.Months < 0 || l.Repayment.Deferred+l.Repayment.Months > mostMonths:
		return fmt.Errorf("liability.repayment_model: the loan runs for more than a century, or less than no time")
	case l.Grace != nil && (*l.Grace < 0 || *l.Grace > mostMonths):
		return fmt.Errorf("liability.interest_capitalization_grace_period_months: %d is no time", *l.Grace)
	case l.Principal != nil && l.Principal.IsNegative():
		return fmt.Errorf("liability.principal: it is not negative")
	case l.Plan != "" && !slices.Contains(plans(), l.Plan):
		return fmt.Errorf("liability.repayment_plan_type: %q is none of %s", l.Plan, strings.Join(plans(), ", "))
	}
	for _, apr := range []*amount{l.PurchaseAPR, l.CashAPR, l.TransferAPR, l.SpecialAPR, l.NominalAPR} {
		if apr != nil && (apr.IsNegative() || apr.GreaterThan(decimal.NewFromInt(highestAPR))) {
			return fmt.Errorf("liability: %s is no yearly rate in per cent", apr)
		}
	}
	return nil
}

// plans are the ways to pay a student loan back.
func plans() []string {
	return strings.Split("extended graduated,extended standard,graduated,income-contingent repayment,"+
		"income-based repayment,income-sensitive repayment,interest only,other,pay as you earn,revised pay as you earn,"+
		"standard,saving on a valuable education", ",")
}

// subtypes are the kinds of accounts of a type, nil of an unknown one. What an
// account is that does not say comes first.
func subtypes(accountType string) []string {
	list := map[string]string{
		"depository": "checking,savings,hsa,cd,money market,paypal,prepaid,cash management,ebt,limited purpose checking",
		"credit":     "credit card,paypal",
		"loan": "student,mortgage,auto,business,commercial,construction,consumer,home equity,loan,overdraft," +
			"line of credit,general,other",
		"investment": "brokerage,529,401a,401k,403B,457b,cash isa,crypto exchange,education savings account,fixed annuity," +
			"gic,health reimbursement arrangement,hsa,ira,isa,keogh,lif,life insurance,lira,lrif,lrsp,mutual fund," +
			"non-custodial wallet,non-taxable brokerage account,other,other annuity,other insurance,pension,prif," +
			"profit sharing plan,qshr,rdsp,resp,retirement,rlif,roth,roth 401k,rrif,rrsp,sarsep,sep ira,simple ira,sipp," +
			"stock plan,tfsa,thrift savings plan,trust,ugma,utma,variable annuity,fhsa",
		"payroll": "payroll",
		"other":   "other",
	}[accountType]
	if list == "" {
		return nil
	}
	return strings.Split(list, ",")
}
