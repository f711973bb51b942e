package ledger

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

// An OwnerAddress is where an owner lives.
type OwnerAddress struct {
	Street, City, Region, PostalCode, Country string
	Primary                                   bool
}
