package tui

import (
	"context"
	"errors"
	"io"
	"time"

	"coffer/ledger"
	"coffer/tui/dialog"
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
	Banks     dialog.Banks
	Links     dialog.Links
	Live      dialog.Live
	Payer     dialog.Payer
	Recurring dialog.Recurring
	Clock     screen.Clock
	// Details tells more of an account. Without it nothing does.
	Details dialog.Details

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

// dialogs are the options of the dialogs. With canCopy the terminal has a clipboard.
func (o Options) dialogs(canCopy bool) dialog.Options {
	return dialog.Options{
		Banks: o.Banks, Links: o.Links, Live: o.Live, Payer: o.Payer, Recurring: o.Recurring, Details: o.Details,
		Clock: o.Clock, Today: o.Today, Billed: o.Billed, Trial: o.Trial, LinkTimeout: o.LinkTimeout,
		CanCopy: canCopy, Clipboard: o.Clipboard != nil,
	}
}
