package ledger

// A TransactionID names one transaction. Ids that Plaid issues are case
// sensitive and opaque; ids the user makes start with "c_".
type TransactionID string

// A Transaction is one movement on one account, as the bank reported it. It
// holds facts only; what the user says of it is an [Edit].
//
// Texts are as the bank sent them and may be hostile: they are cleaned where
// they are drawn, never here.
type Transaction struct {
	ID      TransactionID
	Account AccountID
	// PendingID is the pending row that this posted row replaces, "" if there
	// was none or the bank did not say.
	PendingID TransactionID
	Pending   bool
	// Date is the day it posted or, pending, the day it happened. Authorized is
	// the day the user did it, zero when the bank does not say.
	Date, Authorized Date
	// Amount is positive for money into the account, negative for money out.
	Amount Amount
	// RawAmount is Plaid's own text of the amount, kept only when Amount had to
	// be rounded to the currency's minor unit.
	RawAmount string
	// Category is Plaid's detailed code, "" when it gave none.
	Category Category
	// Name is the bank's description. Merchant is Plaid's cleaned name of the
	// other side, "" for transfers and cheques. Original is the statement's own
	// line, "" unless Plaid gave it.
	Name, Merchant, Original string
	// Channel is "online", "in store" or "other"; open.
	Channel string
	// City and Country are where it happened, "" when not known.
	City, Country string
	// Check is the number of the cheque, "" for anything else.
	Check string
}

// Payee returns whom people would say they paid, or were paid by.
func (t *Transaction) Payee() string {
	if t.Merchant != "" {
		return t.Merchant
	}
	return t.Name
}
