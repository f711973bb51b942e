package dialog

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"coffer/ledger"
	"coffer/tui/widget"
)

// View implements screen.Dialog. Where there is little room, what becomes of the user's
// edits stays, and the line to type in; where there is none for these, nothing is removed.
func (d *removeDialog) View(width, height int) string {
	frame := d.theme.Dialog
	inner := max(0, min(60, width-frame.GetHorizontalFrameSize()))
	room := max(1, height-frame.GetVerticalFrameSize())
	var lines []string
	for _, try := range []struct{ what, gaps bool }{{true, true}, {true, false}, {false, false}} {
		if lines = d.lines(inner, try.what, try.gaps); len(lines) <= room {
			break
		}
	}
	if d.cramped = len(lines) > room; d.cramped {
		lines = widget.Paragraph(d.theme.Warn, "There is no room to say what becomes of your edits: make the terminal taller.", inner)
	}
	d.allow()
	return frame.Render(strings.Join(lines[:min(len(lines), room)], "\n"))
}

// lines draws the dialog: with or without what will be done, and with gaps or without.
func (d *removeDialog) lines(inner int, what, gaps bool) []string {
	var lines []string
	add := func(parts ...[]string) {
		if gaps && len(lines) > 0 {
			lines = append(lines, "")
		}
		for _, part := range parts {
			lines = append(lines, part...)
		}
	}
	text := func(style lipgloss.Style, words string) []string { return widget.Paragraph(style, words, inner) }
	add(text(d.theme.Title, removing(d.bank, d.hereOnly)))
	if what {
		add(text(d.theme.Text, d.what()))
	}
	switch {
	case d.survey == nil:
		add(text(d.theme.Faint, "looking at what goes with it…"))
	case d.survey.edits.Early:
		add(text(d.theme.Warn, widget.HandoverEarly(d.survey.edits, d.bank.Name)+". Sync with r, then unlink it."))
	default:
		goes := fmt.Sprintf("%s with %s go.", widget.Plural(d.survey.accounts, "account"), widget.Plural(d.survey.rows, "transaction"))
		add(text(d.theme.Text, goes), text(d.theme.Warn, widget.HandoverBefore(d.survey.edits)))
		add(text(d.theme.Text, fmt.Sprintf("That cannot be undone. Type %q to do it:", d.word)),
			[]string{d.theme.Accent.Render("› ") + d.theme.Text.Render(d.input.View(max(0, inner-2), true))})
	}
	return lines
}

// removing is what is done to a bank.
func removing(bank ledger.Item, hereOnly bool) string {
	if hereOnly {
		return "Erase " + bank.Name + " here"
	}
	return "Unlink " + bank.Name
}

// what says what will be done.
func (d *removeDialog) what() string {
	if d.hereOnly {
		return "Plaid is not told. A link that it still knows goes on there, and goes on being billed; my.plaid.com ends it."
	}
	told := "Plaid is told to end its access, then all that is here of it is erased. If Plaid cannot be told, nothing is erased."
	if d.trial {
		told += " It still counts as one of the ten banks of a Trial plan."
	}
	return told
}
