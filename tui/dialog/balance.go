package dialog

import (
	"context"
	"errors"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/task"
	"coffer/tui/theme"
)

// balanceTask asks a bank for a balance.
type balanceTask = task.Task[ledger.Progress, ledger.Account]

// balanceDialog asks a bank what is on an account now, and shows that beside what was
// known before, each with its time.
type balanceDialog struct {
	theme   *theme.Theme
	keys    balanceKeys
	clock   screen.Clock
	spinner screen.Spinner
	begin   tea.Cmd
	task    *balanceTask
	of      screen.BalanceMsg
	scroll  scroll

	phase     ledger.Phase
	told      ledger.Account
	err       error
	ended     bool
	cancelled bool
}

type balanceKeys struct{ up, down, stop, fix, close key.Binding }

func (desk *Desk) newBalance(of screen.BalanceMsg) *balanceDialog {
	d := &balanceDialog{theme: desk.theme, clock: desk.options.Clock, spinner: screen.NewSpinner(desk.options.Clock), of: of, keys: balanceKeys{
		up:    key.NewBinding(key.WithKeys("up", "k", "pgup"), key.WithHelp("↑", "up"), key.WithDisabled()),
		down:  key.NewBinding(key.WithKeys("down", "j", "pgdown"), key.WithHelp("↓", "down"), key.WithDisabled()),
		stop:  key.NewBinding(key.WithKeys("esc", "x"), key.WithHelp("esc", "stop")),
		fix:   key.NewBinding(key.WithKeys("f"), key.WithHelp("f", "sign in again"), key.WithDisabled()),
		close: key.NewBinding(key.WithKeys("esc", "enter", "q"), key.WithHelp("esc", "close"), key.WithDisabled()),
	}}
	d.task, d.begin = task.Start(desk.ctx, func(ctx context.Context, report func(ledger.Progress)) (ledger.Account, error) {
		return desk.options.Live.Balance(ctx, of.Account, report)
	})
	return d
}

// Job is what is under way.
func (d *balanceDialog) Job() task.Job { return d.task.Job("a question to a bank") }

// Init implements screen.Dialog.
func (d *balanceDialog) Init() tea.Cmd { return tea.Batch(d.begin, d.spinner.Start()) }

// Update implements screen.Dialog.
func (d *balanceDialog) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return d.onKey(msg)
	case screen.TurnMsg:
		if !d.ended {
			return d.spinner.Update(msg)
		}
	case task.ProgressMsg[ledger.Progress, ledger.Account]:
		if msg.Task == d.task {
			d.phase = msg.Reports[len(msg.Reports)-1].Phase
			return d.task.Next
		}
	case task.EndedMsg[ledger.Progress, ledger.Account]:
		if msg.Task == d.task {
			return d.onEnded(msg.Result, msg.Err)
		}
	}
	return nil
}

func (d *balanceDialog) onKey(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, d.keys.up):
		d.scroll.move(-1)
	case key.Matches(msg, d.keys.down):
		d.scroll.move(+1)
	case key.Matches(msg, d.keys.stop):
		d.cancelled = true
		d.task.Cancel()
	case key.Matches(msg, d.keys.fix):
		return screen.Send(screen.Repair(d.of.Bank))
	case key.Matches(msg, d.keys.close):
		return screen.CloseDialog()
	}
	return nil
}

// onEnded takes the answer. An answer that came although the user stopped is shown:
// it may be on the bill.
func (d *balanceDialog) onEnded(told ledger.Account, err error) tea.Cmd {
	d.ended, d.told, d.err = true, told, err
	d.keys.stop.SetEnabled(false)
	d.keys.close.SetEnabled(true)
	d.keys.fix.SetEnabled(errors.Is(err, ledger.ErrLoginRequired))
	reload := screen.Send(screen.SyncedMsg{}) // a failure may have marked the bank
	if err != nil && d.cancelled {
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
