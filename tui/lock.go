package tui

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/tui/screen"
	"coffer/tui/widget"
)

const (
	// watchEvery is how often it is looked whether nobody has been there for too long:
	// often, since an alarm that was set before the machine slept comes late.
	watchEvery = 2 * time.Second
	// unlockWithin is how long one attempt to unlock may take: a keyring may ask for a
	// password of its own.
	unlockWithin = 90 * time.Second
	// slowest is the longest wait after a wrong passphrase.
	slowest = 30 * time.Second
)

// A phase is how far the interface is locked.
type phase int

const (
	unlocked phase = iota
	// closing: nothing of the money is shown or kept any more. The vault is still
	// open for the edits and tasks that are under way.
	closing
	locked  // the keys are gone
	opening // an attempt to unlock is under way
)

// lock is how the interface locks itself: after some time without a key, at once
// when it is told to, and when the vault's keys were changed elsewhere.
//
// An edit that was shown as made is written before the keys go. A sync or a Link
// session that is under way is let come to its end when the time is up, and is
// cancelled when the user locks: either way it writes all it has to or nothing.
type lock struct {
	phase   phase
	era     int       // how often it was locked
	pressed time.Time // when the last key was, or when it was unlocked
	reason  string    // why it is locked, "" when the user wanted it
	lost    error     // an edit that could not be written
	ways    Ways
	field   secretField
	spinner *screen.Spinner    // of what is waited for
	cancel  context.CancelFunc // of the attempt
	wrong   int                // passphrases since it was locked
	waiting time.Duration      // until the next may be tried; 0 when it may
	err     error              // how the last attempt failed
}

// idleMsg says that it is time to look how long nobody pressed a key.
type idleMsg struct{}

// overMsg says that a task that locking waits for is over.
type overMsg struct{}

// forgottenMsg says that the keys are gone.
type forgottenMsg struct{ ways Ways }

// triedMsg says how an attempt to unlock ended.
type triedMsg struct {
	ways Ways
	err  error
}

// waitedMsg says that the wait after a wrong passphrase, counted, is over.
type waitedMsg struct{ wrong int }

// watchIdle returns a command that looks again when the time may be up.
func (a *root) watchIdle() tea.Cmd {
	if a.options.Lock == nil || a.options.LockAfter <= 0 {
		return nil
	}
	next := watchEvery
	if left := a.options.LockAfter - a.idle(); a.lock.phase == unlocked && left > 0 {
		next = min(left, watchEvery)
	}
	return a.options.Clock.After(next, idleMsg{})
}

// idle is how long nobody pressed a key, by the clock that says more: the monotonic
// one may stand still while the machine sleeps, the one on the wall can be set back.
func (a *root) idle() time.Duration {
	now := a.options.Clock.Now()
	return max(now.Sub(a.lock.pressed), now.Round(0).Sub(a.lock.pressed.Round(0)))
}

// pressed notes a key, and reports whether it comes too late.
func (a *root) pressed() (late bool) {
	late = a.lock.phase == unlocked && a.options.Lock != nil && a.options.LockAfter > 0 && a.idle() >= a.options.LockAfter
	a.lock.pressed = a.options.Clock.Now()
	return late
}

func (a *root) idleReason() string {
	return fmt.Sprintf("nobody pressed a key for %s", spell(a.options.LockAfter))
}

// spell writes a duration in its largest whole unit.
func spell(d time.Duration) string {
	for _, unit := range []struct {
		of   time.Duration
		name string
	}{{time.Hour, "hour"}, {time.Minute, "minute"}, {time.Second, "second"}} {
		if d >= unit.of && d%unit.of == 0 {
			return widget.Plural(int(d/unit.of), unit.name)
		}
	}
	return d.String()
}

// onLock handles the messages that concern the lock.
func (a *root) onLock(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	switch msg := msg.(type) {
	case idleMsg:
		if a.lock.phase == unlocked && a.idle() >= a.options.LockAfter {
			cmd = a.lockUp(a.idleReason(), false)
		}
		return tea.Batch(cmd, a.watchIdle()), true
	case overMsg:
		return a.forget(), true
	case forgottenMsg:
		a.lock.phase, a.lock.ways, a.lock.spinner = locked, msg.ways, nil
		return nil, true
	case triedMsg:
		return a.onTried(msg), true
	case waitedMsg:
		if msg.wrong == a.lock.wrong {
			a.lock.waiting = 0
		}
		return nil, true
	case screen.TurnMsg:
		if a.lock.spinner != nil {
			cmd = a.lock.spinner.Update(msg)
		}
		return cmd, cmd != nil
	case screen.CategorizeMsg:
		return a.onLateEdit(msg)
	case screen.OpenMsg, screen.SheetMsg, screen.FailedMsg, screen.NoticeMsg:
		return nil, a.lock.phase != unlocked // from a screen that is gone
	}
	return nil, false
}

