package ledger

import "strings"

// unofficialDigits is how many decimals an unofficial currency is kept with:
// what bitcoin and most tokens are quoted in.
const unofficialDigits = 8

// A Currency is what an amount is counted in: an ISO 4217 currency such as USD
// or, kept apart, an unofficial one such as a cryptocurrency. Currencies are
// comparable with == and safe as map keys; ISO("BTC") and Unofficial("BTC") are
// two currencies. The zero Currency is none at all.
type Currency struct {
	code       string
	unofficial bool
}

// ISO returns the currency with an ISO 4217 alphabetic code. Case does not
// matter. A code that the standard does not list is taken as it is, with two
// decimals: a bank may know a currency before this program does.
func ISO(code string) Currency { return Currency{code: strings.ToUpper(code)} }

// Unofficial returns a currency outside ISO 4217, such as "BTC". It has eight
// decimals. Without a code it is no currency.
func Unofficial(code string) Currency { return Currency{code: code, unofficial: code != ""} }

// Code returns the code without saying of which kind it is: "USD", "BTC".
func (c Currency) Code() string { return c.code }

// IsUnofficial reports whether c stands outside ISO 4217.
func (c Currency) IsUnofficial() bool { return c.unofficial }

// Listed reports whether c is in ISO 4217's table of current currencies.
func (c Currency) Listed() bool {
	_, ok := isoDigits[c.code]
	return ok && !c.unofficial
}

// Digits returns the number of decimals of c's minor unit: 2 for USD, 0 for
// JPY, 3 for KWD, 8 for an unofficial currency.
func (c Currency) Digits() int {
	if c.unofficial {
		return unofficialDigits
	}
	if d, ok := isoDigits[c.code]; ok {
		return int(d)
	}
	return 2
}

// String returns the code.
func (c Currency) String() string { return c.code }

// Compare orders currencies by code, official ones first.
func (c Currency) Compare(d Currency) int {
	switch {
	case c.unofficial != d.unofficial && c.unofficial:
		return 1
	case c.unofficial != d.unofficial:
		return -1
	}
	return strings.Compare(c.code, d.code)
}
