package custom

import (
	"strings"

	"coffer/plaidsvc/plaidsim/bank"
)

// A filing is the category of rows whose description has a word. Where it is
// told apart, the second one is of money that comes in.
type filing struct {
	words, out, in string
	code           string // Plaid's transaction_code
}

// filings are tried in turn. They stand for Plaid's own reading of descriptions,
// which is not public.
var filings = []filing{
	{"gusto,payroll,direct dep,salary,wages", "GENERAL_SERVICES_OTHER_GENERAL_SERVICES", "INCOME_SALARY", "direct debit"},
	{"student loan", "LOAN_PAYMENTS_STUDENT_LOAN_PAYMENT", "LOAN_DISBURSEMENTS_STUDENT", "bill payment"},
	{"auto loan,car payment", "LOAN_PAYMENTS_CAR_PAYMENT", "LOAN_DISBURSEMENTS_AUTO", "bill payment"},
	{"mortgage", "LOAN_PAYMENTS_MORTGAGE_PAYMENT", "LOAN_DISBURSEMENTS_MORTGAGE", "bill payment"},
	{"autopay,credit card,credit crd,automatic payment", "LOAN_PAYMENTS_CREDIT_CARD_PAYMENT", "LOAN_PAYMENTS_CREDIT_CARD_PAYMENT", "bill payment"},
	{"interest,intrst", "BANK_FEES_INTEREST_CHARGE", "INCOME_INTEREST_EARNED", "interest"},
	{"dividend", "TRANSFER_OUT_INVESTMENT_AND_RETIREMENT_FUNDS", "INCOME_DIVIDENDS", ""},
	{"ssa treas,social security,pension", "GOVERNMENT_AND_NON_PROFIT_OTHER_GOVERNMENT_AND_NON_PROFIT", "INCOME_RETIREMENT_PENSION", "direct debit"},
	{"child support", "GENERAL_SERVICES_OTHER_GENERAL_SERVICES", "INCOME_CHILD_SUPPORT", ""},
	{"unemployment", "GOVERNMENT_AND_NON_PROFIT_OTHER_GOVERNMENT_AND_NON_PROFIT", "INCOME_UNEMPLOYMENT", "direct debit"},
	{"tax refund", "GOVERNMENT_AND_NON_PROFIT_TAX_PAYMENT", "INCOME_TAX_REFUND", ""},
	{"tax", "GOVERNMENT_AND_NON_PROFIT_TAX_PAYMENT", "INCOME_TAX_REFUND", ""},
	{"overdraft", "BANK_FEES_OVERDRAFT_FEES", "BANK_FEES_OVERDRAFT_FEES", "bank charge"},
	{"atm,withdrawal", "TRANSFER_OUT_WITHDRAWAL", "TRANSFER_IN_DEPOSIT", "atm"},
	{"transfer", "TRANSFER_OUT_ACCOUNT_TRANSFER", "TRANSFER_IN_ACCOUNT_TRANSFER", "transfer"},
	{"deposit", "TRANSFER_OUT_ACCOUNT_TRANSFER", "TRANSFER_IN_DEPOSIT", ""},
	{"rent", "RENT_AND_UTILITIES_RENT", "INCOME_RENTAL", ""},
	{"coffee,starbucks", "FOOD_AND_DRINK_COFFEE", "", "purchase"},
	{"market,grocer,foods", "FOOD_AND_DRINK_GROCERIES", "", "purchase"},
	{"restaurant,pizza,grill,cafe", "FOOD_AND_DRINK_RESTAURANT", "", "purchase"},
	{"mcdonald,burger", "FOOD_AND_DRINK_FAST_FOOD", "", "purchase"},
	{"uber,lyft,taxi", "TRANSPORTATION_TAXIS_AND_RIDE_SHARES", "INCOME_GIG_ECONOMY", ""},
	{"gas station,shell,exxon", "TRANSPORTATION_GAS", "", "purchase"},
	{"airline,flight", "TRAVEL_FLIGHTS", "", "purchase"},
	{"hotel", "TRAVEL_LODGING", "", "purchase"},
	{"gym,fitness", "PERSONAL_CARE_GYMS_AND_FITNESS_CENTERS", "", ""},
	{"electric,utility,utilities", "RENT_AND_UTILITIES_GAS_AND_ELECTRICITY", "", ""},
	{"internet,cable", "RENT_AND_UTILITIES_INTERNET_AND_CABLE", "", ""},
	{"phone,wireless", "RENT_AND_UTILITIES_TELEPHONE", "", ""},
	{"insurance", "GENERAL_SERVICES_INSURANCE", "", ""},
	{"amazon", "GENERAL_MERCHANDISE_ONLINE_MARKETPLACES", "", "purchase"},
	{"netflix,hulu", "ENTERTAINMENT_TV_AND_MOVIES", "", "purchase"},
	{"spotify,music", "ENTERTAINMENT_MUSIC_AND_AUDIO", "", "purchase"},
	{"venmo,zelle,cash app", "TRANSFER_OUT_TRANSFER_OUT_FROM_APPS", "TRANSFER_IN_TRANSFER_IN_FROM_APPS", "transfer"},
}

// File gives a row a category by its description and the sign of its amount, as
// Plaid does with what banks write.
func File(t *bank.Transaction) {
	text := strings.ToLower(t.Name)
	for _, f := range filings {
		for word := range strings.SplitSeq(f.words, ",") {
			if !strings.Contains(text, word) {
				continue
			}
			t.Detailed, t.Code, t.Confidence = f.out, f.code, "MEDIUM"
			if t.Amount.IsNegative() && f.in != "" {
				t.Detailed = f.in
			}
			t.Primary = bank.PrimaryCategory(t.Detailed)
			return
		}
	}
	t.Detailed, t.Confidence = "OTHER_OTHER", "LOW"
	if t.Amount.IsNegative() {
		t.Detailed = "INCOME_OTHER"
	}
	t.Primary = bank.PrimaryCategory(t.Detailed)
}
