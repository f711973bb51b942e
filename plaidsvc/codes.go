package plaidsvc

import (
	"net/http"

	"coffer/ledger"
)

// A retry says what to do after a failure.
type retry uint8

const (
	retryNever   retry = iota // asking again changes nothing
	retryBackoff              // soon, and later each time
	retryHold                 // not within a minute: the next request would fail too
)

// A meaning is what one of Plaid's codes means to us.
//
// What a failure does to an Item's state follows from whose fault it is, so that
// no screen says ok of a bank that does not work:
//
//   - The user's to mend: login_required, or revoked when only a new link helps
//     (also for an access that Plaid does not know: its data stays). Kept.
//   - The bank's, or a sync that Plaid refuses for a reason not listed here:
//     unavailable. Kept.
//   - Nobody's in particular (the network, Plaid itself, too many requests) or
//     every bank's (the keys): the next request may work, so nothing is kept;
//     only the result of this one shows the Item as unavailable.
//
// Plaid's code and the time go with what is kept, and the next success takes it
// away. See [stateAfter], and [Service.fail] and [Service.failed] for the rest.
type meaning struct {
	state ledger.ItemState // kept for the Item that was asked about; "" keeps what was
	kind  error            // the sentinel to act on; nil: only the text helps
	retry retry
}

// The codes that the program branches on.
const (
	codeMutation      = "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION"
	codeInvalidField  = "INVALID_FIELD"
	codeItemNotFound  = "ITEM_NOT_FOUND"
	codeUnknownToken  = "INVALID_ACCESS_TOKEN"
	codeTakenBack     = "USER_PERMISSION_REVOKED"
	codeInstRateLimit = "INSTITUTION_RATE_LIMIT"
	codeNotEnabled    = "PRODUCT_NOT_ENABLED"
	codeNotSupported  = "PRODUCTS_NOT_SUPPORTED"
	codeNoInvestments = "NO_INVESTMENT_ACCOUNTS"
	codeNoLiabilities = "NO_LIABILITY_ACCOUNTS"
	codeNoNumbers     = "NO_AUTH_ACCOUNTS"
	codeNotGranted    = "ACCESS_NOT_GRANTED"
	codeNotReady      = "PRODUCT_NOT_READY"
	codeUnknownKey    = "INVALID_WEBHOOK_VERIFICATION_KEY_ID"
	codeDisconnect    = "PENDING_DISCONNECT" // of a webhook
)

// Meanings that several codes share.
var (
	signIn      = meaning{state: ledger.ItemLoginRequired, kind: ledger.ErrLoginRequired}
	revoked     = meaning{state: ledger.ItemRevoked, kind: ledger.ErrRevoked}
	bankDown    = meaning{state: ledger.ItemUnavailable, kind: ledger.ErrBankUnavailable}
	givenUp     = meaning{state: ledger.ItemUnavailable, kind: ledger.ErrGivenUp}
	credentials = meaning{kind: ledger.ErrCredentials}
	// The token is another team's or another environment's, or was ended. Keys that
	// nobody has Plaid would have refused first.
	foreign = meaning{state: ledger.ItemRevoked, kind: ledger.ErrUnknownAccess}
	// Nothing was taken back, but only a new link helps.
	otherUser = meaning{state: ledger.ItemRevoked}
)

// codes is the one table from Plaid's error codes to what they mean here.
// Source: https://plaid.com/docs/errors/. PENDING_EXPIRATION and
// PENDING_DISCONNECT are no errors: such an Item works, and is not in here.
var codes = map[string]meaning{
	"ITEM_LOGIN_REQUIRED":      signIn,
	"INVALID_CREDENTIALS":      signIn,
	"INVALID_MFA":              signIn,
	"ITEM_LOCKED":              signIn,
	"USER_SETUP_REQUIRED":      signIn,
	"USER_INPUT_TIMEOUT":       signIn,
	"PASSWORD_RESET_REQUIRED":  signIn,
	"INSUFFICIENT_CREDENTIALS": signIn,
	"NO_ACCOUNTS":              signIn, // none is shared any more; signing in chooses again
	codeNotGranted:             signIn,

	"INVALID_UPDATED_USERNAME": otherUser,

	codeItemNotFound: revoked,
	codeTakenBack:    revoked,

	"INSTITUTION_DOWN":           bankDown,
	"INSTITUTION_NOT_RESPONDING": bankDown,
	"INSTITUTION_NOT_AVAILABLE":  bankDown,

	"INSTITUTION_NO_LONGER_SUPPORTED": givenUp,
	"UNSUPPORTED_RESPONSE":            givenUp,
	"ITEM_NOT_SUPPORTED":              givenUp,
	"MFA_NOT_SUPPORTED":               givenUp,

	"INVALID_API_KEYS":         credentials,
	"UNAUTHORIZED_ENVIRONMENT": credentials,

	codeUnknownToken: foreign,

	"INTERNAL_SERVER_ERROR": {kind: ledger.ErrNetwork, retry: retryBackoff},
	"PLANNED_MAINTENANCE":   {kind: ledger.ErrNetwork},
	codeInstRateLimit:       {kind: ledger.ErrRateLimited, retry: retryBackoff},
	codeNotReady:            {kind: ledger.ErrNotReady, retry: retryBackoff},
	codeMutation:            {kind: ledger.ErrNotReady},

	// Used up is not too fast: waiting does not help.
	"CREDITS_EXHAUSTED": {},
}

// meaningOf looks up a code, and falls back on the error's type and the HTTP
// status for codes that Plaid may add.
func meaningOf(kind, code string, status int) meaning {
	if m, ok := codes[code]; ok {
		return m
	}
	switch {
	case kind == "RATE_LIMIT_EXCEEDED" || status == http.StatusTooManyRequests:
		return meaning{kind: ledger.ErrRateLimited, retry: retryHold}
	case kind == "INSTITUTION_ERROR":
		return bankDown
	case status >= http.StatusInternalServerError:
		return meaning{kind: ledger.ErrNetwork, retry: retryBackoff}
	}
	return meaning{}
}

// stateAfter is the state to keep for an Item after a failure, "" for none. That
// Plaid refuses something else than a sync, balances say, is no fault of the
// Item.
func stateAfter(e *APIError) ledger.ItemState {
	syncs := e.Op == pathSync || e.Op == pathAccounts
	// A 429 without a meaning is a quota of the keys'.
	if e.meaning == (meaning{}) && syncs && e.Code != "" && e.Status != http.StatusTooManyRequests {
		return ledger.ItemUnavailable
	}
	return e.meaning.state
}
