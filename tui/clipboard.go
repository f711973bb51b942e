package tui

import (
	"context"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui/screen"
)

// clearAfter is how long a number stays on the clipboard.
const clearAfter = 30 * time.Second

// A Clipboard is one that can be read back: it is cleared of what was put there and
// of nothing else. Both methods may take a moment.
type Clipboard interface {
	// Copy puts a number there, and never after ctx has ended: then Clear may have
	// been called for the last time.
	Copy(ctx context.Context, d ledger.Digits) error
	// Clear empties it, if what it holds is what Copy put there since the last Clear.
	Clear(ctx context.Context) error
}

// copiedMsg says that something was copied, or why not.
type copiedMsg struct {
	copied, before int // which copy, and which was there until then
	what           string
	err            error
}

// clearMsg says that the clipboard is to be cleared, unless something was copied
// since.
type clearMsg struct{ copied int }

// clearedMsg says how that went.
type clearedMsg struct {
	copied int // of which copy
	err    error
}

// onClipboard handles what concerns the clipboard, also while the interface is
// locked: what was copied before must go.
func (a *root) onClipboard(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	ctx, board := a.ctx, a.options.Clipboard
	switch msg := msg.(type) {
	case screen.CopyDigitsMsg:
		if board == nil || a.lock.phase != unlocked {
			return nil, true
		}
		a.copies++
		n, before := a.copies, a.copied
		a.copied = n // from now on: whoever leaves at once leaves nothing behind
		return func() tea.Msg { return copiedMsg{n, before, msg.Line.Label, board.Copy(ctx, msg.Line.Digits)} }, true
	case copiedMsg:
		return a.onCopied(msg), true
	case clearMsg:
		if msg.copied != a.copied {
			return nil, true
		}
		return func() tea.Msg { return clearedMsg{msg.copied, board.Clear(ctx)} }, true
	case clearedMsg:
		if msg.err == nil && msg.copied == a.copied {
			a.copied = 0 // not before: whoever leaves meanwhile, or after a failure, has it cleared on the way out
		}
		if msg.err != nil && a.lock.phase == unlocked {
			return screen.Fail(fmt.Errorf("clear the clipboard: %w; copy something else over it", msg.err)), true
		}
		return nil, true
	}
	return nil, false
}

// onCopied sets the time when the clipboard is cleared.
func (a *root) onCopied(msg copiedMsg) tea.Cmd {
	if msg.err != nil {
		failed := screen.Fail(fmt.Errorf("copy %s: %w; show it and type it instead", msg.what, msg.err))
		if msg.copied != a.copied {
			return failed // another was copied since
		}
		if a.copied = msg.before; a.copied == 0 {
			return failed
		}
		return tea.Batch(failed, a.clearLater(a.copied)) // its time may have come meanwhile
	}
	return tea.Batch(a.clearLater(msg.copied), screen.Send(screen.NoticeMsg{
		Text: msg.what + " is copied; the clipboard is cleared in " + spell(clearAfter) + ", or when you leave",
	}))
}

// clearLater clears the clipboard of a copy after a while.
func (a *root) clearLater(copied int) tea.Cmd {
	return a.options.Clock.After(clearAfter, clearMsg{copied})
}

// clearClipboard takes away what is still on the clipboard when the interface ends.
func (a *root) clearClipboard(ctx context.Context) error {
	if a.copied == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleWithin)
	defer cancel()
	if err := a.options.Clipboard.Clear(ctx); err != nil {
		return fmt.Errorf("clear the clipboard: %w; copy something else over it", err)
	}
	return nil
}
