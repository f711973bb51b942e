package dialog

import (
	"context"
	"errors"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/theme"
)

// numbersDialog shows what an account is paid by: masked at first, whole when that
// is asked for. It asks the bank each time it opens, and nothing but the dialog has
// the numbers: they are gone when it closes.
type numbersDialog struct {
	question[struct{}, ledger.Numbers]
	theme    *theme.Theme
	keys     numbersKeys
	account  ledger.Account
	bank     ledger.Item
	copies   bool // there is a clipboard
	lines    []ledger.NumberLine
	cursor   int // in lines
	revealed bool
}

type numbersKeys struct{ up, down, reveal, copy, fix, close key.Binding }

func defaultNumbersKeys() numbersKeys {
	return numbersKeys{
		up:     key.NewBinding(key.WithKeys("up", "k"), key.WithHelp("↑", "up"), key.WithDisabled()),
		down:   key.NewBinding(key.WithKeys("down", "j"), key.WithHelp("↓", "down"), key.WithDisabled()),
		reveal: key.NewBinding(key.WithKeys("r"), key.WithHelp("r", "show whole"), key.WithDisabled()),
		copy:   key.NewBinding(key.WithKeys("c"), key.WithHelp("c", "copy"), key.WithDisabled()),
		fix:    key.NewBinding(key.WithKeys("f"), key.WithHelp("f", "sign in again"), key.WithDisabled()),
		close:  key.NewBinding(key.WithKeys("esc", "enter", "q"), key.WithHelp("esc", "close")),
	}
}

// numbersProduct is what a bank must be allowed to tell.
const numbersProduct ledger.Products = "auth"

// offerNumbers offers to ask what an account is paid by.
func (desk *Desk) offerNumbers(of screen.NumbersMsg) screen.Dialog {
	d := desk.newPrice("Account numbers", of.Bank.Name,
		"Plaid tells what "+nameOf(of.Account)+" is paid by. The numbers are masked until you want them whole, and kept nowhere.",
		func() screen.Dialog { return desk.newNumbers(of) })
	d.bills = onceForEachBank
	return d
}

func (desk *Desk) newNumbers(of screen.NumbersMsg) *numbersDialog {
	d := &numbersDialog{
		theme: desk.theme, keys: defaultNumbersKeys(),
		account: of.Account, bank: of.Bank, copies: desk.options.Clipboard,
	}
	d.ask(desk.ctx, desk.options.Clock, func(ctx context.Context, _ func(struct{})) (ledger.Numbers, error) {
		return desk.options.Banks.Numbers(ctx, of.Account)
	})
	return d
}

// Init implements screen.Dialog.
func (d *numbersDialog) Init() tea.Cmd { return d.starting() }

// Update implements screen.Dialog.
func (d *numbersDialog) Update(msg tea.Msg) tea.Cmd {
	if msg, ok := msg.(tea.KeyMsg); ok {
		return d.onKey(msg)
	}
	cmd, over := d.update(msg)
	if over {
		d.onEnded()
	}
	return cmd
}

func (d *numbersDialog) onEnded() {
	d.lines = d.answer.Lines()
	if d.err == nil && len(d.lines) == 0 {
		d.err = errors.New("the bank tells no numbers of this account")
	}
	for _, b := range []*key.Binding{&d.keys.up, &d.keys.down, &d.keys.reveal} {
		b.SetEnabled(d.err == nil)
	}
	d.keys.copy.SetEnabled(d.err == nil && d.copies)
	mends(&d.keys.fix, d.err)
}

func (d *numbersDialog) onKey(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, d.keys.up):
		d.cursor = max(0, d.cursor-1)
	case key.Matches(msg, d.keys.down):
		d.cursor = min(d.cursor+1, len(d.lines)-1)
	case key.Matches(msg, d.keys.reveal):
		d.reveal(!d.revealed)
	case key.Matches(msg, d.keys.copy):
		return screen.Send(screen.CopyDigitsMsg{Line: d.lines[d.cursor]})
	case key.Matches(msg, d.keys.fix):
		return mend(d.bank, numbersProduct, d.err)
	case key.Matches(msg, d.keys.close):
		d.stop()
		return screen.CloseDialog()
	}
	return nil
}

func (d *numbersDialog) reveal(on bool) {
	d.revealed = on
	d.keys.reveal.SetHelp("r", "show whole")
	if on {
		d.keys.reveal.SetHelp("r", "mask")
	}
}

// ShortHelp implements help.KeyMap.
func (d *numbersDialog) ShortHelp() []key.Binding {
	move := d.keys.down
	move.SetHelp("↑↓", "move")
	return []key.Binding{d.keys.reveal, d.keys.copy, move, d.keys.fix, d.keys.close}
}

// FullHelp implements help.KeyMap.
func (d *numbersDialog) FullHelp() [][]key.Binding {
	return [][]key.Binding{{d.keys.up, d.keys.down, d.keys.reveal, d.keys.copy, d.keys.fix, d.keys.close}}
}
