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

// detailsDialog shows what a bank tells of an account besides its transactions: what
// it holds, or on which terms money is owed on it. It is read from the vault each time
// the ledger changes.
type detailsDialog struct {
	ctx     context.Context
	theme   *theme.Theme
	keys    detailsKeys
	source  Details
	clock   screen.Clock
	today   ledger.Date
	account ledger.Account
	bank    string

	load    screen.Loader[ledger.Details]
	details ledger.Details
	loaded  bool
	err     error
	top     int // first line shown, when not all fit
	shown   int // how many fitted when last drawn
	lines   int // how many there were
}

type detailsKeys struct{ up, down, pageUp, pageDown, close key.Binding }

func defaultDetailsKeys() detailsKeys {
	return detailsKeys{
		up:       key.NewBinding(key.WithKeys("up", "k"), key.WithHelp("↑", "up")),
		down:     key.NewBinding(key.WithKeys("down", "j"), key.WithHelp("↓", "down")),
		pageUp:   key.NewBinding(key.WithKeys("pgup"), key.WithHelp("pgup", "a page up")),
		pageDown: key.NewBinding(key.WithKeys("pgdown", " "), key.WithHelp("pgdn", "a page down")),
		close:    key.NewBinding(key.WithKeys("esc", "enter", "q", "d"), key.WithHelp("esc", "close")),
	}
}

// errNoDetails is what there is to say where nothing could tell.
var errNoDetails = errors.New("nothing here can tell more of this account")

func (desk *Desk) newDetails(of screen.DetailsMsg) *detailsDialog {
	return &detailsDialog{
		ctx: desk.ctx, theme: desk.theme, keys: defaultDetailsKeys(), source: desk.options.Details, clock: desk.options.Clock, today: desk.Today(),
		account: of.Account, bank: of.Bank,
	}
}

// Init implements screen.Dialog.
func (d *detailsDialog) Init() tea.Cmd { return d.reload() }

func (d *detailsDialog) reload() tea.Cmd {
	if d.source == nil {
		d.loaded, d.err = true, errNoDetails
		return nil
	}
	source, acc := d.source, d.account
	return d.load.Load(d.ctx, func(ctx context.Context) (ledger.Details, error) { return source.Details(ctx, acc) })
}

// Update implements screen.Dialog.
func (d *detailsDialog) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return d.onKey(msg)
	case screen.BookMsg:
		d.today = msg.Today
		return d.reload()
	case screen.LoadedMsg[ledger.Details]:
		if d.load.Accept(msg) {
			d.loaded, d.details, d.err = true, msg.Value, msg.Err
		}
	}
	return nil
}

func (d *detailsDialog) onKey(msg tea.KeyMsg) tea.Cmd {
	k := d.keys
	switch {
	case key.Matches(msg, k.up):
		d.scroll(-1)
	case key.Matches(msg, k.down):
		d.scroll(+1)
	case key.Matches(msg, k.pageUp):
		d.scroll(1 - d.shown)
	case key.Matches(msg, k.pageDown):
		d.scroll(d.shown - 1)
	case key.Matches(msg, k.close):
		d.load.Stop()
		return screen.CloseDialog()
	}
	return nil
}

func (d *detailsDialog) scroll(n int) { d.top = max(0, min(d.top+n, d.lines-d.shown)) }

// ShortHelp implements help.KeyMap.
func (d *detailsDialog) ShortHelp() []key.Binding {
	move := d.keys.down
	move.SetHelp("↑↓", "scroll")
	return []key.Binding{move, d.keys.close}
}

// FullHelp implements help.KeyMap.
func (d *detailsDialog) FullHelp() [][]key.Binding {
	k := d.keys
	return [][]key.Binding{{k.up, k.down, k.pageUp, k.pageDown, k.close}}
}
