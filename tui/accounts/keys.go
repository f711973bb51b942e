package accounts

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
)

// ShortHelp implements help.KeyMap. What is on the sheet is not listed again, but for
// an account's details where there is room.
func (m *Model) ShortHelp() []key.Binding {
	short := func(b key.Binding, desc string, on bool) key.Binding {
		b.SetHelp(b.Help().Key, desc)
		b.SetEnabled(b.Enabled() && on)
		return b
	}
	move := m.keys.down
	move.SetHelp("↑↓", "move")
	on, _ := m.on()
	account := on.account.ID != ""
	details := key.NewBinding(key.WithKeys("d"), key.WithHelp("d", "details"))
	return []key.Binding{
		move, short(m.keys.open, "open", account), short(details, "details", account && hasDetails(on.account) && !m.keys.fix.Enabled()),
		short(m.keys.more, "more", true), short(m.keys.fix, m.mend(), true),
	}
}

// FullHelp implements help.KeyMap. Of the actions it has those that can be done now.
func (m *Model) FullHelp() [][]key.Binding {
	k := m.keys
	if bank, _ := m.needy(); bank.Wants() != "" {
		k.fix.SetHelp("f", "allow what the bank asks for")
	}
	can := []key.Binding{k.open, k.more, k.fix}
	on, ok := m.on()
	for _, a := range actions {
		if ok && a.direct && a.concerns(on) && a.barred(on).whole == "" {
			can = append(can, a.binding())
		}
	}
	return [][]key.Binding{{k.up, k.down, k.pageUp, k.pageDown, k.first, k.last}, can}
}

// mend is what the key that mends a bank does, in a word or two.
func (m *Model) mend() string {
	if bank, _ := m.needy(); bank.Wants() != "" {
		return "allow it"
	}
	return "sign in"
}

// act does what a key stands for, or says why not.
func (m *Model) act(msg tea.KeyMsg) tea.Cmd {
	on, ok := m.on()
	if !ok {
		return nil
	}
	for _, a := range actions {
		if a.direct && a.concerns(on) && key.Matches(msg, a.binding()) {
			return a.start(on)
		}
	}
	return nil
}

// openSheet asks for the sheet of what the cursor is on.
func (m *Model) openSheet() tea.Cmd {
	on, ok := m.on()
	switch {
	case !ok:
		return nil
	case on.bank.ID == "":
		return screen.Send(screen.NoticeMsg{Text: action{}.barred(on).whole})
	}
	return screen.Send(screen.SheetMsg{Bank: on.bank, Account: on.account})
}

// on is what the cursor is on, false when that is nothing.
func (m *Model) on() (subject, bool) {
	at := m.place()
	if at == (place{}) {
		return subject{}, false
	}
	on := subject{account: m.rows[m.cursor].account}
	for _, item := range m.book.Items() {
		if item.ID == at.bank || item.ID == on.account.Item {
			on.bank = item
		}
	}
	return on, true
}

// enableFix offers to mend a bank where there is one to mend.
func (m *Model) enableFix() {
	_, needed := m.needy()
	m.keys.fix.SetEnabled(needed)
}

// needy returns the bank that is to be signed in to again: that under the cursor if it
// is one, else the first.
func (m *Model) needy() (bank ledger.Item, ok bool) {
	if m.book == nil {
		return bank, false
	}
	here, _ := m.on()
	if revoked(here) { // the key would sign in to another bank than the one in sight
		return bank, false
	}
	for _, it := range m.book.Items() {
		if !asks(it) {
			continue
		}
		if it.ID == here.bank.ID {
			return it, true
		}
		if !ok {
			bank, ok = it, true
		}
	}
	return bank, ok
}
