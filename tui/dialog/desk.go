package dialog

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/theme"
)

// A Desk makes the dialogs that are asked for. It keeps none of them, and nothing of
// the ledger.
type Desk struct {
	ctx     context.Context
	options Options
	theme   *theme.Theme
}

// NewDesk returns a desk. What its dialogs begin ends with ctx. It has no theme yet:
// [Desk.Restyle] comes before the first dialog.
func NewDesk(ctx context.Context, o Options) *Desk { return &Desk{ctx: ctx, options: o} }

// Restyle has dialogs drawn in th from now on, but for the one that is open.
func (desk *Desk) Restyle(th *theme.Theme) { desk.theme = th }

// Today is the day the ledger is seen from.
func (desk *Desk) Today() ledger.Date {
	if !desk.options.Today.IsZero() {
		return desk.options.Today
	}
	return ledger.DateOf(desk.options.Clock.Now())
}

// For returns the dialog that msg asks for, if it asks for one that is made here. Book is
// the ledger as it is shown, nil as long as there is none.
func (desk *Desk) For(msg tea.Msg, book *ledger.Book) (d screen.Dialog, ok bool) {
	switch msg := msg.(type) {
	case screen.SyncMsg:
		return desk.newSync(), true
	case screen.LinkMsg:
		return desk.newLink(), true
	case screen.RepairMsg:
		return desk.newRepair(msg), true
	case screen.AllowMsg:
		return desk.newAllow(msg.Item), true
	case screen.ReplayMsg:
		return desk.offerReplay(msg.Item), true
	case screen.RemoveMsg:
		return desk.newRemove(book, msg.Item, msg.HereOnly), true
	case screen.DetailsMsg:
		return desk.newDetails(msg), true
	case screen.NumbersMsg:
		return desk.offerNumbers(msg), true
	case screen.AskNowMsg:
		return desk.offerToAsk(msg.Item), true
	case screen.BalanceMsg:
		return desk.offerBalance(msg), true
	case screen.OwnersMsg:
		return desk.offerOwners(msg), true
	case screen.VerifyMsg:
		return desk.newVerifyForm(msg), true
	case screen.ProcessorMsg:
		return desk.newProcessors(msg), true
	case screen.RecurringMsg:
		return desk.newRecurring(book, msg), true
	}
	return nil, false
}
