package main

import (
	"context"
	"io"
	"strings"

	"coffer/internal/secret"
	"coffer/storage"
	"coffer/tui"
)

// reopen opens the vault for an interface that was locked: with the passphrase that
// was typed or, when that is empty, by the ways of [app.unlock] that ask for none.
// It prints nothing: the screen is the interface's.
func (a *app) reopen(ctx context.Context, typed secret.Text) (*storage.Vault, error) {
	if !typed.Empty() {
		return a.openWith(ctx, storage.Passphrase(typed))
	}
	v, _, passed, err := a.unlockAlone(ctx, io.Discard)
	if v == nil && err == nil {
		err = allOf(passed)
	}
	return v, err
}

// allOf is several reasons in one line.
func allOf(reasons []error) error {
	if len(reasons) == 0 {
		return errNoWay
	}
	texts := make([]string, len(reasons))
	for i, err := range reasons {
		texts[i] = err.Error()
	}
	return &toldError{strings.Join(texts, "; "), reasons}
}

// ways says how the vault can be opened from the lock screen. A passphrase may be
// typed whatever the flags name; one that came over a file descriptor cannot be read
// again.
func (a *app) ways(about storage.Description) tui.Ways {
	w := tui.Ways{Passphrase: opensBy(about, storage.ByPassphrase)}
	switch p := a.flags.passphrase; {
	case a.flags.identity != "":
		w.Unasked = "the identity file"
	case p.File != "":
		w.Unasked = "the passphrase file"
	case p.Command != "":
		w.Unasked = "the passphrase command"
	case p.FD != nil:
	default:
		var own []string
		if opensBy(about, storage.ByKeyring) {
			own = append(own, "the keyring")
		}
		if opensBy(about, storage.ByIdentity) {
			own = append(own, "the identity file")
		}
		w.Unasked = strings.Join(own, " or ")
	}
	return w
}
