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

// allowDialog lets the user choose what else a bank may tell, each with what it costs
// once it is asked for. The bank's own page is where they agree.
type allowDialog struct {
	theme   *theme.Theme
	keys    allowKeys
	bank    ledger.Item
	billed  bool
	offered []string // products
	chosen  []bool
	cursor  int
	window  widget.Window
}

type allowKeys struct{ up, down, choose, ask, close key.Binding }

// productPrices are what Plaid bills where banks are real: in a few words, and in a
// sentence.
var productPrices = map[string][2]string{
	"auth":         once,
	"identity":     once,
	"investments":  monthly,
	"liabilities":  monthly,
	"transactions": monthly,
}

var (
	once    = [2]string{"billed once", "Plaid bills it once, when it is asked for."}
	monthly = [2]string{"billed by the month", "Plaid bills it by the month, from the next sync on."}
)

func (desk *Desk) newAllow(bank ledger.Item) *allowDialog {
	offered := bank.Allowable()
	return &allowDialog{theme: desk.theme, bank: bank, billed: desk.options.Billed, offered: offered, chosen: make([]bool, len(offered)), keys: allowKeys{
		up:     key.NewBinding(key.WithKeys("up", "k"), key.WithHelp("↑", "up")),
		down:   key.NewBinding(key.WithKeys("down", "j"), key.WithHelp("↓", "down")),
		choose: key.NewBinding(key.WithKeys(" ", "x"), key.WithHelp("space", "choose")),
		ask:    key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "open the bank's page")),
		close:  key.NewBinding(key.WithKeys("esc", "q"), key.WithHelp("esc", "leave it")),
	}}
}

// Init implements screen.Dialog.
func (d *allowDialog) Init() tea.Cmd { return nil }

// Update implements screen.Dialog.
func (d *allowDialog) Update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyMsg)
	switch {
	case !ok:
	case key.Matches(k, d.keys.up):
		d.cursor = max(0, d.cursor-1)
	case key.Matches(k, d.keys.down):
		d.cursor = min(d.cursor+1, len(d.offered)-1)
	case key.Matches(k, d.keys.choose):
		d.chosen[d.cursor] = !d.chosen[d.cursor]
	case key.Matches(k, d.keys.ask):
		return screen.Send(screen.RepairMsg{Item: d.bank, Allow: d.wanted()})
	case key.Matches(k, d.keys.close):
		return screen.CloseDialog()
	}
	return nil
}

// wanted is what was chosen, else what the cursor is on.
func (d *allowDialog) wanted() ledger.Products {
	var names []string
	for i, p := range d.offered {
		if d.chosen[i] {
			names = append(names, p)
		}
	}
	if len(names) == 0 {
		names = d.offered[d.cursor : d.cursor+1]
	}
	return ledger.ProductsOf(names)
}

// View implements screen.Dialog. Where there is little room, the choice stays.
func (d *allowDialog) View(width, height int) string {
	frame := d.theme.Dialog
	inner := min(64, width-frame.GetHorizontalFrameSize())
	room := max(1, height-frame.GetVerticalFrameSize())
	lines := []string{d.theme.Title.Render(widget.Fit("Allow more", inner)), d.theme.Faint.Render(widget.Fit(d.bank.Name, inner))}
	about := widget.Paragraph(d.theme.Text, "What may it tell besides what it tells now? You agree on the bank's own page. That is free.", inner)
	below := widget.Paragraph(d.theme.Text, d.costs(), inner)
	if len(lines)+len(about)+len(d.offered)+len(below)+3 <= room {
		lines = append(append(append(lines, ""), about...), "")
		below = append([]string{""}, below...)
	}
	d.window.SetCount(len(d.offered))
	d.window.SetHeight(max(1, room-len(lines)-len(below)))
	d.window.SetCursor(d.cursor)
	from, to := d.window.Visible()
	for i := from; i < to; i++ {
		lines = append(lines, d.line(i, inner))
	}
	lines = append(lines, below...)
	return frame.Render(strings.Join(lines[:min(len(lines), room)], "\n"))
}

// costs says what the product under the cursor costs.
func (d *allowDialog) costs() string {
	costs := productPrices[d.offered[d.cursor]][1]
	if !d.billed {
		return "With real banks " + costs + " Here it costs nothing."
	}
	return costs
}

// line draws a product: whether it is chosen, and what it costs where there is room.
func (d *allowDialog) line(i, inner int) string {
	product := d.offered[i]
	box := "[ ] "
	if d.chosen[i] {
		box = "[x] "
	}
	name, price := widget.Product(product), productPrices[product][0]
	if 2+len(box)+widget.Width(name)+2+widget.Width(price) > inner {
		price = ""
	}
	text := box + widget.Fit(name, inner-2-len(box)-widget.Width(price))
	if i == d.cursor {
		return d.theme.Accent.Render("▌") + d.theme.Selected.Render(" "+text+price)
	}
	return "  " + d.theme.Text.Render(text) + d.theme.Faint.Render(price)
}

// ShortHelp implements help.KeyMap.
func (d *allowDialog) ShortHelp() []key.Binding {
	return []key.Binding{d.keys.choose, d.keys.ask, d.keys.close}
}

// FullHelp implements help.KeyMap.
func (d *allowDialog) FullHelp() [][]key.Binding {
	return [][]key.Binding{{d.keys.up, d.keys.down, d.keys.choose, d.keys.ask, d.keys.close}}
}
