package dialog

import (
	"context"
	"errors"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/theme"
)

// recurringDialog lists what comes and goes again and again at a bank, or at all, as
// Plaid told it last, and has Plaid asked about the bank anew when the user agrees to
// the price. What it lists is read from the vault each time the ledger changes.
type recurringDialog struct {
	question[ledger.Progress, ledger.SyncResult]
	ctx      context.Context
	theme    *theme.Theme
	keys     recurringKeys
	source   Recurring
	clock    screen.Clock
	today    ledger.Date
	bank     ledger.Item
	banks    []ledger.Item
	accounts []ledger.Account // of all banks, in the order in which they are listed
	offer    func(*recurringDialog) screen.Dialog

	load   screen.Loader[[]ledger.Streams]
	told   []ledger.Streams
	all    bool // of all banks is listed
	loaded bool
	failed error // of reading
	scroll scroll
}

type recurringKeys struct{ up, down, pageUp, pageDown, ask, all, fix, stop, close key.Binding }

func defaultRecurringKeys() recurringKeys {
	return recurringKeys{
		up:       key.NewBinding(key.WithKeys("up", "k"), key.WithHelp("↑", "up"), key.WithDisabled()),
		down:     key.NewBinding(key.WithKeys("down", "j"), key.WithHelp("↓", "down"), key.WithDisabled()),
		pageUp:   key.NewBinding(key.WithKeys("pgup"), key.WithHelp("pgup", "a page up"), key.WithDisabled()),
		pageDown: key.NewBinding(key.WithKeys("pgdown", " "), key.WithHelp("pgdn", "a page down"), key.WithDisabled()),
		ask:      key.NewBinding(key.WithKeys("R"), key.WithHelp("R", "ask now")),
		all:      key.NewBinding(key.WithKeys("a"), key.WithHelp("a", "all banks")),
		fix:      key.NewBinding(key.WithKeys("f"), key.WithHelp("f", "sign in again"), key.WithDisabled()),
		stop:     key.NewBinding(key.WithKeys("esc", "x"), key.WithHelp("esc", "stop"), key.WithDisabled()),
		close:    key.NewBinding(key.WithKeys("esc", "enter", "q"), key.WithHelp("esc", "close")),
	}
}

func (desk *Desk) newRecurring(book *ledger.Book, of screen.RecurringMsg) *recurringDialog {
	d := &recurringDialog{
		ctx: desk.ctx, theme: desk.theme, keys: defaultRecurringKeys(), source: desk.options.Recurring, clock: desk.options.Clock,
		today: desk.Today(), bank: of.Bank, offer: desk.offerStreams,
	}
	if book != nil {
		d.know(book)
	}
	return d
}

// know takes what banks and accounts are called. Accounts that have ended are last.
func (d *recurringDialog) know(book *ledger.Book) {
	d.banks, d.accounts = book.Items(), append(slices.Clone(book.Accounts()), book.EndedAccounts()...)
}

// offerStreams offers to ask Plaid what recurs at a bank. Who does not agree comes back
// to what is known.
func (desk *Desk) offerStreams(d *recurringDialog) screen.Dialog {
	price := desk.newPrice("What recurs", d.bank.Name,
		"Plaid looks through the whole history of the bank's accounts for what comes and goes again and again. "+
			"In less than half a year it finds little.",
		func() screen.Dialog {
			d.ask(desk.ctx, desk.options.Clock, func(ctx context.Context, report func(ledger.Progress)) (ledger.SyncResult, error) {
				return desk.options.Recurring.AskStreams(ctx, d.bank.ID, report)
			})
			d.allow(true)
			return d
		})
	price.bills, price.back = "this by itself, beside transactions", screen.Open(d)
	return price
}

// allow says what can be pressed while a question is under way, and after.
func (d *recurringDialog) allow(waiting bool) {
	d.keys.stop.SetEnabled(waiting)
	for _, b := range []*key.Binding{&d.keys.ask, &d.keys.all, &d.keys.close} {
		b.SetEnabled(!waiting)
	}
	d.keys.fix.SetEnabled(!waiting && errors.Is(d.failure(), ledger.ErrLoginRequired))
}

// Init implements screen.Dialog.
func (d *recurringDialog) Init() tea.Cmd {
	if d.waits() {
		return tea.Batch(d.reload(), d.starting())
	}
	return d.reload()
}

func (d *recurringDialog) reload() tea.Cmd { return d.load.Load(d.ctx, d.source.Streams) }

// Update implements screen.Dialog.
func (d *recurringDialog) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return d.onKey(msg)
	case screen.BookMsg:
		d.today = msg.Today
		d.know(msg.Book)
		return d.reload()
	case screen.LoadedMsg[[]ledger.Streams]:
		if d.load.Accept(msg) {
			d.loaded, d.failed, d.told = true, msg.Err, msg.Value
		}
		return nil
	}
	cmd, over := d.update(msg)
	if over {
		d.allow(false)
		return tea.Batch(d.reload(), screen.Send(screen.SyncedMsg{})) // the bank may have been marked
	}
	return cmd
}

// failure is why the last question was not answered, nil when it was.
func (d *recurringDialog) failure() error {
	if d.answer.Err != nil {
		return d.answer.Err
	}
	return d.err
}

func (d *recurringDialog) onKey(msg tea.KeyMsg) tea.Cmd {
	k := d.keys
	switch {
	case key.Matches(msg, k.up):
		d.scroll.move(-1)
	case key.Matches(msg, k.down):
		d.scroll.move(+1)
	case key.Matches(msg, k.pageUp):
		d.scroll.move(1 - d.scroll.shown)
	case key.Matches(msg, k.pageDown):
		d.scroll.move(d.scroll.shown - 1)
	case key.Matches(msg, k.all):
		d.all, d.scroll.top = !d.all, 0
		d.keys.all.SetHelp("a", map[bool]string{false: "all banks", true: "this bank"}[d.all])
		d.keys.ask.SetEnabled(!d.all)
	case key.Matches(msg, k.ask):
		return screen.Open(d.offer(d))
	case key.Matches(msg, k.fix):
		return screen.Send(screen.Repair(d.bank))
	case key.Matches(msg, k.stop):
		d.stop()
	case key.Matches(msg, k.close):
		d.load.Stop()
		return screen.CloseDialog()
	}
	return nil
}

// ShortHelp implements help.KeyMap.
func (d *recurringDialog) ShortHelp() []key.Binding {
	move := d.keys.down
	move.SetHelp("↑↓", "scroll")
	return []key.Binding{d.keys.ask, d.keys.all, move, d.keys.fix, d.keys.stop, d.keys.close}
}

// FullHelp implements help.KeyMap.
func (d *recurringDialog) FullHelp() [][]key.Binding {
	k := d.keys
	return [][]key.Binding{{k.up, k.down, k.pageUp, k.pageDown, k.ask, k.all, k.fix, k.stop, k.close}}
}
