package main

import (
	"cmp"
	"context"
	"os"

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
	return a.withVault(ctx, func(v *storage.Vault) error {
		cred, _, err := v.Credentials(ctx)
		if err != nil {
			return err
		}
		return a.openInterface(ctx, v, a.lateService(v), a.override(cred).Environment)
	})
}

// openInterface shows the interface until the user leaves. One that a signal
// ended did not end well, however cleanly.
func (a *app) openInterface(ctx context.Context, v *storage.Vault, banks banking, environment string) error {
	err := tui.Run(ctx, tui.Options{
		Ledger:      vaultLedger{v},
		Banks:       bankLinks{banks, plaidsvc.LinkOptions{Timeout: defaultLinkTimeout, Days: a.config.HistoryDays}},
		Clock:       tui.SystemClock(a.now),
		Environment: environment,
		Today:       a.namedDay(),
		LinkTimeout: defaultLinkTimeout,
		Palette:     a.palette(),
		In:          a.in,
		Out:         a.out,
		Environ:     os.Environ(),
	})
	return cmp.Or(err, ctx.Err())
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

// A vaultLedger is the vault as the interface sees it.
type vaultLedger struct{ *storage.Vault }

var _ tui.Ledger = vaultLedger{}

// Categorize implements [tui.Ledger].
func (l vaultLedger) Categorize(ctx context.Context, ids []ledger.TransactionID, c ledger.Category) (*ledger.Book, error) {
	book, err := l.Book(ctx)
	if err != nil {
		return nil, err
	}
	edits := book.Recategorize(ids, c)
	if err := l.Edit(ctx, edits); err != nil {
		return nil, err
	}
	return book.WithEdits(edits), nil
}

// banking is what the interface uses of the service.
type banking interface {
	Sync(ctx context.Context, ids []ledger.ItemID, report func(ledger.Progress)) ([]ledger.SyncResult, error)
	Link(ctx context.Context, o plaidsvc.LinkOptions, report func(ledger.LinkProgress)) (ledger.Item, error)
}

var _ banking = (*plaidsvc.Service)(nil)

// bankLinks are the banks as the interface sees them: all of them, linked as the
// settings say.
type bankLinks struct {
	banks banking
	link  plaidsvc.LinkOptions
}

var _ tui.Banks = bankLinks{}

// Sync implements [tui.Banks].
func (b bankLinks) Sync(ctx context.Context, report func(ledger.Progress)) ([]ledger.SyncResult, error) {
	return b.banks.Sync(ctx, nil, report)
}

// Link implements [tui.Banks].
func (b bankLinks) Link(ctx context.Context, report func(ledger.LinkProgress)) (ledger.Item, error) {
	return b.banks.Link(ctx, b.link, report)
}

// A lateService makes the service when it is needed: a vault without credentials
// can be looked at, and says what is missing when a bank is asked for.
type lateService struct {
	app   *app
	vault *storage.Vault
}

func (a *app) lateService(v *storage.Vault) lateService { return lateService{a, v} }

func (l lateService) Sync(ctx context.Context, ids []ledger.ItemID, report func(ledger.Progress)) ([]ledger.SyncResult, error) {
	svc, err := l.app.service(ctx, l.vault)
	if err != nil {
		return nil, err
	}
	return svc.Sync(ctx, ids, report)
}

func (l lateService) Link(ctx context.Context, o plaidsvc.LinkOptions, report func(ledger.LinkProgress)) (ledger.Item, error) {
	svc, err := l.app.service(ctx, l.vault)
	if err != nil {
		return ledger.Item{}, err
	}
	return svc.Link(ctx, o, report)
}
