package transactions

import (
	"strings"

	"coffer/ledger"
	"coffer/tui/widget"
)

const divider = " │ "

// A fact is one line of the details. A fact without a value is not shown.
type fact struct{ label, value string }

const labelWidth = len("Description") + 2

// toggleDetails opens or closes the pane.
func (m *Model) toggleDetails() {
	if _, ok := m.current(); !ok && !m.details {
		return
	}
	m.details = !m.details
	m.detailTop = 0
}

// detailsCover reports whether the details take the place of the list, which
// they do when there is no room beside it.
func (m *Model) detailsCover() bool { return m.details && m.width < besideWidth }

func (m *Model) detailWidth() int {
	if m.width < besideWidth {
		return m.width
	}
	return m.width * 45 / 100
}

func (m *Model) detailHeight() int { return max(0, m.height-1) }

// scrollDetails moves the details by some lines, as far as there are any.
func (m *Model) scrollDetails(lines int) {
	last := 0
	if e, ok := m.current(); ok && m.details {
		last = max(0, len(m.allDetails(e, m.detailWidth()))-m.detailHeight())
	}
	m.detailTop = max(0, min(m.detailTop+lines, last))
}

// detailLines draws what fits of the details.
func (m *Model) detailLines(width int) []string {
	e, ok := m.current()
	if !ok {
		return nil
	}
	lines := m.allDetails(e, width)
	lines = lines[min(m.detailTop, len(lines)):]
	if over := len(lines) - m.detailHeight(); over > 0 {
		lines = lines[:m.detailHeight()]
		if m.detailsCover() && len(lines) > 0 {
			lines[len(lines)-1] = m.inks.faint.Paint(indented("pgdn for more", width))
		}
	}
	return lines
}

// allDetails draws everything that is known of a transaction.
func (m *Model) allDetails(e ledger.Entry, width int) []string {
	amount := widget.Script(m.theme.ASCII).Money(e.Amount)
	if e.Amount.Sign() > 0 {
		amount = "+" + amount
	}
	if e.Pending {
		amount += " " + pendingWord
	}
	lines := []string{
		m.inks.title.Paint(indented(payee(e), width)),
		m.moneyInk(e.Amount).Paint(indented(amount, width)),
	}
	for _, group := range m.facts(e) {
		lines = append(lines, "")
		for _, f := range group {
			lines = append(lines, m.factLines(f, width)...)
		}
		if lines[len(lines)-1] == "" { // a group without facts
			lines = lines[:len(lines)-1]
		}
	}
	return lines
}

// facts lists what is known, what the user cares about first.
func (m *Model) facts(e ledger.Entry) [][]fact {
	return [][]fact{
		{
			{"Category", categoryFact(e)},
			{"From", categorySource(e)},
			{"Transfer", transferFact(e)},
		}, {
			{"Account", m.names.accounts[e.Account].Label()},
			{"Bank", m.names.banks[e.Account]},
			{dateLabel(e), longDate(e.Date)},
			{"Authorized", longDate(e.Authorized)},
		}, {
			{"Description", e.Name},
			{"Statement", e.Original},
			{"Merchant", e.Merchant},
			{"Channel", e.Channel},
			{"Place", placeFact(e)},
			{"Check", e.Check},
			{"Unrounded", e.RawAmount},
		}, {
			{"Id", string(e.ID)},
			{"Pending id", string(e.PendingID)},
			{"Account id", string(e.Account)},
		},
	}
}

func categoryFact(e ledger.Entry) string {
	label, group := e.Category.Label(), e.Category.Primary().Label()
	if label == group {
		return label
	}
	return label + ", " + group
}

// categorySource says whose word the category is.
func categorySource(e ledger.Entry) string {
	bank := e.Transaction.Category
	switch {
	case e.Edit.Category != "" && bank != "":
		return "you; the bank says " + bank.Label()
	case e.Edit.Category != "":
		return "you; the bank says nothing"
	case bank != "":
		return "the bank (" + string(bank) + ")"
	}
	return "nobody yet"
}

func transferFact(e ledger.Entry) string {
	if e.Transfer {
		return "yes, so it is no spending"
	}
	return ""
}

func dateLabel(e ledger.Entry) string {
	if e.Pending {
		return "Happened"
	}
	return "Posted"
}

func longDate(d ledger.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("Mon 2 January 2006")
}

func placeFact(e ledger.Entry) string {
	return strings.Trim(e.City+", "+e.Country, ", ")
}

// factLines draws one fact, on as many lines as its value takes: a statement's
// line is longer than any screen is wide, and its end is what tells two apart.
func (m *Model) factLines(f fact, width int) []string {
	if f.value == "" {
		return nil
	}
	indent := min(1+labelWidth, width/2)
	room := max(1, width-indent)
	var lines []string
	label := f.label
	for _, part := range widget.Wrap(f.value, room) {
		line := m.inks.faint.Paint(indented(label, indent)) + m.inks.text.Paint(widget.Fit(part, room))
		lines = append(lines, line)
		label = ""
	}
	return lines
}

// indented is widget.Fit one cell from the edge.
func indented(s string, width int) string {
	if width <= 0 {
		return ""
	}
	return " " + widget.Fit(s, width-1)
}
