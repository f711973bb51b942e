package widget_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"coffer/ledger"
	"coffer/tui/widget"
)

var usd, jpy, btc = ledger.ISO("USD"), ledger.ISO("JPY"), ledger.Unofficial("BTC")

func TestMoney(t *testing.T) {
	for _, tt := range []struct {
		amount        ledger.Amount
		number, money string
	}{
		{ledger.Amount{}, "–", "–"},
		{ledger.NewAmount(0, usd), "0.00", "$0.00"},
		{ledger.NewAmount(-5, usd), "−0.05", "−$0.05"},
		{ledger.NewAmount(99999, usd), "999.99", "$999.99"},
		{ledger.NewAmount(-123456789, usd), "−1,234,567.89", "−$1,234,567.89"},
		{ledger.NewAmount(120400, jpy), "120,400", "¥120,400"},
		{ledger.NewAmount(1200, ledger.ISO("EUR")), "12.00", "€12.00"},
		{ledger.NewAmount(1200, ledger.ISO("GBP")), "12.00", "£12.00"},
		{ledger.NewAmount(-1200, ledger.ISO("CHF")), "−12.00", "−CHF 12.00"},
		{ledger.NewAmount(150000000, btc), "1.50000000", "BTC 1.50000000"},
		{ledger.NewAmount(1, ledger.Unofficial("E\x1b[2JL")), "0.00000001", "E [2JL 0.00000001"},
	} {
		if got := widget.Number(tt.amount); got != tt.number {
			t.Errorf("Number(%s %s) = %q, want %q", tt.amount, tt.amount.Currency(), got, tt.number)
		}
		if got := widget.Unicode.Money(tt.amount); got != tt.money {
			t.Errorf("Money(%s %s) = %q, want %q", tt.amount, tt.amount.Currency(), got, tt.money)
		}
	}
}

// A letter in the place of a sign would be read as another currency.
func TestASCIIMoneyHasCodes(t *testing.T) {
	for _, tt := range []struct {
		amount ledger.Amount
		want   string
	}{
		{ledger.NewAmount(-123456, usd), "-$1,234.56"},
		{ledger.NewAmount(33113, ledger.ISO("EUR")), "EUR 331.13"},
		{ledger.NewAmount(-33113, ledger.ISO("GBP")), "-GBP 331.13"},
		{ledger.NewAmount(12480, jpy), "JPY 12,480"},
		{ledger.Amount{}, "-"},
	} {
		if got := widget.ASCII(widget.ASCIIOnly.Money(tt.amount)); got != tt.want {
			t.Errorf("%s %s is %q, want %q", tt.amount, tt.amount.Currency(), got, tt.want)
		}
		col := widget.ASCIIOnly.Column(ledger.ISO("CHF"), 14)
		if got := widget.ASCII(col.Cell(tt.amount)); len(got) != 14 || !strings.Contains(got, tt.want) {
			t.Errorf("a column shows %q for %q", got, tt.want)
		}
	}
}

func TestDecimalPointsStandUnderOneAnother(t *testing.T) {
	col := widget.Unicode.Column(usd, 12)
	for _, tt := range []struct {
		amount ledger.Amount
		want   string
	}{
		{ledger.NewAmount(-123456, usd), "   −1,234.56"},
		{ledger.NewAmount(12480, jpy), "  ¥12,480   "},
		{ledger.NewAmount(900, ledger.ISO("EUR")), "       €9.00"},
		{ledger.Amount{}, "        –   "},
		{ledger.NewAmount(-12345678900, usd), "############"},
		{ledger.NewAmount(1234567890, usd), " 12345678.90"},
	} {
		if got := col.Cell(tt.amount); got != tt.want {
			t.Errorf("Cell(%s %s) = %q, want %q", tt.amount, tt.amount.Currency(), got, tt.want)
		}
	}
}

// Whatever the amount, a cell is as wide as its column and shows either every
// digit or none.
func TestCellNeverShowsPartOfANumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cur := rapid.SampledFrom([]ledger.Currency{usd, jpy, btc, ledger.ISO("KWD")}).Draw(t, "currency")
		a := ledger.NewAmount(rapid.Int64().Draw(t, "minor"), cur)
		col := widget.MoneyColumn{Width: rapid.IntRange(0, 40).Draw(t, "width"), Decimals: rapid.IntRange(0, 3).Draw(t, "decimals")}
		got := col.Cell(a)
		if w := ansi.StringWidth(got); w != col.Width {
			t.Fatalf("Cell(%s) = %q is %d wide, want %d", a, got, w, col.Width)
		}
		digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, got)
		all := strings.Trim(strings.ReplaceAll(a.String(), ".", ""), "-")
		if digits != all && strings.Trim(got, "#") != "" {
			t.Fatalf("Cell(%s) = %q shows the digits %q", a, got, digits)
		}
	})
}

func TestCount(t *testing.T) {
	for _, tt := range []struct {
		n    int
		want string
	}{{0, "0"}, {999, "999"}, {1000, "1,000"}, {-1234567, "−1,234,567"}} {
		if got := widget.Count(tt.n); got != tt.want {
			t.Errorf("Count(%d) = %q, want %q", tt.n, got, tt.want)
		}
	}
}

func TestPlural(t *testing.T) {
	for n, want := range map[int]string{0: "0 rows", 1: "1 row", 2: "2 rows", 6482: "6,482 rows"} {
		if got := widget.Plural(n, "row"); got != want {
			t.Errorf("Plural(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestPrice(t *testing.T) {
	usd, jpy, btc := ledger.ISO("USD"), ledger.ISO("JPY"), ledger.Unofficial("BTC")
	for _, tt := range []struct {
		price ledger.Decimal
		cur   ledger.Currency
		want  string
	}{
		{"172.5", usd, "$172.50"}, {"1", usd, "$1.00"}, {"1234.567891", usd, "$1,234.5679"}, {"-3", usd, "−$3.00"}, {"", usd, "–"},
		{"1200", jpy, "¥1,200"}, {"1200.5", jpy, "¥1,200.5"}, {"0.5", btc, "BTC 0.5"}, {"0.00001", btc, "BTC 0"},
	} {
		if got := widget.Unicode.Price(tt.price, 4, tt.cur); got != tt.want {
			t.Errorf("a price of %s %s is %q, want %q", tt.price, tt.cur, got, tt.want)
		}
	}
	if got := widget.Decimal("-1234567.125", 0, 2); got != "−1,234,567.13" {
		t.Errorf("a decimal is %q", got)
	}
}
