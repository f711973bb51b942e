// Package screen is the contract between the root of the terminal UI and the
// screens and dialogs it shows. Screens depend on this package and never on
// each other, so a screen can be read, tested and deleted alone.
//
// # Who gets which message
//
//   - tea.WindowSizeMsg stops at the root, which answers with SetSize.
//   - tea.KeyMsg goes to the open dialog if there is one, else to the screen in
//     front if it is typing, else to the root's own keys, else to the screen in
//     front. Nobody else sees it.
//   - Every other message goes to every screen and to the open dialog. A screen
//     keeps the messages it asked for (see [Loader]) and ignores the rest, so an
//     answer that arrives after the user has moved on still lands in the right
//     place.
//   - [BookMsg] brings the ledger, each time it changed. A screen keeps the Book
//     and draws from it: there is nothing to load screen by screen.
package screen

import (
	"github.com/charmbracelet/bubbles/help"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
)

// A Screen is one full-body view. Methods run on Bubble Tea's update goroutine
// and must return at once: anything that waits belongs in the returned command.
type Screen interface {
	help.KeyMap

	// Title is the screen's name on its tab.
	Title() string
	// Init is called each time the screen comes to the front.
	Init() tea.Cmd
	// Update applies msg to the screen in place.
	Update(msg tea.Msg) tea.Cmd
	// View returns at most as many lines and columns as SetSize last gave it.
	View() string
	SetSize(width, height int)
}

// A Typist is a Screen in which a letter may be text rather than a command.
// While Typing reports true every key is the screen's.
type Typist interface {
	Typing() bool
}

// A Keeper is a Screen that knows where the user is on it. When the interface locks,
// and when the colours become known, the screens are made anew: a place is all that is
// carried over. It shares no memory with a Book, so that nothing of the ledger stays.
type Keeper interface {
	Place() any
	// Return goes to a place that Place gave, as soon as the next Book comes.
	Return(place any)
}

// A Dialog is drawn over the screen in front and gets every key until it sends
// [CloseDialog]. Esc is its business too: it peels one level.
type Dialog interface {
	help.KeyMap
	Init() tea.Cmd
	Update(msg tea.Msg) tea.Cmd
	// View returns a box of at most the given size.
	View(width, height int) string
}

// An ID names a screen.
type ID string

// The screens, in the order of their tabs.
const (
	Overview     ID = "overview"
	Transactions ID = "transactions"
	Spending     ID = "spending"
	Accounts     ID = "accounts"
)

// BookMsg brings the ledger after it was loaded or changed, and the day it is
// seen from. Both are never written to.
type BookMsg struct {
	Book  *ledger.Book
	Today ledger.Date
}

// GotoMsg asks the root to bring a screen to the front.
type GotoMsg struct{ To ID }

// RowsMsg asks for the transactions that a query wants: the root brings the
// transactions screen to the front, that screen shows them, and esc leads back
// to From.
type RowsMsg struct {
	Query ledger.Query
	From  ID
}

// BankMsg asks for a bank: the root brings the accounts screen to the front, and
// that screen puts the cursor on the account or, without one, on the bank's first.
type BankMsg struct {
	Item    ledger.ItemID
	Account ledger.AccountID
}

// SheetMsg asks the root for all that can be done with a bank and, with one, with an
// account of it.
type SheetMsg struct {
	Bank    ledger.Item
	Account ledger.Account
}

// SyncMsg asks the root to bring every bank up to date.
type SyncMsg struct{}

// LinkMsg asks the root to let the user link a bank.
type LinkMsg struct{}

// RepairMsg asks the root to let the user sign in to a bank again, and choose there
// which of its accounts are shared, or allow what else it may tell.
type RepairMsg struct {
	Item     ledger.Item
	Accounts bool
	Allow    ledger.Products
}

// Repair is the message that mends a bank as it is now.
func Repair(bank ledger.Item) RepairMsg {
	return RepairMsg{Item: bank, Accounts: bank.Chooses(), Allow: bank.Wants()}
}

// ReplayMsg asks the root to have the whole history of a bank fetched again.
type ReplayMsg struct{ Item ledger.Item }

// RemoveMsg asks the root to let the user remove a bank: at Plaid and here, or here
// alone.
type RemoveMsg struct {
	Item     ledger.Item
	HereOnly bool
}

// AllowMsg asks the root to let the user choose what else a bank may tell.
type AllowMsg struct{ Item ledger.Item }

// DetailsMsg asks the root for what its bank tells of an account besides its
// transactions.
type DetailsMsg struct {
	Account ledger.Account
	Bank    string
}

// NumbersMsg asks the root for what an account of a bank is paid by, at a price.
type NumbersMsg struct {
	Account ledger.Account
	Bank    ledger.Item
}

// AskNowMsg asks the root to have Plaid look at a bank now, at a price.
type AskNowMsg struct{ Item ledger.Item }

// BalanceMsg asks the root for what a bank says now of an account of its, at a price.
type BalanceMsg struct {
	Account ledger.Account
	Bank    ledger.Item
}

// OwnersMsg asks the root who an account of a bank belongs to, at a price.
type OwnersMsg struct {
	Account ledger.Account
	Bank    ledger.Item
}

// VerifyMsg asks the root whether an account of a bank is fit to pay from, at a price.
type VerifyMsg struct {
	Account ledger.Account
	Bank    ledger.Item
}

// ProcessorMsg asks the root to hand an account of a bank to a payment processor.
type ProcessorMsg struct {
	Account ledger.Account
	Bank    ledger.Item
}

// RecurringMsg asks the root for what recurs on the accounts of a bank.
type RecurringMsg struct{ Bank ledger.Item }

// OpenMsg asks the root to open a dialog.
type OpenMsg struct{ Dialog Dialog }

// CloseMsg asks the root to close the dialog.
type CloseMsg struct{}

// CategorizeMsg asks the root to give transactions a category, as the user's
// edit. "" takes the user's category away. A new [BookMsg] follows.
type CategorizeMsg struct {
	IDs      []ledger.TransactionID
	Category ledger.Category
}

// SyncedMsg tells the root that the vault may hold more than it did. A new [BookMsg]
// follows.
type SyncedMsg struct{}

// CopyMsg asks the root to put a text that is no secret on the clipboard of the user's
// terminal, where it stays.
type CopyMsg struct{ Text string }

// CopyDigitsMsg asks the root to put a number on the clipboard, from which it is taken
// away after a while.
type CopyDigitsMsg struct{ Line ledger.NumberLine }

// FailedMsg asks the root to show err in the status line.
type FailedMsg struct{ Err error }

// NoticeMsg asks the root to show a line of good news in the status line.
type NoticeMsg struct{ Text string }

// Send returns a command that sends msg.
func Send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }

// Goto returns a command that brings a screen to the front.
func Goto(to ID) tea.Cmd { return Send(GotoMsg{to}) }

// Open returns a command that opens a dialog.
func Open(d Dialog) tea.Cmd { return Send(OpenMsg{d}) }

// CloseDialog returns a command that closes the open dialog.
func CloseDialog() tea.Cmd { return Send(CloseMsg{}) }

// Fail returns a command that reports err to the user.
func Fail(err error) tea.Cmd { return Send(FailedMsg{err}) }
