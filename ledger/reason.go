package ledger

import "slices"

// reasons say in a few words why a bank is as it is, by Plaid's code. They end a
// sentence that begins with the bank's name and a colon.
// Source: https://plaid.com/docs/errors/item/ and /institution/.
var reasons = map[string]string{
	"ITEM_LOGIN_REQUIRED":      "the password changed, or what you agreed to ran out",
	"INVALID_CREDENTIALS":      "the user name or password was not taken",
	"INVALID_MFA":              "the answer to its question was not taken",
	"ITEM_LOCKED":              "the bank locked your login; unlock it there first",
	"USER_SETUP_REQUIRED":      "the bank wants something of you on its own site first",
	"PASSWORD_RESET_REQUIRED":  "the bank wants a new password; set it there first",
	"INSUFFICIENT_CREDENTIALS": "the bank was told too little to let coffer in",
	"USER_INPUT_TIMEOUT":       "nobody answered its question in time",
	"NO_ACCOUNTS":              "no account is shared any more",
	"ACCESS_NOT_GRANTED":       "you did not agree to all that coffer needs",

	"PENDING_EXPIRATION": "what you agreed to runs out",
	"PENDING_DISCONNECT": "Plaid's way to the bank ends",

	"INVALID_UPDATED_USERNAME": "another user name was given than it was linked with",

	"USER_PERMISSION_REVOKED": "you took the permission back at Plaid",
	"ITEM_NOT_FOUND":          "the link was removed at Plaid",
	"INVALID_ACCESS_TOKEN":    "it was linked with other keys, or its access was taken back",

	"ADDITIONAL_CONSENT_REQUIRED": "you did not agree that it tells its transactions",

	"INSTITUTION_DOWN":           "the bank is down",
	"INSTITUTION_NOT_RESPONDING": "the bank does not answer Plaid",
	"INSTITUTION_NOT_AVAILABLE":  "the bank does not let Plaid in at the moment",
}

// givenUp lists the codes of banks that Plaid has given up: neither waiting nor
// signing in brings them back.
var givenUp = []string{
	"INSTITUTION_NO_LONGER_SUPPORTED", "UNSUPPORTED_RESPONSE",
	"ITEM_NOT_SUPPORTED", "MFA_NOT_SUPPORTED", "PRODUCTS_NOT_SUPPORTED",
}

// GivenUp reports whether Plaid cannot read the bank any more and never will.
func (i Item) GivenUp() bool { return i.State == ItemUnavailable && slices.Contains(givenUp, i.Code) }

// Foreign reports whether Plaid does not know the access to the bank under the keys it
// was asked with. Other keys or another environment may be all that is wrong, and a new
// link is billed.
func (i Item) Foreign() bool { return i.State == ItemRevoked && i.Code == "INVALID_ACCESS_TOKEN" }

// Reason says why the Item is as it is, "" when that is not known or all is well.
func (i Item) Reason() string {
	switch {
	case i.State == ItemOK || i.State == ItemSyncing:
		return ""
	case i.GivenUp():
		return "Plaid cannot read this bank any more"
	}
	return reasons[i.Code]
}
