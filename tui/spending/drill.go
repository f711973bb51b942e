package spending

import (
	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
)

// A line is one line of the list: a group, or what stands between the blocks of
// two currencies.
type line struct {
	block int
	row   int // in the block, or one of these
}

const (
	gapLine     = -1
	headingLine = -2
)

// layLines lists the groups of every block. The first block's heading is that of
// the screen.
func layLines(blocks []ledger.Spending) []line {
	var lines []line
	for i, b := range blocks {
		if i > 0 {
			lines = append(lines, line{i, gapLine}, line{i, headingLine})
		}
		for j := range b.Rows {
			lines = append(lines, line{i, j})
		}
	}
	return lines
}

// A group is what the cursor is on, in any span.
type group struct {
	cur ledger.Currency
	key string
}

// group returns what the cursor is on, and false when there is nothing.
func (m *Model) group() (group, bool) {
	b, row, ok := m.current()
	return group{b.Currency, row.Key}, ok
}

func (m *Model) current() (ledger.Spending, ledger.SpendingRow, bool) {
	if i := m.window.Cursor(); i < len(m.lines) && m.lines[i].row >= 0 {
		b := m.report.blocks[m.lines[i].block]
		return b, b.Rows[m.lines[i].row], true
	}
	return ledger.Spending{}, ledger.SpendingRow{}, false
}

// goTo puts the cursor on a group, if it is there.
func (m *Model) goTo(g group) {
	for i, l := range m.lines {
		if l.row < 0 {
			continue
		}
		b := m.report.blocks[l.block]
		if b.Currency == g.cur && b.Rows[l.row].Key == g.key {
			m.window.SetCursor(i)
			return
		}
	}
}

// move shifts the cursor by some lines and off those that are no groups. The
// last line is always a group, and so is the first.
func (m *Model) move(delta int) {
	m.window.Move(delta)
	for i := m.window.Cursor(); i < len(m.lines) && m.lines[i].row < 0; i = m.window.Cursor() {
		step := 1
		if delta < 0 {
			step = -1
		}
		m.window.Move(step)
	}
}

func (m *Model) page() int { return max(1, m.window.Height()-1) }

// open goes into the group under the cursor: a category shows its parts, and
// what has no parts its rows.
func (m *Model) open() tea.Cmd {
	b, row, ok := m.current()
	if !ok {
		return nil
	}
	if c := ledger.Category(row.Key); m.by == ledger.ByCategory && m.inside == "" && !m.single(c) {
		m.inside = c
		m.recount()
		m.goToCurrency(b.Currency)
		return nil
	}
	if m.by == ledger.ByMerchant && row.Key == "" {
		return screen.Send(screen.NoticeMsg{Text: "rows without a name cannot be listed by it; g groups them in another way"})
	}
	return screen.Send(screen.RowsMsg{Query: m.query(b.Currency, row.Key), From: screen.Spending})
}

// single reports whether a primary category has no parts to show.
func (m *Model) single(primary ledger.Category) bool {
	return newReport(m.book, m.span, ledger.ByDetailed, m.today).only(primary)
}

// goToCurrency puts the cursor on the first group in a currency.
func (m *Model) goToCurrency(cur ledger.Currency) {
	for i, l := range m.lines {
		if l.row >= 0 && m.report.blocks[l.block].Currency == cur {
			m.window.SetCursor(i)
			return
		}
	}
}

// query asks for the rows behind a group.
func (m *Model) query(cur ledger.Currency, key string) ledger.Query {
	q := ledger.Query{Period: m.span.period(), Currency: cur, Spending: true}
	switch m.by {
	case ledger.ByMerchant:
		q.Payee = key
	case ledger.ByAccount:
		q.Accounts = []ledger.AccountID{ledger.AccountID(key)}
	default:
		q.Category = ledger.Category(key)
	}
	return q
}

// leave comes back from the parts of a category to the category.
func (m *Model) leave() {
	if m.inside == "" {
		return
	}
	g, ok := m.group()
	g.key = string(m.inside)
	m.inside = ""
	m.recount()
	if ok {
		m.goTo(g)
	}
}
