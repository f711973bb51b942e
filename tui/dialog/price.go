package dialog

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/theme"
	"coffer/tui/widget"
)

// priceDialog says what a question to a bank costs before it is asked. Nothing is
// sent until the user agrees, with a key that nobody presses by habit.
type priceDialog struct {
	theme  *theme.Theme
	keys   priceKeys
	title  string
	bank   string
	about  string // what will be asked, and how long it may take
	billed bool
	bills  string // what Plaid bills and how often, after "Plaid bills"; "" is nothing
	then   func() screen.Dialog
	back   tea.Cmd // where one who does not agree goes
}

// What Plaid bills, and how often.
// Source: https://plaid.com/docs/account/billing/, and the pages of the products.
const (
	eachTime        = "this, each time"
	onceForEachBank = "this once for each bank"
)

type priceKeys struct{ agree, close key.Binding }

func (desk *Desk) newPrice(title, bank, about string, then func() screen.Dialog) *priceDialog {
	return &priceDialog{theme: desk.theme, title: title, bank: bank, about: about, billed: desk.options.Billed, bills: eachTime, then: then, back: screen.CloseDialog(), keys: priceKeys{
		agree: key.NewBinding(key.WithKeys("y"), key.WithHelp("y", "ask now")),
		close: key.NewBinding(key.WithKeys("esc", "n", "q"), key.WithHelp("esc", "leave it")),
	}}
}

// offerToAsk offers to have Plaid look at a bank.
func (desk *Desk) offerToAsk(bank ledger.Item) screen.Dialog {
	return desk.newPrice("Ask the bank now", bank.Name,
		"Plaid looks at the bank at once, and what is new comes in. Most banks answer within half a minute. "+
			"Plaid looks by itself, for nothing, one to four times a day.",
		func() screen.Dialog { return desk.newAskNow(bank) })
}

// offerBalance offers to ask a bank for the balance of an account.
func (desk *Desk) offerBalance(of screen.BalanceMsg) screen.Dialog {
	return desk.newPrice("Balance now", of.Bank.Name,
		"The bank itself is asked what is on "+nameOf(of.Account)+". Most banks answer within ten seconds, some take a minute.",
		func() screen.Dialog { return desk.newBalance(of) })
}

// offerReplay offers to fetch the whole history of a bank again.
func (desk *Desk) offerReplay(bank ledger.Item) screen.Dialog {
	d := desk.newPrice("Fetch the whole history again", bank.Name,
		"All that the bank tells now takes the place of what is here. Your edits stay; transactions that it does not tell any more go. "+
			"It may take some minutes. Stopped on the way, it changes nothing.",
		func() screen.Dialog { return desk.newReplay(bank) })
	d.bills = ""
	d.keys.agree.SetHelp("y", "fetch it")
	return d
}

// nameOf is what an account is called among words.
func nameOf(acc ledger.Account) string {
	return widget.Account(acc, widget.Width(widget.Clean(acc.Label())))
}

// price says what it costs.
func (d *priceDialog) price() string {
	if d.bills == "" {
		return "It costs nothing."
	}
	if d.billed {
		return "Plaid bills " + d.bills + ": your plan at dashboard.plaid.com says how much."
	}
	return "With real banks Plaid bills " + d.bills + ". Here it costs nothing."
}

// Init implements screen.Dialog.
func (d *priceDialog) Init() tea.Cmd { return nil }

// Update implements screen.Dialog.
func (d *priceDialog) Update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyMsg)
	switch {
	case !ok:
	case key.Matches(k, d.keys.agree):
		return screen.Open(d.then())
	case key.Matches(k, d.keys.close):
		return d.back
	}
	return nil
}

// View implements screen.Dialog. Where there is little room, the price stays.
func (d *priceDialog) View(width, height int) string {
	frame := d.theme.Dialog
	inner := min(60, width-frame.GetHorizontalFrameSize())
	room := max(1, height-frame.GetVerticalFrameSize())
	price := d.theme.Text
	if d.billed && d.bills != "" {
		price = d.theme.Warn
	}
	costs := widget.Paragraph(price, d.price(), inner)
	head := []string{
		d.theme.Title.Render(widget.Fit(d.title, inner)),
		d.theme.Faint.Render(widget.Fit(d.bank, inner)),
	}
	if said := append([]string{""}, widget.Paragraph(d.theme.Text, d.about, inner)...); len(head)+len(said)+1+len(costs) <= room {
		head = append(head, said...)
	}
	lines := append(append(head, ""), costs...)
	return frame.Render(strings.Join(lines[max(0, len(lines)-room):], "\n"))
}

// ShortHelp implements help.KeyMap.
func (d *priceDialog) ShortHelp() []key.Binding { return []key.Binding{d.keys.agree, d.keys.close} }

// FullHelp implements help.KeyMap.
func (d *priceDialog) FullHelp() [][]key.Binding { return [][]key.Binding{d.ShortHelp()} }
