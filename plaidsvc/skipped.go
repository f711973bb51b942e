package plaidsvc

import (
	"fmt"

	"coffer/ledger"
)

// skipped counts what could not be read as far as it must be.
type skipped struct {
	rows  int
	first error
}

func (s *skipped) add(id string, why error) {
	if s.rows++; s.first == nil {
		s.first = fmt.Errorf("%.64q: %w", id, why)
	}
}

// and adds what other counts.
func (s skipped) and(other skipped) skipped {
	if s.first == nil {
		s.first = other.first
	}
	s.rows += other.rows
	return s
}

// report returns the count as an error for the progress of a sync, nil for none.
func (s skipped) report(item ledger.ItemID) error {
	if s.rows == 0 {
		return nil
	}
	return &SkippedError{Rows: s.rows, Item: item, First: s.first}
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
