package plaidsvc

import (
	"fmt"

	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

// skipped returns the count as an error for the progress of a sync, nil for none.
func skipped(item ledger.ItemID, left wire.Skipped) error {
	if left.Rows == 0 {
		return nil
	}
	return &SkippedError{Rows: left.Rows, Item: item, First: left.First}
}

// A SkippedError counts rows that a bank sent in a form that nobody can read:
// without an id, an account, a date or an amount. The sync that reports it has
// kept all other rows. It is the Skipped of a [ledger.SyncResult].
type SkippedError struct {
	Rows  int
	Item  ledger.ItemID
	First error // what was wrong with the first
}

// Error implements error.
func (e *SkippedError) Error() string {
	return fmt.Sprintf("%d rows could not be read and were left out (the first: %v); fetch them again with coffer items replay %s",
		e.Rows, e.First, e.Item)
}
