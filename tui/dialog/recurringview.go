package dialog

import (
	"cmp"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"

	"coffer/ledger"
	"coffer/tui/widget"
)

const (
	// streamsTable is how wide a table of what recurs gets, and streamsFrom from where
	// there is one.
	streamsTable, streamsFrom = 92, 64
	longStream                = 30 // how wide a name gets before the other columns have their place
)

// View implements screen.Dialog.
func (d *recurringDialog) View(width, height int) string {
	frame := d.theme.Dialog
	s := sheet{theme: d.theme, width: widestPairs, today: d.today}
	groups := d.groups()
	if len(groups) > 0 {
		s.width = streamsTable
	}
	s.width = max(0, min(s.width, width-frame.GetHorizontalFrameSize()))
	s.money.Script = widget.Script(d.theme.ASCII)
	room := max(1, height-frame.GetVerticalFrameSize())
	head := []string{d.theme.Title.Render(widget.Fit("What comes and goes again", s.width)), d.theme.Faint.Render(widget.Fit(d.about(), s.width))}
	d.fill(&s, groups)
	lines := d.scroll.fit(head, s.lines, d.news(s.width), room)
	for _, b := range []*key.Binding{&d.keys.up, &d.keys.down, &d.keys.pageUp, &d.keys.pageDown} {
		b.SetEnabled(d.scroll.moves())
	}
	return frame.Render(strings.Join(lines, "\n"))
}

// news is how a question is doing, or how it ended.
func (d *recurringDialog) news(width int) []string {
	switch {
	case d.waits() && d.cancelled:
		return widget.Paragraph(d.theme.Text, d.spinner.View()+" stopping…", width)
	case d.waits():
		return widget.Paragraph(d.theme.Text, d.spinner.View()+" asking Plaid what recurs…", width)
	case d.failure() != nil:
		return widget.Paragraph(d.theme.Warn, advice(d.failure(), "press f"), width)
	}
	var lines []string
	for _, untold := range d.answer.Untold {
		lines = append(lines, widget.Paragraph(d.theme.Warn, untold.Error(), width)...)
	}
	return lines
}

// about says of which bank it is, and of when.
func (d *recurringDialog) about() string {
	told := d.listed()
	switch {
	case d.all:
		return "at all banks"
	case len(told) == 0:
		return d.bank.Name
	}
	return d.bank.Name + ", told " + widget.Ago(d.clock.Now(), told[0].At)
}

// listed is what is to be listed: of the bank, or of all as they are listed elsewhere.
func (d *recurringDialog) listed() (list []ledger.Streams) {
	for _, bank := range d.banks {
		for _, told := range d.told {
			if told.Item == bank.ID && (d.all || told.Item == d.bank.ID) {
				list = append(list, told)
			}
		}
	}
	return list
}

// fill writes what recurs, account by account.
func (d *recurringDialog) fill(s *sheet, groups []streamGroup) {
	switch {
	case !d.loaded:
		s.say(d.theme.Faint, "reading…")
	case d.failed != nil:
		s.say(d.theme.Warn, d.failed.Error())
	case len(groups) > 0:
		s.streams(groups)
	case len(d.listed()) > 0:
		s.say(d.theme.Text, "Plaid finds nothing that recurs. It takes half a year of transactions.")
	case len(d.answer.Untold) > 0: // and that is all there is to say
	case d.all:
		s.say(d.theme.Text, "Plaid was not asked yet what recurs.")
	default:
		s.say(d.theme.Text, "Plaid was not asked yet what recurs here. R asks.")
	}
}

// A streamGroup is what recurs on one account.
type streamGroup struct {
	account string
	list    []ledger.Stream
}

// groups is what recurs, by bank, account and weight; of accounts that are listed no
// more, at the end of their bank.
func (d *recurringDialog) groups() (all []streamGroup) {
	for _, told := range d.listed() {
		var of []ledger.AccountID
		var groups []streamGroup
		for _, acc := range d.accounts {
			if acc.Item == told.Item {
				of, groups = append(of, acc.ID), append(groups, streamGroup{account: d.heading(told, nameOf(acc))})
			}
		}
		groups = append(groups, streamGroup{account: d.heading(told, "an account that the bank lists no more")})
		for _, stream := range slices.SortedStableFunc(slices.Values(told.List), ledger.Stream.CompareWeight) {
			at := slices.Index(of, stream.Account)
			if at < 0 {
				at = len(groups) - 1
			}
			groups[at].list = append(groups[at].list, stream)
		}
		all = append(all, groups...)
	}
	return slices.DeleteFunc(all, func(g streamGroup) bool { return len(g.list) == 0 })
}

