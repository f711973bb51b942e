package dialog

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/lipgloss"

	"coffer/ledger"
	"coffer/tui/theme"
	"coffer/tui/widget"
)

// How wide the dialog gets: so that a table with every column has room, and so that
// what stands at the left is read together with what stands at the right.
const (
	widestTable = 108
	widestPairs = 60
)

// View implements screen.Dialog.
func (d *detailsDialog) View(width, height int) string {
	frame := d.theme.Dialog
	s := sheet{theme: d.theme, width: widestPairs, today: d.today}
	if len(d.details.Holdings) > 0 {
		s.width = widestTable
	}
	s.width = max(0, min(s.width, width-frame.GetHorizontalFrameSize()))
	s.money.Script = widget.Script(d.theme.ASCII)
	head := []string{d.theme.Title.Render(widget.Fit(widget.Account(d.account, s.width), s.width)), d.theme.Faint.Render(widget.Fit(d.subtitle(), s.width)), ""}
	d.fill(&s)
	room := max(1, height-frame.GetVerticalFrameSize()-len(head))
	d.lines, d.shown = len(s.lines), min(len(s.lines), room)
	d.scroll(0)
	for _, b := range []*key.Binding{&d.keys.up, &d.keys.down, &d.keys.pageUp, &d.keys.pageDown} {
		b.SetEnabled(d.lines > d.shown)
	}
	lines := append(head, s.lines[d.top:d.top+d.shown]...)
	return frame.Render(strings.Join(lines[:min(len(lines), max(1, height-frame.GetVerticalFrameSize()))], "\n"))
}

// subtitle says whose account it is, and of when what follows is.
func (d *detailsDialog) subtitle() string {
	at := d.details.HeldAt
	if d.account.Type.IsDebt() {
		at = d.details.OwedAt
	}
	if !d.loaded || at.IsZero() {
		return d.bank
	}
	return d.bank + ", told " + widget.Ago(d.clock.Now(), at)
}

// fill writes what there is to read.
func (d *detailsDialog) fill(s *sheet) {
	kind := d.account.Type
	switch {
	case !d.loaded:
		s.say(d.theme.Faint, "reading…")
	case d.err != nil:
		s.say(d.theme.Warn, d.err.Error())
	case kind.IsDebt() && d.details.Debt != nil:
		s.debt(*d.details.Debt, d.account)
	case kind.IsDebt() && !d.details.OwedAt.IsZero():
		s.say(d.theme.Text, "The bank tells no terms of this account. Plaid has those of credit cards, mortgages and student loans.")
	case kind == ledger.Investment:
		d.fillInvestment(s)
	case kind.IsDebt():
		s.say(d.theme.Text, notToldYet)
	default:
		s.say(d.theme.Text, "Of an account like this a bank tells its transactions and its balance, and no more.")
	}
}

// notToldYet says what there is to do about it.
const notToldYet = "The bank has not told this yet. A sync asks for it, if you agreed to that when the bank was linked."

// fillInvestment writes what an account holds, and what happened there lately.
func (d *detailsDialog) fillInvestment(s *sheet) {
	switch {
	case len(d.details.Holdings) > 0:
		s.holdings(d.details.Holdings)
	case d.details.HeldAt.IsZero():
		s.say(d.theme.Text, notToldYet)
	default:
		s.say(d.theme.Text, "The bank says that nothing is held here.")
	}
	s.trades(d.details.Trades)
}

// A sheet is lines of one width, as they are written.
type sheet struct {
	theme *theme.Theme
	width int
	today ledger.Date
	money widget.MoneyColumn // as wide as needed
	lines []string
}

func (s *sheet) say(style lipgloss.Style, text string) {
	s.lines = append(s.lines, widget.Paragraph(style, text, s.width)...)
}

// pair writes a name at the left and a value at the right; a value that has no room
// beside its name gets a line of its own.
func (s *sheet) pair(name, value string, style lipgloss.Style) {
	value = widget.Clean(value)
	room := s.width - widget.Width(value)
	if room < widget.Width(widget.Clean(name))+1 {
		s.lines = append(s.lines, s.theme.Faint.Render(widget.Fit(name, s.width)))
		name, room = "", max(0, room)
	}
	s.lines = append(s.lines, s.theme.Faint.Render(widget.Fit(name, room))+style.Render(widget.Cut(value, s.width)))
}

// on is an amount with its day.
func (s *sheet) on(a ledger.Amount, day ledger.Date) string {
	switch {
	case day.IsZero():
		return s.amount(a)
	case !a.Known():
		return s.day(day)
	}
	return s.amount(a) + " on " + s.day(day)
}

// day is a day among words, in which it needs no width of its own.
func (s *sheet) day(d ledger.Date) string {
	return strings.Join(strings.Fields(widget.Day(d, s.today)), " ")
}

func (s *sheet) amount(a ledger.Amount) string { return s.money.Script.Money(a) }

// signed draws a gain: what is above zero has a plus.
func (s *sheet) signed(a ledger.Amount) string {
	if a.Sign() > 0 {
		return "+" + s.amount(a)
	}
	return s.amount(a)
}
