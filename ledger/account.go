package ledger

import (
	"cmp"
	"slices"
	"time"
)

// An AccountID names one account. Ids that Plaid issues are case sensitive and
// opaque; ids the user makes start with "c_".
type AccountID string

// An AccountType is Plaid's kind of account. It is an open set: an unknown type
// is kept and counts as an asset.
type AccountType string

// The types Plaid has today.
const (
	Depository AccountType = "depository"
	Credit     AccountType = "credit"
	Loan       AccountType = "loan"
	Investment AccountType = "investment"
)

// IsDebt reports whether the balance of such an account is money owed.
func (t AccountType) IsDebt() bool { return t == Credit || t == Loan }

// An Account is an account as the bank describes it, with its latest balance.
type Account struct {
	ID           AccountID
	Item         ItemID
	Name         string
	OfficialName string // "" when the bank has none
	Mask         string // the last digits, "" when the bank hides them
	Type         AccountType
	Subtype      string // Plaid's, such as "checking"; open
	Currency     Currency
	Balance      Balance
	// Persistent is the bank's name for the account, the same in every link to it.
	// Few banks have one; "" is none.
	Persistent string
	// Ended is since when the bank does not share the account any more: it was
	// closed, or the user does not want it shared. It is zero while it is shared.
	// What was fetched before stays.
	Ended time.Time
}

// IsEnded reports whether the bank does not share the account any more.
func (a Account) IsEnded() bool { return !a.Ended.IsZero() }

// Label is how people tell their accounts apart: the name and the last digits,
// "Checking ··0000". It is the bank's text, to be cleaned like any other.
func (a Account) Label() string {
	if a.Mask == "" {
		return a.Name
	}
	return a.Name + " ··" + a.Mask
}

// A Balance is what an account held at one moment. An amount that the bank did
// not give is not [Amount.Known]; nothing is ever filled in from another field.
type Balance struct {
	// Current is what the account is worth to its owner: positive for what it
	// holds, negative for what is owed on it. An overpaid card is positive.
	Current Amount
	// Available and Limit are as the bank has them, positive for a debt too:
	// what can be spent, and how far.
	Available, Limit Amount
	// AsOf is when the bank last told.
	AsOf time.Time
	// Live is true when the bank was asked for this balance at AsOf, and false
	// when it is Plaid's cached one.
	Live bool
}

// CompareAccounts orders accounts as people list them: money at hand first,
// then cards, investments and loans, and by name within.
func CompareAccounts(a, b Account) int {
	order := []AccountType{Depository, Credit, Investment, Loan}
	rank := func(t AccountType) int {
		if i := slices.Index(order, t); i >= 0 {
			return i
		}
		return len(order)
	}
	return cmp.Or(rank(a.Type)-rank(b.Type), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
}
