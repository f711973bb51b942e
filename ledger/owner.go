package ledger

import (
	"slices"
	"strings"
)

// An Owner is a holder of an account as its bank has them on file. All texts are
// the bank's; what it does not know is "" or missing.
type Owner struct {
	Names     []string
	Emails    []Contact
	Phones    []Contact
	Addresses []OwnerAddress
}

// A Contact is an address of mail or a telephone number.
type Contact struct {
	Data    string
	Kind    string // Plaid's, such as "mobile"; open
	Primary bool
}

// Use says in words what a contact is for. Plaid calls the first address of mail
// primary twice.
func (c Contact) Use() string {
	words := []string{c.Kind}
	if c.Primary && c.Kind != "primary" {
		words = append(words, "primary")
	}
	return strings.TrimPrefix(strings.Join(words, ", "), ", ")
}

// An OwnerAddress is where an owner lives.
type OwnerAddress struct {
	Street, City, Region, PostalCode, Country string
	Primary                                   bool
}

// Line returns the address on one line.
func (a OwnerAddress) Line() string {
	parts := []string{a.Street, a.City, strings.TrimSpace(a.Region + " " + a.PostalCode), a.Country}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

// Use says in words what an address is for.
func (a OwnerAddress) Use() string { return Contact{Primary: a.Primary}.Use() }
