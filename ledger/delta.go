package ledger

import "time"

// A Delta is all that one sync of one Item brought, every page of it. It is
// applied whole or not at all.
type Delta struct {
	Item ItemID
	// From is the cursor that the sync started at, "" for the beginning. A vault
	// whose cursor is another one by now refuses the Delta with [ErrStale].
	From string
	// Next is the cursor to start the next sync at, "" where the Item has no
	// transactions to tell.
	Next string
	// Accounts are the Item's accounts as they are now.
	Accounts []Account
	// Upserts are added or modified rows, whole. No id occurs twice or is also
	// in Removed.
	Upserts []Transaction
	// Removed are rows that the bank took back. An id that is not known is no
	// error.
	Removed []TransactionID
	// Replace says that Upserts are the Item's whole history: rows of the Item
	// that are not among them are gone.
	Replace bool
	// HistoryReady is false while Plaid is still fetching older transactions.
	HistoryReady bool
	// At is when the sync finished.
	At time.Time
}

// Applied counts what a Delta changed. A row that the vault had already, word
// for word, counts nowhere.
type Applied struct{ Added, Modified, Removed int }
