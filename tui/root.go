package tui

import (
	"context"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/accounts"
	"coffer/tui/dialog"
	"coffer/tui/overview"
	"coffer/tui/screen"
	"coffer/tui/spending"
	"coffer/tui/task"
	"coffer/tui/theme"
	"coffer/tui/transactions"
)

// root is the model at the top. It owns the frame round the screens, decides who
// gets each message, and keeps the ledger for all of them.
type root struct {
	ctx     context.Context
	options Options
	palette painter
	theme   *theme.Theme
	keys    keyMap
	build   builder

	tabs   []tab
	front  screen.ID
	dialog screen.Dialog // nil when none is open
	desk   *dialog.Desk
	vault  vault
	status status
	lock   lock
	// ask asks the terminal for its background, and copy puts a text on its
	// clipboard; nil where there is no terminal.
	ask  tea.Cmd
	copy func(text string) tea.Cmd

	work          []task.Job
	copies        int // numbers copied so far
	copied        int // which of them is on the clipboard still, 0 for none
	auto          autoSync
	quitting      bool // as soon as the last edit is written
	width, height int
}

// A worker is a dialog that may have work under way.
type worker interface{ Job() task.Job }

// A tab is a screen and its name for routing.
type tab struct {
	id screen.ID
	screen.Screen
}

// A builder makes the screens, in the order of their tabs.
type builder func(context.Context, *theme.Theme, screen.Clock) []tab

// newTabs is the builder of the real screens.
func newTabs(ctx context.Context, th *theme.Theme, clock screen.Clock) []tab {
	return []tab{
		{screen.Overview, overview.New(ctx, th, clock)},
		{screen.Transactions, transactions.New(ctx, th)},
		{screen.Spending, spending.New(th)},
		{screen.Accounts, accounts.New(th, clock)},
	}
}

// New returns the interface as a model, for who runs it in a way of their own. It
// draws nothing but what its options allow it to know: [Run] also asks the
// terminal.
func New(ctx context.Context, o Options) tea.Model { return newRoot(ctx, o, newTabs, nil) }

func newRoot(ctx context.Context, o Options, build builder, copy func(string) tea.Cmd) *root {
	a := &root{ctx: ctx, options: o, keys: defaultKeys(), build: build, front: screen.Overview, copy: copy}
	a.desk = dialog.NewDesk(ctx, o.dialogs(copy != nil))
	a.keys.lock.SetEnabled(o.Lock != nil)
	a.lock.pressed = o.Clock.Now()
	a.palette = newPainter(o)
	a.restyle(a.palette.first())
	return a
}

// Init loads the ledger and begins to watch the vault.
func (a *root) Init() tea.Cmd {
	return tea.Batch(a.reload(), a.poll(), a.screen(a.front).Init(), a.ask, a.palette.await(a.options.Clock), a.watchIdle())
}

// Update routes msg. See package screen for the rules.
func (a *root) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.width, a.height = msg.Width, msg.Height
		a.resize()
		return a, nil
	case tea.KeyMsg:
		return a, a.onKeys(msg)
	case backgroundMsg:
		return a, a.onBackground(msg)
	}
	if cmd, mine := a.onClipboard(msg); mine {
		return a, cmd
	}
	if cmd, mine := a.onLock(msg); mine {
		return a, cmd
	}
	if cmd, mine := a.onVault(msg); mine {
		return a, cmd
	}
	if cmd, mine := a.onAutosync(msg); mine {
		return a, cmd
	}
	if cmd, mine := a.onRequest(msg); mine {
		return a, cmd
	}
	return a, a.tellAll(msg)
}

// onRequest does what a screen or a dialog asks of the root.
func (a *root) onRequest(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	switch msg := msg.(type) {
	case screen.GotoMsg:
		return a.show(msg.To), true
	case screen.RowsMsg:
		return tea.Batch(a.tellAll(msg), a.show(screen.Transactions)), true
	case screen.BankMsg:
		return tea.Batch(a.tellAll(msg), a.show(screen.Accounts)), true
	case screen.SheetMsg:
		return a.open(accounts.NewSheet(a.theme, a.options.Clock, a.options.Billed, msg)), true
	case screen.OpenMsg:
		return a.open(msg.Dialog), true
	case screen.CloseMsg:
		a.dialog = nil
		a.tellAutosync()
		return nil, true
	case screen.FailedMsg:
		a.status.fail(msg.Err)
		return nil, true
	case screen.NoticeMsg:
		a.status.say(msg.Text)
		return nil, true
	case screen.CopyMsg:
		if a.copy == nil {
			return nil, true
		}
		return a.copy(msg.Text), true
	}
	if a.lock.phase != unlocked {
		return nil, false // nothing is opened for a screen that is gone
	}
	if d, mine := a.desk.For(msg, a.vault.shown); mine {
		return a.open(d), true
	}
	return nil, false
}

