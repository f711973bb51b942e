package dialog

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/task"
	"coffer/tui/theme"
	"coffer/tui/widget"
)

// syncTask is a sync under way.
type syncTask = task.Task[ledger.Progress, []ledger.SyncResult]

// A Sync runs a sync of all banks, or of one that Plaid is told to look at first or
// whose whole history is fetched again, and shows how each is doing. It closes by itself
// when all went well; when a bank did not, it stays and says what to do. It has a name
// outside, so that the root can tell of a sync elsewhere.
type Sync struct {
	theme   *theme.Theme
	keys    questionKeys
	spinner screen.Spinner
	begin   tea.Cmd
	task    *syncTask
	title   string
	asked   ledger.Item // the bank that Plaid is told to look at; none in a plain sync
	again   ledger.Item // the bank whose whole history is fetched again; none in a plain sync
	scroll  scroll

	banks     []ledger.Progress // the latest of each, in the order they came up
	results   []ledger.SyncResult
	err       error
	ended     bool
	cancelled bool
}

// newSync syncs all banks.
func (desk *Desk) newSync() *Sync {
	d := desk.newSyncDialog("Sync")
	d.task, d.begin = task.Start(desk.ctx, desk.options.Banks.Sync)
	return d
}

// newAskNow has Plaid look at a bank, and syncs it.
func (desk *Desk) newAskNow(bank ledger.Item) *Sync {
	d := desk.newSyncDialog("Ask the bank now")
	d.asked = bank
	d.task, d.begin = task.Start(desk.ctx, func(ctx context.Context, report func(ledger.Progress)) ([]ledger.SyncResult, error) {
		result, err := desk.options.Live.AskNow(ctx, bank.ID, report)
		if result.Item.ID == "" {
			return nil, err
		}
		return []ledger.SyncResult{result}, err
	})
	return d
}

// newReplay fetches the whole history of a bank again.
func (desk *Desk) newReplay(bank ledger.Item) *Sync {
	d := desk.newSyncDialog("Fetch the whole history again")
	d.again = bank
	d.task, d.begin = task.Start(desk.ctx, func(ctx context.Context, report func(ledger.Progress)) ([]ledger.SyncResult, error) {
		result, err := desk.options.Links.Replay(ctx, bank.ID, report)
		switch {
		case result.Item.ID == "":
			return nil, err
		case result.Err != nil:
			err = nil // the result says it
		}
		return []ledger.SyncResult{result}, err
	})
	return d
}

func (desk *Desk) newSyncDialog(title string) *Sync {
	return &Sync{theme: desk.theme, title: title, spinner: screen.NewSpinner(desk.options.Clock), keys: defaultQuestionKeys()}
}

// Job is what is under way.
func (d *Sync) Job() task.Job { return d.task.Job("a sync") }

// Over reports whether the sync has ended.
func (d *Sync) Over() bool { return d.ended }

// Init implements screen.Dialog.
func (d *Sync) Init() tea.Cmd { return tea.Batch(d.begin, d.spinner.Start()) }

// Update implements screen.Dialog.
func (d *Sync) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return d.onKey(msg)
	case screen.TurnMsg:
		if !d.ended {
			return d.spinner.Update(msg)
		}
	case task.ProgressMsg[ledger.Progress, []ledger.SyncResult]:
		if msg.Task == d.task {
			d.note(msg.Reports)
			return d.task.Next
		}
	case task.EndedMsg[ledger.Progress, []ledger.SyncResult]:
		if msg.Task == d.task {
			return d.onEnded(msg.Result, msg.Err)
		}
	}
	return nil
}

func (d *Sync) onKey(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, d.keys.up):
		d.scroll.move(-1)
	case key.Matches(msg, d.keys.down):
		d.scroll.move(+1)
	case key.Matches(msg, d.keys.stop):
		d.cancelled = true
		d.task.Cancel()
	case key.Matches(msg, d.keys.fix):
		return screen.Send(mendingOf(d.results[d.asking()]))
	case key.Matches(msg, d.keys.close):
		return screen.CloseDialog()
	}
	return nil
}

// note keeps the latest report of each bank.
func (d *Sync) note(reports []ledger.Progress) {
	for _, p := range reports {
		i := slices.IndexFunc(d.banks, func(b ledger.Progress) bool { return b.Item == p.Item })
		if i < 0 {
			d.banks = append(d.banks, p)
			continue
		}
		d.banks[i] = p
	}
}

func (d *Sync) onEnded(results []ledger.SyncResult, err error) tea.Cmd {
	d.ended, d.results, d.err = true, results, err
	d.keys.stop.SetEnabled(false)
	d.keys.close.SetEnabled(true)
	if i := d.asking(); i >= 0 {
		d.keys.fix.SetEnabled(true)
		if mendingOf(results[i]).Allow != "" {
			d.keys.fix.SetHelp("f", "allow it")
		}
	}
	reload := screen.Send(screen.SyncedMsg{})
	if err != nil || d.cancelled || slices.ContainsFunc(results, func(r ledger.SyncResult) bool { return len(remarks(r)) > 0 }) {
		return reload
	}
	text := "no bank is linked yet: press l"
	switch {
	case d.asked.ID != "":
		text = fmt.Sprintf("%s was asked: %s", d.asked.Name, changes(total(results)))
	case d.again.ID != "":
		text = fmt.Sprintf("%s was fetched again: %s", d.again.Name, changes(total(results)))
	case len(results) > 0:
		text = fmt.Sprintf("synced %s: %s", widget.Plural(len(results), "bank"), changes(total(results)))
	}
	return tea.Batch(reload, screen.CloseDialog(), screen.Send(screen.NoticeMsg{Text: text}))
}

