package accounts

import (
	"strings"

	"coffer/ledger"
	"coffer/tui/screen"
)

var _ screen.Keeper = (*Model)(nil)

// A place is what the cursor is on: an account, or a bank that has none.
type place struct {
	bank    ledger.ItemID
	account ledger.AccountID
}

// place returns where the cursor is, the zero place when it is on nothing.
func (m *Model) place() place {
	if m.cursor < len(m.rows) && m.rows[m.cursor].selectable() {
		return m.rows[m.cursor].place()
	}
	return place{}
}

// Place implements screen.Keeper.
func (m *Model) Place() any {
	if m.book == nil {
		return m.kept // nothing was shown since
	}
	at := m.place()
	return place{ledger.ItemID(strings.Clone(string(at.bank))), ledger.AccountID(strings.Clone(string(at.account)))}
}

// Return implements screen.Keeper.
func (m *Model) Return(at any) { m.kept = at.(place) }
