package accounts

import (
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"

	"coffer/ledger"
	"coffer/tui/theme"
	"coffer/tui/widget"
)

const (
	mark = "▌"
	gap  = 2
	// wide is the width from which there are names over the columns.
	wide = 60
	// longName is how wide a name may be before other columns keep their place.
	longName = 24
	// staleAfter is how old a balance may be before it is dimmed: Plaid asks most
	// banks at least once a day.
	staleAfter = 36 * time.Hour
)

// headHeight is the lines above the rows.
func (m *Model) headHeight() int {
	if m.width < wide {
		return 1
	}
	return 2
}

// View draws the rows in the window and nothing else.
func (m *Model) View() string {
	if m.book == nil {
		return ""
	}
	if len(m.rows) == 0 {
		return m.empty()
	}
	t := m.table()
	lines := t.head()
	from, to := m.window.Visible()
	for i := from; i < to; i++ {
		lines = append(lines, m.line(t, m.rows[i], i == m.cursor))
	}
	return strings.Join(lines, "\n")
}

// empty says what to do when there is no bank.
func (m *Model) empty() string {
	title := m.theme.Title.Render(widget.Cut("No bank is linked yet.", m.width-2))
	text := m.theme.Text.Render(widget.Cut("Press l to link one.", m.width-2))
	return "\n  " + title + "\n\n  " + text
}

// table is the columns as they are on the present screen.
type table struct {
	theme                                  *theme.Theme
	width                                  int
	name, kind, current, avail, limit, age int // 0 when dropped
	money                                  widget.MoneyColumn
}

// table lays the columns out. They give way in this order: the limit, the kind,
// the age, what is available; then names are cut.
func (m *Model) table() table {
	money := widget.MoneyColumn{Decimals: 2, Script: widget.Script(m.theme.ASCII)}
	name, current, avail, limit, age := 0, len("current"), len("available"), len("limit"), len("yesterday")
	for _, r := range m.rows {
		age = max(age, widget.Width(widget.AsOf(m.clock.Now(), r.account.Balance)))
		name = max(name, widget.Width(widget.Clean(r.account.Label())))
		current = max(current, money.Widest(r.sum, r.account.Balance.Current))
		avail = max(avail, money.Widest(r.account.Balance.Available))
		limit = max(limit, money.Widest(r.account.Balance.Limit))
	}
	w := widget.Columns(m.width-2, gap,
		widget.TableColumn{Width: min(name, longName), Grow: true},
		widget.TableColumn{Width: 14, Drop: 2},
		widget.TableColumn{Width: current},
		widget.TableColumn{Width: avail, Drop: 4},
		widget.TableColumn{Width: limit, Drop: 1},
		widget.TableColumn{Width: age, Drop: 3})
	return table{theme: m.theme, width: m.width, name: w[0], kind: w[1], current: w[2], avail: w[3], limit: w[4], age: w[5], money: money}
}

// head names the columns, where there is room for a line that only names.
func (t table) head() []string {
	if t.width < wide {
		return []string{""}
	}
	line := widget.Join(gap, widget.Fit("", t.name), widget.Fit("kind", t.kind), widget.FitRight("current", t.current),
		widget.FitRight("available", t.avail), widget.FitRight("limit", t.limit), widget.FitRight("as of", t.age))
	return []string{"", t.theme.Faint.Render("  " + line)}
}

// line draws one row.
func (m *Model) line(t table, r row, selected bool) string {
	now := m.clock.Now()
	switch r.kind {
	case bankRow:
		return t.bank(now, r.item, selected)
	case adviceRow:
		return "  " + t.theme.Warn.Render(widget.Cut(r.text, t.width-2))
	case accountRow:
		return t.account(now, r.account, selected)
	case liveRow:
		return "    " + t.theme.Faint.Render(widget.Cut(widget.AsOf(now, r.account.Balance), t.width-4))
	case sumRow:
		return t.theme.Faint.Render(t.sum(without("together", r.unknown), r.sum))
	case totalRow:
		return t.theme.Title.Render(t.sum("All accounts in "+r.sum.Currency().Code(), r.sum))
	case noteRow:
		return "  " + t.theme.Faint.Render(widget.Cut(r.text, t.width-2))
	}
	return ""
}

