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

// An inquiry is a dialog that asks something about an account and shows the answer.
// It asks each time it opens, and nothing but the dialog has the answer: it is gone
// when the dialog closes, and when the interface locks.
type inquiry[P, R any] struct {
	question[P, R]
	theme   *theme.Theme
	keys    questionKeys
	title   string // stands before the account's name
	account ledger.Account
	bank    ledger.Item
	doing   func(P) string   // what is waited for
	show    func(*sheet, R)  // writes the answer
	remarks func(R) []string // what there is to know of it, what matters most first
	stopped string           // what there is to say once the user has stopped
	always  bool             // the answer is good with an error, too
	product ledger.Products  // what the bank must be allowed to tell
	actions []action[R]
	scroll  scroll
}

// An action is a key that means something once there is an answer.
type action[R any] struct {
	key key.Binding
	do  func(R) tea.Cmd
}

// Init implements screen.Dialog.
func (d *inquiry[P, R]) Init() tea.Cmd { return d.starting() }

// Update implements screen.Dialog.
func (d *inquiry[P, R]) Update(msg tea.Msg) tea.Cmd { return d.handle(msg, d.onKey, d.onEnded) }

// onEnded takes the answer. An answer that came although the user stopped is shown:
// it may be on the bill.
func (d *inquiry[P, R]) onEnded() tea.Cmd {
	d.keys.stop.SetEnabled(false)
	d.keys.close.SetEnabled(true)
	mends(&d.keys.fix, d.err)
	for i := range d.actions {
		d.actions[i].key.SetEnabled(d.err == nil || d.always)
	}
	if d.err == nil {
		return nil
	}
	reload := screen.Send(screen.SyncedMsg{}) // the bank may have been marked
	if d.cancelled {
		return tea.Batch(reload, screen.CloseDialog(), screen.Send(screen.NoticeMsg{Text: d.stopped}))
	}
	return reload
}

func (d *inquiry[P, R]) onKey(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, d.keys.up):
		d.scroll.move(-1)
	case key.Matches(msg, d.keys.down):
		d.scroll.move(+1)
	case key.Matches(msg, d.keys.stop):
		d.stop()
	case key.Matches(msg, d.keys.fix):
		return mend(d.bank, d.product, d.err)
	case key.Matches(msg, d.keys.close):
		return screen.CloseDialog()
	}
	at := slices.IndexFunc(d.actions, func(a action[R]) bool { return d.ended && key.Matches(msg, a.key) })
	if at < 0 {
		return nil
	}
	return d.actions[at].do(d.answer)
}

// View implements screen.Dialog. Where there is little room, remarks are left out
// whole.
func (d *inquiry[P, R]) View(width, height int) string {
	frame := d.theme.Dialog
	s := sheet{theme: d.theme, width: max(0, min(widestPairs, width-frame.GetHorizontalFrameSize()))}
	s.money.Script = widget.Script(d.theme.ASCII)
	room := max(1, height-frame.GetVerticalFrameSize())
	head := []string{
		d.theme.Title.Render(widget.Fit(d.title+" "+widget.Account(d.account, max(0, s.width-widget.Width(d.title)-1)), s.width)),
		d.theme.Faint.Render(widget.Fit(d.bank.Name, s.width)),
	}
	var end []string
	switch {
	case !d.ended && d.cancelled:
		s.say(d.theme.Text, d.spinner.View()+" stopping…")
	case !d.ended:
		s.say(d.theme.Text, d.spinner.View()+" "+d.doing(d.latest))
	case d.err != nil && (!d.always || errors.Is(d.err, ledger.ErrLoginRequired)):
		s.say(d.theme.Warn, mending(d.err, d.product))
	default:
		d.show(&s, d.answer)
		end = d.remark(s.width, room-len(head)-len(s.lines)-2)
	}
	lines := d.scroll.fit(head, s.lines, end, room)
	d.keys.up.SetEnabled(d.scroll.moves())
	d.keys.down.SetEnabled(d.scroll.moves())
	return frame.Render(strings.Join(lines, "\n"))
}

// remark writes as many remarks as fit, at least a line of the first.
func (d *inquiry[P, R]) remark(width, room int) (lines []string) {
	for i, text := range d.remarks(d.answer) {
		said := widget.Paragraph(d.theme.Faint, text, width)
		if i > 0 && len(lines)+len(said) > room {
			break
		}
		lines = append(lines, said...)
	}
	return lines
}

// ShortHelp implements help.KeyMap.
func (d *inquiry[P, R]) ShortHelp() []key.Binding {
	move := d.keys.down
	move.SetHelp("↑↓", "more")
	list := []key.Binding{}
	for _, a := range d.actions {
		if d.ended {
			list = append(list, a.key)
		}
	}
	return append(list, move, d.keys.stop, d.keys.fix, d.keys.close)
}

// FullHelp implements help.KeyMap.
func (d *inquiry[P, R]) FullHelp() [][]key.Binding { return [][]key.Binding{d.ShortHelp()} }