// heading is what stands above an account's: among those of all banks its bank, too,
// and of when that is.
func (d *recurringDialog) heading(told ledger.Streams, account string) string {
	at := slices.IndexFunc(d.banks, func(b ledger.Item) bool { return b.ID == told.Item })
	if !d.all || at < 0 {
		return account
	}
	return widget.Clean(d.banks[at].Name) + ", " + account + ", told " + widget.Ago(d.clock.Now(), told.At)
}

// streams writes what recurs: as a table where there is room, else two lines for each.
func (s *sheet) streams(groups []streamGroup) {
	if s.width >= streamsFrom {
		s.streamsTable(groups)
		return
	}
	for i, g := range groups {
		if i > 0 {
			s.lines = append(s.lines, "")
		}
		s.say(s.theme.Title, g.account)
		for _, stream := range g.list {
			s.stream(stream)
		}
	}
}

// stream writes one: what it is and how much, and below how often, when next, and how
// sure that is.
func (s *sheet) stream(of ledger.Stream) {
	average := s.amount(of.Average)
	name := widget.Fit(streamName(of), max(0, s.width-widget.Width(average)-detailsGap))
	s.lines = append(s.lines, s.theme.Text.Render(name+strings.Repeat(" ", detailsGap)+widget.Cut(average, s.width)))
	var parts []string
	for _, part := range []string{of.Often(), s.when(of), of.Standing()} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	s.lines = append(s.lines, "  "+s.theme.Faint.Render(widget.Fit(strings.Join(parts, ", "), s.width-2)))
}

// when says when it comes next, or of one that ended when it came last.
func (s *sheet) when(of ledger.Stream) string {
	switch {
	case !of.Ended() && !of.Next.IsZero():
		return "next " + s.coming(of.Next)
	case !of.Last.IsZero():
		return "last " + s.day(of.Last)
	}
	return ""
}

// coming is a day to come among words.
func (s *sheet) coming(d ledger.Date) string {
	return strings.Join(strings.Fields(widget.Coming(d, s.today)), " ")
}

func streamName(of ledger.Stream) string {
	return cmp.Or(of.Merchant, of.Description, widget.Unknown)
}

// streamsTable writes all in columns that are as wide for each account.
func (s *sheet) streamsTable(groups []streamGroup) {
	names := [...]string{"", "how often", "average", "last", "next", "status"}
	rows := [][]string{names[:]}
	for _, g := range groups {
		rows = append(rows, []string{g.account})
		for _, of := range g.list {
			next := widget.Unknown
			if !of.Ended() {
				next = widget.Coming(of.Next, s.today)
			}
			rows = append(rows, []string{streamName(of), cmp.Or(of.Often(), widget.Unknown), s.amount(of.Average),
				widget.Day(of.Last, s.today), next, cmp.Or(of.Standing(), widget.Unknown)})
		}
	}
	columns := make([]widget.TableColumn, len(names))
	for _, row := range rows {
		for i, cell := range row {
			if row[i] = widget.Clean(cell); len(row) > 1 {
				columns[i].Width = max(columns[i].Width, widget.Width(row[i]))
			}
		}
	}
	columns[0] = widget.TableColumn{Width: min(columns[0].Width, longStream), Grow: true}
	columns[3].Drop = 1 // what matters is when it comes next
	widths := widget.Columns(s.width, detailsGap, columns...)
	for i, row := range rows {
		style := s.theme.Text
		switch {
		case len(row) == 1:
			s.lines = append(s.lines, s.theme.Title.Render(widget.Fit(row[0], s.width)))
			continue
		case i == 0:
			style = s.theme.Faint
		}
		cells := []string{widget.Fit(row[0], widths[0]), widget.Fit(row[1], widths[1]), widget.FitRight(row[2], widths[2]),
			widget.Fit(row[3], widths[3]), widget.Fit(row[4], widths[4]), widget.Fit(row[5], widths[5])}
		s.lines = append(s.lines, style.Render(widget.Join(detailsGap, cells...)))
	}
}
