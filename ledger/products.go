package ledger

import (
	"slices"
	"strings"
)

// Products are names of what Plaid sells of a bank, in Plaid's words and parted by
// spaces: "transactions auth". They are a text so that Items can be compared. It is an
// open set: what Plaid adds is kept.
type Products string

// AllowableProducts are those that a bank can be asked leave for after it was linked.
const AllowableProducts Products = "auth identity investments liabilities transactions"

// ProductsOf returns the Products with these names.
func ProductsOf(names []string) Products {
	return Products(strings.Join(strings.Fields(strings.Join(names, " ")), " "))
}

// List returns the names.
func (p Products) List() []string { return strings.Fields(string(p)) }

// Has reports whether a product is among them.
func (p Products) Has(name string) bool { return slices.Contains(p.List(), name) }

// Wants returns what the user has to allow before the bank tells anything at all, none
// as long as it works.
func (i Item) Wants() Products {
	if i.State == ItemUnavailable && i.Code == "ADDITIONAL_CONSENT_REQUIRED" {
		return "transactions"
	}
	return ""
}

// NeedsUser reports whether only the user can mend the Item: by signing in, by linking
// it again, or by allowing what it wants.
func (i Item) NeedsUser() bool { return i.State.NeedsUser() || i.Wants() != "" }

// A NotAllowedError is [ErrNotAllowed] of a product.
type NotAllowedError struct{ Product string }

// Error is that of ErrNotAllowed: what wraps it says what for.
func (e *NotAllowedError) Error() string { return ErrNotAllowed.Error() }

// Unwrap returns ErrNotAllowed.
func (e *NotAllowedError) Unwrap() error { return ErrNotAllowed }

// Allowable returns what the user has not allowed the bank to tell yet, as far as is
// known.
func (i Item) Allowable() []string {
	return slices.DeleteFunc(AllowableProducts.List(), func(p string) bool {
		return !i.Wants().Has(p) && (i.Billed.Has(p) || i.Consented.Has(p))
	})
}
