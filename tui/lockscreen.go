package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/lipgloss"

	"coffer/tui/widget"
)

// lockKeys are the keys of the lock screen.
type lockKeys struct{ open, clear, stop key.Binding }

func defaultLockKeys() lockKeys {
	return lockKeys{
		open:  key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "unlock")),
		clear: key.NewBinding(key.WithKeys("ctrl+u", "esc"), key.WithHelp("esc", "clear")),
		stop:  key.NewBinding(key.WithKeys("esc"), key.WithHelp("esc", "stop")),
	}
}

// isWrong reports whether an attempt failed for the passphrase.
func isWrong(err error) bool { return errors.Is(err, ErrWrongPassphrase) }

// hiding reports whether what was drawn before must not be found any more.
func (a *root) hiding() bool { return a.lock.phase != unlocked }

// locked is the whole screen while the interface is locked. It tells nothing of
// what is in the vault.
func (a *root) locked() string {
	height := a.height - frameHeight
	body := widget.Overlay(widget.Block("", a.width, height), a.lockBox(a.width, height))
	lines := append([]string{
		widget.Pad(" "+a.theme.Title.Render("coffer"), a.width), a.theme.Rule.Render(widget.Rule(a.width)),
	}, strings.Split(body, "\n")...)
	return strings.Join(append(lines, a.theme.Rule.Render(widget.Rule(a.width)), a.keyLine(a.lockHelp())), "\n")
}

// lockHelp are the keys that do something now.
func (a *root) lockHelp() []key.Binding {
	k, quit := defaultLockKeys(), a.keys.interrupt
	quit.SetHelp("ctrl+c", "quit")
	switch {
	case a.lock.phase == opening:
		return []key.Binding{k.stop, quit}
	case a.lock.phase == closing && a.busy() != "":
		stop := a.keys.lock
		stop.SetHelp("ctrl+l", "stop it")
		return []key.Binding{stop, quit}
	case a.lock.phase == closing:
		return []key.Binding{quit}
	case a.lock.field.empty():
		return []key.Binding{k.open, quit}
	}
	return []key.Binding{k.open, k.clear, quit}
}

// lockBox is the box in the middle: why it is locked, and how to open it. Where
// there is little room, what is first goes first.
func (a *root) lockBox(width, height int) string {
	frame := a.theme.Dialog
	inner := min(56, width-frame.GetHorizontalFrameSize())
	lines := []string{a.theme.Title.Render(widget.Fit("Locked", inner))}
	say := func(style lipgloss.Style, text string) {
		lines = append(lines, widget.Paragraph(style, text, inner)...)
	}
	if a.lock.reason != "" {
		say(a.theme.Faint, a.lock.reason)
	}
	if a.lock.lost != nil {
		say(a.theme.Error, a.lock.lost.Error())
	}
	lines = append(lines, "")
	if a.lock.phase != closing {
		lines = append(append(lines, a.lockForm(inner)...), "")
	}
	switch text := a.lockFailure(); {
	case a.lock.phase == closing:
		say(a.theme.Text, a.lock.spinner.View()+" "+a.closingText())
	case a.lock.phase == opening:
		say(a.theme.Text, a.lock.spinner.View()+" unlocking…")
	case text != "":
		say(a.theme.Error, text)
	default: // its place is there without it: nothing moves when it comes
		lines = append(lines, "")
	}
	if room := max(1, height-frame.GetVerticalFrameSize()); len(lines) > room {
		lines = append(lines[:1], lines[len(lines)-room+1:]...)
	}
	return frame.Render(strings.Join(lines, "\n"))
}

// closingText says what is waited for.
func (a *root) closingText() string {
	if a.vault.writing {
		return "writing your last change…"
	}
	if what := a.busy(); what != "" {
		return what + " is under way; the vault is locked when it is over"
	}
	return "locking…"
}

// lockForm asks for what opens the vault.
func (a *root) lockForm(inner int) []string {
	const label = "Passphrase  "
	var lines []string
	hint := "enter unlocks with " + a.lock.ways.Unasked
	if a.lock.ways.Passphrase {
		lines = append(lines, a.theme.Faint.Render(label)+a.theme.Text.Render(a.lock.field.view(inner-len(label))))
		hint = "enter alone unlocks with " + a.lock.ways.Unasked
	}
	if a.lock.ways.Unasked != "" {
		lines = append(lines, widget.Paragraph(a.theme.Faint, hint, inner)...)
	}
	return lines
}

// lockFailure says how the last attempt failed, "" when none did.
func (a *root) lockFailure() string {
	switch err := a.lock.err; {
	case err == nil:
		return ""
	case errors.Is(err, context.Canceled):
		return "stopped; it is locked as before"
	case errors.Is(err, context.DeadlineExceeded):
		return "there was no answer in time; try again"
	case isWrong(err):
		text := "wrong passphrase"
		if a.lock.wrong > 1 {
			text = fmt.Sprintf("wrong passphrase, %d so far", a.lock.wrong)
		}
		if a.lock.waiting > 0 {
			text += "; the next one can be tried in " + spell(a.lock.waiting)
		}
		return text
	default:
		return err.Error()
	}
}
