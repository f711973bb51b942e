package ledger

// A Book is the whole ledger in memory, facts with edits applied: compact
// columns and indexes, immutable once built. Every report, filter and search is
// a pure function of a Book. It is safe for use by many goroutines.
type Book struct{ _ byte }

// A Row is the place of a transaction in one Book: 0 is the newest. Rows are
// ordered by date, newest first, ties by id. A Row means nothing in another
// Book.
type Row int32

// A Builder collects transactions for a Book.
type Builder struct{ _ byte }

// NewBuilder returns a Builder with room for about n transactions.
func NewBuilder(n int) *Builder { panic("being written") }

// Add takes one transaction. The texts of t may be part of a larger buffer: they
// are copied or interned, never kept alive.
func (b *Builder) Add(t *Transaction) { panic("being written") }

// Build makes the Book. The Builder is used up.
func (b *Builder) Build(items []Item, accounts []Account, edits Edits) *Book { panic("being written") }

// WithEdits returns a Book in which these edits hold too: an Edit replaces the
// one before it for its transaction, and a zero Edit takes it away. Everything
// else is shared with b.
func (b *Book) WithEdits(edits Edits) *Book { panic("being written") }

// WithBanks returns a Book with other items and accounts and the same rows.
func (b *Book) WithBanks(items []Item, accounts []Account) *Book { panic("being written") }

// Items lists the banks by name.
func (b *Book) Items() []Item { panic("being written") }

// Accounts lists all accounts in the order of [CompareAccounts].
func (b *Book) Accounts() []Account { panic("being written") }

// Account returns the account with an id.
func (b *Book) Account(id AccountID) (Account, bool) { panic("being written") }

// Len returns the number of transactions.
func (b *Book) Len() int { panic("being written") }

// An Entry is a transaction as people see it: the facts, and what edits made of
// them.
type Entry struct {
	Transaction          // the facts
	Edit        Edit     // what the user said
	Category    Category // in force: the edit's, else the bank's
	Payee       string   // in force
	Transfer    bool     // one leg of a transfer
}

// Entry returns the transaction at r.
func (b *Book) Entry(r Row) Entry { panic("being written") }

// Find returns the row of a transaction.
func (b *Book) Find(id TransactionID) (Row, bool) { panic("being written") }

// A Query says which rows are wanted: those that meet every field set. The zero
// Query wants all.
type Query struct {
	// Text holds words that must all occur, whatever their case, in the payee,
	// the bank's description or the statement's line.
	Text string
	// Period limits the date.
	Period Period
	// Accounts limits the account; empty means any.
	Accounts []AccountID
	// Category wants rows in this category or, for a primary, in any under it.
	// [Uncategorized] wants rows without one.
	Category Category
	// Payee wants this payee exactly.
	Payee string
	// Currency limits the currency.
	Currency Currency
	// Spending wants only rows that count as spending.
	Spending bool
	// Pending wants only pending rows.
	Pending bool
}

// ParseQuery reads what a user types: free words, and terms such as cat:food,
// acct:checking, date:2026-10, date:2026-10-01..2026-10-15, cur:EUR, payee:"x",
// is:pending, is:spending. Names of accounts and categories are matched against
// b. [Query.String] writes it back.
func (b *Book) ParseQuery(s string) (Query, error) { panic("being written") }

// A SortKey is what a list is ordered by.
type SortKey string

// The orders: newest, largest sum (whatever its sign) and A first.
const (
	SortDate   SortKey = "date"
	SortAmount SortKey = "amount"
	SortPayee  SortKey = "payee"
)

// A Sort is an order of rows; Reverse turns it round. Ties are by date and id.
type Sort struct {
	By      SortKey
	Reverse bool
}

// A Selection is the answer to a Query.
type Selection struct {
	Rows []Row
	// Sums are the sums of the rows, one per currency.
	Sums []Amount
}

// Select returns every row that q wants, in order.
func (b *Book) Select(q Query, order Sort) Selection { panic("being written") }

// First returns the newest rows that q wants, n at most. It stops as soon as it
// has them: the screen that a user types at waits for this, not for Select.
func (b *Book) First(q Query, n int) []Row { panic("being written") }

// A Grouping is what spending is grouped by.
type Grouping string

// The groupings. The texts are the command line's.
const (
	ByCategory Grouping = "category" // primary categories
	ByDetailed Grouping = "detailed"
	ByMerchant Grouping = "merchant"
	ByAccount  Grouping = "account"
)

// Spending is the money spent in one currency over a period: minus the sum of
// the rows that count, pending ones too. Refunds lower it, below zero too.
type Spending struct {
	Period   Period
	Currency Currency
	Total    Amount // positive for money spent
	Previous Amount // the same over Period.Previous
	Rows     []SpendingRow
}

// A SpendingRow is one group of Spending. Rows come largest first, ties by key.
type SpendingRow struct {
	Key, Label string
	Amount     Amount
	Count      int
	Previous   Amount // the same sum over Period.Previous
}

// Share returns r's part of the total, and false when the total is not positive
// and a part means nothing.
func (s Spending) Share(r SpendingRow) (float64, bool) { panic("being written") }

// Spending sums what was spent in p, one report per currency that has rows in
// p: the currency with the most rows in the Book first, then by code.
func (b *Book) Spending(p Period, by Grouping) []Spending { panic("being written") }

// MonthlySpending returns the total spent in each month from first to last, in
// one currency.
func (b *Book) MonthlySpending(cur Currency, first, last Month) []Amount { panic("being written") }

// A NetWorth is what is owned less what is owed, in one currency.
type NetWorth struct {
	Total Amount
	// Cash is depository accounts, Cards credit, Invested investments and Other
	// the rest that is not Loans. What is owed is negative.
	Cash, Cards, Invested, Loans, Other Amount
	// Debt is all that is owed, negative: the accounts that are below zero
	// though they are debts. An overpaid card owes nothing.
	Debt Amount
	// Unknown are accounts left out, since their bank did not say what they hold.
	Unknown []AccountID
}

// NetWorth sums the accounts, one result per currency, in the order of
// [Book.Spending].
func (b *Book) NetWorth() []NetWorth { panic("being written") }
