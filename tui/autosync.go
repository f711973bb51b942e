package tui

import (
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/dialog"
	"coffer/tui/screen"
	"coffer/tui/task"
)

// autoSync is the sync that begins by itself, once each time the vault is opened,
// when what is in it has grown old. It is under way behind what the user looks at:
// the strip tells of it, and a line when it ends.
type autoSync struct {
	begun bool
	task  *task.Task[ledger.Progress, []ledger.SyncResult] // nil: none is under way
	told  string                                           // how it ended, while a dialog is open whose keys it would cover
}

// autosync begins a sync if the Book that was just loaded is the first since the
// vault was opened, and old.
func (a *root) autosync() tea.Cmd {
	if a.auto.begun || a.options.SyncAfter <= 0 {
		return nil
	}
	a.auto.begun = true
	if !due(a.vault.base.book.Items(), a.options.Clock.Now(), a.options.SyncAfter) {
		return nil
	}
	work, begin := task.Start(a.ctx, a.options.Banks.Sync)
	a.auto.task = work
	a.take(work.Job("a sync"))
	return begin
}

// due reports whether a bank that can be asked was asked longer ago than after. One
// that only the user can mend, or nobody, is not a reason to ask the others again
// and again.
func due(items []ledger.Item, now time.Time, after time.Duration) bool {
	return slices.ContainsFunc(items, func(it ledger.Item) bool {
		return !it.NeedsUser() && !it.GivenUp() && now.Sub(it.LastSync) > after
	})
}

// onAutosync takes what the sync says on its way and at its end.
func (a *root) onAutosync(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	switch msg := msg.(type) {
	case task.ProgressMsg[ledger.Progress, []ledger.SyncResult]:
		if msg.Task == a.auto.task {
			return msg.Task.Next, true
		}
	case task.EndedMsg[ledger.Progress, []ledger.SyncResult]:
		if msg.Task == a.auto.task {
			a.auto.task = nil
			return a.onAutosynced(msg.Result, msg.Err), true
		}
	}
	return nil, false
}

func (a *root) onAutosynced(results []ledger.SyncResult, err error) tea.Cmd {
	if a.lock.phase != unlocked {
		return nil // it says nothing, and loads all when it is opened
	}
	a.auto.told = dialog.Outcome(results, err)
	if _, syncing := a.dialog.(*dialog.Sync); syncing {
		a.auto.told = "" // the dialog tells of the same banks, and later
	}
	a.tellAutosync()
	return screen.Send(screen.SyncedMsg{})
}

// tellAutosync tells how it ended as soon as no dialog is open.
func (a *root) tellAutosync() {
	if a.dialog == nil && a.auto.told != "" {
		a.status.say(a.auto.told)
		a.auto.told = ""
	}
}
