package widget

import (
	"strconv"
	"strings"

	"coffer/ledger"
)

// Unknown stands where a bank gave no figure. It is never drawn as 0.
const Unknown = "–"

const minus = "−"

// Number returns a without its currency: "−1,234.56", "120,400", "–" when a is
// not known.
func Number(a ledger.Amount) string {
	sign, digits := split(a)
	return sign + digits
}

// Decimal returns d, grouped as Number does, with between least and most decimals.
func Decimal(d ledger.Decimal, least, most int) string {
	if d == "" {
		return Unknown
	}
	text, negative := strings.CutPrefix(string(d.Round(most)), "-")
	whole, rest, _ := strings.Cut(text, ".")
	rest += strings.Repeat("0", max(0, least-len(rest)))
	if text = group(whole); rest != "" {
		text += "." + rest
	}
	if negative {
		return minus + text
	}
	return text
}

// A Script is the characters that a terminal can show, as far as money depends on
// it: a stand-in for a currency sign (see [ASCII]) would be another currency.
type Script bool

// The scripts.
const (
	Unicode   Script = false
	ASCIIOnly Script = true // codes stand for the signs that ASCII does not have
)

// Money returns a with its currency: "−$1,234.56", "¥120,400", "CHF 12.00", "–"
// when a is not known.
func (s Script) Money(a ledger.Amount) string {
	if !a.Known() {
		return Unknown
	}
	sign, digits := split(a)
	return sign + s.symbol(a.Currency()) + digits
}

// Price returns d as Money does an amount of cur, with at most so many decimals and at
// least those that cur has.
func (s Script) Price(d ledger.Decimal, most int, cur ledger.Currency) string {
	if d == "" {
		return Unknown
	}
	least := min(cur.Digits(), most)
	if cur.IsUnofficial() {
		least = 0
	}
	text, negative := strings.CutPrefix(Decimal(d, least, most), minus)
	if negative {
		return minus + s.symbol(cur) + text
	}
	return s.symbol(cur) + text
}

// symbol returns what stands before a figure of cur: a sign for the few
// currencies that one sign names to nearly everyone, else the code and a space.
func (s Script) symbol(cur ledger.Currency) string {
	switch cur {
	case ledger.Currency{}:
		return ""
	case ledger.ISO("USD"):
		return "$"
	}
	if s == Unicode {
		switch cur {
		case ledger.ISO("EUR"):
			return "€"
		case ledger.ISO("GBP"):
			return "£"
		case ledger.ISO("JPY"):
			return "¥"
		}
	}
	return Clean(cur.Code()) + " " // a bank may make codes up
}

// split returns the minus, if any, and the grouped digits.
func split(a ledger.Amount) (sign, digits string) {
	if !a.Known() {
		return "", Unknown
	}
	text, negative := strings.CutPrefix(a.String(), "-")
	if negative {
		sign = minus
	}
	whole, rest := text, ""
	if i := strings.IndexByte(text, '.'); i >= 0 {
		whole, rest = text[:i], text[i:]
	}
	return sign, group(whole) + rest
}

// group puts a comma between every three digits.
func group(whole string) string {
	var b strings.Builder
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(whole[i])
	}
	return b.String()
}

// A MoneyColumn draws amounts in exactly Width cells, right-aligned, with their
// decimal points under one another.
type MoneyColumn struct {
	Width int
	// Decimals is how many decimals the column keeps room for. An amount of a
	// currency with fewer (yen) is moved left by what it lacks; one with more
	// (bitcoin) stands at the right edge.
	Decimals int
	// Sign draws a plus before what is above zero.
	Sign bool
	// Currency is drawn as a bare number, any other with its symbol or code. With
	// the zero Currency all are drawn with theirs.
	Currency ledger.Currency
	Script   Script
}

// Column returns a MoneyColumn with room for amounts of cur that are drawn bare.
func (s Script) Column(cur ledger.Currency, width int) MoneyColumn {
	return MoneyColumn{Width: width, Decimals: cur.Digits(), Currency: cur, Script: s}
}

// Cell draws one amount. A sum too large for the column is drawn as ####, like a
// spreadsheet does: part of a number is a wrong number.
func (c MoneyColumn) Cell(a ledger.Amount) string {
	text := c.text(a)
	if room := c.Width - Width(text) - c.lacking(a); room >= 0 {
		return strings.Repeat(" ", room) + text + strings.Repeat(" ", c.lacking(a))
	}
	if text = strings.ReplaceAll(text, ",", ""); Width(text) > c.Width {
		return strings.Repeat("#", max(0, c.Width))
	}
	return FitRight(text, c.Width)
}

func (c MoneyColumn) text(a ledger.Amount) string {
	text := c.Script.Money(a)
	if a.Currency() == c.Currency {
		text = Number(a)
	}
	if c.Sign && a.Sign() > 0 {
		return "+" + text
	}
	return text
}

// lacking returns the cells between the end of a and the end of the column.
func (c MoneyColumn) lacking(a ledger.Amount) int {
	digits := a.Currency().Digits()
	if !a.Known() {
		digits = 0
	}
	switch {
	case c.Decimals == 0 || digits >= c.Decimals:
		return 0
	case digits == 0:
		return c.Decimals + 1 // the point too
	}
	return c.Decimals - digits
}

// Widest returns the cells that the widest of amounts needs in a column like c.
func (c MoneyColumn) Widest(amounts ...ledger.Amount) int {
	width := 0
	for _, a := range amounts {
		width = max(width, Width(c.text(a))+c.lacking(a))
	}
	return width
}

// Plural counts things whose plural ends in s: "1 bank", "6,482 rows".
func Plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return Count(n) + " " + thing + "s"
}

// Count returns a number of things, grouped: "6,482".
func Count(n int) string {
	text, negative := strings.CutPrefix(strconv.Itoa(n), "-")
	if negative {
		return minus + group(text)
	}
	return group(text)
}
