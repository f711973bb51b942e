package tui

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/widget"
)

// autoSync is the sync that begins by itself, once each time the vault is opened,
// when what is in it has grown old. It is under way behind what the user looks at:
// the strip tells of it, and a line when it ends.
type autoSync struct {
	begun bool
	task  *syncTask // nil: none is under way
	told  string    // how it ended, while a dialog is open whose keys it would cover
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
	task, begin := start(a.ctx, a.options.Banks.Sync)
	a.auto.task = task
	a.take(job{"a sync", task.over, task.cancel})
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
	case progressMsg[ledger.Progress, []ledger.SyncResult]:
		if msg.task == a.auto.task {
			return msg.task.next, true
		}
	case endedMsg[ledger.Progress, []ledger.SyncResult]:
		if msg.task == a.auto.task {
			a.auto.task = nil
			return a.onAutosynced(msg.result, msg.err), true
		}
	}
	return nil, false
}

func (a *root) onAutosynced(results []ledger.SyncResult, err error) tea.Cmd {
	if a.lock.phase != unlocked {
		return nil // it says nothing, and loads all when it is opened
	}
	a.auto.told = outcome(results, err)
	if _, syncing := a.dialog.(*syncDialog); syncing {
		a.auto.told = "" // the dialog tells of the same banks, and later
	}
	a.tellAutosync()
	return screen.Send(syncedMsg{})
}

// tellAutosync tells how it ended as soon as no dialog is open.
func (a *root) tellAutosync() {
	if a.dialog == nil && a.auto.told != "" {
		a.status.say(a.auto.told)
		a.auto.told = ""
	}
}

// outcome is one line on how a sync of all banks went, "" when there is nothing to
// tell: nobody asked for it.
func outcome(results []ledger.SyncResult, err error) string {
	failed := slices.DeleteFunc(slices.Clone(results), func(r ledger.SyncResult) bool { return r.Err == nil })
	switch sum := total(results); {
	case errors.Is(err, context.Canceled):
		return ""
	case err != nil:
		return "the banks were not asked: " + err.Error()
	case len(failed) == 0 && sum == (ledger.Applied{}):
		return ""
	case len(failed) == 0:
		return fmt.Sprintf("synced %s: %s", widget.Plural(len(results), "bank"), changes(sum))
	}
	worst := slices.MaxFunc(failed, func(x, y ledger.SyncResult) int { return cmp.Compare(weight(x), weight(y)) })
	return fmt.Sprintf("%s not synced: %s: %v", widget.Plural(len(failed), "bank"), worst.Item.Name, advice(trouble(worst), "press 4, then f"))
}

// weight puts what the user can mend over what mends itself.
func weight(r ledger.SyncResult) int {
	if r.Item.NeedsUser() {
		return 1
	}
	return 0
}
