package accounts

import (
	"strings"

	"coffer/ledger"
	"coffer/tui/screen"
)

var _ screen.Keeper = (*Model)(nil)

// Place implements screen.Keeper: the account under the cursor.
func (m *Model) Place() any {
	if m.book == nil {
		return m.kept // nothing was shown since
	}
	return ledger.AccountID(strings.Clone(string(m.current())))
}

// Return implements screen.Keeper.
func (m *Model) Return(place any) { m.kept = place.(ledger.AccountID) }
