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

// balanceDialog asks a bank what is on an account now, and shows that beside what was
// known before, each with its time.
type balanceDialog struct {
	question[ledger.Progress, ledger.Account]
	theme  *theme.Theme
	keys   questionKeys
	clock  screen.Clock
	of     screen.BalanceMsg
	scroll scroll
}

func (desk *Desk) newBalance(of screen.BalanceMsg) *balanceDialog {
	d := &balanceDialog{theme: desk.theme, clock: desk.options.Clock, of: of, keys: defaultQuestionKeys()}
	d.ask(desk.ctx, desk.options.Clock, func(ctx context.Context, report func(ledger.Progress)) (ledger.Account, error) {
		return desk.options.Live.Balance(ctx, of.Account, report)
	})
	return d
}

// Init implements screen.Dialog.
func (d *balanceDialog) Init() tea.Cmd { return d.starting() }

// Update implements screen.Dialog.
func (d *balanceDialog) Update(msg tea.Msg) tea.Cmd { return d.handle(msg, d.onKey, d.onEnded) }

func (d *balanceDialog) onKey(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, d.keys.up):
		d.scroll.move(-1)
	case key.Matches(msg, d.keys.down):
		d.scroll.move(+1)
	case key.Matches(msg, d.keys.stop):
		d.stop()
	case key.Matches(msg, d.keys.fix):
		return screen.Send(screen.Repair(d.of.Bank))
	case key.Matches(msg, d.keys.close):
		return screen.CloseDialog()
	}
	return nil
}

// onEnded takes the answer. An answer that came although the user stopped is shown:
// it may be on the bill.
func (d *balanceDialog) onEnded() tea.Cmd {
	d.keys.stop.SetEnabled(false)
	d.keys.close.SetEnabled(true)
	d.keys.fix.SetEnabled(errors.Is(d.err, ledger.ErrLoginRequired))
	reload := screen.Send(screen.SyncedMsg{}) // a failure may have marked the bank
	if d.err != nil && d.cancelled {
		return tea.Batch(reload, screen.CloseDialog(), screen.Send(screen.NoticeMsg{Text: "stopped; the balance is as it was"}))
	}
	return reload
}

// ShortHelp implements help.KeyMap.
func (d *balanceDialog) ShortHelp() []key.Binding {
	move := d.keys.down
	move.SetHelp("↑↓", "more")
	return []key.Binding{move, d.keys.stop, d.keys.fix, d.keys.close}
}

// FullHelp implements help.KeyMap.
func (d *balanceDialog) FullHelp() [][]key.Binding {
	return [][]key.Binding{{d.keys.up, d.keys.down, d.keys.stop, d.keys.fix, d.keys.close}}
}
