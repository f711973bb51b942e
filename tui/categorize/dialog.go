// Package categorize is the dialog that gives transactions another category: a
// list to choose from that narrows as the user types, and a place to type a
// category of one's own.
//
// It changes nothing itself. What was chosen goes to the root as a
// [screen.CategorizeMsg], and to the screen behind as a [ChosenMsg].
package categorize

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/theme"
	"coffer/tui/widget"
)

// page is how far pgup and pgdn go. The dialog is told its height only when it
// is drawn.
const page = 10

// ChosenMsg tells that the question was answered for these transactions. It
// comes before the answer is carried out, so that a list can move on at once and
// the next key means the next row.
type ChosenMsg struct{ IDs []ledger.TransactionID }

// A Dialog asks for the category of some transactions.
type Dialog struct {
	theme   *theme.Theme
	inks    inks
	keys    keyMap
	entries []ledger.Entry
	now     ledger.Category // in force for all entries, "" when they differ
	all     []option
	shown   []option
	cursor  int // in shown
	input   widget.Input
	done    bool // answered: keys that are still on their way mean nothing
}

var _ screen.Dialog = (*Dialog)(nil)

// New returns a dialog for entries, of which there is at least one. own are
// categories that the user made up before; they are offered again.
func New(th *theme.Theme, own []ledger.Category, entries ...ledger.Entry) *Dialog {
	d := &Dialog{
		theme: th, inks: newInks(th), keys: defaultKeys(), input: widget.NewInput(),
		entries: entries, now: common(entries), all: offers(entries, own),
	}
	d.widen()
	return d
}

// widen offers everything, with the cursor on what is in force. Where that is
// nothing or several things, enter at once must not take anything away.
func (d *Dialog) widen() {
	d.narrow()
	if d.cursor = slices.IndexFunc(d.shown, d.isNow); d.cursor < 0 {
		d.cursor = slices.IndexFunc(d.shown, func(o option) bool { return o.category != "" })
	}
	d.cursor = max(0, d.cursor)
}

// common returns the category of all entries, "" if they differ.
func common(entries []ledger.Entry) ledger.Category {
	for _, e := range entries {
		if e.Category != entries[0].Category {
			return ""
		}
	}
	return entries[0].Category
}

func (d *Dialog) isNow(o option) bool { return o.category != "" && o.category == d.now }

// Init implements screen.Dialog.
func (d *Dialog) Init() tea.Cmd { return nil }

// Update applies one message.
func (d *Dialog) Update(msg tea.Msg) tea.Cmd {
	if msg, ok := msg.(tea.KeyMsg); ok && !d.done {
		return d.onKey(msg)
	}
	return nil
}

func (d *Dialog) onKey(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, d.keys.up):
		d.move(-1)
	case key.Matches(msg, d.keys.down):
		d.move(+1)
	case key.Matches(msg, d.keys.pageUp):
		d.move(-page)
	case key.Matches(msg, d.keys.pageDown):
		d.move(+page)
	case key.Matches(msg, d.keys.choose):
		return d.choose()
	case key.Matches(msg, d.keys.cancel):
		return d.cancel()
	default:
		d.edit(msg)
	}
	return nil
}

func (d *Dialog) move(delta int) {
	d.cursor = max(0, min(d.cursor+delta, len(d.shown)-1))
}

// edit passes a key to the input. The cursor goes to the best match, but stays
// where it is when only the caret moved.
func (d *Dialog) edit(msg tea.KeyMsg) {
	before := d.input.Value()
	d.input.Update(msg)
	if d.input.Value() != before {
		d.narrow()
		d.cursor = 0
	}
}

func (d *Dialog) narrow() { d.shown = matching(d.all, d.input.Value()) }

// choose answers with the option under the cursor. With none there is no
// answer, and the dialog stays.
func (d *Dialog) choose() tea.Cmd {
	if d.cursor >= len(d.shown) {
		return nil
	}
	d.done = true
	ids := make([]ledger.TransactionID, len(d.entries))
	for i, e := range d.entries {
		ids[i] = e.ID
	}
	return tea.Sequence(
		screen.Send(ChosenMsg{ids}),
		screen.Send(screen.CategorizeMsg{IDs: ids, Category: d.shown[d.cursor].category}),
		screen.CloseDialog(),
	)
}

// cancel peels one level: what was typed, then the dialog.
func (d *Dialog) cancel() tea.Cmd {
	if d.input.Value() == "" {
		d.done = true
		return screen.CloseDialog()
	}
	d.input.SetValue("")
	d.widen()
	return nil
}