// asking is the first of the results of which the bank asks the user to sign in or to
// allow something, -1 when none does.
func (d *Sync) asking() int {
	return slices.IndexFunc(d.results, func(r ledger.SyncResult) bool {
		return errors.Is(r.Err, ledger.ErrLoginRequired) || leave(r) != ""
	})
}

// elsewhere are failures that say nothing of the bank: it is shown as it was before.
var elsewhere = []error{context.Canceled, ledger.ErrNetwork, ledger.ErrRateLimited, ledger.ErrCredentials, ledger.ErrBankUnavailable, ledger.ErrStale}

// leave is what a bank did not tell because the user did not allow it.
func leave(r ledger.SyncResult) ledger.Products {
	switch {
	case r.Err != nil && slices.ContainsFunc(elsewhere, func(cause error) bool { return errors.Is(r.Err, cause) }):
		return ""
	case r.Err != nil:
		return r.Item.Wants()
	}
	var names []string
	for _, err := range r.Untold {
		var denied *ledger.NotAllowedError
		if errors.As(err, &denied) {
			names = append(names, denied.Product)
		}
	}
	return ledger.ProductsOf(names)
}

// mendingOf is the message that mends what a sync found out.
func mendingOf(r ledger.SyncResult) screen.RepairMsg {
	mend := screen.Repair(r.Item)
	if r.Err == nil {
		mend.Allow = leave(r)
	}
	return mend
}

// total is what a sync changed at all banks together.
func total(results []ledger.SyncResult) (sum ledger.Applied) {
	for _, r := range results {
		sum.Added, sum.Modified, sum.Removed = sum.Added+r.Applied.Added, sum.Modified+r.Applied.Modified, sum.Removed+r.Applied.Removed
	}
	return sum
}

// changes puts a sync's counts in words.
func changes(a ledger.Applied) string {
	var parts []string
	for _, part := range []struct {
		n    int
		what string
	}{{a.Added, "new"}, {a.Modified, "changed"}, {a.Removed, "gone"}} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%s %s", widget.Count(part.n), part.what))
		}
	}
	if len(parts) == 0 {
		return "nothing new"
	}
	return strings.Join(parts, ", ")
}

// ShortHelp implements help.KeyMap.
func (d *Sync) ShortHelp() []key.Binding {
	move := d.keys.down
	move.SetHelp("↑↓", "more")
	return []key.Binding{move, d.keys.stop, d.keys.fix, d.keys.close}
}

// FullHelp implements help.KeyMap.
func (d *Sync) FullHelp() [][]key.Binding {
	return [][]key.Binding{{d.keys.up, d.keys.down, d.keys.stop, d.keys.fix, d.keys.close}}
}

// result returns how a bank ended, if it has.
func (d *Sync) result(id ledger.ItemID) (ledger.SyncResult, bool) {
	i := slices.IndexFunc(d.results, func(r ledger.SyncResult) bool { return r.Item.ID == id })
	if i < 0 {
		return ledger.SyncResult{}, false
	}
	return d.results[i], true
}

// errUnheard is what there is to say of a bank that takes longer than one waits.
var errUnheard = errors.New("the bank has not answered Plaid yet; what is new comes with a sync in a few minutes")

// remarks are all that the user should read of a bank's sync: the trouble with it,
// else what the bank did not tell besides.
func remarks(r ledger.SyncResult) []error {
	var list []error
	if err := trouble(r); err != nil {
		list = append(list, err)
	}
	if r.Err == nil {
		list = append(list, r.Untold...)
	}
	return list
}

// trouble is what the user should read of a bank's sync: why it failed, or what
// it had to leave out.
func trouble(r ledger.SyncResult) error {
	switch {
	case r.Err != nil && leave(r) != "":
		return &ledger.NotAllowedError{Product: string(leave(r))}
	case r.Err != nil:
		return r.Err
	case r.Unheard:
		return errors.Join(errUnheard, r.Skipped)
	}
	return r.Skipped
}

// advice says what to do about a bank's error. Which keys let the user sign in again
// depends on where they read it.
func advice(err error, signIn string) string {
	var denied *ledger.NotAllowedError
	switch {
	case errors.As(err, &denied):
		return "you have not allowed it to tell " + widget.Product(denied.Product) + ": " + signIn
	case errors.Is(err, context.Canceled):
		return "stopped; its data is as it was"
	case errors.Is(err, ledger.ErrLoginRequired):
		return "asks you to sign in again: " + signIn
	}
	return err.Error()
}
