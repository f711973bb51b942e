package tui

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
)

// pollEvery is how often the vault is asked whether another process changed it.
const pollEvery = 2 * time.Second

// vault is the ledger as the interface holds it: what the vault has, and the
// edits that are on their way there. What is shown is the one with the others
// applied, so an edit is seen at once, and a Book that comes in meanwhile does
// not make it flicker.
type vault struct {
	load    screen.Loader[snapshot]
	base    snapshot               // as the vault has it
	pending []screen.CategorizeMsg // not yet written, oldest first
	writing bool                   // the first of pending is being written
	shown   *ledger.Book           // nil until the first load
	day     ledger.Date            // it was shown on
	failure error                  // why there is no first Book, or no new one
}

// A snapshot is a Book and the revision it was at least as new as.
type snapshot struct {
	book     *ledger.Book
	revision uint64
}

// pollMsg says it is time to look at the vault again.
type pollMsg struct{}

// revisedMsg brings the vault's present revision.
type revisedMsg struct {
	era      int // of the lock: an answer from before it means nothing
	revision uint64
	warning  error
	err      error
}

// writtenMsg says how the writing of the first pending edit ended. The snapshot
// has revision 0 when somebody else may have written in between.
type writtenMsg struct {
	snapshot
	err error
}

// onVault handles the messages that concern the ledger itself.
func (a *root) onVault(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	switch msg := msg.(type) {
	case screen.LoadedMsg[snapshot]:
		return a.onLoaded(msg), true
	case pollMsg:
		return a.onPoll(), true
	case revisedMsg:
		return a.onRevised(msg), true
	case screen.CategorizeMsg:
		return a.onCategorize(msg), true
	case writtenMsg:
		return a.onWritten(msg), true
	case screen.SyncedMsg:
		if a.lock.phase != unlocked {
			return nil, true
		}
		return a.reload(), true
	}
	return nil, false
}

// reload fetches the Book. The revision is asked for first: should the vault
// change in between, the next poll sees a newer one.
func (a *root) reload() tea.Cmd {
	vault := a.options.Ledger
	return a.vault.load.Load(a.ctx, func(ctx context.Context) (snapshot, error) {
		revision, err := vault.Revision(ctx)
		if err != nil {
			return snapshot{}, err
		}
		book, err := vault.Book(ctx)
		return snapshot{book, revision}, err
	})
}

func (a *root) onLoaded(msg screen.LoadedMsg[snapshot]) tea.Cmd {
	if !a.vault.load.Accept(msg) {
		return nil
	}
	if msg.Err != nil {
		return a.complain(msg.Err)
	}
	a.vault.base, a.vault.failure = msg.Value, nil
	return tea.Batch(a.publish(), a.autosync(), func() tea.Msg {
		msg.Value.book.Prepare() // while the user looks at the first screen
		debug.FreeOSMemory()     // a load leaves as much behind as it keeps
		return nil
	})
}

// complain reports a failure of the vault, and does not repeat itself every two
// seconds. When the keys do not fit any more, the lock screen tells it.
func (a *root) complain(err error) tea.Cmd {
	if errors.Is(err, ErrLocked) && a.options.Lock != nil {
		return a.lockUp(err.Error(), false)
	}
	err = fmt.Errorf("read the vault: %w", err)
	if a.vault.failure == nil || a.vault.failure.Error() != err.Error() {
		a.status.fail(err)
	}
	a.vault.failure = err
	return nil
}

// publish shows everyone the ledger with the pending edits applied.
func (a *root) publish() tea.Cmd {
	book := a.vault.base.book
	for _, edit := range a.vault.pending {
		book = book.WithEdits(book.Recategorize(edit.IDs, edit.Category))
	}
	a.vault.shown, a.vault.day = book, a.today()
	return a.tellAll(screen.BookMsg{Book: book, Today: a.vault.day})
}

func (a *root) poll() tea.Cmd { return a.options.Clock.After(pollEvery, pollMsg{}) }

// onPoll asks for the revision, unless a load or a write is about to bring a newer
// Book anyway, and notices midnight. It goes on while the interface is locked, and
// asks for nothing then.
func (a *root) onPoll() tea.Cmd {
	if a.lock.phase != unlocked {
		return a.poll()
	}
	var turn tea.Cmd
	if a.vault.shown != nil && a.vault.day != a.today() {
		turn = a.publish()
	}
	if a.vault.load.Loading() || a.vault.writing {
		return tea.Batch(turn, a.poll())
	}
	ctx, vault, era := a.ctx, a.options.Ledger, a.lock.era
	return tea.Batch(turn, func() tea.Msg {
		revision, err := vault.Revision(ctx)
		return revisedMsg{era, revision, vault.Warning(), err}
	})
}

func (a *root) onRevised(msg revisedMsg) tea.Cmd {
	if msg.era != a.lock.era || a.lock.phase != unlocked {
		return a.poll()
	}
	if msg.warning != nil {
		a.status.fail(msg.warning)
	}
	switch {
	case msg.err != nil:
		return tea.Batch(a.complain(msg.err), a.poll())
	case a.vault.shown == nil, msg.revision != a.vault.base.revision:
		if !a.vault.load.Loading() && !a.vault.writing {
			return tea.Batch(a.reload(), a.poll())
		}
	}
	return a.poll()
}

// onCategorize shows an edit and sends it on its way to the vault.
func (a *root) onCategorize(edit screen.CategorizeMsg) tea.Cmd {
	if a.vault.shown == nil || len(edit.IDs) == 0 {
		return nil
	}
	a.vault.pending = append(a.vault.pending, edit)
	return tea.Batch(a.publish(), a.write())
}

// write begins to write the first pending edit. Edits are written one at a time:
// the last one the user made must be the last one the vault gets.
func (a *root) write() tea.Cmd {
	if a.vault.writing || len(a.vault.pending) == 0 {
		return nil
	}
	a.vault.writing = true
	ctx, vault, edit, known := a.ctx, a.options.Ledger, a.vault.pending[0], a.vault.base.revision
	return func() tea.Msg {
		book, err := vault.Categorize(ctx, edit.IDs, edit.Category)
		if err != nil {
			return writtenMsg{err: err}
		}
		// One step further, and it was ours: the Book is up to date. Else the poll
		// finds a revision it does not know and loads.
		revision, err := vault.Revision(ctx)
		if err != nil || revision != known+1 {
			revision = 0
		}
		return writtenMsg{snapshot: snapshot{book, revision}}
	}
}

func (a *root) onWritten(msg writtenMsg) tea.Cmd {
	a.vault.writing = false
	a.vault.pending = a.vault.pending[1:]
	var again tea.Cmd
	if msg.err != nil {
		again = a.onUnwritten(fmt.Errorf("the category was not changed: %w", msg.err))
	} else if a.lock.phase == unlocked {
		a.vault.base = msg.snapshot
		if a.vault.load.Loading() { // what it loads may be from before
			again = a.reload()
		}
	}
	if a.quitting && len(a.vault.pending) == 0 {
		return tea.Quit
	}
	if a.lock.phase != unlocked {
		return tea.Batch(again, a.write(), a.forget())
	}
	return tea.Batch(a.publish(), a.write(), again)
}

// onUnwritten tells of an edit that is not in the vault.
func (a *root) onUnwritten(err error) (cmd tea.Cmd) {
	a.quitting = false // who leaves believes it is
	if errors.Is(err, ErrLocked) {
		cmd = a.lockUp("", false)
	}
	if a.lock.phase != unlocked {
		a.lock.lost = err
		return cmd
	}
	a.status.fail(err)
	return nil
}
