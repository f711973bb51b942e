package dialog

import (
	"context"
	"errors"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/task"
	"coffer/tui/theme"
	"coffer/tui/widget"
)

// removingDialog removes a bank. It closes by itself when the bank is gone; when it is
// not, it says why, and what to do about an access that Plaid does not know.
type removingDialog struct {
	question[struct{}, struct{}]
	theme    *theme.Theme
	keys     removingKeys
	bank     ledger.Item
	hereOnly bool
	edits    ledger.Handover
	scroll   scroll
}

type removingKeys struct{ up, down, stop, here, close key.Binding }

func (desk *Desk) newRemoving(bank ledger.Item, hereOnly bool, edits ledger.Handover) *removingDialog {
	d := &removingDialog{theme: desk.theme, bank: bank, hereOnly: hereOnly, edits: edits, keys: removingKeys{
		up:    key.NewBinding(key.WithKeys("up", "k", "pgup"), key.WithHelp("↑", "up"), key.WithDisabled()),
		down:  key.NewBinding(key.WithKeys("down", "j", "pgdown"), key.WithHelp("↓", "down"), key.WithDisabled()),
		stop:  key.NewBinding(key.WithKeys("esc", "x"), key.WithHelp("esc", "stop")),
		here:  key.NewBinding(key.WithKeys("h"), key.WithHelp("h", "erase it here alone"), key.WithDisabled()),
		close: key.NewBinding(key.WithKeys("esc", "enter", "q"), key.WithHelp("esc", "close"), key.WithDisabled()),
	}}
	remove := desk.options.Links.Remove
	if hereOnly {
		remove = desk.options.Links.Erase
	}
	d.ask(desk.ctx, desk.options.Clock, func(ctx context.Context, _ func(struct{})) (struct{}, error) {
		return struct{}{}, remove(ctx, bank.ID)
	})
	return d
}

// Job is what is under way.
func (d *removingDialog) Job() task.Job { return d.task.Job("a removal") }

// Init implements screen.Dialog.
func (d *removingDialog) Init() tea.Cmd { return d.starting() }

// Update implements screen.Dialog.
func (d *removingDialog) Update(msg tea.Msg) tea.Cmd { return d.handle(msg, d.onKey, d.onEnded) }

func (d *removingDialog) onKey(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, d.keys.up):
		d.scroll.move(-1)
	case key.Matches(msg, d.keys.down):
		d.scroll.move(+1)
	case key.Matches(msg, d.keys.stop):
		d.stop()
	case key.Matches(msg, d.keys.here):
		return screen.Send(screen.RemoveMsg{Item: d.bank, HereOnly: true})
	case key.Matches(msg, d.keys.close):
		return screen.CloseDialog()
	}
	return nil
}

func (d *removingDialog) onEnded() tea.Cmd {
	d.keys.stop.SetEnabled(false)
	d.keys.here.SetEnabled(d.isLost())
	d.keys.close.SetEnabled(true)
	reload := screen.Send(screen.SyncedMsg{})
	if d.err != nil {
		return reload
	}
	done := d.bank.Name + " is unlinked and erased"
	if d.hereOnly {
		done = d.bank.Name + " is erased here"
	}
	return tea.Batch(reload, screen.CloseDialog(), screen.Send(screen.NoticeMsg{Text: done + widget.HandoverAfter(d.edits)}))
}

// isLost reports whether Plaid says that the access is of no use any more: nothing but
// erasing the bank here is left then.
func (d *removingDialog) isLost() bool {
	return !d.hereOnly && (errors.Is(d.err, ledger.ErrUnknownAccess) || errors.Is(d.err, ledger.ErrRevoked))
}

// reason says why the bank is there still.
func (d *removingDialog) reason() string {
	switch {
	case d.cancelled && errors.Is(d.err, context.Canceled):
		return "Stopped; nothing was erased here. Plaid may have heard of it: unlink the bank again, or sync to see."
	case d.isLost() && errors.Is(d.err, ledger.ErrUnknownAccess):
		return "Plaid does not know the access to it with your keys: it was linked with others, or its access was taken back. Nothing was erased. " +
			"Press h to erase it here alone."
	case d.isLost():
		return "The permission was taken back at Plaid, which does not unlink it any more. Nothing was erased. Press h to erase it here alone."
	}
	return d.err.Error()
}

// View implements screen.Dialog.
func (d *removingDialog) View(width, height int) string {
	frame := d.theme.Dialog
	inner := max(0, min(60, width-frame.GetHorizontalFrameSize()))
	head := []string{d.theme.Title.Render(widget.Fit(removing(d.bank, d.hereOnly), inner))}
	var said []string
	switch {
	case d.ended && d.err != nil:
		said = widget.Paragraph(d.theme.Error, d.reason(), inner)
	case d.cancelled:
		said = widget.Paragraph(d.theme.Faint, d.spinner.View()+" stopping…", inner)
	case d.hereOnly:
		said = widget.Paragraph(d.theme.Faint, d.spinner.View()+" erasing it here…", inner)
	default:
		said = widget.Paragraph(d.theme.Faint, d.spinner.View()+" ending its access at Plaid…", inner)
	}
	lines := d.scroll.fit(head, said, nil, max(1, height-frame.GetVerticalFrameSize()))
	d.keys.up.SetEnabled(d.scroll.moves())
	d.keys.down.SetEnabled(d.scroll.moves())
	return frame.Render(strings.Join(lines, "\n"))
}

// ShortHelp implements help.KeyMap.
func (d *removingDialog) ShortHelp() []key.Binding {
	move := d.keys.down
	move.SetHelp("↑↓", "more")
	return []key.Binding{move, d.keys.stop, d.keys.here, d.keys.close}
}

// FullHelp implements help.KeyMap.
func (d *removingDialog) FullHelp() [][]key.Binding {
	return [][]key.Binding{{d.keys.up, d.keys.down, d.keys.stop, d.keys.here, d.keys.close}}
}
