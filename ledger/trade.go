package ledger

// A Trade is something that happened in an investment account: bought, sold, a
// dividend, a fee. Banks tell of these apart from transactions, and they count in
// no spending.
type Trade struct {
	ID      string
	Account AccountID
	Date    Date
	Name    string // the bank's description
	// Security and Ticker are what was traded, "" where money alone moved.
	Security, Ticker string
	// Kind and Subkind are Plaid's, such as "buy" and "dividend"; open.
	Kind, Subkind string
	// Quantity is what came into the account, below zero for what left it.
	Quantity Decimal
	// Price is of one unit, counted in Currency.
	Price    Decimal
	Currency Currency
	// Amount is the money that the trade brought to the account, below zero for
	// what it took.
	Amount Amount
	// Fees are part of Amount, and positive.
	Fees Amount
}

// What says what happened in a word of Plaid's: the closer one, where it has one.
func (t Trade) What() string {
	if t.Subkind != "" {
		return t.Subkind
	}
	return t.Kind
}

// Trades are all of one bank's since a day, the newest first, as they were told at
// one moment.
type Trades struct {
	Told
	Since Date
	List  []Trade
}