// onLateEdit takes an edit that was made just before the interface was locked. It is
// still written as long as there are keys.
func (a *root) onLateEdit(edit screen.CategorizeMsg) (cmd tea.Cmd, mine bool) {
	switch a.lock.phase {
	case unlocked:
		return nil, false
	case closing:
		a.vault.pending = append(a.vault.pending, edit)
		return a.write(), true
	}
	a.lock.lost = fmt.Errorf("the category was not changed: %w", ErrLocked)
	return nil, true
}

// lockUp hides everything at once, and has the keys forgotten as soon as what is
// under way is over. With stop that is cancelled.
func (a *root) lockUp(reason string, stop bool) tea.Cmd {
	if a.options.Lock == nil || a.lock.phase != unlocked {
		return nil
	}
	a.lock = lock{phase: closing, era: a.lock.era + 1, pressed: a.lock.pressed, reason: reason}
	a.drop()
	cmds := []tea.Cmd{a.spin(), a.forget()}
	for _, j := range a.work {
		if stop {
			j.Stop()
		}
		cmds = append(cmds, func() tea.Msg {
			<-j.Over
			return overMsg{}
		})
	}
	return tea.Batch(cmds...)
}

// spin shows on the lock screen that something is waited for.
func (a *root) spin() tea.Cmd {
	turning := screen.NewSpinner(a.options.Clock)
	a.lock.spinner = &turning
	return turning.Start()
}

// drop lets go of the ledger and of all that was made of it, but for the edits that
// have to be written.
func (a *root) drop() {
	a.vault.load.Stop()
	a.vault = vault{pending: a.vault.pending, writing: a.vault.writing}
	a.dialog = nil
	a.auto.begun, a.auto.told = false, "" // what is opened again may be old by then
	a.status.clear()
	a.restyle(a.theme)
}

// forget returns the command that locks the vault, once nothing is under way.
func (a *root) forget() tea.Cmd {
	if a.lock.phase != closing || a.vault.writing || len(a.vault.pending) > 0 || a.busy() != "" {
		return nil
	}
	ctx, lock := a.ctx, a.options.Lock
	return func() tea.Msg {
		lock.Forget(ctx)
		ways := lock.Ways(ctx)
		debug.FreeOSMemory() // what was dropped must not wait for the next collection
		return forgottenMsg{ways}
	}
}

// busy names a task that is under way, "" when there is none.
func (a *root) busy() string {
	for _, j := range a.work {
		if !j.Ended() {
			return j.What
		}
	}
	return ""
}

// onLockKey takes a key on the lock screen.
func (a *root) onLockKey(msg tea.KeyMsg) tea.Cmd {
	k := defaultLockKeys()
	switch {
	case key.Matches(msg, a.keys.interrupt):
		return a.quit()
	case a.lock.phase == closing && key.Matches(msg, a.keys.lock):
		for _, j := range a.work {
			j.Stop()
		}
	case a.lock.phase == opening && key.Matches(msg, k.stop):
		a.lock.cancel()
	case a.lock.phase != locked:
	case key.Matches(msg, k.clear):
		a.lock.field.clear()
	case key.Matches(msg, k.open):
		return a.tryToUnlock()
	case a.lock.ways.Passphrase:
		a.lock.field.update(msg)
	}
	return nil
}

// tryToUnlock begins an attempt: with the passphrase, or by what needs none.
func (a *root) tryToUnlock() tea.Cmd {
	if a.lock.waiting > 0 || a.lock.field.empty() && a.lock.ways.Unasked == "" {
		return nil
	}
	a.lock.phase, a.lock.err, a.lock.lost = opening, nil, nil
	ctx, cancel := context.WithTimeout(a.ctx, unlockWithin)
	a.lock.cancel = cancel
	whole, lock, passphrase := a.ctx, a.options.Lock, a.lock.field.take()
	return tea.Batch(a.spin(), func() tea.Msg {
		defer cancel()
		defer clear(passphrase)
		if err := lock.Unlock(ctx, passphrase); err != nil {
			return triedMsg{lock.Ways(whole), err}
		}
		return triedMsg{}
	})
}

// onTried comes back to where the user was, or says why not. Each wrong passphrase
// makes the next one wait longer.
func (a *root) onTried(msg triedMsg) tea.Cmd {
	if msg.err == nil {
		a.lock = lock{era: a.lock.era, pressed: a.options.Clock.Now()}
		return tea.Batch(a.reload(), a.screen(a.front).Init())
	}
	a.lock.phase, a.lock.ways, a.lock.err, a.lock.spinner = locked, msg.ways, msg.err, nil
	if !isWrong(msg.err) {
		return nil
	}
	a.lock.wrong++
	a.lock.waiting = min(time.Second<<min(a.lock.wrong-1, 10), slowest)
	return a.options.Clock.After(a.lock.waiting, waitedMsg{a.lock.wrong})
}
