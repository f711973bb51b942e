package dialog

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"coffer/ledger"
	"coffer/tui/widget"
)

// View implements screen.Dialog. It takes the whole body and has no frame: the
// address stands on lines of its own, to be selected with the mouse.
func (d *linkDialog) View(width, height int) string {
	if d.latest.Stage == ledger.LinkWaiting && d.latest.Hosted && !d.ended && !d.cancelled {
		return d.hostedPage(width, height)
	}
	p := page{width: width, margin: 2}
	if width >= 100 {
		p.margin = 4
	}
	p.blank()
	p.text(d.theme.Title, d.title())
	p.blank()
	switch {
	case d.ended:
		d.outcome(&p)
	case d.cancelled:
		p.text(d.theme.Faint, d.spinner.View()+" stopping…")
	default:
		d.stage(&p)
	}
	return widget.Block(strings.Join(p.fitted(height), "\n"), width, height)
}

func (d *linkDialog) title() string {
	switch name := widget.Clean(d.repairs.Item.Name); {
	case d.repairs.Allow != "":
		return "What " + name + " may tell: " + allowed(d.repairs.Allow)
	case d.repairs.Accounts:
		return "Choose the accounts of " + name
	case d.isRepair():
		return "Sign in to " + name + " again"
	}
	return "Link a bank"
}

// allowed is what products are to people.
func allowed(products ledger.Products) string {
	names := products.List()
	for i, p := range names {
		names[i] = widget.Product(p)
	}
	return strings.Join(names, ", ")
}

// done is the good end.
func (d *linkDialog) done(bank ledger.Item) string {
	switch name := widget.Clean(bank.Name); {
	case d.repairs.Allow != "":
		return "✓ " + name + " may tell from now on: " + allowed(d.repairs.Allow) + "."
	case d.repairs.Accounts:
		return "✓ " + name + " shares the accounts that you chose."
	case d.isRepair():
		return "✓ " + name + " lets coffer in again."
	}
	return "✓ " + widget.Clean(bank.Name) + " is linked."
}

// stage shows what is going on.
func (d *linkDialog) stage(p *page) {
	turning := d.spinner.View() + " "
	switch d.latest.Stage {
	case ledger.LinkWaiting:
		d.waitingPage(p)
	case ledger.LinkSaving:
		p.text(d.theme.Text, turning+"keeping the link in the vault…")
	case ledger.LinkSyncing, ledger.LinkCompleted:
		p.text(d.theme.Good, d.done(d.latest.Item))
		p.blank()
		text := "fetching its transactions…"
		if n := d.latest.Sync.Rows; n > 0 {
			text = fmt.Sprintf("fetching its transactions: %s so far", widget.Count(n))
		}
		p.text(d.theme.Text, turning+text)
		p.explain(d.theme.Faint, "A bank can take a minute to hand over the first ones.")
	default:
		p.text(d.theme.Text, turning+"asking Plaid for a session…")
	}
}

// waitingPage shows the address, and how long there is.
func (d *linkDialog) waitingPage(p *page) {
	if d.latest.Browser == ledger.BrowserNone {
		p.text(d.theme.Text, "No browser could be opened. Open this address on this computer:")
	} else {
		p.text(d.theme.Text, "Your browser should have opened. If not, open this address on this computer:")
	}
	p.blank()
	p.address(d.theme.Accent, d.latest.Address)
	p.blank()
	left := ""
	if d.timeout > 0 {
		left = " · " + widget.Left(d.timeout-d.clock.Now().Sub(d.waiting)) + " left"
	}
	p.text(d.theme.Text, d.spinner.View()+" waiting for you to finish in the browser"+left)
	p.blank()
	d.plan(p)
	p.explain(d.theme.Faint, "The page comes from this computer. Your bank password goes to your bank or Plaid, never to coffer.")
}

// plan says what linking a bank takes from a plan that has few.
func (d *linkDialog) plan(p *page) {
	if d.latest.Plan != "" {
		p.explain(d.theme.Text, d.latest.Plan)
		p.blank()
	}
}

// outcome shows how it ended.
func (d *linkDialog) outcome(p *page) {
	if !d.linked() {
		p.text(d.theme.Error, d.reason())
		if _, known := d.known(); known {
			p.blank()
			p.text(d.theme.Text, "Press f to sign in to the link that is there: its transactions and your edits are in it.")
			p.explain(d.theme.Faint, "Another login of yours at this bank? coffer link --again links it beside the first.")
		}
		return
	}
	p.text(d.theme.Good, d.done(d.answer))
	p.blank()
	switch {
	case d.found != nil:
		p.text(d.theme.Text, fmt.Sprintf("%s, %s", widget.Plural(d.found.accounts, "account"), widget.Plural(d.found.rows, "transaction")))
	case d.err == nil:
		p.text(d.theme.Faint, "reading the vault…")
	}
	for _, missing := range remarks(d.latest.Synced) {
		p.blank()
		p.text(d.theme.Warn, missing.Error())
	}
	if d.err != nil {
		p.blank()
		why := "Its transactions are not all here yet: " + d.err.Error()
		if d.cancelled && errors.Is(d.err, context.Canceled) {
			why = "You stopped before all its transactions were here."
		}
		p.text(d.theme.Warn, why)
		p.text(d.theme.Text, "Nothing is lost: press r to sync when you like.")
	} else if !d.answer.HistoryReady {
		p.explain(d.theme.Faint, "Older transactions are still on their way: they come with the next syncs.")
	}
}

// A page collects lines of text inside a margin.
type page struct {
	width, margin int
	lines         []pageLine
}

// A pageLine is a line, and whether a low screen can do without it.
type pageLine struct {
	text  string
	spare spare
}

type spare int

const (
	needed      spare = iota
	blank             // only parts what is above from what is below
	explanation       // good to know
)

func (p *page) add(s spare, text string) { p.lines = append(p.lines, pageLine{text, s}) }

func (p *page) blank() { p.add(blank, "") }

// fitted returns the lines for a height. When there are too many the explanations
// go, then the blank lines, each from the end; what is needed stays.
func (p *page) fitted(height int) []string {
	lines := p.lines
	for _, s := range []spare{explanation, blank} {
		for i := len(lines) - 1; i >= 0 && len(lines) > height; i-- {
			if lines[i].spare == s {
				lines = slices.Delete(lines, i, i+1)
			}
		}
	}
	texts := make([]string, len(lines))
	for i, l := range lines {
		texts[i] = l.text
	}
	return texts
}

// text adds a paragraph, cleaned and wrapped to what is comfortable to read.
func (p *page) text(style lipgloss.Style, text string) { p.paragraph(needed, style, text) }

// explain adds a paragraph that a low screen can do without.
func (p *page) explain(style lipgloss.Style, text string) { p.paragraph(explanation, style, text) }

func (p *page) paragraph(s spare, style lipgloss.Style, text string) {
	room := max(1, min(80, p.width-2*p.margin))
	for _, l := range widget.Wrap(text, room) {
		p.add(s, strings.Repeat(" ", p.margin)+style.Render(widget.Cut(l, room)))
	}
}

// address adds an address whole: indented where it fits, else from edge to edge
// over as many lines as it takes.
func (p *page) address(style lipgloss.Style, address string) {
	address = widget.Clean(address)
	if indent := 2 * p.margin; widget.Width(address)+indent <= p.width {
		p.add(needed, strings.Repeat(" ", indent)+style.Render(address))
		return
	}
	for _, l := range strings.Split(ansi.Hardwrap(address, max(1, p.width), false), "\n") {
		p.add(needed, style.Render(l))
	}
}
