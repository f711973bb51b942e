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
	ask := screen.NumbersMsg{Account: acc}
	for _, item := range m.book.Items() {
		if item.ID == acc.Item {
			ask.Bank = item.Name
			return screen.Send(ask)
		}
	}
	return nil // kept by the user: no bank has it
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
