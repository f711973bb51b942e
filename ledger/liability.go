package ledger

import "strings"

// A LiabilityKind is what is owed. It decides which terms there are.
type LiabilityKind string

// The kinds whose terms Plaid has.
const (
	CardDebt    LiabilityKind = "credit"
	Mortgage    LiabilityKind = "mortgage"
	StudentLoan LiabilityKind = "student"
)

// A Rate is the interest on a part of a debt, in percent a year.
type Rate struct {
	Kind    string // Plaid's, such as "purchase_apr" or "fixed"; open
	Percent Decimal
}

// For says what the rate is for in words, "balance transfer", "" if the bank does not.
func (r Rate) For() string {
	return strings.ReplaceAll(strings.TrimSuffix(r.Kind, "_apr"), "_", " ")
}

// A Liability is the terms of what is owed on one account. What is owed is the
// account's balance. The amounts here are positive: what is to be paid.
type Liability struct {
	Account AccountID
	Kind    LiabilityKind
	Name    string // of a loan, "" when the bank has none
	Rates   []Rate
	// Minimum is what must be paid by Due.
	Minimum Amount
	Due     Date
	// Overdue is nil when the bank does not tell; PastDue is how much it is.
	Overdue *bool
	PastDue Amount
	// Statement is the balance of the last statement.
	Statement     Amount
	StatementDate Date
	LastPayment   Amount
	LastPaid      Date
	// Principal is what a loan was of; Ends when it is to be paid off.
	Principal Amount
	Ends      Date
}

// IsOverdue is whether a payment is late, nil when the bank tells in no way. Some tell
// only how much is.
func (l Liability) IsOverdue() *bool {
	if l.Overdue != nil || !l.PastDue.Known() {
		return l.Overdue
	}
	late := l.PastDue.Sign() > 0
	return &late
}

// Liabilities are all of one bank's, as they were told at one moment.
type Liabilities struct {
	Told
	List []Liability
}
