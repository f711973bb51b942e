package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/storage"
	"coffer/tui"
	"coffer/tui/dialog"
)

// describeWithin is how long the lock screen waits for the vault to say how it can
// be opened.
const describeWithin = time.Second

// A session is the vault behind the interface. It can be locked and opened again:
// in between there are no keys.
type session struct {
	app *app
	// service makes what syncs and links when that is needed: a vault without
	// credentials can be looked at, and says what is missing when a bank is asked for.
	service func(context.Context, *storage.Vault) (banking, error)

	mu       sync.Mutex
	vault    *storage.Vault // nil while it is locked
	revision uint64         // the last that was seen
	told     string         // the last warning
	lost     error          // of a link that was broken off, untold
}

var (
	_ tui.Ledger     = (*session)(nil)
	_ dialog.Banks   = (*session)(nil)
	_ dialog.Live    = (*session)(nil)
	_ dialog.Details = (*session)(nil)
	_ tui.Lock       = (*session)(nil)
)

// banking is what the interface uses of the service.
type banking interface {
	Sync(ctx context.Context, ids []ledger.ItemID, report func(ledger.Progress)) ([]ledger.SyncResult, error)
	Numbers(ctx context.Context, acc ledger.Account) (ledger.Numbers, error)
	Link(ctx context.Context, o plaidsvc.LinkOptions, report func(ledger.LinkProgress)) ([]ledger.Item, error)
	Recover(ctx context.Context, report func(ledger.LinkProgress)) ([]ledger.Item, error)
	Replay(ctx context.Context, id ledger.ItemID, report func(ledger.Progress)) (ledger.SyncResult, error)
	Remove(ctx context.Context, id ledger.ItemID) error
	Forget(ctx context.Context, id ledger.ItemID) error
	Recurring(ctx context.Context, ids []ledger.ItemID, report func(ledger.Progress)) ([]ledger.SyncResult, error)
	dialog.Live
	paying
}

var _ banking = (*plaidsvc.Service)(nil)

// newSession is the session of an opened vault, which it takes over. What opened it
// is forgotten: it could open it again.
func (a *app) newSession(v *storage.Vault, service func(context.Context, *storage.Vault) (banking, error)) *session {
	a.opened = nil
	return &session{app: a, service: service, vault: v}
}

// bankService makes the service of the user's banks.
func (a *app) bankService(ctx context.Context, v *storage.Vault) (banking, error) {
	return a.service(ctx, v)
}

// open returns the vault, or says that it is locked.
func (s *session) open() (*storage.Vault, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.vault == nil {
		return nil, storage.ErrClosed
	}
	return s.vault, nil
}

// noKeys marks what only unlocking again can mend for the interface. Its text is
// that of the cause, without what was tried.
func noKeys(err error) error {
	for _, cause := range []error{storage.ErrRotated, storage.ErrReplaced, storage.ErrClosed} {
		if errors.Is(err, cause) {
			return &toldError{cause.Error(), []error{err, tui.ErrLocked}}
		}
	}
	return err
}

// Book implements [tui.Ledger].
func (s *session) Book(ctx context.Context) (*ledger.Book, error) {
	v, err := s.open()
	if err != nil {
		return nil, noKeys(err)
	}
	book, err := v.Book(ctx)
	return book, noKeys(err)
}

// Revision implements [tui.Ledger].
func (s *session) Revision(ctx context.Context) (uint64, error) {
	v, err := s.open()
	if err != nil {
		return 0, noKeys(err)
	}
	revision, err := v.Revision(ctx)
	if err == nil {
		s.mu.Lock()
		s.revision = revision
		s.mu.Unlock()
	}
	return revision, noKeys(err)
}

// Categorize implements [tui.Ledger].
func (s *session) Categorize(ctx context.Context, ids []ledger.TransactionID, c ledger.Category) (*ledger.Book, error) {
	v, err := s.open()
	if err != nil {
		return nil, noKeys(err)
	}
	book, err := v.Book(ctx)
	if err != nil {
		return nil, noKeys(err)
	}
	edits := book.Recategorize(ids, c)
	if err := v.Edit(ctx, edits); err != nil {
		return nil, noKeys(err)
	}
	return book.WithEdits(edits), nil
}

// Warning implements [tui.Ledger].
func (s *session) Warning() error {
	v, err := s.open()
	s.mu.Lock()
	defer s.mu.Unlock()
	if lost := s.lost; lost != nil {
		s.lost = nil
		return lost
	}
	if err != nil || v.CopyError() == nil {
		return nil
	}
	warning := copyWarning(v.CopyError())
	if warning.Error() == s.told {
		return nil
	}
	s.told = warning.Error()
	return warning
}

// copyWarning says that a copy could not be made.
func copyWarning(err error) error {
	return fmt.Errorf("today's copy of the vault could not be made: %w", err)
}

// Details implements [dialog.Details].
func (s *session) Details(ctx context.Context, acc ledger.Account) (ledger.Details, error) {
	v, err := s.open()
	if err != nil {
		return ledger.Details{}, noKeys(err)
	}
	held, heldErr := v.Holdings(ctx)
	traded, tradedErr := v.Trades(ctx)
	owed, owedErr := v.Liabilities(ctx)
	return ledger.DetailsOf(acc, held, traded, owed), noKeys(errors.Join(heldErr, tradedErr, owedErr))
}

