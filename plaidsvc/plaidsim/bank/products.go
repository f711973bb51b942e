package bank

import (
	"time"

	"github.com/shopspring/decimal"
)

// A Login that knows more than transactions says so by implementing one of the
// interfaces below. One that does not has nothing of the kind, and the endpoint
// answers what Plaid answers then.

// An Owned login knows who its accounts belong to.
type Owned interface {
	// Owners lists the holders of an account, the first one first.
	Owners(accountID string) []Owner
}

// An Owner is a holder of an account as the bank has them on file.
type Owner struct {
	Names     []string
	Phones    []Contact // Type is "home", "work", "mobile", "other"
	Emails    []Contact // Type is "primary", "secondary", "other"
	Addresses []Address
}

// A Contact is a phone number or an email address.
type Contact struct {
	Data, Type string
	Primary    bool
}

// An Address is where an owner lives. Empty strings stand for null.
type Address struct {
	Street, City, Region, PostalCode, Country string
	Primary                                   bool
}

// A Numbered login knows the numbers its accounts are paid by.
type Numbered interface {
	// Numbers are those of an account; the zero value is none.
	Numbers(accountID string) Numbers
}

// Numbers are what an account is paid by, in any of four systems. A system that
// does not know the account has empty strings.
type Numbers struct {
	Account                    string // of ACH, EFT and BACS
	ACHRouting, ACHWireRouting string // United States
	EFTInstitution, EFTBranch  string // Canada
	IBAN, BIC                  string // international
	SortCode                   string // United Kingdom
	Tokenized                  bool   // the account number is a token that the bank can revoke
}

// An Invested login has investment accounts with something in them.
type Invested interface {
	// Holdings is what the investment accounts hold at a moment. The values of
	// an account's holdings add up to its balance.
	Holdings(at time.Time) []Holding
	// Trades lists the investment transactions dated from one day to another,
	// both included, as far as they are known at until; the oldest first.
	Trades(from, until time.Time) []Trade
}

// A Security is something that can be held. Empty strings stand for null.
type Security struct {
	ID, Name, Ticker     string
	Type                 string // Plaid's: "equity", "etf", "mutual fund", "cash", ...
	ISIN, CUSIP, SEDOL   string
	Market               string // its ISO 10383 code
	Sector, Industry     string
	Currency, Unofficial string
	CashEquivalent       bool
	Close                *decimal.Decimal // the last closing price
	CloseDate            string           // YYYY-MM-DD
	Option               *Option
}

// An Option is the contract of a derivative.
type Option struct {
	Type, Underlying string // Type is "put" or "call"
	Expires          string // YYYY-MM-DD
	Strike           decimal.Decimal
}

// A Holding is a position in a security.
type Holding struct {
	AccountID                   string
	Security                    Security
	Quantity, Price, Value      decimal.Decimal  // Value is what the bank says it is worth
	CostBasis                   *decimal.Decimal // in all, not per unit
	VestedQuantity, VestedValue *decimal.Decimal
	PriceDate                   string // YYYY-MM-DD, or ""
	Currency, Unofficial        string
}

// A Trade is one investment transaction, in Plaid's sign: a positive amount is
// money out of the account's cash, a positive quantity a purchase.
type Trade struct {
	ID, AccountID           string
	Security                *Security // nil where money alone moved
	Date                    string    // YYYY-MM-DD
	Name                    string
	Type, Subtype           string // Plaid's: "buy"/"dividend reinvestment"
	Quantity, Price, Amount decimal.Decimal
	Fees                    *decimal.Decimal
	Currency, Unofficial    string
}

// An Indebted login has credit cards, mortgages or student loans.
type Indebted interface {
	// Liabilities tells what is owed on which terms at a moment. It agrees with
	// the balances.
	Liabilities(at time.Time) Liabilities
}

// Liabilities are the debts of a login that Plaid has details of.
type Liabilities struct {
	Cards     []CardDebt
	Mortgages []Mortgage
	Students  []StudentLoan
}

// Amounts and dates of a debt are nil or "" where the bank does not tell. Dates
// are YYYY-MM-DD.

// A CardDebt is what is owed on a credit card.
type CardDebt struct {
	AccountID          string
	APRs               []APR
	Overdue            *bool
	LastPayment        *decimal.Decimal
	LastPaymentDate    string
	Statement          *decimal.Decimal
	StatementDate      string
	MinimumPayment     *decimal.Decimal
	NextPaymentDueDate string
}

// An APR is a rate of a card, in percent.
type APR struct {
	Percentage              decimal.Decimal
	Type                    string // "purchase_apr", "cash_apr", "balance_transfer_apr", "special"
	Subject, InterestCharge *decimal.Decimal
}

// A Mortgage is a loan on a house.
type Mortgage struct {
	AccountID, AccountNumber           string
	Rate                               *decimal.Decimal // percent
	RateType                           string           // "fixed" or "variable"
	LoanType, Term                     string           // "conventional", "30 year"
	LastPayment, NextPayment           *decimal.Decimal
	LastPaymentDate, NextPaymentDate   string
	OriginationDate, MaturityDate      string
	Origination, Escrow, LateFee       *decimal.Decimal
	PastDue, YTDInterest, YTDPrincipal *decimal.Decimal
	HasPMI, HasPrepaymentPenalty       *bool
	Property                           *Address
}

// A StudentLoan is a loan for an education.
type StudentLoan struct {
	AccountID, AccountNumber, Name, Guarantor string
	Sequence, Reference                       string
	Rate                                      decimal.Decimal // percent
	Status, StatusEnds                        string          // Plaid's: "repayment", "deferment", ...
	Plan, PlanDescription                     string          // Plaid's: "standard", "income-based repayment", ...
	DisbursementDates                         []string
	ExpectedPayoffDate                        string
	OriginationDate                           string
	Origination, Interest, LastPayment        *decimal.Decimal
	LastPaymentDate, StatementDate            string
	MinimumPayment                            *decimal.Decimal
	NextPaymentDueDate                        string
	Overdue                                   *bool
	YTDInterest, YTDPrincipal                 *decimal.Decimal
	Servicer                                  *Address
	PSLF                                      *PSLF
}

// PSLF is how far a student loan is on the way to public service forgiveness.
type PSLF struct {
	EligibilityDate                 string
	PaymentsMade, PaymentsRemaining *int
}
