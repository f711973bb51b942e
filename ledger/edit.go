package ledger

// An Edit is what the user said of one transaction. Its zero value says
// nothing. Fields will be added; each has a way to say nothing.
type Edit struct {
	// Category replaces the bank's category. "" leaves it.
	Category Category
}

// IsZero reports whether e says nothing.
func (e Edit) IsZero() bool { return e == Edit{} }

// Edits are the user's edits by transaction. An id that the ledger does not
// know (a row that the bank removed and may bring back) is kept.
type Edits map[TransactionID]Edit

// Carry finds the posted row that each edited pending row became, so that the
// user's edits go on with it. Gone are the edited pending rows that the bank
// took back, added the rows that came in the same sync.
//
// A posted row that names the pending one (PendingID) is its successor. Where
// Plaid could not match them, it is the one added row on the same account, of
// the same amount, at most eight days later, whose name is alike; where there
// are several, or several pending rows for one, nothing is guessed.
func Carry(gone, added []Transaction) map[TransactionID]TransactionID { panic("being written") }
