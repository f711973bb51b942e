package ledger

import (
	"encoding/json"
	"fmt"
)

// Digits are a number that moves money: an account's, a routing number, an
// IBAN; or a token that stands for one. Every way of printing or marshalling them shows their end alone, so that
// they stand whole only where somebody asked [Digits.Reveal] for them. They are
// the bank's text, to be cleaned like any other.
type Digits struct{ s string }

// NewDigits returns s as digits; "" is a number that the bank does not tell.
func NewDigits(s string) Digits { return Digits{s} }

// Reveal returns the whole number.
func (d Digits) Reveal() string { return d.s }

// Known reports whether the bank told a number at all.
func (d Digits) Known() bool { return d.s != "" }

// Masked returns stars and the last characters, four at most and half of them at
// most, "****6789". How long the number is does not show. Unknown digits are "".
func (d Digits) Masked() string {
	if d.s == "" {
		return ""
	}
	const shown = 4
	runes := []rune(d.s)
	return "****" + string(runes[len(runes)-min(shown, len(runes)/2):])
}

// String returns the digits masked.
func (d Digits) String() string { return d.Masked() }

// Format prints the digits masked whatever the verb.
func (d Digits) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(d.Masked())) }

// MarshalJSON gives the digits masked, null when they are not known.
func (d Digits) MarshalJSON() ([]byte, error) {
	if !d.Known() {
		return []byte("null"), nil
	}
	return json.Marshal(d.Masked())
}

// Numbers are what one account is paid by, for each system that reaches it. They
// are asked for when somebody wants them, and kept nowhere.
type Numbers struct {
	ACH           []ACHNumbers
	EFT           []EFTNumbers
	International []InternationalNumbers
	BACS          []BACSNumbers
	// PersistentID is Plaid's name for the account that stays the same when its
	// bank is linked again, "" where the bank has none.
	PersistentID string
}

// ACHNumbers are those of the United States.
type ACHNumbers struct {
	Account, Routing Digits
	WireRouting      Digits // not known at many banks
	// Tokenized says that Account stands for the account's own number: it is for
	// Plaid's client alone, and the bank may revoke it.
	Tokenized bool
	// Out says whether money can be taken by ACH; nil when the bank does not say.
	Out *bool
}

// EFTNumbers are those of Canada.
type EFTNumbers struct{ Account, Institution, Branch Digits }

// InternationalNumbers are those that most of the world uses.
type InternationalNumbers struct{ IBAN, BIC Digits }

// BACSNumbers are those of the United Kingdom.
type BACSNumbers struct{ Account, SortCode Digits }

// A NumberLine is one number with its name for people.
type NumberLine struct {
	Label  string
	Digits Digits
}

// Lines lists all numbers that are known, as people read them.
func (n Numbers) Lines() []NumberLine {
	var all []NumberLine
	for _, a := range n.ACH {
		all = append(all, NumberLine{"ACH account", a.Account}, NumberLine{"ACH routing", a.Routing}, NumberLine{"Wire routing", a.WireRouting})
	}
	for _, e := range n.EFT {
		all = append(all, NumberLine{"EFT account", e.Account}, NumberLine{"EFT institution", e.Institution}, NumberLine{"EFT branch", e.Branch})
	}
	for _, i := range n.International {
		all = append(all, NumberLine{"IBAN", i.IBAN}, NumberLine{"BIC", i.BIC})
	}
	for _, b := range n.BACS {
		all = append(all, NumberLine{"Account", b.Account}, NumberLine{"Sort code", b.SortCode})
	}
	known := all[:0]
	for _, line := range all {
		if line.Digits.Known() {
			known = append(known, line)
		}
	}
	return known
}

// Tokenized reports whether an account number among them stands for another.
func (n Numbers) Tokenized() bool {
	for _, a := range n.ACH {
		if a.Tokenized {
			return true
		}
	}
	return false
}
