package wire_test

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

// amountRow is a row with an amount and a currency, both JSON.
func amountRow(amount, iso, unofficial string) string {
	return `{"transaction_id":"t","account_id":"a","date":"2026-03-01","name":"n","amount":` + amount +
		`,"iso_currency_code":` + iso + `,"unofficial_currency_code":` + unofficial + `}`
}

// The sign is turned once, decimals come from the text, and what the currency
// cannot hold is rounded half to even with Plaid's text kept.
func TestAmounts(t *testing.T) {
	usd, jpy, kwd := ledger.ISO("USD"), ledger.ISO("JPY"), ledger.ISO("KWD")
	for _, tt := range []struct {
		amount, iso, unofficial string
		want                    string
		cur                     ledger.Currency
		raw                     string
	}{
		{`12.34`, `"USD"`, `null`, "-12.34", usd, ""},
		{`-2307.21`, `"USD"`, `null`, "2307.21", usd, ""},
		{`0`, `"USD"`, `null`, "0.00", usd, ""},
		{`-0`, `"USD"`, `null`, "0.00", usd, ""},
		{`72.1`, `"USD"`, `null`, "-72.10", usd, ""}, // as a float: 72.0999...
		{`0.1`, `"usd"`, `null`, "-0.10", usd, ""},
		{`1e3`, `"USD"`, `null`, "-1000.00", usd, ""},
		{`1.5E-1`, `"USD"`, `null`, "-0.15", usd, ""},
		{`23631.9805`, `"USD"`, `null`, "-23631.98", usd, "23631.9805"},
		{`0.125`, `"USD"`, `null`, "-0.12", usd, "0.125"},
		{`0.135`, `"USD"`, `null`, "-0.14", usd, "0.135"},
		{`-0.125`, `"USD"`, `null`, "0.12", usd, "-0.125"},
		{`1.10000`, `"USD"`, `null`, "-1.10", usd, ""},
		{`1200`, `"JPY"`, `null`, "-1200", jpy, ""},
		{`1200.5`, `"JPY"`, `null`, "-1200", jpy, "1200.5"},
		{`1201.5`, `"JPY"`, `null`, "-1202", jpy, "1201.5"},
		{`1.2345`, `"KWD"`, `null`, "-1.234", kwd, "1.2345"},
		{`0.00012345`, `null`, `"BTC"`, "-0.00012345", ledger.Unofficial("BTC"), ""},
		{`0.000000015`, `null`, `"BTC"`, "-0.00000002", ledger.Unofficial("BTC"), "0.000000015"},
		{`5`, `"USD"`, `"BTC"`, "-5.00", usd, ""},
		{`5`, `null`, `null`, "-5.00", ledger.ISO("XXX"), ""}, // nobody said dollars
		{`92233720368547758.07`, `"USD"`, `null`, "-92233720368547758.07", usd, ""},
	} {
		p := read(t, amountRow(tt.amount, tt.iso, tt.unofficial))
		if p.Skipped.Rows > 0 || len(p.Upserts) != 1 {
			t.Errorf("%s %s%s: %d rows, left out: %v", tt.amount, tt.iso, tt.unofficial, len(p.Upserts), p.Skipped)
			continue
		}
		got := p.Upserts[0]
		if got.Amount.String() != tt.want || got.Amount.Currency() != tt.cur || got.RawAmount != tt.raw {
			t.Errorf("%s %s%s = %v %v (raw %q), want %s %v (raw %q)", tt.amount, tt.iso, tt.unofficial,
				got.Amount, got.Amount.Currency(), got.RawAmount, tt.want, tt.cur, tt.raw)
		}
	}
}

// Whatever decimal Plaid writes, the amount is minus that, to the nearest minor
// unit: computed here with other arithmetic.
func TestAmountIsNearestAndReversed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cur := rapid.SampledFrom([]ledger.Currency{
			ledger.ISO("USD"), ledger.ISO("JPY"), ledger.ISO("KWD"), ledger.Unofficial("ETH"),
		}).Draw(t, "currency")
		text := rapid.StringMatching(`-?(0|[1-9][0-9]{0,6})(\.[0-9]{1,12})?(e-?[0-3])?`).Draw(t, "number")
		got, exact, err := wire.ParseAmount(text, cur)
		if err != nil {
			t.Fatalf("ParseAmount(%s): %v", text, err)
		}
		want, _ := new(big.Rat).SetString(text)
		scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(cur.Digits())), nil)
		want.Mul(want, new(big.Rat).SetInt(scale))
		off := want.Sub(want, new(big.Rat).SetInt64(got.Minor()))
		if exact != (off.Sign() == 0) {
			t.Errorf("%s %v: exact %v, off by %v", text, cur, exact, off)
		}
		switch off.Abs(off).Cmp(big.NewRat(1, 2)) {
		case 1:
			t.Errorf("%s %v = %v, off by %v minor units", text, cur, got, off)
		case 0:
			if got.Minor()%2 != 0 {
				t.Errorf("%s %v = %v, a tie that did not go to the even unit", text, cur, got)
			}
		}
	})
}

// What rounds was text to keep, what does not reads back as it was.
func FuzzAmount(f *testing.F) {
	for _, s := range []string{"12.34", "-0", "1e400", "1e-400", "0.005", "9223372036854775807", "-9223372036854775808"} {
		f.Add(s, "USD")
	}
	f.Fuzz(func(t *testing.T, text, code string) {
		a, exact, err := wire.ParseAmount(text, ledger.ISO(code))
		if err != nil || !exact || code == "" {
			return
		}
		back, err := ledger.ParseAmount(a.String(), a.Currency())
		if err != nil || back != a {
			t.Errorf("%q is %v, which reads back as %v, %v", text, a, back, err)
		}
	})
}
