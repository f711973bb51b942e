package ledger

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

var (
	// ErrCurrencyMismatch reports arithmetic on two different currencies.
	ErrCurrencyMismatch = errors.New("amounts are in different currencies")
	// ErrOverflow reports a result too large for an Amount.
	ErrOverflow = errors.New("amount out of range")
	// ErrSyntax reports text that is not a decimal number.
	ErrSyntax = errors.New("not a decimal amount")
	// ErrPrecision reports more decimal places than the currency has.
	ErrPrecision = errors.New("more decimal places than the currency allows")
)

// An Amount is a signed sum of one currency, held exactly in its minor unit.
//
// Amounts are comparable with == and safe as map keys. The zero Amount has no
// currency: it stands for "no amount is known", which is not the same as zero
// dollars, and it adds to any other.
type Amount struct {
	minor int64
	cur   Currency
}

// NewAmount returns minor units of cur: NewAmount(1999, ISO("USD")) is $19.99.
// The smallest int64 is out of range, so that every Amount can be negated; it
// becomes the next larger one. A number of no currency is no Amount that is
// known.
func NewAmount(minor int64, cur Currency) Amount {
	if cur == (Currency{}) {
		return Amount{}
	}
	return Amount{max(minor, -math.MaxInt64), cur}
}

// ParseAmount reads a decimal such as "-19.99". It accepts neither exponents
// nor digit grouping, and it never rounds: "19.999" is an error in USD, 19.990
// is not. The error is [ErrSyntax], [ErrPrecision] or [ErrOverflow].
func ParseAmount(s string, cur Currency) (Amount, error) {
	num, neg := strings.CutPrefix(s, "-")
	whole, frac, point := strings.Cut(num, ".")
	if whole == "" || point && frac == "" || strings.Trim(whole+frac, "0123456789") != "" {
		return Amount{}, fmt.Errorf("amount %q: %w", s, ErrSyntax)
	}
	digits := cur.Digits()
	if len(frac) > digits {
		if strings.Trim(frac[digits:], "0") != "" {
			return Amount{}, fmt.Errorf("amount %q in %s: %w", s, cur, ErrPrecision)
		}
		frac = frac[:digits]
	}
	minor, err := strconv.ParseInt(whole+frac+strings.Repeat("0", digits-len(frac)), 10, 64)
	if err != nil {
		return Amount{}, fmt.Errorf("amount %q: %w", s, ErrOverflow)
	}
	if neg {
		minor = -minor
	}
	return NewAmount(minor, cur), nil
}

// Currency returns the currency of a, the zero Currency if a is not known.
func (a Amount) Currency() Currency { return a.cur }

// Minor returns a in minor units.
func (a Amount) Minor() int64 { return a.minor }

// Known reports whether a is an amount at all.
func (a Amount) Known() bool { return a.cur != Currency{} }

// Sign returns -1, 0 or +1.
func (a Amount) Sign() int { return cmp.Compare(a.minor, 0) }

// Neg returns -a.
func (a Amount) Neg() Amount { return Amount{-a.minor, a.cur} }

// Add returns a + b. The error is [ErrCurrencyMismatch] or [ErrOverflow].
func (a Amount) Add(b Amount) (Amount, error) {
	switch {
	case a == Amount{}:
		return b, nil
	case b == Amount{}:
		return a, nil
	case a.cur != b.cur:
		return Amount{}, fmt.Errorf("add %s to %s: %w", b.cur, a.cur, ErrCurrencyMismatch)
	}
	if b.minor > 0 && a.minor > math.MaxInt64-b.minor ||
		b.minor < 0 && a.minor < -math.MaxInt64-b.minor {
		return Amount{}, fmt.Errorf("add %s to %s: %w", b, a, ErrOverflow)
	}
	return Amount{a.minor + b.minor, a.cur}, nil
}

// Sub returns a - b, with the errors of [Amount.Add].
func (a Amount) Sub(b Amount) (Amount, error) { return a.Add(b.Neg()) }

// String returns a as a plain decimal, "-19.99", without currency or grouping.
// ParseAmount reads it back exactly. An amount that is not known is "".
func (a Amount) String() string {
	if !a.Known() {
		return ""
	}
	text := strconv.FormatUint(uint64(max(a.minor, -a.minor)), 10)
	if digits := a.cur.Digits(); digits > 0 {
		if pad := digits + 1 - len(text); pad > 0 {
			text = strings.Repeat("0", pad) + text
		}
		text = text[:len(text)-digits] + "." + text[len(text)-digits:]
	}
	if a.minor < 0 {
		return "-" + text
	}
	return text
}
