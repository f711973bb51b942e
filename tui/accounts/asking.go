package accounts

import (
	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
)

// notShared is what there is to say of an account that has ended.
const notShared = "the bank does not tell of this account: it is not shared any more"

// needy returns the bank that is to be signed in to again: that of the account under
// the cursor if it is one, else the first.
func (m *Model) needy() (bank ledger.Item, ok bool) {
	if m.book == nil {
		return bank, false
	}
	here, _ := m.book.Account(m.current())
	for _, it := range m.book.Items() {
		if !asks(it) {
			continue
		}
		if it.ID == here.Item {
			return it, true
		}
		if !ok {
			bank, ok = it, true
		}
	}
	return bank, ok
}

// here returns the bank whose accounts the user would choose: that of the account
// under the cursor, else the first. One whose access was taken back has none.
func (m *Model) here() (bank ledger.Item, ok bool) {
	if m.book == nil {
		return bank, false
	}
	on, _ := m.book.Account(m.current())
	for _, it := range m.book.Items() {
		switch {
		case it.State == ledger.ItemRevoked:
		case it.ID == on.Item:
			return it, true
		case !ok && on.Item == "":
			bank, ok = it, true
		}
	}
	return bank, ok
}

// hasDetails reports whether there is more to an account like the one under the
// cursor than its rows and its balance.
func (m *Model) hasDetails() bool {
	if m.current() == "" {
		return false
	}
	kind := m.rows[m.cursor].account.Type
	return kind == ledger.Investment || kind.IsDebt()
}

// askDetails asks for what the bank tells of the account under the cursor.
func (m *Model) askDetails() tea.Cmd {
	if m.current() == "" {
		return nil
	}
	if !m.hasDetails() {
		return screen.Send(screen.NoticeMsg{Text: "of an account like this banks tell rows and a balance, and no more"})
	}
	ask := screen.DetailsMsg{Account: m.rows[m.cursor].account}
	if ask.Bank = m.bankOf(ask.Account); ask.Bank == "" {
		return nil
	}
	return screen.Send(ask)
}

// bankOf is what the bank of an account is called, "" for one that the user keeps.
func (m *Model) bankOf(acc ledger.Account) string {
	for _, item := range m.book.Items() {
		if item.ID == acc.Item {
			return item.Name
		}
	}
	return ""
}

// askNumbers asks for the numbers of the account under the cursor.
func (m *Model) askNumbers() tea.Cmd {
	if m.current() == "" {
		return nil
	}
	acc := m.rows[m.cursor].account
	if acc.IsEnded() {
		return screen.Send(screen.NoticeMsg{Text: notShared})
	}
	if acc.Type != ledger.Depository {
		return screen.Send(screen.NoticeMsg{Text: "only checking and savings accounts have numbers to be paid by"})
	}
	ask := screen.NumbersMsg{Account: acc, Bank: m.bankOf(acc)}
	if ask.Bank == "" {
		return nil // kept by the user: no bank has it
	}
	return screen.Send(ask)
}

// askBank asks for something of the bank of the account under the cursor, unless the
// bank would not answer.
func (m *Model) askBank(ask func(ledger.Account, ledger.Item) tea.Msg) tea.Cmd {
	if m.current() == "" {
		return nil
	}
	acc := m.rows[m.cursor].account
	if acc.IsEnded() {
		return screen.Send(screen.NoticeMsg{Text: notShared})
	}
	for _, bank := range m.book.Items() {
		switch {
		case bank.ID != acc.Item:
		case bank.State.NeedsUser() || bank.GivenUp():
			return screen.Send(screen.NoticeMsg{Text: bank.Name + " would not answer: " + advice(bank)})
		default:
			return screen.Send(ask(acc, bank))
		}
	}
	return screen.Send(screen.NoticeMsg{Text: "this account is kept by you: there is no bank to ask"})
}
