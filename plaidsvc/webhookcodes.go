package plaidsvc

import "coffer/plaidsvc/errand"

// What one Item may need done. Errands add up: however many messages ask for the
// same, in whatever order, it is done once.
const (
	errandLook  errand.Set = 1 << iota // ask how the Item is doing
	errandWarn                         // and mark it: its end was announced
	errandOffer                        // and note that it has an account to share
	errandSync                         // sync it, which looks too
	errandAnew                         // and ask anew what it tells besides transactions
	errandTell                         // tell Plaid where to send its webhooks
)

// A webhookMeaning is what one of Plaid's webhooks means to us: a hint what to do
// for its Item, never data. What it says of balances, accounts or errors is asked
// for, as it is by then.
type webhookMeaning struct {
	errand errand.Set
	says   string // of the bank, for people
}

// Meanings that several webhooks share.
var (
	toldBesides = webhookMeaning{errandSync | errandAnew, "has something new on investments or debts"}
	ends        = "announces that its connection ends soon"
	legacy      = webhookMeaning{says: "repeats in an older form what another webhook says"}
	askedAnew   = webhookMeaning{says: "changed what coffer asks for anew each time"}
	ofLink      = webhookMeaning{says: "tells how a Link session went, which coffer asks for itself"}
)

// webhooks is the one table of them. Types and codes that are not in it are
// ignored: Plaid adds some. Source: https://plaid.com/docs/api/webhooks/.
var webhooks = map[[2]string]webhookMeaning{
	{"TRANSACTIONS", "SYNC_UPDATES_AVAILABLE"}: {errandSync, "has something new"},
	// Those of /transactions/get, which go on being sent beside it.
	{"TRANSACTIONS", "INITIAL_UPDATE"}:       legacy,
	{"TRANSACTIONS", "HISTORICAL_UPDATE"}:    legacy,
	{"TRANSACTIONS", "DEFAULT_UPDATE"}:       legacy,
	{"TRANSACTIONS", "TRANSACTIONS_REMOVED"}: legacy,
	// What comes again and again is asked for when the user does.
	{"TRANSACTIONS", "RECURRING_TRANSACTIONS_UPDATE"}: askedAnew,

	{"ITEM", "ERROR"}: {errandLook, "has a problem"},
	// That consent ends, the Item says itself. That a bank is cut off, only the
	// webhook: its code is kept with the Item until the user signs in again.
	{"ITEM", "PENDING_EXPIRATION"}:          {errandLook, ends},
	{"ITEM", "PENDING_DISCONNECT"}:          {errandLook | errandWarn, ends},
	{"ITEM", "USER_PERMISSION_REVOKED"}:     {errandLook, "says that access was taken back"},
	{"ITEM", "USER_ACCOUNT_REVOKED"}:        {errandSync, "says that access to an account was taken back"},
	{"ITEM", "NEW_ACCOUNTS_AVAILABLE"}:      {errandLook | errandOffer, "has an account that is not shared yet"},
	{"ITEM", "LOGIN_REPAIRED"}:              {errandSync, "works again"},
	{"ITEM", "WEBHOOK_UPDATE_ACKNOWLEDGED"}: {says: "sends its webhooks here now"},

	{"HOLDINGS", "DEFAULT_UPDATE"}:                    toldBesides,
	{"INVESTMENTS_TRANSACTIONS", "DEFAULT_UPDATE"}:    toldBesides,
	{"INVESTMENTS_TRANSACTIONS", "HISTORICAL_UPDATE"}: toldBesides,
	{"LIABILITIES", "DEFAULT_UPDATE"}:                 toldBesides,

	{"AUTH", "DEFAULT_UPDATE"}:               askedAnew,
	{"AUTH", "AUTOMATICALLY_VERIFIED"}:       askedAnew,
	{"AUTH", "VERIFICATION_EXPIRED"}:         askedAnew,
	{"AUTH", "PRODUCT_PERMISSIONS_REQUIRED"}: askedAnew,
	{"IDENTITY", "DEFAULT_UPDATE"}:           askedAnew,
	{"TRANSFER", "TRANSFER_EVENTS_UPDATE"}:   {says: "tells of transfers, which coffer makes none of"},

	{"LINK", "SESSION_FINISHED"}: ofLink,
	{"LINK", "ITEM_ADD_RESULT"}:  ofLink,
	{"LINK", "EVENTS"}:           ofLink,
}
