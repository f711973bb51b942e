package ledger_test

import (
	"slices"
	"strings"
	"testing"

	"coffer/ledger"

	"golang.org/x/text/currency"
)

func TestCurrencyDigits(t *testing.T) {
	// ISO 4217 list one, column "Mnr unt": the exceptions whole, and some of the
	// rule. Cash customs differ (nobody pays in Afghan puls), the standard's
	// minor unit is what banks count in.
	for codes, want := range map[string]int{
		"BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF": 0,
		"USD EUR GBP CHF AFN LBP RSD HUF IDR IRR COP MGA MRU XCG ZWG":         2,
		"BHD IQD JOD KWD LYD OMR TND":                                         3,
		"CLF UYW":                                                             4,
	} {
		for code := range strings.FieldsSeq(codes) {
			if c := ledger.ISO(code); c.Digits() != want || !c.Listed() {
				t.Errorf("%s: got %d decimals, listed %v, want %d, true", code, c.Digits(), c.Listed(), want)
			}
		}
	}
	if got := ledger.ISO("QQQ").Digits(); got != 2 {
		t.Errorf("an unlisted code has %d decimals, want 2", got)
	}
	if got := ledger.Unofficial("JPY").Digits(); got != 8 {
		t.Errorf("an unofficial currency has %d decimals, want 8", got)
	}
}

func TestCurrenciesOfOneCodeAreTwo(t *testing.T) {
	iso, other := ledger.ISO("btc"), ledger.Unofficial("BTC")
	if iso == other || iso.Code() != other.Code() || iso.IsUnofficial() || !other.IsUnofficial() || other.Listed() {
		t.Errorf("got %#v and %#v, want two kinds of one code", iso, other)
	}
	if ledger.ISO("") != (ledger.Currency{}) || ledger.Unofficial("") != (ledger.Currency{}) {
		t.Error("a currency without a code is none")
	}
}

func TestCompareCurrencies(t *testing.T) {
	want := []ledger.Currency{ledger.ISO("AUD"), ledger.ISO("USD"), ledger.Unofficial("ADA"), ledger.Unofficial("BTC")}
	got := []ledger.Currency{want[3], want[1], want[2], want[0]}
	slices.SortFunc(got, ledger.Currency.Compare)
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// The standard's list changes a few times a year. Unicode's data, which x/text
// carries, is older, and has codes that were never or are no longer in list one.
const (
	newerThanUnicode = "MRU SLE UYW VED VES XAD XCG ZWG"
	withdrawn        = "ANG CUC HRK MRO SLL VEF"
)

func TestListedCurrenciesAreThoseInUse(t *testing.T) {
	for region := currency.Query(); region.Next(); {
		if code := region.Unit().String(); region.IsTender() && !ledger.ISO(code).Listed() && !strings.Contains(withdrawn, code) {
			t.Errorf("%s is tender in %s and not listed", code, region.Region())
		}
	}
	for a := range byte(26) {
		for b := range byte(26) {
			for c := range byte(26) {
				code := string([]byte{'A' + a, 'A' + b, 'A' + c})
				_, err := currency.ParseISO(code)
				if ledger.ISO(code).Listed() && err != nil && !strings.Contains(newerThanUnicode, code) {
					t.Errorf("%s is listed, and Unicode has never heard of it", code)
				}
			}
		}
	}
}
