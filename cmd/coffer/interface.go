package main

import (
	"cmp"
	"context"
	"errors"
	"os"
	"time"

	"coffer/internal/config"
	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/storage"
	"coffer/tui"
)

// runInterface is coffer without a command.
func (a *app) runInterface(ctx context.Context) error {
	there, err := storage.Exists(a.flags.home)
	if err != nil {
		return err
	}
	if !there && a.asks() {
		return a.runWizard(ctx)
	}
	if there && !(a.asks() && a.shows()) {
		return usage("the interface needs a terminal; see coffer --help for the commands")
	}
	v, err := a.openVault(ctx)
	if err != nil {
		return err
	}
	cred, _, err := v.Credentials(ctx)
	if err != nil {
		return errors.Join(err, v.Close())
	}
	s := a.newSession(v, a.bankService)
	err = a.openInterface(ctx, s, a.override(cred).Environment, true)
	return errors.Join(err, s.end(ctx))
}

// openInterface shows the interface until the user leaves. One that a signal
// ended did not end well, however cleanly.
func (a *app) openInterface(ctx context.Context, s *session, environment string, locks bool) error {
	o := tui.Options{
		Ledger:      s,
		Banks:       s,
		Links:       s,
		Live:        s,
		Payer:       s,
		Recurring:   s,
		Details:     s,
		Clipboard:   desktopClipboard(),
		Clock:       tui.SystemClock(a.now),
		Environment: environment,
		Billed:      environment == productionEnvironment,
		Trial:       a.config.Plan == config.PlanTrial && environment != plaidsvc.Sandbox,
		Today:       a.namedDay(),
		LinkTimeout: defaultLinkTimeout,
		Palette:     a.palette(),
		In:          a.in,
		Out:         a.out,
		Environ:     os.Environ(),
	}
	if locks {
		o.SyncAfter = time.Duration(a.config.SyncAfter)
		o.Lock, o.LockAfter = s, time.Duration(a.config.LockAfter)
	}
	return cmp.Or(tui.Run(ctx, o), ctx.Err())
}

// namedDay is the day that COFFER_TODAY names, none if it names none: then the
// interface lives past midnight.
func (a *app) namedDay() ledger.Date {
	if a.getenv("COFFER_TODAY") == "" {
		return ledger.Date{}
	}
	return a.today
}

func (a *app) palette() tui.Palette {
	switch {
	case a.flags.noColor || a.config.Theme == config.ThemeNone:
		return tui.PaletteNone
	case a.config.Theme == config.ThemeDark:
		return tui.PaletteDark
	case a.config.Theme == config.ThemeLight:
		return tui.PaletteLight
	}
	return tui.PaletteAuto
}
