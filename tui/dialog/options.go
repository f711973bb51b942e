package dialog

import (
	"context"
	"time"

	"coffer/ledger"
	"coffer/tui/screen"
)

// Banks is what the dialogs need of the service. Its methods call report from
// any goroutine, as often as they like, and end soon after ctx ends.
type Banks interface {
	// Sync brings every bank up to date. The results say how each one ended, also
	// beside an error: those that had not begun by then are missing.
	Sync(ctx context.Context, report func(ledger.Progress)) ([]ledger.SyncResult, error)
	// Link links a bank through the browser. When the bank is linked and only its
	// first sync failed, it returns the Item and the error.
	Link(ctx context.Context, report func(ledger.LinkProgress)) (ledger.Item, error)
	// Repair lets the user sign in again to a bank that is linked, and with accounts
	// choose which of its accounts are shared. When they did and only the sync after
	// it failed, it returns the Item and the error.
	Repair(ctx context.Context, id ledger.ItemID, accounts bool, report func(ledger.LinkProgress)) (ledger.Item, error)
	// Numbers asks an account's bank for what it is paid by, and keeps nothing.
	Numbers(ctx context.Context, acc ledger.Account) (ledger.Numbers, error)
}

// Links is what the dialogs need of the service to change what is linked. Its
// methods call report as those of Banks do, and end soon after ctx ends.
type Links interface {
	// Allow lets the user agree, on the bank's own page, that it tells what these
	// products are. It ends as [Banks.Repair] does.
	Allow(ctx context.Context, id ledger.ItemID, products ledger.Products, report func(ledger.LinkProgress)) (ledger.Item, error)
	// Replay fetches the whole history of a bank again, and puts it in the place of what
	// there is when it is here.
	Replay(ctx context.Context, id ledger.ItemID, report func(ledger.Progress)) (ledger.SyncResult, error)
	// Remove ends a bank's access at Plaid, and then erases the bank here. When Plaid
	// could not be told, or edits would be lost that another link may still take over,
	// nothing is erased. The error wraps ledger.ErrUnknownAccess or ledger.ErrRevoked when
	// Plaid does not know the access any more.
	Remove(ctx context.Context, id ledger.ItemID) error
	// Erase erases a bank here, and does not tell Plaid.
	Erase(ctx context.Context, id ledger.ItemID) error
}

// Live is what the dialogs need of the service that Plaid bills by the call. It is
// asked only when the user has read that and agreed. Its methods call report as those
// of Banks do, and end soon after ctx ends.
type Live interface {
	// AskNow has Plaid look at a bank, waits until it has, and syncs the bank.
	AskNow(ctx context.Context, id ledger.ItemID, report func(ledger.Progress)) (ledger.SyncResult, error)
	// Balance asks an account's bank what is on it, keeps that, and returns it.
	Balance(ctx context.Context, acc ledger.Account, report func(ledger.Progress)) (ledger.Account, error)
}

// Payer is what the dialogs need of the service about paying from an account. It
// is asked only when the user has read what that costs and agreed; nothing that it
// answers is kept. Its methods end soon after ctx ends.
type Payer interface {
	// Owners asks who an account belongs to.
	Owners(ctx context.Context, acc ledger.Account) ([]ledger.Owner, error)
	// Verify finds out whether an account is fit to pay amount from and is the
	// person's, and reports from any goroutine what it is at. The verdict is good
	// with an error, too.
	Verify(
		ctx context.Context, acc ledger.Account, amount ledger.Amount, who ledger.Person, report func(ledger.VerdictStage),
	) (ledger.Verdict, error)
	// Processors lists the payment processors there are, by name.
	Processors() []string
	// ProcessorToken hands an account to one of them: who has the token can ask
	// Plaid about the account until its bank is unlinked.
	ProcessorToken(ctx context.Context, acc ledger.Account, processor string) (ledger.Digits, error)
}

// Recurring is what the dialogs need to show what recurs.
type Recurring interface {
	// Streams reads what each bank told of it last.
	Streams(ctx context.Context) ([]ledger.Streams, error)
	// AskStreams asks Plaid what recurs at a bank, and keeps that. Plaid bills it.
	AskStreams(ctx context.Context, id ledger.ItemID, report func(ledger.Progress)) (ledger.SyncResult, error)
}

// Details is what the dialogs need of the vault to show more of an account.
type Details interface {
	// Details reads what its bank tells of an account besides its transactions.
	Details(ctx context.Context, acc ledger.Account) (ledger.Details, error)
}

// Options is what dialogs are made of. All down to Clock are needed.
type Options struct {
	Banks     Banks
	Links     Links
	Live      Live
	Payer     Payer
	Recurring Recurring
	Clock     screen.Clock
	// Details tells more of an account. Without it nothing does.
	Details Details

	// Today is the day the ledger is seen from. The zero Date means the clock's.
	Today ledger.Date
	// Billed is true where Plaid bills real money for what Live does.
	Billed bool
	// Trial is true where the keys are of a plan that links ten banks, ever.
	Trial bool
	// LinkTimeout is how long Banks.Link waits for the user. It is only shown.
	LinkTimeout time.Duration
	// CanCopy is true where somebody does what a [screen.CopyMsg] asks for.
	CanCopy bool
	// Clipboard is true where somebody does what a [screen.CopyDigitsMsg] asks for.
	Clipboard bool
}
