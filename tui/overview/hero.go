package overview

import (
	"strings"

	"coffer/ledger"
	"coffer/tui/widget"
)

// A sum is one figure of the top row.
type sum struct {
	label  string
	amount ledger.Amount
	note   string
}

// sums lists the figures of the top row: net worth, and a part of it for each kind
// of account there is.
func (f *facts) sums() []sum {
	n := f.worth
	all := []sum{{"NET WORTH", n.Total, "in " + f.main.Code()}}
	if len(n.Unknown) > 0 {
		all[0].note = widget.Count(len(n.Unknown)) + " missing"
	}
	kinds := []struct {
		label  string
		amount ledger.Amount
		kind   ledger.AccountType
	}{
		{"CASH", n.Cash, ledger.Depository}, {"CARDS", n.Cards, ledger.Credit},
		{"LOANS", n.Loans, ledger.Loan}, {"INVESTED", n.Invested, ledger.Investment},
	}
	rest := 0
	for kind, count := range f.counts {
		rest += count
		for _, k := range kinds {
			if k.kind == kind {
				rest -= count
			}
		}
	}
	for _, k := range kinds {
		if count := f.counts[k.kind]; count > 0 {
			all = append(all, sum{k.label, k.amount, widget.Plural(count, "account")})
		}
	}
	if rest > 0 {
		all = append(all, sum{"OTHER", n.Other, widget.Plural(rest, "account")})
	}
	return all
}

// hero draws line i of the top row: the labels, the figures, the notes. Figures
// that do not fit side by side go from the right; a figure is never cut.
func (m *Model) hero(i int) string {
	sums := m.facts.sums()
	room := m.width - 2
	widest := 0
	for _, s := range sums {
		widest = max(widest, widget.Width(widget.Script(m.theme.ASCII).Money(s.amount)), widget.Width(s.label))
	}
	n := min(len(sums), max(1, room/(widest+2)))
	each := min(room/n, 26)
	var b strings.Builder
	for k, s := range sums[:n] {
		style, text := m.theme.Faint, s.label
		switch {
		case i == 1 && k == 0:
			style, text = m.theme.Title, widget.Script(m.theme.ASCII).Money(s.amount)
		case i == 1:
			style, text = m.theme.Text, widget.Script(m.theme.ASCII).Money(s.amount)
		case i == 2:
			text = s.note
		}
		b.WriteString(style.Render(widget.Fit(text, each-2)) + "  ")
	}
	return b.String()
}

// worth draws one figure on a line of its own.
func (m *Model) worth(i, width int) []piece {
	s := m.facts.sums()[i]
	col := widget.MoneyColumn{Width: min(18, width/2), Decimals: m.facts.main.Digits(), Script: widget.Script(m.theme.ASCII)}
	style := m.theme.Text
	if i == 0 {
		style = m.theme.Title
	}
	return []piece{{widget.Fit(s.label, width-col.Width), m.theme.Faint}, {col.Cell(s.amount), style}}
}

// apart draws the net worth in other currencies.
func (m *Model) apart() string {
	room := m.width - 4
	figures := widget.Cut("and "+m.list(m.facts.apart), room)
	remark := widget.Cut("apart: currencies are never added up", room-widget.Width(figures)-2)
	return m.theme.Text.Render(figures) + m.theme.Faint.Render("  "+remark)
}
