package accounts

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"coffer/ledger"
	"coffer/tui/widget"
)

// sheetWidth is as wide as a sheet gets, and factWidth what names a fact.
const sheetWidth, factWidth = 72, 13

// View implements screen.Dialog. Where there is little room, what can be done stays.
func (s *Sheet) View(width, height int) string {
	frame := s.theme.Dialog
	inner := min(sheetWidth, width-frame.GetHorizontalFrameSize())
	room := max(1, height-frame.GetVerticalFrameSize())
	if s.width != inner {
		s.width = inner
		s.relist()
	}
	above, gap, below := s.head(inner), 1, s.foot(inner)
	if len(above)+len(below)+2*gap+len(s.lines) > room {
		below = s.said(inner) // the list moves all the same
	}
	if len(above)+len(below)+2*gap+3 > room {
		gap = 0
	}
	if len(above)+len(below)+3 > room { // a line below the cursor's is all there is room for
		above, below = above[:1], nil
	}
	s.window.SetHeight(max(1, room-len(above)-len(below)-2*gap))
	s.look()
	from, to := s.window.Visible()
	lines := above
	if gap > 0 {
		lines = append(lines, s.hidden(from, "↑", inner))
	}
	for i := from; i < to; i++ {
		lines = append(lines, s.line(i, inner))
	}
	if gap > 0 {
		lines = append(lines, s.hidden(len(s.lines)-to, "↓", inner))
	}
	lines = append(lines, below...)
	return frame.Render(strings.Join(lines[:min(len(lines), room)], "\n"))
}

// hidden says in a line how many lines there is no room for.
func (s *Sheet) hidden(n int, where string, inner int) string {
	if n == 0 {
		return ""
	}
	return s.theme.Faint.Render(widget.FitRight(fmt.Sprintf("%s %d more", where, n), inner))
}

// head is the bank's name and how it is doing.
func (s *Sheet) head(inner int) []string {
	now, item := s.clock.Now(), s.on.bank
	style := s.theme.Text
	if item.NeedsUser() || item.State == ledger.ItemExpiring {
		style = s.theme.Warn
	}
	state := ""
	for _, state = range states(now, item) {
		if widget.Width(state) <= inner {
			break
		}
	}
	lines := []string{s.theme.Title.Render(widget.Fit(item.Name, inner)), style.Render(widget.Fit(state, inner))}
	return append(lines, widget.Paragraph(s.theme.Warn, advice(item), inner)...)
}

// look moves the window to the cursor. Where not all fits, what can be done has the room:
// what is known of the bank comes into sight when the user goes up from the first action.
func (s *Sheet) look() {
	switch first := !slices.ContainsFunc(s.lines[:s.cursor], sheetLine.isAction); {
	case first && s.top:
		s.window.Home()
	case first:
		s.window.End()
		s.window.SetCursor(s.cursor - 1) // its heading
		s.window.SetCursor(s.cursor)
	default:
		s.window.SetCursor(s.cursor)
	}
}

// facts is what else is known of the bank, and a gap. Of what was allowed it names what
// coffer asks for; of what is billed, all.
func (s *Sheet) facts() []sheetLine {
	now, item := s.clock.Now(), s.on.bank
	var lines []sheetLine
	for _, fact := range []sheetLine{
		{fact: "linked", value: day(now, item.LinkedAt, "")},
		{fact: "last synced", value: lastSync(now, item)},
		{fact: "access ends", value: day(now, item.ConsentExpires, "not told by the bank")},
		{fact: "allowed", value: strings.Join(allowed(item), ", ")},
		{fact: "billed for", value: strings.Join(item.Billed.List(), ", ")},
	} {
		for _, part := range widget.Wrap(fact.value, max(1, s.width-factWidth)) {
			lines = append(lines, sheetLine{fact: fact.fact, value: part})
			fact.fact = ""
		}
	}
	return append(lines, sheetLine{})
}

// allowed is what the user allowed a bank to tell, of what coffer may ask for.
func allowed(item ledger.Item) []string {
	return slices.DeleteFunc(ledger.AllowableProducts.List(), func(p string) bool {
		return !item.Billed.Has(p) && !item.Consented.Has(p)
	})
}

// day is the day of a moment, none if there was none.
func day(now, t time.Time, none string) string {
	if t.IsZero() {
		return none
	}
	return widget.DayOf(now, t)
}

// lastSync says when a bank was last synced, where its state does not say so.
func lastSync(now time.Time, item ledger.Item) string {
	switch {
	case item.State == ledger.ItemOK:
		return ""
	case item.LastSync.IsZero():
		return "never"
	}
	return widget.Ago(now, item.LastSync) + ", on " + widget.DayOf(now, item.LastSync)
}

// foot says what the action under the cursor does, what it costs, and why it cannot be
// done now. It takes as many lines as the longest, so that nothing moves.
func (s *Sheet) foot(inner int) []string {
	rows := 0
	for _, l := range s.lines {
		if l.isAction() {
			rows = max(rows, len(widget.Wrap(s.about(l), inner)))
		}
	}
	lines := s.said(inner)
	for len(lines) < rows {
		lines = append(lines, strings.Repeat(" ", max(0, inner)))
	}
	return lines
}

// said is what there is to say of the action under the cursor.
func (s *Sheet) said(inner int) []string {
	return widget.Paragraph(s.theme.Text, s.about(s.lines[s.cursor]), inner)
}

// about is what there is to say of an action.
func (s *Sheet) about(l sheetLine) string {
	switch {
	case l.bar.whole != "":
		return l.action.about + " Not now: " + l.bar.short + "."
	case l.action.price == free || l.action.price == each:
		return l.action.about
	case s.billed:
		return l.action.about + " " + l.action.price.long + "."
	}
	return l.action.about + " With real banks " + l.action.price.long + "; here it costs nothing."
}

// line draws a heading, a fact, or an action with its key and what it costs. What cannot be
// done is faint, and says why instead.
func (s *Sheet) line(i, inner int) string {
	l := s.lines[i]
	switch {
	case l.heading != "":
		return s.theme.Accent.Render(widget.Fit(l.heading, inner))
	case !l.isAction():
		return s.theme.Faint.Render(widget.Fit(l.fact, factWidth)) + s.theme.Text.Render(widget.Fit(l.value, inner-factWidth))
	}
	right, style := []string{l.action.price.long, l.action.price.short}, s.theme.Text
	if l.bar.whole != "" {
		right, style = []string{l.bar.short, "not now"}, s.theme.Faint
	}
	name, keys := widget.Clean(l.action.name), widget.Fit(l.action.key, 1)
	last := ""
	for _, last = range right {
		if 5+widget.Width(name)+gap+widget.Width(last) <= inner {
			break
		}
	}
	middle := widget.Fit(name, inner-5-gap-widget.Width(last)) + "  "
	if i == s.cursor {
		return s.theme.Accent.Render(mark) + s.theme.Selected.Render(widget.Pad(" "+keys+"  "+middle+last, inner-1))
	}
	key := s.theme.Key
	if l.bar.whole != "" {
		key = s.theme.Faint
	}
	return widget.Pad("  "+key.Render(keys)+"  "+style.Render(middle)+s.theme.Faint.Render(last), inner)
}
