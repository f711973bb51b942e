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
type meaning struct {
	state ledger.ItemState // of the Item that was asked about; "" leaves it as it is
	kind  error            // the sentinel to act on; nil: only the text helps
	retry retry
}

// The codes that the program branches on.
const (
	codeMutation      = "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION"
	codeInvalidField  = "INVALID_FIELD"
	codeItemNotFound  = "ITEM_NOT_FOUND"
	codeInstRateLimit = "INSTITUTION_RATE_LIMIT"
)

// Meanings that several codes share.
var (
	signIn      = meaning{state: ledger.ItemLoginRequired, kind: ledger.ErrLoginRequired}
	revoked     = meaning{state: ledger.ItemRevoked, kind: ledger.ErrRevoked}
	bankDown    = meaning{state: ledger.ItemUnavailable, kind: ledger.ErrBankUnavailable}
	credentials = meaning{kind: ledger.ErrCredentials}
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
	"ACCESS_NOT_GRANTED":       signIn,

	codeItemNotFound:          revoked,
	"USER_PERMISSION_REVOKED": revoked,

	"INSTITUTION_DOWN":                bankDown,
	"INSTITUTION_NOT_RESPONDING":      bankDown,
	"INSTITUTION_NOT_AVAILABLE":       bankDown,
	"INSTITUTION_NO_LONGER_SUPPORTED": bankDown,
	"UNSUPPORTED_RESPONSE":            bankDown,

	"INVALID_API_KEYS":         credentials,
	"UNAUTHORIZED_ENVIRONMENT": credentials,
	// The token is another environment's or another team's, as the keys are:
	// the Item itself is fine.
	"INVALID_ACCESS_TOKEN": credentials,

	"INTERNAL_SERVER_ERROR": {kind: ledger.ErrNetwork, retry: retryBackoff},
	"PLANNED_MAINTENANCE":   {kind: ledger.ErrNetwork},
	codeInstRateLimit:       {kind: ledger.ErrRateLimited, retry: retryBackoff},
	"PRODUCT_NOT_READY":     {kind: ledger.ErrNotReady, retry: retryBackoff},
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
