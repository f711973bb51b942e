package ledger

import (
	"math/big"
	"strings"
)

// A Decimal is an exact number in plain notation, such as "12.34567": a quantity, a
// price, a rate. It is for showing and comparing, not for calculating. "" is not
// known.
type Decimal string

// Round returns d with at most so many decimals, to the nearest and halves away from
// zero, without zeros at its end. What is no number stays as it is.
func (d Decimal) Round(decimals int) Decimal {
	whole, fraction, ok := strings.Cut(string(d), ".")
	if !ok {
		return d
	}
	if len(fraction) > decimals {
		r, isNumber := new(big.Rat).SetString(string(d))
		if !isNumber {
			return d
		}
		whole, fraction, _ = strings.Cut(r.FloatString(decimals), ".")
	}
	fraction = strings.TrimRight(fraction, "0")
	switch {
	case fraction != "":
		return Decimal(whole + "." + fraction)
	case whole == "-0":
		return "0"
	}
	return Decimal(whole)
}
