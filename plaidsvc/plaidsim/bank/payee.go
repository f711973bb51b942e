package bank

import "strings"

// A payee is who stands on the other side of a row, and how the bank writes it.
type payee struct {
	name     string // the clean merchant name, empty for transfers and the like
	text     string // the descriptor; a final '#' takes the store or cheque number
	category string // detailed, taxonomy v2
	guess    string // the category that was told first, when it is put right later
	code     string // Plaid's transaction_code
	channel  string // "" is in store
	party    string // counterparty type, "" for none
	sure     string // confidence level, "" is VERY_HIGH
	site     string
	stores   int    // how many branches the family meets
	place    *place // nil is home
}

// A place is where a row happened.
type place struct {
	city, region, postal, country string
	streets                       []string
}

// online tells whether a row with this payee has no place.
func (p *payee) online() bool { return p.channel != "" }

// primaries are the primary categories of the taxonomy; no one is the prefix of
// another's codes.
func primaries() []string {
	return []string{
		"INCOME", "LOAN_DISBURSEMENTS", "LOAN_PAYMENTS", "TRANSFER_IN", "TRANSFER_OUT", "BANK_FEES",
		"ENTERTAINMENT", "FOOD_AND_DRINK", "GENERAL_MERCHANDISE", "HOME_IMPROVEMENT", "MEDICAL",
		"PERSONAL_CARE", "GENERAL_SERVICES", "GOVERNMENT_AND_NON_PROFIT", "TRANSPORTATION", "TRAVEL",
		"RENT_AND_UTILITIES", "OTHER",
	}
}

// primaryOf is the primary category that a detailed one belongs to.
func primaryOf(detailed string, primaries []string) string {
	for _, p := range primaries {
		if strings.HasPrefix(detailed, p) && len(detailed) > len(p) && detailed[len(p)] == '_' {
			return p
		}
	}
	return ""
}
