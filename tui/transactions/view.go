package transactions

import (
	"errors"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/widget"
)

const prompt = " / "

// headLines is how many lines stand above the rows: the filter and, where there
// is room, the names of the columns.
func (m *Model) headLines() int {
	if m.width >= headerWidth {
		return 2
	}
	return 1
}

// View implements screen.Screen.
func (m *Model) View() string {
	if m.width <= 0 || m.height <= 0 {
		return ""
	}
	lines := []string{m.filterLine()}
	switch {
	case m.detailsCover():
		lines = append(lines, m.detailLines(m.width)...)
	case m.details:
		lines = append(lines, m.sideBySide()...)
	default:
		lines = append(lines, m.listLines(m.width)...)
	}
	return strings.Join(lines[:min(len(lines), m.height)], "\n")
}

// sideBySide draws the list and, in the right half, the details.
func (m *Model) sideBySide() []string {
	right := m.detailWidth()
	left := m.width - right - widget.Width(divider)
	list, details := m.listLines(left), m.detailLines(right)
	lines := make([]string, 0, m.height)
	for i := range m.height - 1 {
		a, b := "", ""
		if i < len(list) {
			a = list[i]
		}
		if i < len(details) {
			b = details[i]
		}
		a += strings.Repeat(" ", max(0, left-widget.Width(a)))
		lines = append(lines, a+m.inks.rule.Paint(divider)+b)
	}
	return lines
}

// filterLine shows the filter in force and what it finds.
func (m *Model) filterLine() string {
	const least = 20 // narrower, there is room for the filter alone
	if m.width < least {
		return m.inks.text.Paint(m.filter.input.View(m.width, m.typing))
	}
	ink, promptInk := m.inks.text, m.inks.faint
	if m.typing {
		promptInk = m.inks.accent
	}
	room := m.filterRoom()
	answer, answerInk := m.answer(m.answerRoom()), m.inks.faint
	if m.filter.err != nil {
		answer, answerInk = firstThatFits(m.complaints(), m.answerRoom()), m.inks.warn
	}
	const gap = 1
	input := m.filter.input.View(room-widget.Width(answer)-gap, m.typing)
	if !m.filter.inForce() && !m.typing {
		input, ink = widget.Fit("all transactions", room-widget.Width(answer)-gap), m.inks.faint
	}
	return promptInk.Paint(prompt) + ink.Paint(input) + " " + answerInk.Paint(answer) + " "
}

// filterRoom is how many cells there are for the filter and what it finds.
func (m *Model) filterRoom() int { return m.width - widget.Width(prompt) - 1 }

// answerRoom is how many of them what it finds has at most.
func (m *Model) answerRoom() int {
	room := m.filterRoom()
	return room - min(room/2, max(12, widget.Width(m.filter.text())+1)) - 2
}

func (m *Model) complaints() []string { return m.filter.complaints(len(m.list.rows) > 0) }

// tellComplaint says below why the filter cannot be read, if its line has no room
// for all of that.
func (m *Model) tellComplaint() tea.Cmd {
	if m.filter.err == nil {
		return nil
	}
	ways := m.complaints()
	for _, way := range ways {
		if widget.Width(widget.Clean(way)) <= m.answerRoom() {
			return nil
		}
	}
	return screen.Fail(errors.New(ways[0]))
}

// answer says how many rows there are and, under a filter, what they come to in
// each currency: the longest way to say it that room has.
func (m *Model) answer(room int) string {
	if m.list.book == nil {
		return widget.Cut("loading…", room)
	}
	if !m.list.whole {
		return widget.Cut("counting…", room)
	}
	count := widget.Plural(len(m.list.rows), "row")
	ways := []string{count}
	if m.filter.inForce() {
		of := widget.Count(len(m.list.rows)) + " of " + widget.Plural(m.list.book.Len(), "row")
		sums := m.sums()
		ways = []string{of + sums, count + sums, of, count}
	}
	order := ""
	if m.width < headerWidth && m.list.order.By != ledger.SortDate {
		order = " by " + string(m.list.order.By) // no header says so
	}
	for i := range ways {
		ways[i] += order
	}
	return firstThatFits(append(ways, count), room)
}

// firstThatFits returns the first of some ways to say a thing that room has, the
// last one cut when there is none.
func firstThatFits(ways []string, room int) string {
	for _, way := range ways {
		if way = widget.Clean(way); widget.Width(way) <= room {
			return way
		}
	}
	return widget.Cut(ways[len(ways)-1], room)
}

func (m *Model) sums() string {
	var b strings.Builder
	for _, sum := range m.list.sums {
		b.WriteString(" · " + widget.Script(m.theme.ASCII).Money(sum))
	}
	return b.String()
}

// withoutRows says that the account asked for has no rows at all, "" when it has
// some or something else was asked for.
func (m *Model) withoutRows() string {
	a, ok := m.filter.account(m.list.book)
	if !ok {
		return ""
	}
	text := a.Label() + " has no transactions"
	if a.Balance.Current.Known() {
		text += ": its bank tells only the balance"
	}
	return text + "."
}

// emptyLines says why there is nothing to see, and what to do about it.
func (m *Model) emptyLines(width int) []string {
	what, how := "Nothing matches "+widget.Clean(m.filter.text())+".", "esc clears the filter, / changes it."
	if !m.filter.changed() {
		how = "esc leads back, / changes the filter."
	}
	switch {
	case m.list.book == nil:
		what, how = "Reading the ledger…", ""
	case m.list.book.Len() == 0:
		what, how = "No transactions yet.", "l links a bank, r syncs those you have."
	case m.filter.err != nil:
		what, how = "Nothing matches "+widget.Clean(m.filter.readText)+".", "The rest cannot be read yet: "+m.filter.complaint()
	case m.withoutRows() != "":
		what = m.withoutRows()
	case m.filter.category(m.list.book) != "":
		how = "There is a category of that name: " + m.filter.category(m.list.book)
	case m.typing:
		how = ""
	}
	lines := []string{"", m.inks.text.Paint(indented(what, width))}
	for _, line := range widget.Wrap(how, width-1) {
		lines = append(lines, m.inks.faint.Paint(indented(line, width)))
	}
	return lines
}
