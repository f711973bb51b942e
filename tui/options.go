package tui

import (
	"context"
	"errors"
	"io"
	"time"

	"coffer/ledger"
	"coffer/tui/screen"
)

// A Ledger is what the interface needs of the vault. The commands of the
// interface call it from several goroutines at once.
type Ledger interface {
	// Book loads everything.
	Book(ctx context.Context) (*ledger.Book, error)
	// Revision names the vault's present state: it grows by one with each change,
	// by whichever process. It is asked for every two seconds.
	Revision(ctx context.Context) (uint64, error)
	// Categorize gives transactions a category, durably; "" takes the user's
	// category away. It returns the Book as it is after that.
	Categorize(ctx context.Context, ids []ledger.TransactionID, c ledger.Category) (*ledger.Book, error)
	// Warning is something beside the work that the user should hear, such as a copy
	// that could not be made. It is nil when there is nothing, or nothing new.
	Warning() error
}

// Banks is what the interface needs of the service. Its methods call report from
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

// Links is what the interface needs of the service to change what is linked. Its
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

// Live is what the interface needs of the service that Plaid bills by the call. It is
// asked only when the user has read that and agreed. Its methods call report as those
// of Banks do, and end soon after ctx ends.
type Live interface {
	// AskNow has Plaid look at a bank, waits until it has, and syncs the bank.
	AskNow(ctx context.Context, id ledger.ItemID, report func(ledger.Progress)) (ledger.SyncResult, error)
	// Balance asks an account's bank what is on it, keeps that, and returns it.
	Balance(ctx context.Context, acc ledger.Account, report func(ledger.Progress)) (ledger.Account, error)
}

// Payer is what the interface needs of the service about paying from an account. It
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

// Recurring is what the interface needs to show what recurs.
type Recurring interface {
	// Streams reads what each bank told of it last.
	Streams(ctx context.Context) ([]ledger.Streams, error)
	// AskStreams asks Plaid what recurs at a bank, and keeps that. Plaid bills it.
	AskStreams(ctx context.Context, id ledger.ItemID, report func(ledger.Progress)) (ledger.SyncResult, error)
}

// Details is what the interface needs of the vault to show more of an account.
type Details interface {
	// Details reads what its bank tells of an account besides its transactions.
	Details(ctx context.Context, acc ledger.Account) (ledger.Details, error)
}

// A Lock is what the interface needs to lock the vault and to open it again.
type Lock interface {
	// Forget locks the vault, after the calls to Ledger that are under way: when it
	// returns the keys are gone, and every call fails until Unlock.
	Forget(ctx context.Context)
	// Ways says how the vault can be opened here.
	Ways(ctx context.Context) Ways
	// Unlock opens the vault with a passphrase, which it must not keep or, when that
	// is empty, by the ways that ask for none. The error is ErrWrongPassphrase when
	// the passphrase was not the right one.
	Unlock(ctx context.Context, passphrase []byte) error
}

// Ways says how a locked vault can be opened.
type Ways struct {
	Passphrase bool   // by typing one
	Unasked    string // by what asks for no passphrase, such as "the keyring"; "" is by nothing
}

var (
	// ErrLocked is wrapped by what a [Ledger] answers when the keys that it has do
	// not open the vault any more. The interface locks itself and tells the error.
	ErrLocked = errors.New("the vault is locked")
	// ErrWrongPassphrase is what [Lock] says of one.
	ErrWrongPassphrase = errors.New("wrong passphrase")
)

// A Palette says which colours to draw with.
type Palette string

// The palettes. With PaletteAuto the environment and the terminal decide.
const (
	PaletteAuto  Palette = "auto"
	PaletteDark  Palette = "dark"  // for a dark background
	PaletteLight Palette = "light" // for a light background
	PaletteNone  Palette = "none"  // no colours: weight and position only
)

// Options is what an interface is made of. All down to Clock are needed, and for
// [Run] In and Out.
type Options struct {
	Ledger    Ledger
	Banks     Banks
	Links     Links
	Live      Live
	Payer     Payer
	Recurring Recurring
	Clock     screen.Clock
	// Details tells more of an account. Without it nothing does.
	Details Details

	// Environment is what the status strip calls the Plaid environment, such as
	// "demo" or "sandbox". "" is not shown.
	Environment string
	// Billed is true where Plaid bills real money for what Live does.
	Billed bool
	// Trial is true where the keys are of a plan that links ten banks, ever.
	Trial bool
	// Today is the day the ledger is seen from, for demonstrations and pictures.
	// The zero Date means the clock's.
	Today ledger.Date
	// LinkTimeout is how long Banks.Link waits for the user. It is only shown.
	LinkTimeout time.Duration
	// SyncAfter is how old the data of a bank may be before all are synced, each time
	// the vault is opened; 0 is never.
	SyncAfter time.Duration
	// Lock lets the interface lock itself. Without one it never does.
	Lock Lock
	// Clipboard takes numbers that the user copies. Without one none can be.
	Clipboard Clipboard
	// LockAfter is how long nobody presses a key until it does; 0 is for ever.
	LockAfter time.Duration
	// Palette says which colours to use; "" is PaletteAuto.
	Palette Palette
	// ASCII restricts the screen to ASCII, whatever the locale says.
	ASCII bool

	// In and Out are the terminal.
	In  io.Reader
	Out io.Writer
	// Environ is the environment as os.Environ has it: it says what the terminal
	// can do. NO_COLOR, COLORFGBG, TERM, COLORTERM and the locale are read.
	Environ []string
}
