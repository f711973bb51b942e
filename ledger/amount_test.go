package ledger_test

import (
	"errors"
	"math"
	"math/big"
	"strings"
	"testing"

	"coffer/ledger"

	"pgregory.net/rapid"
)

func TestParseAmount(t *testing.T) {
	usd, jpy, kwd, btc := ledger.ISO("USD"), ledger.ISO("JPY"), ledger.ISO("KWD"), ledger.Unofficial("BTC")
	for _, tt := range []struct {
		in      string
		cur     ledger.Currency
		want    int64
		wantErr error
	}{
		{"19.99", usd, 1999, nil},
		{"-0.05", usd, -5, nil},
		{"-0", usd, 0, nil},
		{"7", usd, 700, nil},
		{"1.5", usd, 150, nil},
		{"1.500", usd, 150, nil},
		{"007", usd, 700, nil},
		{"1200", jpy, 1200, nil},
		{"1200.00", jpy, 1200, nil},
		{"1.234", kwd, 1234, nil},
		{"0.00000001", btc, 1, nil},
		{"92233720368547758.07", usd, math.MaxInt64, nil},
		{"-92233720368547758.07", usd, -math.MaxInt64, nil},
		{"92233720368547758.08", usd, 0, ledger.ErrOverflow},
		{"-92233720368547758.08", usd, 0, ledger.ErrOverflow},
		{"99999999999999999999", usd, 0, ledger.ErrOverflow},
		{"1.505", usd, 0, ledger.ErrPrecision},
		{"1.5", jpy, 0, ledger.ErrPrecision},
		{"1,200", usd, 0, ledger.ErrSyntax},
		{"", usd, 0, ledger.ErrSyntax},
		{"-", usd, 0, ledger.ErrSyntax},
		{".5", usd, 0, ledger.ErrSyntax},
		{"5.", usd, 0, ledger.ErrSyntax},
		{"+5", usd, 0, ledger.ErrSyntax},
		{"--5", usd, 0, ledger.ErrSyntax},
		{"1e3", usd, 0, ledger.ErrSyntax},
		{"1.2.3", usd, 0, ledger.ErrSyntax},
		{"x.999", usd, 0, ledger.ErrSyntax},
		{" 5", usd, 0, ledger.ErrSyntax},
		{"٣", usd, 0, ledger.ErrSyntax},
	} {
		t.Run(tt.cur.Code()+" "+tt.in, func(t *testing.T) {
			got, err := ledger.ParseAmount(tt.in, tt.cur)
			if !errors.Is(err, tt.wantErr) {
				t.Fatalf("ParseAmount(%q) error = %v, want %v", tt.in, err, tt.wantErr)
			}
			if got.Minor() != tt.want {
				t.Errorf("ParseAmount(%q) = %d minor units, want %d", tt.in, got.Minor(), tt.want)
			}
		})
	}
}