// Sync implements [dialog.Banks]: all of them.
func (s *session) Sync(ctx context.Context, report func(ledger.Progress)) ([]ledger.SyncResult, error) {
	banks, err := s.banks(ctx)
	if err != nil {
		return nil, err
	}
	s.recover(ctx, banks)
	return banks.Sync(ctx, nil, report)
}

// recover ends what a program that died left half done. What cannot be had any more is
// told in the status line, once: the vault forgets it with this.
func (s *session) recover(ctx context.Context, banks banking) {
	_, err := banks.Recover(ctx, nil)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lost = errors.Join(s.lost, err)
}

// Link implements [dialog.Banks], as the settings say.
func (s *session) Link(ctx context.Context, report func(ledger.LinkProgress)) (ledger.Item, error) {
	banks, err := s.banks(ctx)
	if err != nil {
		return ledger.Item{}, err
	}
	s.recover(ctx, banks)
	plan, err := s.plan(ctx)
	if err != nil {
		return ledger.Item{}, err
	}
	return s.onPage(ctx, banks, plaidsvc.LinkOptions{Days: s.app.config.HistoryDays}, func(p ledger.LinkProgress) {
		p.Plan = plan
		report(p)
	})
}

// plan says what is left of a Trial plan, if the keys are of one.
func (s *session) plan(ctx context.Context) (string, error) {
	v, err := s.open()
	if err != nil {
		return "", err
	}
	return s.app.slots(ctx, v)
}

// Repair implements [dialog.Banks].
func (s *session) Repair(
	ctx context.Context, id ledger.ItemID, accounts bool, report func(ledger.LinkProgress),
) (ledger.Item, error) {
	banks, err := s.banks(ctx)
	if err != nil {
		return ledger.Item{}, err
	}
	return s.onPage(ctx, banks, plaidsvc.LinkOptions{Repair: id, Accounts: accounts}, report)
}

// onPage opens the page that suits the place where the program runs. The interface
// asks for one bank, and shows one; others are in the ledger.
func (s *session) onPage(
	ctx context.Context, banks banking, o plaidsvc.LinkOptions, report func(ledger.LinkProgress),
) (ledger.Item, error) {
	o.Timeout, o.Hosted = defaultLinkTimeout, s.app.browserless() != ""
	items, err := banks.Link(ctx, o, report)
	if len(items) == 0 {
		return ledger.Item{}, err
	}
	return items[0], err
}

// Numbers implements [dialog.Banks].
func (s *session) Numbers(ctx context.Context, acc ledger.Account) (ledger.Numbers, error) {
	banks, err := s.banks(ctx)
	if err != nil {
		return ledger.Numbers{}, err
	}
	return banks.Numbers(ctx, acc)
}

// AskNow implements [dialog.Live].
func (s *session) AskNow(ctx context.Context, id ledger.ItemID, report func(ledger.Progress)) (ledger.SyncResult, error) {
	banks, err := s.banks(ctx)
	if err != nil {
		return ledger.SyncResult{}, err
	}
	return banks.AskNow(ctx, id, report)
}

// Balance implements [dialog.Live].
func (s *session) Balance(ctx context.Context, acc ledger.Account, report func(ledger.Progress)) (ledger.Account, error) {
	banks, err := s.banks(ctx)
	if err != nil {
		return ledger.Account{}, err
	}
	return banks.Balance(ctx, acc, report)
}

func (s *session) banks(ctx context.Context) (banking, error) {
	v, err := s.open()
	if err != nil {
		return nil, err
	}
	return s.service(ctx, v)
}

// Forget implements [tui.Lock].
func (s *session) Forget(context.Context) {
	s.mu.Lock()
	v, revision := s.vault, s.revision
	s.vault = nil
	s.mu.Unlock()
	if v == nil {
		return
	}
	_ = seenFile().Note(v.ID(), revision) // as in noteSeen, which would wait for the vault
	_ = v.Close()                         // it has no error to give
}

// Ways implements [tui.Lock]. A vault that cannot say it is asked for a passphrase:
// the attempt tells what is the matter.
func (s *session) Ways(ctx context.Context) tui.Ways {
	ctx, cancel := context.WithTimeout(ctx, describeWithin)
	defer cancel()
	about, err := storage.Describe(ctx, s.app.flags.home, s.app.storageOptions())
	if err != nil {
		return tui.Ways{Passphrase: true}
	}
	return s.app.ways(about)
}

// Unlock implements [tui.Lock].
func (s *session) Unlock(ctx context.Context, passphrase []byte) error {
	v, err := s.app.reopen(ctx, secret.New(string(passphrase)))
	s.app.opened = nil
	if len(passphrase) > 0 && errors.Is(err, storage.ErrWrongKey) {
		return &toldError{tui.ErrWrongPassphrase.Error(), []error{err, tui.ErrWrongPassphrase}}
	}
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.vault = v
	return nil
}

// end closes the vault.
func (s *session) end(ctx context.Context) error {
	v, err := s.open()
	if err != nil {
		return nil // locked, and closed
	}
	return s.app.leave(ctx, v)
}
