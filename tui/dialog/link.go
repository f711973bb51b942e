package dialog

import (
	"context"
	"errors"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/task"
	"coffer/tui/theme"
)

// linkDialog links a bank through the browser, or lets the user sign in again to one
// that is linked: it shows the address, waits, and tells what came of it. Closing it
// ends the session and closes its port.
type linkDialog struct {
	question[ledger.LinkProgress, ledger.Item] // the answer is the bank, once it is linked

	repairs screen.RepairMsg // without a bank a new one is linked
	theme   *theme.Theme
	keys    linkKeys
	clock   screen.Clock
	timeout time.Duration // 0 when not known
	again   func() *linkDialog

	waiting time.Time // since when
	found   *found    // what the bank brought, once the ledger has it
}

// found counts what is in the ledger of a bank.
type found struct{ accounts, rows int }

type linkKeys struct{ copy, cancel, retry, fix, close key.Binding }

// newLink links another bank.
func (desk *Desk) newLink() *linkDialog {
	d := desk.newLinkDialog()
	d.again = func() *linkDialog { return desk.newLink() }
	d.ask(desk.ctx, desk.options.Clock, desk.options.Banks.Link)
	return d
}

// newRepair lets the user sign in to a bank again.
func (desk *Desk) newRepair(what screen.RepairMsg) *linkDialog {
	d := desk.newLinkDialog()
	d.repairs = what
	d.keys.retry.SetKeys("f", "l")
	d.keys.retry.SetHelp("f", "try again")
	d.again = func() *linkDialog { return desk.newRepair(what) }
	d.ask(desk.ctx, desk.options.Clock, func(ctx context.Context, report func(ledger.LinkProgress)) (ledger.Item, error) {
		if what.Allow != "" {
			return desk.options.Links.Allow(ctx, what.Item.ID, what.Allow, report)
		}
		return desk.options.Banks.Repair(ctx, what.Item.ID, what.Accounts, report)
	})
	return d
}

func (desk *Desk) newLinkDialog() *linkDialog {
	d := &linkDialog{
		theme: desk.theme, clock: desk.options.Clock, timeout: desk.options.LinkTimeout,
		keys: linkKeys{
			copy:   key.NewBinding(key.WithKeys("c"), key.WithHelp("c", "copy address"), key.WithDisabled()),
			cancel: key.NewBinding(key.WithKeys("esc", "x"), key.WithHelp("esc", "cancel")),
			retry:  key.NewBinding(key.WithKeys("l"), key.WithHelp("l", "try again"), key.WithDisabled()),
			fix:    key.NewBinding(key.WithKeys("f"), key.WithHelp("f", "sign in to it"), key.WithDisabled()),
			close:  key.NewBinding(key.WithKeys("enter", "esc", "q"), key.WithHelp("enter", "close"), key.WithDisabled()),
		},
	}
	if !desk.options.CanCopy {
		d.keys.copy.Unbind()
	}
	return d
}

// Job is what is under way.
func (d *linkDialog) Job() task.Job {
	what := "linking a bank"
	if d.isRepair() {
		what = "signing in to a bank"
	}
	return d.task.Job(what)
}

// isRepair reports whether the bank is linked already.
func (d *linkDialog) isRepair() bool { return d.repairs.Item.ID != "" }

// Init implements screen.Dialog.
func (d *linkDialog) Init() tea.Cmd { return d.starting() }

// Update implements screen.Dialog.
func (d *linkDialog) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return d.onKey(msg)
	case screen.BookMsg:
		d.onBook(msg.Book)
	}
	cmd, over := d.update(msg)
	if over {
		return d.onEnded()
	}
	d.onProgress()
	return cmd
}