func TestAmountString(t *testing.T) {
	for want, a := range map[string]ledger.Amount{
		"":                      {},
		"0.00":                  ledger.NewAmount(0, ledger.ISO("USD")),
		"-0.05":                 ledger.NewAmount(-5, ledger.ISO("USD")),
		"19.99":                 ledger.NewAmount(1999, ledger.ISO("usd")),
		"-1200":                 ledger.NewAmount(-1200, ledger.ISO("JPY")),
		"0.001":                 ledger.NewAmount(1, ledger.ISO("BHD")),
		"0.0001":                ledger.NewAmount(1, ledger.ISO("CLF")),
		"-0.00000001":           ledger.NewAmount(-1, ledger.Unofficial("BTC")),
		"-92233720368547758.07": ledger.NewAmount(math.MinInt64, ledger.ISO("USD")),
	} {
		if got := a.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestAmountWithoutCurrencyIsNotKnown(t *testing.T) {
	a := ledger.NewAmount(5, ledger.Currency{})
	if a.Known() || a != (ledger.Amount{}) {
		t.Errorf("got %#v, want the zero Amount", a)
	}
	usd := ledger.NewAmount(7, ledger.ISO("USD"))
	if got, err := a.Add(usd); err != nil || got != usd {
		t.Errorf("got %v, %v, want the other amount", got, err)
	}
}

func TestAddRefusesTwoCurrencies(t *testing.T) {
	for _, other := range []ledger.Currency{ledger.ISO("EUR"), ledger.Unofficial("USD")} {
		_, err := ledger.NewAmount(1, ledger.ISO("USD")).Add(ledger.NewAmount(1, other))
		if !errors.Is(err, ledger.ErrCurrencyMismatch) {
			t.Errorf("USD + %v: got error %v, want ErrCurrencyMismatch", other, err)
		}
	}
}

func TestAmountArithmeticIsThatOfIntegers(t *testing.T) {
	eur := ledger.ISO("EUR")
	rapid.Check(t, func(t *rapid.T) {
		x, y := rapid.Int64().Draw(t, "x"), rapid.Int64().Draw(t, "y")
		a, b := ledger.NewAmount(x, eur), ledger.NewAmount(y, eur)
		x, y = a.Minor(), b.Minor()
		for _, op := range []struct {
			name string
			got  func() (ledger.Amount, error)
			want *big.Int
		}{
			{"+", func() (ledger.Amount, error) { return a.Add(b) }, new(big.Int).Add(big.NewInt(x), big.NewInt(y))},
			{"-", func() (ledger.Amount, error) { return a.Sub(b) }, new(big.Int).Sub(big.NewInt(x), big.NewInt(y))},
			{"neg", func() (ledger.Amount, error) { return a.Neg(), nil }, new(big.Int).Neg(big.NewInt(x))},
		} {
			got, err := op.got()
			fits := new(big.Int).Abs(op.want).IsInt64()
			if fits != (err == nil) || !fits && !errors.Is(err, ledger.ErrOverflow) {
				t.Fatalf("%d %s %d: got error %v, want one: %v", x, op.name, y, err, !fits)
			}
			if fits && got.Minor() != op.want.Int64() {
				t.Fatalf("%d %s %d: got %d, want %d", x, op.name, y, got.Minor(), op.want)
			}
		}
		if a.Sign() != big.NewInt(x).Sign() {
			t.Fatalf("sign of %d: got %d", x, a.Sign())
		}
	})
}

func TestAmountReadsBackExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cur := rapid.SampledFrom(someCurrencies[:7]).Draw(t, "currency")
		a := ledger.NewAmount(rapid.Int64().Draw(t, "minor"), cur)
		if back, err := ledger.ParseAmount(a.String(), cur); err != nil || back != a {
			t.Fatalf("%d %s: got %v, %v back", a.Minor(), cur, back, err)
		}
	})
}

func FuzzParseAmount(f *testing.F) {
	for _, s := range []string{"0", "-1.00", "19.99", "1e9", "--1", "٣", "0.00000001", "92233720368547758.07"} {
		for _, code := range []string{"USD", "JPY", "BTC"} {
			f.Add(s, code)
		}
	}
	f.Fuzz(func(t *testing.T, s, code string) {
		for _, cur := range []ledger.Currency{ledger.ISO(code), ledger.Unofficial(code)} {
			a, err := ledger.ParseAmount(s, cur)
			if err != nil || !a.Known() {
				continue
			}
			if back, err := ledger.ParseAmount(a.String(), cur); err != nil || back != a {
				t.Errorf("%q parsed to %v, which reads back as %v, %v", s, a, back, err)
			}
			number, ok := new(big.Rat).SetString(s)
			if strings.ContainsAny(s, "/eEpP_") || !ok || number.Cmp(decimal(a)) != 0 {
				t.Errorf("%q parsed to %v, want that very number", s, a)
			}
		}
	})
}
