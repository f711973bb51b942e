// Package accounts is the screen that lists the accounts of every bank, with
// what they hold, what can be spent, and how old that knowledge is.
//
// What a bank did not say is drawn as a dash, never as zero and never filled in.
// Sums are per currency. What is old is dimmed and says how old it is.
package accounts

import (
	"cmp"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/theme"
	"coffer/tui/widget"
)

// A Model is the accounts screen.
type Model struct {
	theme *theme.Theme
	clock screen.Clock
	keys  keyMap

	book   *ledger.Book // nil until the first comes
	rows   []row        // everything there is, from top to bottom
	cursor int          // index into rows, of one that can be selected whenever there is one
	window widget.Window
	kept   place // where the cursor goes when the first Book comes

	width, height int
}

var _ screen.Screen = (*Model)(nil)

type keyMap struct{ up, down, pageUp, pageDown, first, last, open, more, fix key.Binding }

func defaultKeys() keyMap {
	return keyMap{
		up:       key.NewBinding(key.WithKeys("up", "k"), key.WithHelp("↑/k", "up")),
		down:     key.NewBinding(key.WithKeys("down", "j"), key.WithHelp("↓/j", "down")),
		pageUp:   key.NewBinding(key.WithKeys("pgup"), key.WithHelp("pgup", "a page up")),
		pageDown: key.NewBinding(key.WithKeys("pgdown"), key.WithHelp("pgdn", "a page down")),
		first:    key.NewBinding(key.WithKeys("home", "g"), key.WithHelp("home/g", "first account")),
		last:     key.NewBinding(key.WithKeys("end", "G"), key.WithHelp("end/G", "last account")),
		open:     key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "transactions")),
		more:     key.NewBinding(key.WithKeys("m"), key.WithHelp("m", "all that can be done")),
		fix:      key.NewBinding(key.WithKeys("f"), key.WithHelp("f", "sign in again"), key.WithDisabled()),
	}
}

// enable switches the keys that need a bank or an account.
func (k *keyMap) enable(on bool) {
	for _, b := range []*key.Binding{&k.up, &k.down, &k.pageUp, &k.pageDown, &k.first, &k.last, &k.open, &k.more} {
		b.SetEnabled(on)
	}
}

// New returns the screen, empty until a [screen.BookMsg] comes.
func New(th *theme.Theme, clock screen.Clock) *Model {
	return &Model{theme: th, clock: clock, keys: defaultKeys()}
}

// Title implements screen.Screen.
func (m *Model) Title() string { return "Accounts" }

// Init implements screen.Screen.
func (m *Model) Init() tea.Cmd { return nil }

// SetSize implements screen.Screen.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.list()
}

// Update applies one message.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.BookMsg:
		m.book = msg.Book
		m.list()
	case screen.BankMsg:
		m.find(msg)
	case tea.KeyMsg:
		return m.onKey(msg)
	}
	return nil
}

// list works the rows out; the cursor stays on its account.
func (m *Model) list() {
	if m.book == nil {
		return
	}
	current := cmp.Or(m.place(), m.kept)
	m.kept = place{}
	m.rows = rowsOf(m.book, m.width)
	if m.table().age == 0 {
		m.rows = withLiveRows(m.rows)
	}
	m.window.SetCount(len(m.rows))
	m.window.SetHeight(m.height - m.headHeight())
	m.keys.enable(slices.ContainsFunc(m.rows, row.selectable))
	m.enableFix()
	for i, r := range m.rows {
		if r.selectable() && r.place() == current {
			m.moveTo(i, +1)
			return
		}
	}
	m.moveTo(0, +1)
}

// find puts the cursor on what another screen asks for.
func (m *Model) find(msg screen.BankMsg) {
	bank := slices.IndexFunc(m.rows, func(r row) bool { return r.kind == bankRow && r.item.ID == msg.Item })
	if bank < 0 {
		return
	}
	at := slices.IndexFunc(m.rows, func(r row) bool { return r.kind == accountRow && r.account.ID == msg.Account })
	m.moveTo(max(bank, at), +1)
	m.window.SetCursor(bank)
	if m.place() != (place{}) {
		m.window.SetCursor(m.cursor)
	}
}

func (m *Model) onKey(msg tea.KeyMsg) tea.Cmd {
	k := m.keys
	switch {
	case key.Matches(msg, k.up):
		m.moveTo(m.cursor-1, -1)
	case key.Matches(msg, k.down):
		m.moveTo(m.cursor+1, +1)
	case key.Matches(msg, k.pageUp):
		m.moveTo(m.cursor-max(1, m.window.Height()-1), -1)
	case key.Matches(msg, k.pageDown):
		m.moveTo(m.cursor+max(1, m.window.Height()-1), +1)
	case key.Matches(msg, k.first):
		m.moveTo(0, +1)
	case key.Matches(msg, k.last):
		m.moveTo(len(m.rows)-1, -1)
	case key.Matches(msg, k.fix):
		if bank, ok := m.needy(); ok {
			return screen.Send(screen.Repair(bank))
		}
	case key.Matches(msg, k.open):
		if id := m.current(); id != "" {
			return screen.Send(screen.RowsMsg{Query: ledger.Query{Accounts: []ledger.AccountID{id}}, From: screen.Accounts})
		}
	case key.Matches(msg, k.more):
		return m.openSheet()
	default:
		return m.act(msg)
	}
	return nil
}

// current returns the account under the cursor, "" when there is none.
func (m *Model) current() ledger.AccountID {
	if m.cursor < len(m.rows) && m.rows[m.cursor].kind == accountRow {
		return m.rows[m.cursor].account.ID
	}
	return ""
}

// moveTo puts the cursor on what can be selected nearest to row i: the next in the
// direction of step, else the last one before. The name of a bank above its first
// account comes into view with it.
func (m *Model) moveTo(i, step int) {
	at := m.seek(i, step)
	if at < 0 {
		at = m.seek(i, -step)
	}
	if at < 0 {
		m.cursor = 0
		m.window.Home()
		return
	}
	m.cursor = at
	m.enableFix()
	above := at
	for above > 0 && !m.rows[above-1].selectable() && m.rows[above-1].kind != gapRow {
		above--
	}
	below := at
	if m.seek(at+1, +1) < 0 { // after the last come the totals
		below = len(m.rows) - 1
	}
	m.window.SetCursor(below)
	m.window.SetCursor(above)
	m.window.SetCursor(at)
}

// seek returns the first row from i in the direction of step that can be selected, -1
// when there is none.
func (m *Model) seek(i, step int) int {
	for i = max(0, min(i, len(m.rows)-1)); i >= 0 && i < len(m.rows); i += step {
		if m.rows[i].selectable() {
			return i
		}
	}
	return -1
}