func (d *linkDialog) onKey(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, d.keys.cancel):
		d.stop()
	case key.Matches(msg, d.keys.copy):
		return tea.Batch(screen.Send(screen.CopyMsg{Text: d.latest.Address}),
			screen.Send(screen.NoticeMsg{Text: "the address was sent to your terminal's clipboard"}))
	case key.Matches(msg, d.keys.fix):
		old, _ := d.known()
		return screen.Send(screen.Repair(old))
	case key.Matches(msg, d.keys.retry):
		return screen.Open(d.again())
	case key.Matches(msg, d.keys.close):
		return screen.CloseDialog()
	}
	return nil
}

// onProgress goes by the latest report.
func (d *linkDialog) onProgress() {
	waits := d.waits() && d.latest.Stage == ledger.LinkWaiting
	if waits && d.waiting.IsZero() {
		d.waiting = d.clock.Now()
	}
	d.keys.copy.SetEnabled(waits)
}

func (d *linkDialog) onEnded() tea.Cmd {
	d.keys.copy.SetEnabled(false)
	d.keys.cancel.SetEnabled(false)
	d.keys.close.SetEnabled(true)
	d.keys.retry.SetEnabled(!d.linked())
	_, known := d.known()
	d.keys.fix.SetEnabled(known)
	switch {
	case d.linked():
		return screen.Send(screen.SyncedMsg{})
	case d.cancelled:
		return tea.Batch(screen.CloseDialog(), screen.Send(screen.NoticeMsg{Text: d.gaveUp()}))
	}
	return nil
}

// known returns the link that the bank has already, if it was not linked because of
// that.
func (d *linkDialog) known() (ledger.Item, bool) {
	var linked *ledger.LinkedError
	if d.linked() || !errors.As(d.err, &linked) {
		return ledger.Item{}, false
	}
	return linked.Old, true
}

// gaveUp says what it means that the user stopped.
func (d *linkDialog) gaveUp() string {
	if d.isRepair() {
		if d.repairs.Accounts || d.repairs.Allow != "" {
			return "nothing was changed"
		}
		return "nothing was changed; " + d.repairs.Item.Name + " waits for you to sign in again"
	}
	return ledger.ErrLinkCancelled.Error()
}

// linked reports whether the bank is linked, or signed in to, with its rows or without.
func (d *linkDialog) linked() bool { return d.ended && d.answer.ID != "" }

// onBook counts what the new bank brought.
func (d *linkDialog) onBook(b *ledger.Book) {
	if !d.linked() {
		return
	}
	var ids []ledger.AccountID
	for _, a := range b.Accounts() {
		if a.Item == d.answer.ID {
			ids = append(ids, a.ID)
		}
	}
	f := found{accounts: len(ids)}
	if len(ids) > 0 { // none would mean any
		f.rows = len(b.Select(ledger.Query{Accounts: ids}, ledger.Sort{By: ledger.SortDate}).Rows)
	}
	if f.accounts > 0 {
		d.found = &f
	}
}

// reason says why nothing was linked.
func (d *linkDialog) reason() string {
	old, known := d.known()
	switch {
	case known:
		return old.Name + " is linked already. Nothing was kept of the new link."
	case d.isRepair() && errors.Is(d.err, ledger.ErrLinkCancelled):
		return "The page was closed before you signed in. Nothing was changed."
	case d.isRepair() && errors.Is(d.err, ledger.ErrLinkExpired):
		return "Nobody signed in on the page in time. Nothing was changed."
	case errors.Is(d.err, ledger.ErrLinkCancelled):
		return "The page was closed before a bank was linked. Nothing was kept."
	case errors.Is(d.err, ledger.ErrLinkExpired):
		return "Nobody finished on the page in time. Nothing was kept."
	}
	return d.err.Error()
}

// ShortHelp implements help.KeyMap.
func (d *linkDialog) ShortHelp() []key.Binding {
	return []key.Binding{d.keys.copy, d.keys.cancel, d.keys.fix, d.keys.retry, d.keys.close}
}

// FullHelp implements help.KeyMap.
func (d *linkDialog) FullHelp() [][]key.Binding { return [][]key.Binding{d.ShortHelp()} }
