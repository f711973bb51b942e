package plaidsim

import (
	"fmt"
	"slices"
	"strings"

	"coffer/plaidsvc/plaidsim/bank"
)

// knownProducts are Plaid's, and whether Link can be asked for them. Some are
// products only in name: balance is used by calling it, the add-ons come with
// what they add to.
var knownProducts = map[string]bool{
	"assets": true, "auth": true, "beacon": true, "credit_details": true,
	"cra_base_report": true, "cra_income_insights": true, "cra_partner_insights": true,
	"cra_cashflow_insights": true, "employment": true, "identity": true, "identity_match": true,
	"identity_verification": true, "income": true, "income_verification": true, "investments": true,
	"investments_auth": true, "layer": true, "liabilities": true, "pay_by_bank": true,
	"payment_initiation": true, "processor_identity": true, "processor_payments": true, "profile": true,
	"signal": true, "standing_orders": true, "statements": true, "transactions": true, "transfer": true,

	"balance": false, "balance_plus": false, "investments_refresh": false, "monitor": false,
	"recurring_transactions": false, "transactions_refresh": false,
}

func linkable(product string) bool { return knownProducts[product] }

// checkProducts refuses products that Link and the Sandbox cannot be asked for.
func checkProducts(lists ...[]string) *plaidError {
	var refused []string
	for _, p := range slices.Concat(lists...) {
		if !linkable(p) {
			refused = append(refused, fmt.Sprintf("%q", p))
		}
	}
	if len(refused) == 0 {
		return nil
	}
	return fail("INVALID_PRODUCT").saying("client is not authorized to access the following products: [%s]",
		strings.Join(refused, ","))
}

// countries and languages are what Link speaks, today's two additions included.
var (
	countries = strings.Fields("US GB ES NL FR IE CA DE IT PL DK NO SE EE LT LV PT BE AT FI")
	languages = strings.Fields("da nl en et fr de hi it lv lt no pl pt ro es sv vi")
)

// checkCountries refuses an empty list and countries Plaid does not serve.
func checkCountries(codes []string) *plaidError {
	if len(codes) == 0 {
		return fail("INVALID_FIELD").saying("country_codes must be a non-empty array")
	}
	for _, code := range codes {
		if !slices.Contains(countries, code) {
			return fail("INVALID_FIELD").saying("country_codes must only contain valid country codes: %s",
				strings.Join(countries, ", "))
		}
	}
	return nil
}

// serves reports whether a product has anything to tell of an account. A product
// that is not here is about the person more than about an account.
func serves(product string, a bank.Account) bool {
	switch product {
	case "auth":
		return a.Type == "depository" && slices.Contains([]string{"checking", "savings", "cash management"}, a.Subtype)
	case "transactions":
		return a.Type == "depository" || a.Type == "credit" || a.Type == "loan" && a.Subtype == "student"
	case "investments":
		return a.Type == "investment"
	case "liabilities":
		return account{Account: a}.hasTerms()
	}
	return true
}