// onKeys takes the letters that arrived in one read apart: who types fast, or
// over a slow line, pressed each of them.
func (a *root) onKeys(msg tea.KeyMsg) tea.Cmd {
	if a.pressed() {
		return a.lockUp(a.idleReason(), false) // and whoever pressed sees nothing happen
	}
	if a.lock.phase != unlocked {
		return a.onLockKey(msg)
	}
	if msg.Type != tea.KeyRunes || msg.Paste || len(msg.Runes) < 2 {
		return a.onKey(msg)
	}
	var cmds []tea.Cmd
	for _, r := range msg.Runes {
		cmds = append(cmds, a.onKey(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}, Alt: msg.Alt}))
	}
	return tea.Batch(cmds...)
}

func (a *root) onKey(msg tea.KeyMsg) tea.Cmd {
	a.status.clear()
	front := a.screen(a.front)
	switch {
	case key.Matches(msg, a.keys.interrupt):
		return a.quit()
	case key.Matches(msg, a.keys.lock):
		return a.lockUp("", true)
	case a.dialog != nil:
		return a.dialog.Update(msg)
	case isTyping(front):
		return front.Update(msg)
	}
	if cmd, mine := a.onGlobalKey(msg); mine {
		return cmd
	}
	return front.Update(msg)
}

func isTyping(s screen.Screen) bool {
	t, ok := s.(screen.Typist)
	return ok && t.Typing()
}

func (a *root) onGlobalKey(msg tea.KeyMsg) (cmd tea.Cmd, mine bool) {
	switch {
	case key.Matches(msg, a.keys.quit):
		return a.quit(), true
	case key.Matches(msg, a.keys.help):
		return a.open(newHelp(a.theme, a.screen(a.front), a.keys)), true
	case key.Matches(msg, a.keys.jump):
		i := slices.Index(a.keys.jump.Keys(), msg.String())
		return a.show(a.tabs[min(i, len(a.tabs)-1)].id), true
	case key.Matches(msg, a.keys.next):
		return a.step(+1), true
	case key.Matches(msg, a.keys.previous):
		return a.step(-1), true
	case key.Matches(msg, a.keys.sync):
		return a.onRequest(screen.SyncMsg{})
	case key.Matches(msg, a.keys.link):
		return a.onRequest(screen.LinkMsg{})
	}
	return nil, false
}

// step shows the screen n tabs on.
func (a *root) step(n int) tea.Cmd {
	i := slices.IndexFunc(a.tabs, func(t tab) bool { return t.id == a.front })
	return a.show(a.tabs[(i+n+len(a.tabs))%len(a.tabs)].id)
}

func (a *root) show(id screen.ID) tea.Cmd {
	a.front = id
	return a.screen(id).Init()
}

func (a *root) open(d screen.Dialog) tea.Cmd {
	a.dialog = d
	if w, ok := d.(worker); ok {
		a.take(w.Job())
	}
	return d.Init()
}

// take keeps a job that is waited for before the program ends or locks.
func (a *root) take(j task.Job) { a.work = append(slices.DeleteFunc(a.work, task.Job.Ended), j) }

// quit ends the program, once the edits that the user saw applied are written. A
// second time it does not wait. An edit that cannot be written ends the quitting
// instead: the user must hear of it.
func (a *root) quit() tea.Cmd {
	if a.quitting || !a.vault.writing {
		return tea.Quit
	}
	a.quitting = true
	return nil
}

// screen returns the screen with an id.
func (a *root) screen(id screen.ID) screen.Screen {
	i := slices.IndexFunc(a.tabs, func(t tab) bool { return t.id == id })
	return a.tabs[max(0, i)].Screen
}

// tellAll gives msg to every screen and to the dialog.
func (a *root) tellAll(msg tea.Msg) tea.Cmd {
	cmds := make([]tea.Cmd, 0, len(a.tabs)+1)
	for _, t := range a.tabs {
		cmds = append(cmds, t.Update(msg))
	}
	if a.dialog != nil {
		cmds = append(cmds, a.dialog.Update(msg))
	}
	return tea.Batch(cmds...)
}

// restyle makes the screens anew, in th, at the places where they were and without a
// Book.
func (a *root) restyle(th *theme.Theme) {
	th.ASCII = a.options.ASCII
	a.theme = th
	a.desk.Restyle(th)
	old := a.tabs
	a.tabs = a.build(a.ctx, th, a.options.Clock)
	a.resize()
	for i, t := range old {
		if was, ok := t.Screen.(screen.Keeper); ok {
			a.tabs[i].Screen.(screen.Keeper).Return(was.Place())
		}
	}
}

var _ tea.Model = (*root)(nil)

// today is the day the ledger is seen from.
func (a *root) today() ledger.Date { return a.desk.Today() }
