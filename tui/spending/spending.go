// Package spending is the screen that shows where the money went: a month or a
// year, by category, merchant or account, against the one before.
//
// Sums are the ledger's: refunds lower them, transfers and card payments are not
// in them, and each currency stands for itself. A span that is not over says so,
// and is compared with as many days of the one before.
package spending

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/theme"
	"coffer/tui/widget"
)

// A Model is the spending screen.
type Model struct {
	theme *theme.Theme
	inks  inks
	keys  keyMap

	book  *ledger.Book // nil until the first one comes
	today ledger.Date

	span span
	by   ledger.Grouping
	// inside is the primary category whose detailed ones are shown, "" for none.
	inside ledger.Category

	report report
	trend  []ledger.Amount // the first currency's months up to the span's last
	lines  []line
	window widget.Window // over lines
	kept   *place        // where to go when the first Book comes, nil for nowhere

	width, height int
}

var _ screen.Screen = (*Model)(nil)

// New returns the screen, empty until a [screen.BookMsg] comes.
func New(th *theme.Theme) *Model {
	return &Model{theme: th, inks: newInks(th), keys: defaultKeys(), by: ledger.ByCategory}
}

// Title implements screen.Screen.
func (m *Model) Title() string { return "Spending" }

// Init implements screen.Screen.
func (m *Model) Init() tea.Cmd { return nil }

// SetSize implements screen.Screen.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.window.SetHeight(height - len(m.headLines()))
	m.window.SetCursor(m.window.Cursor())
}

// Update applies one message.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return m.onKey(msg)
	case screen.BookMsg:
		m.onBook(msg)
	}
	return nil
}

// onBook takes a new ledger. The first one brings the current month to the
// screen; after that what is looked at stays, unless it was the running month
// and that is over.
func (m *Model) onBook(msg screen.BookMsg) {
	if m.book == nil || m.span.month == m.today.Month() {
		m.span.month = msg.Today.Month()
	}
	m.book, m.today = msg.Book, msg.Today
	m.recount()
	m.goBack()
}

func (m *Model) onKey(msg tea.KeyMsg) tea.Cmd {
	if m.book == nil {
		return nil
	}
	switch {
	case key.Matches(msg, m.keys.up):
		m.move(-1)
	case key.Matches(msg, m.keys.down):
		m.move(+1)
	case key.Matches(msg, m.keys.pageUp):
		m.move(-m.page())
	case key.Matches(msg, m.keys.pageDown):
		m.move(+m.page())
	case key.Matches(msg, m.keys.home):
		m.move(-len(m.lines))
	case key.Matches(msg, m.keys.end):
		m.move(+len(m.lines))
	case key.Matches(msg, m.keys.earlier):
		m.look(m.span.move(-1, m.oldest(), m.today.Month()))
	case key.Matches(msg, m.keys.later):
		m.look(m.span.move(+1, m.oldest(), m.today.Month()))
	case key.Matches(msg, m.keys.now):
		m.look(span{m.span.years, m.today.Month()})
	case key.Matches(msg, m.keys.month):
		m.look(span{false, m.span.month})
	case key.Matches(msg, m.keys.year):
		m.look(span{true, m.span.month})
	case key.Matches(msg, m.keys.group):
		m.regroup()
	case key.Matches(msg, m.keys.open):
		return m.open()
	case key.Matches(msg, m.keys.back):
		m.leave()
	}
	return nil
}

// oldest returns the month of the first row there is: before it there is
// nothing to see.
func (m *Model) oldest() ledger.Month {
	if m.book.Len() == 0 {
		return m.today.Month()
	}
	return firstDay(m.book).Month()
}

// look turns to another span. The cursor stays on its group.
func (m *Model) look(s span) {
	if s != m.span {
		m.span = s
		m.recount()
	}
}

// regroup turns to the next grouping.
func (m *Model) regroup() {
	order := []ledger.Grouping{ledger.ByCategory, ledger.ByDetailed, ledger.ByMerchant, ledger.ByAccount}
	m.by = order[(slices.Index(order, m.by)+1)%len(order)]
	m.inside = ""
	m.recount()
}

// recount works the report out anew, with the cursor on the group it was on.
func (m *Model) recount() {
	was, ok := m.group()
	by := m.by
	if m.inside != "" {
		by = ledger.ByDetailed
	}
	m.report = newReport(m.book, m.span, by, m.today)
	if m.inside != "" {
		m.report = m.report.within(m.inside)
	}
	m.trend = m.months()
	m.lines = layLines(m.report.blocks)
	m.window.SetCount(len(m.lines))
	m.window.SetHeight(m.height - len(m.headLines()))
	m.window.Home()
	if ok {
		m.goTo(was)
	}
}

// months returns what was spent in each of the twelve months up to the last of
// the span, as far back as there are rows. A part of all spending has none.
func (m *Model) months() []ledger.Amount {
	if m.inside != "" || len(m.report.blocks) == 0 {
		return nil
	}
	last := m.span.period().To.Month()
	if now := m.today.Month(); last.Compare(now) > 0 {
		last = now
	}
	first := last.Add(-11)
	if oldest := m.oldest(); first.Compare(oldest) < 0 {
		first = oldest
	}
	if first.Compare(last) >= 0 {
		return nil
	}
	return m.book.MonthlySpending(m.report.blocks[0].Currency, first, last)
}
