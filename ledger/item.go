package ledger

import (
	"errors"
	"time"
)

// An ItemID names one link to one bank. Plaid calls such a link an Item.
type ItemID string

// An InstitutionID is Plaid's name for a bank.
type InstitutionID string

// An Item is one link to one bank, without its access token: that never leaves
// the vault and the service.
type Item struct {
	ID          ItemID
	Institution InstitutionID
	Name        string // the bank's name for people
	// Environment is the Plaid environment that the Item belongs to: "sandbox",
	// "production", or the address of a simulator. An Item works in no other.
	Environment string
	State       ItemState
	// Code is Plaid's error code behind State, "" when all is well.
	Code string
	// Since is when State began.
	Since time.Time
	// LinkedAt is when the user linked the bank; LastSync when a sync last
	// succeeded, zero if none has.
	LinkedAt, LastSync time.Time
	// ConsentExpires is when the bank will ask the user again, zero if never or
	// not known.
	ConsentExpires time.Time
	// HistoryReady is false while Plaid is still fetching older transactions.
	HistoryReady bool
	// Offered is when Plaid last told that the bank has an account which is not
	// shared, Chosen when the user last chose which ones are; zero if never. Both
	// only ever move on: what one process learns, no other takes back.
	Offered, Chosen time.Time
	// Color is the bank's own, "#0b5ca8", [NoColor] where it has none, and "" as
	// long as nobody asked.
	Color string
	// Billed are the products that Plaid bills for the Item, Consented those that the
	// user agreed to, as the last sync was told; none as long as nobody asked.
	Billed, Consented Products
	// Twin is another link to the bank that works and has an account of this one, ""
	// when there is none. A Book finds it; it is not kept.
	Twin ItemID
}

// NoColor is the colour of a bank that is known to have none.
const NoColor = "none"

// HasMore reports whether the bank has an account that the user was not asked to
// share yet. Only a webhook of Plaid's tells: false means that none did.
func (i Item) HasMore() bool { return i.Offered.After(i.Chosen) }

// Chooses reports whether the user is to choose which accounts are shared when they
// sign in again: there is one more, or none that is shared is left.
func (i Item) Chooses() bool {
	return i.HasMore() || i.State == ItemLoginRequired && i.Code == "NO_ACCOUNTS"
}

// An ItemState says how a link is doing. The texts are the command line's.
type ItemState string

// The states of an Item.
const (
	ItemOK            ItemState = "ok"
	ItemSyncing       ItemState = "syncing"        // never synced, or syncing now
	ItemLoginRequired ItemState = "login_required" // the user must sign in again
	ItemExpiring      ItemState = "expiring"       // works, but consent ends soon
	ItemRevoked       ItemState = "revoked"        // the access is of no use any more
	ItemUnavailable   ItemState = "unavailable"    // it did not work, and signing in would not help
)

// NeedsUser reports whether only the user can mend the Item.
func (s ItemState) NeedsUser() bool { return s == ItemLoginRequired || s == ItemRevoked }

// The errors that a screen or a command acts on. Each reads as a sentence for
// the user; what wraps them adds which bank.
var (
	// ErrLoginRequired: the bank wants the user to sign in again.
	ErrLoginRequired = errors.New("the bank asks you to sign in again")
	// ErrRevoked: the link to the bank is gone for good.
	ErrRevoked = errors.New("access to the bank was taken back; link it again")
	// ErrUnknownAccess: Plaid does not know the access to the bank under the keys
	// and in the environment that it was asked with.
	ErrUnknownAccess = errors.New("this bank was linked with other keys or in another environment, " +
		"or its access was taken back: check the keys and PLAID_ENV first: coffer setup; else link it again")
	// ErrNotAllowed: the user never agreed that the bank tells this.
	ErrNotAllowed = errors.New("you have not allowed the bank to share this")
	// ErrBankUnavailable: the bank cannot be reached by Plaid; data stays as it is.
	ErrBankUnavailable = errors.New("the bank cannot be reached at the moment; try again in a few hours")
	// ErrGivenUp: Plaid cannot read the bank any more, and will not again.
	ErrGivenUp = errors.New("Plaid cannot read this bank any more; what is here stays")
	// ErrRateLimited: Plaid asks for fewer requests.
	ErrRateLimited = errors.New("Plaid is limiting requests; try again in a minute")
	// ErrNetwork: neither Plaid nor the network answers.
	ErrNetwork = errors.New("Plaid cannot be reached; check the network and try again")
	// ErrCredentials: Plaid refuses the client id or secret.
	ErrCredentials = errors.New("Plaid refuses the client id or secret; run coffer setup")
	// ErrNotReady: the bank has not delivered transactions yet.
	ErrNotReady = errors.New("the bank is still preparing its transactions; sync again in a minute")
	// ErrLinkCancelled: the user closed Link without linking.
	ErrLinkCancelled = errors.New("linking was cancelled; nothing was kept")
	// ErrLinkExpired: nobody finished Link in time.
	ErrLinkExpired = errors.New("nobody finished linking in time; start again")
	// ErrDuplicate comes with a bank that was linked all the same: an earlier link
	// has accounts of it too.
	ErrDuplicate = errors.New("the bank was linked before")
	// ErrStale: another process changed the vault meanwhile.
	ErrStale = errors.New("the vault was changed by another process meanwhile; try again")
)

// A BrokenOffError says that a program ended while it was linking a bank, and that what
// may have come of it at Plaid cannot be had here.
type BrokenOffError struct {
	Began time.Time
	// Agreed is true when the user had signed in to the bank already; else nobody knows.
	Agreed bool
}

// Error says what can be done about it.
func (e *BrokenOffError) Error() string {
	when := e.Began.UTC().Format("2006-01-02 15:04 UTC")
	if e.Agreed {
		return "at my.plaid.com end the access to a bank that was lost when coffer was stopped (" + when +
			"): it may be billed; then link the bank again"
	}
	return "if you signed in to a bank before coffer was stopped, end that at my.plaid.com: its access was lost (the page was opened " +
		when + ")"
}

// A LinkedError says that a bank was not linked, because an earlier link has
// accounts of it.
type LinkedError struct {
	Old Item // the earlier link
}

// Error says what can be done instead.
func (e *LinkedError) Error() string {
	return "this bank is linked already, and nothing was kept of the new link: coffer items repair " + string(e.Old.ID) +
		" signs in to the one that is there"
}
