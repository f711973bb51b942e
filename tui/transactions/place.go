package transactions

import (
	"slices"
	"strings"

	"coffer/ledger"
	"coffer/tui/screen"
)

var _ screen.Keeper = (*Model)(nil)

// A spot is where the user is on the screen.
type spot struct {
	given           screen.RowsMsg // what another screen asked for
	givenText, text string         // the filter, as it was given and as it is
	order           ledger.Sort
	row             ledger.TransactionID // under the cursor
	line            int                  // of the screen that it is on
	typing, details bool
}

// Place implements screen.Keeper: the filter, the order and the row under the cursor.
func (m *Model) Place() any {
	if m.kept != nil {
		return m.kept // it was not come back to yet
	}
	at, _ := m.current()
	from, _ := m.window.Visible()
	return &spot{
		given:     screen.RowsMsg{Query: ownQuery(m.filter.given.Query), From: m.filter.given.From},
		givenText: strings.Clone(m.filter.givenText), text: strings.Clone(m.filter.text()),
		order: m.order, row: ledger.TransactionID(strings.Clone(string(at.ID))), line: m.window.Cursor() - from,
		typing: m.typing, details: m.details,
	}
}

// ownQuery is q with texts of its own: those of q may lie within a Book's.
func ownQuery(q ledger.Query) ledger.Query {
	q.Text, q.Payee = strings.Clone(q.Text), strings.Clone(q.Payee)
	q.Category = ledger.Category(strings.Clone(string(q.Category)))
	q.Accounts = slices.Clone(q.Accounts)
	for i, id := range q.Accounts {
		q.Accounts[i] = ledger.AccountID(strings.Clone(string(id)))
	}
	return q
}

// Return implements screen.Keeper. The rows come with the Book.
func (m *Model) Return(place any) {
	s := place.(*spot)
	m.kept, m.order, m.typing, m.details = s, s.order, s.typing, s.details
	m.filter.given, m.filter.givenText = s.given, s.givenText
	m.filter.input.SetValue(s.text)
	m.layOut()
}

// goBack puts the cursor where it was, in the first list that is whole.
func (m *Model) goBack() {
	s := m.kept
	if s == nil || !m.list.whole {
		return
	}
	m.kept = nil
	row, ok := m.list.book.Find(s.row)
	if !ok {
		return
	}
	if i := slices.Index(m.list.rows, row); i >= 0 {
		m.scrollTo(i, s.line)
	}
}