// without remarks on the accounts that a sum leaves out.
func without(text string, unknown int) string {
	if unknown == 0 {
		return text
	}
	return text + " without " + widget.Plural(unknown, "account")
}

// bank draws a bank's name and, at the right, how it is doing.
func (t table) bank(now time.Time, item ledger.Item, selected bool) string {
	style := t.theme.Faint
	if item.NeedsUser() || item.State == ledger.ItemExpiring {
		style = t.theme.Warn
	}
	room := max(0, t.width-2)
	if item.ID == "" {
		return "  " + t.theme.Title.Render(widget.Fit("Kept by you", room))
	}
	name := widget.Clean(item.Name)
	right := ""
	for _, right = range states(now, item) {
		if widget.Width(name)+gap+widget.Width(right) <= room {
			break
		}
	}
	if selected {
		return t.theme.Accent.Render(mark) + t.theme.Selected.Render(" "+widget.Fit(name, room-widget.Width(right))+right)
	}
	return t.brand(item) + t.theme.Title.Render(widget.Fit(name, room-widget.Width(right))) + style.Render(right)
}

// brand marks a bank in its own colour, where it has one that can be shown. Its name
// says the same.
func (t table) brand(item ledger.Item) string {
	style, ok := t.theme.Brand(item.Color)
	if !ok || t.theme.ASCII {
		return "  "
	}
	return style.Render("■") + " "
}

// account draws one account. Under the cursor the whole line is in one style.
func (t table) account(now time.Time, a ledger.Account, selected bool) string {
	stale := now.Sub(a.Balance.AsOf) > staleAfter
	if a.IsEnded() { // what it holds now, nobody knows
		stale, a.Balance = true, ledger.Balance{AsOf: a.Ended}
	}
	name := widget.Account(a, t.name)
	if selected {
		line := widget.Join(gap, name, widget.Fit(kindOf(a), t.kind), t.cell(a.Balance.Current, t.current),
			t.cell(a.Balance.Available, t.avail), t.cell(a.Balance.Limit, t.limit), t.asOf(now, a, t.age))
		return t.theme.Accent.Render(mark) + t.theme.Selected.Render(" "+line)
	}
	text, money := t.theme.Text, t.theme.Text
	if stale {
		text, money = t.theme.Faint, t.theme.Faint
	}
	return "  " + widget.Join(gap, paint(text, name), paint(t.theme.Faint, widget.Fit(kindOf(a), t.kind)),
		paint(money, t.cell(a.Balance.Current, t.current)), paint(t.theme.Faint, t.cell(a.Balance.Available, t.avail)),
		paint(t.theme.Faint, t.cell(a.Balance.Limit, t.limit)), paint(t.theme.Faint, t.asOf(now, a, t.age)))
}

// paint leaves a cell that is not there alone.
func paint(style lipgloss.Style, cell string) string {
	if cell == "" {
		return ""
	}
	return style.Render(cell)
}

// cell draws an amount, nothing in a column that was dropped.
func (t table) cell(a ledger.Amount, width int) string {
	col := t.money
	col.Width = width
	return col.Cell(a)
}

// asOf says how old a balance is, and marks one that the bank was asked for.
func (t table) asOf(now time.Time, a ledger.Account, width int) string {
	return widget.FitRight(widget.AsOf(now, a.Balance), width)
}

// sum draws a sum under the column of current balances.
func (t table) sum(label string, sum ledger.Amount) string {
	left := t.name
	if t.kind > 0 {
		left += gap + t.kind
	}
	return "  " + widget.Fit(label, left) + strings.Repeat(" ", gap) + t.cell(sum, t.current)
}

// kindOf is Plaid's subtype in words, or its type where there is none.
func kindOf(a ledger.Account) string {
	if a.Subtype != "" {
		return a.Subtype
	}
	if a.Type != "" {
		return string(a.Type)
	}
	return widget.Unknown
}
