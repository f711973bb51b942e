package spending

import (
	"strings"

	"coffer/ledger"
	"coffer/tui/screen"
)

var _ screen.Keeper = (*Model)(nil)

// A place is where the user is on the screen.
type place struct {
	span   span
	now    bool // the span is of the running month
	by     ledger.Grouping
	inside ledger.Category
	on     group
}

// Place implements screen.Keeper: what is looked at, and the group under the cursor.
func (m *Model) Place() any {
	if m.book == nil {
		return m.kept // nothing was shown since
	}
	on, _ := m.group()
	return &place{
		span: m.span, now: m.span.month == m.today.Month(), by: m.by,
		inside: ledger.Category(strings.Clone(string(m.inside))),
		on:     group{on.cur, strings.Clone(on.key)},
	}
}

// Return implements screen.Keeper.
func (m *Model) Return(p any) { m.kept = p.(*place) }

// goBack goes to the place that Return was given, if it was.
func (m *Model) goBack() {
	p := m.kept
	if p == nil {
		return
	}
	m.kept, m.by, m.inside, m.span.years = nil, p.by, p.inside, p.span.years
	if !p.now { // else it is the month of today, whenever that is
		m.span.month = p.span.month
	}
	m.recount()
	m.goTo(p.on)
}
