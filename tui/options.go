package tui

import (
	"context"
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
}

// Banks is what the interface needs of the service. Both methods call report from
// any goroutine, as often as they like, and end soon after ctx ends.
type Banks interface {
	// Sync brings every bank up to date. The results say how each one ended, also
	// beside an error: those that had not begun by then are missing.
	Sync(ctx context.Context, report func(ledger.Progress)) ([]ledger.SyncResult, error)
	// Link links a bank through the browser. When the bank is linked and only its
	// first sync failed, it returns the Item and the error.
	Link(ctx context.Context, report func(ledger.LinkProgress)) (ledger.Item, error)
}

// A Palette says which colours to draw with.
type Palette string

// The palettes. With PaletteAuto the environment and the terminal decide.
const (
	PaletteAuto  Palette = "auto"
	PaletteDark  Palette = "dark"  // for a dark background
	PaletteLight Palette = "light" // for a light background
	PaletteNone  Palette = "none"  // no colours: weight and position only
)

// Options is what an interface is made of. Ledger, Banks and Clock are needed,
// and for [Run] In and Out.
type Options struct {
	Ledger Ledger
	Banks  Banks
	Clock  screen.Clock

	// Environment is what the status strip calls the Plaid environment, such as
	// "demo" or "sandbox". "" is not shown.
	Environment string
	// Today is the day the ledger is seen from, for demonstrations and pictures.
	// The zero Date means the clock's.
	Today ledger.Date
	// LinkTimeout is how long Banks.Link waits for the user. It is only shown.
	LinkTimeout time.Duration
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
