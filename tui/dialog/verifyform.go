package dialog

import (
	"errors"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/theme"
	"coffer/tui/widget"
)

// verifyForm is where somebody types what they want to pay from an account, and whose
// it should be. It asks nobody itself; what was typed is gone when it closes.
type verifyForm struct {
	theme  *theme.Theme
	keys   formKeys
	of     screen.VerifyMsg
	next   func(payment, screen.Dialog) screen.Dialog
	fields []formField
	at     int // which is typed in
	err    error
	scroll scroll
}

// A formField is one line of the form.
type formField struct {
	of    ledger.PaymentField
	label string
	hint  string // while it is empty
	input widget.Input
}

// Every other key is text.
type formKeys struct{ next, previous, done, cancel key.Binding }

func (desk *Desk) newVerifyForm(of screen.VerifyMsg) *verifyForm {
	d := &verifyForm{theme: desk.theme, of: of, next: desk.offerVerify, keys: formKeys{
		next:     key.NewBinding(key.WithKeys("tab", "down"), key.WithHelp("tab", "next")),
		previous: key.NewBinding(key.WithKeys("shift+tab", "up"), key.WithHelp("shift+tab", "back")),
		done:     key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "go on")),
		cancel:   key.NewBinding(key.WithKeys("esc"), key.WithHelp("esc", "cancel")),
	}}
	for _, f := range []formField{
		{of: ledger.PaymentAmount, label: "amount", hint: "in " + widget.Clean(of.Account.Currency.Code()) + ", as 25.00"},
		{of: ledger.PaymentName, label: "name", hint: "whose it should be"},
		{of: ledger.PaymentEmail, label: "email", hint: "optional, as all below"},
		{of: ledger.PaymentPhone, label: "phone", hint: "as +14155550123"},
		{of: ledger.PaymentStreet, label: "street"},
		{of: ledger.PaymentCity, label: "city"},
		{of: ledger.PaymentRegion, label: "region"},
		{of: ledger.PaymentPostalCode, label: "postal code"},
	} {
		f.input = widget.NewInput()
		d.fields = append(d.fields, f)
	}
	return d
}

// Init implements screen.Dialog. Who comes back most likely has another amount in mind.
func (d *verifyForm) Init() tea.Cmd {
	d.at = 0
	return nil
}

// Update implements screen.Dialog.
func (d *verifyForm) Update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyMsg)
	switch {
	case !ok:
	case key.Matches(k, d.keys.next):
		d.at = (d.at + 1) % len(d.fields)
	case key.Matches(k, d.keys.previous):
		d.at = (d.at + len(d.fields) - 1) % len(d.fields)
	case key.Matches(k, d.keys.cancel):
		return screen.CloseDialog()
	case key.Matches(k, d.keys.done):
		return d.done()
	default:
		d.fields[d.at].input.Update(k)
		d.err = nil
	}
	return nil
}

// done goes on with what was typed, or to the field that cannot be meant.
func (d *verifyForm) done() tea.Cmd {
	draft := ledger.PaymentDraft{Amount: d.typed(ledger.PaymentAmount), Payer: ledger.Person{
		Name: d.typed(ledger.PaymentName), Email: d.typed(ledger.PaymentEmail), Phone: d.typed(ledger.PaymentPhone),
		Street: d.typed(ledger.PaymentStreet), City: d.typed(ledger.PaymentCity), Region: d.typed(ledger.PaymentRegion),
		PostalCode: d.typed(ledger.PaymentPostalCode),
	}}
	err := draft.Check()
	var amount ledger.Amount
	if err == nil {
		amount, err = draft.AmountIn(d.of.Account.Currency)
	}
	if d.err = err; err == nil {
		return screen.Open(d.next(payment{d.of, amount, draft.Payer}, d))
	}
	var refused *ledger.DraftError
	if errors.As(err, &refused) {
		d.at = max(0, d.index(refused.Field))
	}
	return nil
}

func (d *verifyForm) index(f ledger.PaymentField) int {
	return slices.IndexFunc(d.fields, func(mine formField) bool { return mine.of == f })
}

// typed is what stands in a field.
func (d *verifyForm) typed(f ledger.PaymentField) string {
	return strings.TrimSpace(d.fields[d.index(f)].input.Value())
}

// View implements screen.Dialog. The field that is typed in stays in sight.
func (d *verifyForm) View(width, height int) string {
	frame := d.theme.Dialog
	inner := max(0, min(widestPairs, width-frame.GetHorizontalFrameSize()))
	room := max(1, height-frame.GetVerticalFrameSize())
	head := []string{
		d.theme.Title.Render(widget.Fit("Pay from "+widget.Account(d.of.Account, max(0, inner-len("Pay from "))), inner)),
		d.theme.Faint.Render(widget.Fit(d.of.Bank.Name, inner)),
	}
	lines := make([]string, len(d.fields))
	for i := range d.fields {
		lines[i] = d.line(i, inner)
	}
	end := widget.Paragraph(d.theme.Faint, "Asks the bank whether the account is theirs and has that much now.", inner)
	if d.err != nil {
		end = widget.Paragraph(d.theme.Warn, d.fields[d.at].label+": "+d.err.Error(), inner)
	}
	d.scroll.show(d.at)
	return frame.Render(strings.Join(d.scroll.fit(head, lines, end, room), "\n"))
}

// line draws one field.
func (d *verifyForm) line(i, inner int) string {
	const label = 13
	f, mark, style := &d.fields[i], "  ", d.theme.Faint
	if i == d.at {
		mark, style = "▌ ", d.theme.Title
	}
	room := max(0, inner-label-widget.Width(mark))
	text := d.theme.Text.Render(f.input.View(room, i == d.at))
	if f.input.Value() == "" {
		caret := ""
		if i == d.at {
			caret = f.input.View(min(1, room), true)
		}
		text = d.theme.Text.Render(caret) + d.theme.Faint.Render(widget.Fit(f.hint, max(0, room-widget.Width(caret))))
	}
	return d.theme.Accent.Render(mark) + style.Render(widget.Fit(f.label, min(label, max(0, inner-2)))) + text
}

// ShortHelp implements help.KeyMap.
func (d *verifyForm) ShortHelp() []key.Binding {
	return []key.Binding{d.keys.next, d.keys.previous, d.keys.done, d.keys.cancel}
}

// FullHelp implements help.KeyMap.
func (d *verifyForm) FullHelp() [][]key.Binding { return [][]key.Binding{d.ShortHelp()} }
