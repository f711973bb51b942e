package wire

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/shopspring/decimal"

	"coffer/ledger"
)

// Bounds of a decimal that we are willing to compute with: money has neither
// more digits nor such exponents, and 1e999999999 would fill the memory.
const (
	maxDecimalText = 64
	maxExponent    = 32
)

var errNotDecimal = errors.New("not a decimal number")

// NoCurrency is the currency of an amount whose bank did not name one: ISO 4217's
// code for "no currency is involved". It adds to no real one.
const NoCurrency = "XXX"

// parseAmount reads the text of a JSON number as an amount of cur, exactly. An
// amount with more decimals than cur has (Plaid sends 23631.9805 USD) is
// rounded half to even, and exact is false.
func parseAmount(text string, cur ledger.Currency) (amount ledger.Amount, exact bool, err error) {
	if text == "" || len(text) > maxDecimalText {
		return ledger.Amount{}, false, fmt.Errorf("amount: %w", errNotDecimal)
	}
	d, err := decimal.NewFromString(text)
	if err != nil || d.Exponent() > maxExponent || d.Exponent() < -maxDecimalText-maxExponent {
		return ledger.Amount{}, false, fmt.Errorf("amount %.64q: %w", text, errNotDecimal)
	}
	rounded := d.RoundBank(int32(cur.Digits()))
	minor := rounded.Shift(int32(cur.Digits())).BigInt()
	if !minor.IsInt64() || minor.Int64() == math.MinInt64 {
		return ledger.Amount{}, false, fmt.Errorf("amount %.64q: %w", text, ledger.ErrOverflow)
	}
	return ledger.NewAmount(minor.Int64(), cur), rounded.Equal(d), nil
}

// currency picks the one of Plaid's two codes that is set.
func currency(iso, unofficial string) ledger.Currency {
	switch {
	case iso != "":
		return ledger.ISO(iso)
	case unofficial != "":
		return ledger.Unofficial(unofficial)
	}
	return ledger.ISO(NoCurrency)
}

// date reads Plaid's civil date, also from the head of a date and time. What
// does not read is no date.
func date(s string) ledger.Date {
	day, _, _ := strings.Cut(s, "T")
	d, err := ledger.ParseDate(day)
	if err != nil {
		return ledger.Date{}
	}
	return d
}
