// Package transactions is the screen that lists transactions, searches them and
// opens one to give it another category.
//
// It draws only what is visible: a list of a million rows costs what one of
// fifty costs. The filter in force is always on screen, and what is shown is
// what it says: while a text cannot be read, as a term half typed cannot, the rows
// are those of the part before the word at fault, faint, and the screen says so.
package transactions

import (
	"context"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/categorize"
	"coffer/tui/screen"
	"coffer/tui/theme"
	"coffer/tui/widget"
)

// A Model is the transactions screen.
type Model struct {
	ctx        context.Context
	theme      *theme.Theme
	inks       inks
	keys       keyMap
	typingKeys typingKeys

	book  *ledger.Book // nil until the first one comes
	today ledger.Date
	names names

	filter filter
	typing bool // letters are text
	order  ledger.Sort
	load   screen.Loader[listing]
	list   listing
	toTop  bool // the answer awaited is to a new question
	window widget.Window
	kept   *spot // where to go when the first Book comes, nil for nowhere
	days   map[ledger.Date]dayTotal

	details   bool // the pane beside or over the list is open
	detailTop int  // its first line on screen

	width, height int
}

var (
	_ screen.Screen = (*Model)(nil)
	_ screen.Typist = (*Model)(nil)
)

// New returns the screen, empty until a [screen.BookMsg] comes. Work in the
// background ends with ctx.
func New(ctx context.Context, th *theme.Theme) *Model {
	return &Model{
		ctx: ctx, theme: th, inks: newInks(th), keys: defaultKeys(), typingKeys: defaultTypingKeys(),
		filter: newFilter(), order: newest(),
	}
}

// Title implements screen.Screen.
func (m *Model) Title() string { return "Transactions" }

// Init implements screen.Screen.
func (m *Model) Init() tea.Cmd { return nil }

// Typing implements screen.Typist.
func (m *Model) Typing() bool { return m.typing }

// SetSize implements screen.Screen.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.layOut()
}

// layOut gives the list the lines that the rest leaves.
func (m *Model) layOut() {
	m.window.SetHeight(m.height - m.headLines())
	m.scrollDetails(0)
}

// Update applies one message.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return m.onKey(msg)
	case screen.BookMsg:
		return m.onBook(msg)
	case screen.RowsMsg:
		return m.onRows(msg)
	case screen.LoadedMsg[listing]:
		return m.onListed(msg)
	case categorize.ChosenMsg:
		m.moveOn(msg)
	}
	return nil
}

// onBook takes a new ledger. A filter that names an account is read again: the
// account may be there now.
func (m *Model) onBook(msg screen.BookMsg) tea.Cmd {
	m.book, m.today, m.names = msg.Book, msg.Today, newNames(msg.Book, widget.Script(m.theme.ASCII))
	m.filter.read(m.book)
	return m.ask(stay)
}

// onRows shows what another screen asks for.
func (m *Model) onRows(msg screen.RowsMsg) tea.Cmd {
	m.filter.give(m.book, msg)
	m.typing, m.details, m.order = false, false, newest()
	m.layOut()
	return m.ask(top)
}

// moveOn goes to the next row when the one under the cursor was dealt with.
func (m *Model) moveOn(msg categorize.ChosenMsg) {
	if e, ok := m.current(); ok && len(msg.IDs) == 1 && msg.IDs[0] == e.ID {
		m.move(+1)
	}
}

func (m *Model) onKey(msg tea.KeyMsg) tea.Cmd {
	if m.typing {
		return m.onTypingKey(msg)
	}
	switch {
	case key.Matches(msg, m.keys.up):
		m.move(-1)
	case key.Matches(msg, m.keys.down):
		m.move(+1)
	case key.Matches(msg, m.keys.pageUp):
		m.page(-1)
	case key.Matches(msg, m.keys.pageDown):
		m.page(+1)
	case key.Matches(msg, m.keys.home):
		m.move(-m.window.Count())
	case key.Matches(msg, m.keys.end):
		m.move(+m.window.Count())
	case key.Matches(msg, m.keys.search):
		m.typing = true
	case key.Matches(msg, m.keys.sort):
		return m.sortBy(next(m.order.By), false)
	case key.Matches(msg, m.keys.reverse):
		return m.sortBy(m.order.By, !m.order.Reverse)
	case key.Matches(msg, m.keys.details):
		m.toggleDetails()
	case key.Matches(msg, m.keys.category):
		return m.categorize()
	case key.Matches(msg, m.keys.back):
		return m.back()
	}
	return nil
}

// onTypingKey edits the filter. The list moves and the rows change under the
// hands of the user; only enter and esc end it.
func (m *Model) onTypingKey(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, m.typingKeys.accept, m.typingKeys.leave):
		m.typing = false
		return m.tellComplaint()
	case key.Matches(msg, m.typingKeys.up):
		m.move(-1)
	case key.Matches(msg, m.typingKeys.down):
		m.move(+1)
	case key.Matches(msg, m.typingKeys.pageUp):
		m.page(-1)
	case key.Matches(msg, m.typingKeys.pageDown):
		m.page(+1)
	default:
		before := m.filter.text()
		m.filter.input.Update(msg)
		if m.filter.text() != before && m.book != nil {
			m.filter.read(m.book)
			return m.ask(top)
		}
	}
	return nil
}

func (m *Model) move(rows int) {
	m.window.Move(rows)
	m.detailTop = 0
}

// page goes a screenful on: of the details when they cover the list, else of
// the rows.
func (m *Model) page(n int) {
	if m.detailsCover() {
		m.scrollDetails(n * max(1, m.detailHeight()-1))
		return
	}
	m.window.Page(n)
	m.detailTop = 0
}

func (m *Model) sortBy(by ledger.SortKey, reverse bool) tea.Cmd {
	m.order = ledger.Sort{By: by, Reverse: reverse}
	return m.ask(top)
}

// next returns the order after by.
func next(by ledger.SortKey) ledger.SortKey {
	switch by {
	case ledger.SortDate:
		return ledger.SortAmount
	case ledger.SortAmount:
		return ledger.SortPayee
	default:
		return ledger.SortDate
	}
}

func (m *Model) categorize() tea.Cmd {
	e, ok := m.current()
	if !ok {
		return nil
	}
	return screen.Open(categorize.New(m.theme, ownCategories(m.list.book), e))
}

// canGoBack reports whether there is a level for back to peel.
func (m *Model) canGoBack() bool {
	return m.details || m.filter.changed() || m.filter.given.From != ""
}

// back peels one level: the details, what the user changed in the filter, and
// then the way to the screen that asked for these rows.
func (m *Model) back() tea.Cmd {
	switch from := m.filter.given.From; {
	case m.details:
		m.toggleDetails()
	case m.filter.changed():
		m.filter.reset(m.book)
		return m.ask(stay)
	case from != "":
		m.filter.give(m.book, screen.RowsMsg{})
		return tea.Batch(m.ask(top), screen.Goto(from))
	}
	return nil
}
