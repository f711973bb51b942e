package widget

import (
	"strings"

	"coffer/ledger"
)

// maxDigits is how many cells the digits of an account take at most. Banks show
// four.
const maxDigits = len("000000")

// Account returns the label of an account in exactly width cells (see
// [ledger.Account.Label]). In a narrow column the name gives way, not the digits:
// they tell an account from its sisters.
func Account(a ledger.Account, width int) string {
	digits := strings.TrimPrefix(a.Label(), a.Name)
	if digits != "" {
		digits = " " + Cut(digits, Width("··")+maxDigits)
	}
	return Fit(Cut(a.Name, width-Width(digits))+digits, width)
}
