package plaidsvc

import (
	"cmp"
	"errors"

	"coffer/ledger"
)

// exits says in words why a user may have left Link.
// Source: https://plaid.com/docs/errors/item/.
var exits = map[string]string{
	"INVALID_CREDENTIALS":        "the bank did not take the user name or password",
	"INVALID_MFA":                "the bank did not take the code",
	"ITEM_LOCKED":                "the bank has locked the account; unlock it at the bank first",
	"USER_SETUP_REQUIRED":        "the bank wants something of you first; sign in on its own site",
	"PASSWORD_RESET_REQUIRED":    "the bank wants a new password first; choose one on its own site",
	"INSUFFICIENT_CREDENTIALS":   "the bank needs more than it was given to let you in",
	"USER_INPUT_TIMEOUT":         "the bank waited too long for an answer; try again",
	"ACCESS_NOT_GRANTED":         "the bank was not allowed to share what is needed; allow it next time",
	"INVALID_UPDATED_USERNAME":   "the user name is not the one that the bank was linked with; sign in with that one, or link the bank anew",
	"MFA_NOT_SUPPORTED":          "the bank's way to sign in is not supported by Plaid",
	"NO_ACCOUNTS":                "there are no accounts to link",
	"INSTITUTION_DOWN":           "the bank is down; try again in a few hours",
	"INSTITUTION_NOT_RESPONDING": "the bank does not answer; try again in a few hours",
	"INVALID_LINK_TOKEN":         "the page was too old; start again",
	"UNAUTHORIZED_INSTITUTION":   "Plaid has not cleared your keys for this bank yet; see its dashboard",
	"INSTITUTION_REGISTRATION_REQUIRED": "the bank wants your keys registered with it first; " +
		"dashboard.plaid.com lists it under OAuth institutions",
	"PRODUCTS_NOT_SUPPORTED": "the bank does not offer what is asked for; a brokerage that has no transactions is linked with coffer link --products investments",
	"CREDITS_EXHAUSTED": "your Plaid plan is used up: a Trial plan links 10 banks, and one that is removed does not make room; " +
		"see dashboard.plaid.com",
	"INTERNAL_SERVER_ERROR": "Plaid had an error; try again",
}

// cancelled is the error of a user who left Link, perhaps because of an error.
func cancelled(code string) error {
	if code == "" {
		return ledger.ErrLinkCancelled
	}
	return &APIError{Code: code, note: exits[code], meaning: meaning{kind: ledger.ErrLinkCancelled}}
}

// refused turns the error of a sign-in that a bank refused while it was being
// linked into words. To a bank that is linked the same codes mean that the user
// must sign in again; here there is nothing yet to sign in to again.
func refused(err error) error {
	var failed *APIError
	if !errors.As(err, &failed) || !errors.Is(failed, ledger.ErrLoginRequired) {
		return err
	}
	first := *failed
	first.meaning, first.note = meaning{}, cmp.Or(exits[failed.Code], "the bank did not let you in")
	return &first
}

// refusals says in words why Plaid may not even start to link.
// Source: https://plaid.com/docs/errors/invalid-input/.
var refusals = map[string]string{
	"CREDITS_EXHAUSTED":                 exits["CREDITS_EXHAUSTED"],
	"INSTITUTION_REGISTRATION_REQUIRED": exits["INSTITUTION_REGISTRATION_REQUIRED"],
	"INVALID_LINK_CUSTOMIZATION":        "Plaid wants a use case first: dashboard.plaid.com, Link, Link customization, Data transparency messaging",
	"INVALID_PRODUCT":                   "your Plaid keys are not enabled for a product that is asked for; see products in config.toml, and dashboard.plaid.com",
}

// unlinkable adds to an error of a session that did not start what we know of it.
func unlinkable(err error) error {
	var failed *APIError
	if !errors.As(err, &failed) || failed.note != "" || refusals[failed.Code] == "" {
		return err
	}
	told := *failed
	told.note = refusals[failed.Code]
	return &told
}
