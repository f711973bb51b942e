package transfer

import (
	"regexp"

	"github.com/shopspring/decimal"
)

var amountForm = regexp.MustCompile(`^\d{1,12}\.\d{2}$`)

// ParseAmount reads a "decimal string with two digits of precision", which is
// more than nothing.
func ParseAmount(text string) (amount decimal.Decimal, ok bool) {
	if !amountForm.MatchString(text) {
		return decimal.Zero, false
	}
	amount = decimal.RequireFromString(text)
	return amount, amount.IsPositive()
}

// Limit is the most that one transfer on the network can move, in US dollars.
func (n Network) Limit() decimal.Decimal {
	switch n {
	case ACH:
		return decimal.New(10_000_000_00, -2)
	case Wire:
		return decimal.New(999_999_99, -2)
	default:
		return decimal.New(1_000_000_00, -2)
	}
}

// A Rationale is why a transfer is not simply approved, Plaid's
// decision_rationale. The zero value is that it is.
type Rationale struct{ Code, Description string }

// The rationales that the Sandbox gives.
var (
	InsufficientFunds = Rationale{"NSF", "Transaction likely to result in a return due to insufficient funds."}
	HighRisk          = Rationale{"RISK", "Transaction is high-risk."}
	LoginRequired     = Rationale{"ITEM_LOGIN_REQUIRED", "Unable to collect the account information due to Item staleness."}
	Unknown           = Rationale{"ERROR", "Unable to collect the account information due to an unspecified error."}
)

// Declines is why a debit of an account with so much available is declined, by
// the rules of the Sandbox: an empty account is a risk, one with too little
// lacks funds.
func Declines(amount, available decimal.Decimal) (why Rationale, declined bool) {
	switch {
	case available.IsZero():
		return HighRisk, true
	case available.LessThan(amount):
		return InsufficientFunds, true
	}
	return Rationale{}, false
}
