// Package bank is what the simulated banks know: their names, the people who
// bank there, their accounts, and a life of money on each account.
//
// # Promise
//
// Everything is a function of a seed and of time. What happens on a day depends
// on the seed and on that day, never on the day the question is asked: a bank
// asked tomorrow tells the same past, one day longer. Balances agree with the
// transactions to the cent: the change of a balance between two moments is the
// sum of what was posted between them, and an investment account's is what it
// holds at the last closing prices, which are the same for everybody. Money is
// exact; there is no float here.
//
// # What it never does
//
// It opens nothing, dials nothing, reads no clock, and knows nothing of HTTP or
// of Plaid's tokens, cursors and errors: that is package plaidsim.
package bank

import (
	"time"

	"github.com/shopspring/decimal"
)

// An Institution is a bank as Plaid lists it. The field texts are Plaid's own
// vocabulary (products "transactions", countries "US").
type Institution struct {
	ID, Name       string
	URL, Color     string // Color is "#rrggbb"
	OAuth          bool
	Countries      []string
	Products       []string
	RoutingNumbers []string
}

// An Account is one account at a bank, without its money.
type Account struct {
	ID, PersistentID   string
	Name, OfficialName string
	Mask               string
	Type, Subtype      string // Plaid's: "depository"/"checking", "credit"/"credit card"
	Holder             string // Plaid's holder_category: "personal", "business"
	Currency           string // ISO 4217, or "" when Unofficial is set
	Unofficial         string // Plaid's unofficial_currency_code, as "BTC"
}

// A Balance is what an account holds at a moment, in Plaid's sense: for credit
// and loans Current is what is owed. A nil field is one that the bank does not
// tell.
type Balance struct {
	AccountID                 string
	Current, Available, Limit *decimal.Decimal
}

// A Transaction is one row as Plaid would hand it out, in Plaid's sign:
// positive is money out of the account. Empty strings stand for null.
type Transaction struct {
	ID, AccountID, PendingID string // PendingID: the pending row this one replaces
	Amount                   decimal.Decimal
	Currency, Unofficial     string
	Date, AuthorizedDate     string // YYYY-MM-DD
	Datetime, AuthorizedAt   time.Time
	Name, Merchant           string
	OriginalDescription      string
	EntityID, Website        string // of the merchant
	Channel                  string // "online", "in store", "other"
	Code                     string // Plaid's transaction_code
	CheckNumber              string
	Primary, Detailed        string // personal finance category, v2 codes
	Confidence               string
	CounterpartyType         string // "merchant", "financial_institution", ...
	Address, City, Region    string
	PostalCode, Country      string
	StoreNumber, Reference   string
	Pending                  bool
}

// An Op says what happened to a row.
type Op uint8

// What a bank can make known about a row.
const (
	Added Op = iota
	Modified
	Removed // only ID and AccountID of the row are meant
)

// An Event is one thing a bank made known about one row at one moment.
type Event struct {
	At          time.Time
	Op          Op
	Transaction Transaction
}

// A Login is what one person has at one bank.
type Login interface {
	// Institution is the bank.
	Institution() Institution
	// Accounts lists the accounts, oldest first.
	Accounts() []Account
	// Balances tells each account's balance at a moment.
	Balances(at time.Time) []Balance
	// Events lists what the bank made known in (from, until], by time and, at
	// one time, in the order it happened. A posted row that replaces a pending
	// one comes right after the pending one's Removed.
	Events(from, until time.Time) []Event
}
