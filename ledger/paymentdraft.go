package ledger

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// A PaymentDraft is a payment as somebody typed it: how much, and who they say they
// are.
type PaymentDraft struct {
	// Amount is a number, in the account's currency or with the code of its own:
	// "25.00", "25 EUR".
	Amount string
	Payer  Person
}

// A PaymentField names a part of a [PaymentDraft].
type PaymentField string

// The parts of a draft, in the order in which they are asked for.
const (
	PaymentAmount     PaymentField = "amount"
	PaymentName       PaymentField = "name"
	PaymentEmail      PaymentField = "email"
	PaymentPhone      PaymentField = "phone"
	PaymentStreet     PaymentField = "street"
	PaymentCity       PaymentField = "city"
	PaymentRegion     PaymentField = "region"
	PaymentPostalCode PaymentField = "postal-code"
)

// A DraftError says which part of a draft cannot be meant. Its text does not name
// the part: whoever asked for it has a name of their own for it.
type DraftError struct {
	Field PaymentField
	Err   error
}

func (e *DraftError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *DraftError) Unwrap() error { return e.Err }

// Check reports what cannot be meant, before any account is known, as a
// [*DraftError]: nobody needs to be asked to see that.
func (d PaymentDraft) Check() error {
	number, _, err := d.split()
	if err != nil {
		return err
	}
	amount, err := ParseAmount(number, Unofficial("any")) // the currency, and its decimals, are the account's
	refuse := func(f PaymentField, format string, args ...any) error {
		return &DraftError{f, fmt.Errorf(format, args...)}
	}
	switch p := d.Payer; {
	case err != nil:
		return unreadable(number, err)
	case amount.Sign() <= 0:
		return refuse(PaymentAmount, "%.64s: want more than nothing", number)
	case strings.TrimSpace(p.Name) == "":
		return refuse(PaymentName, "it is missing: whose account should it be?")
	case p.Email != "" && !mailable(p.Email):
		return refuse(PaymentEmail, "%.64q: want an address as a@example.com", p.Email)
	case p.Phone != "" && !dialable(p.Phone):
		return refuse(PaymentPhone, "%.64q: want a number as +14155550123", p.Phone)
	case p.Street == "" && p.City+p.Region+p.PostalCode != "":
		return refuse(PaymentStreet, "it is missing: a city, a region and a postal code need one")
	}
	return nil
}

// AmountIn reads the amount in the currency that it names or else in cur. The error
// is a [*DraftError].
func (d PaymentDraft) AmountIn(cur Currency) (Amount, error) {
	number, code, err := d.split()
	if err != nil {
		return Amount{}, err
	}
	if code != "" && !strings.EqualFold(code, cur.Code()) {
		cur = ISO(code)
	}
	amount, err := ParseAmount(number, cur)
	if err != nil {
		return Amount{}, unreadable(number, err)
	}
	return amount, nil
}

// unreadable says why a number is no amount.
func unreadable(number string, err error) error {
	if errors.Is(err, ErrSyntax) {
		return &DraftError{PaymentAmount, fmt.Errorf("%.64q: want a number, as 25.00", number)}
	}
	for _, known := range []error{ErrPrecision, ErrOverflow} { // without naming the amount again
		if errors.Is(err, known) {
			err = known
		}
	}
	return &DraftError{PaymentAmount, fmt.Errorf("%.64s: %w", number, err)}
}

// split parts "25.00 USD"; the currency is "" when it is left out.
func (d PaymentDraft) split() (number, currency string, err error) {
	switch words := strings.Fields(d.Amount); len(words) {
	case 0:
		return "", "", &DraftError{PaymentAmount, errors.New("it is missing: want a number, as 25.00")}
	case 1:
		return words[0], "", nil
	case 2:
		return words[0], words[1], nil
	}
	return "", "", &DraftError{PaymentAmount, fmt.Errorf("%.64q: want a number, as 25.00", d.Amount)}
}

// mailable reports whether a text can be an address of mail.
func mailable(s string) bool {
	at := strings.LastIndexByte(s, '@')
	return at > 0 && at < len(s)-1 && !strings.ContainsFunc(s, unicode.IsSpace)
}

// dialable reports whether a text can be a telephone number.
func dialable(s string) bool {
	digits := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			digits++
		} else if !strings.ContainsRune("+-() .", r) {
			return false
		}
	}
	return digits >= 7 && digits <= 15
}
