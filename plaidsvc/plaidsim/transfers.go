package plaidsim

import (
	"time"

	"coffer/plaidsvc/plaidsim/transfer"

	"github.com/shopspring/decimal"
)

// transfers are all movements of money between people and the app. They move
// nothing at the banks: "in the Sandbox environment, no real banks are
// involved", and nothing happens to a transfer but what
// /sandbox/transfer/simulate makes happen.
type transfers struct {
	authorizations map[string]*authorization // by id
	repeatable     map[string]*authorization // by idempotency key
	byID           map[string]*movement
	journal        transfer.Journal
	blocked        map[string]bool // the bank's ids of accounts that a transfer came back from
}

func newTransfers() transfers {
	return transfers{
		authorizations: make(map[string]*authorization),
		repeatable:     make(map[string]*authorization),
		byID:           make(map[string]*movement),
		blocked:        make(map[string]bool),
	}
}

// An authorization is what Plaid thinks of a proposed transfer.
type authorization struct {
	id        string
	created   time.Time
	item      *item
	account   account
	proposed  *transferAuthorizationRequest
	amount    decimal.Decimal // the most that may be moved
	decision  string
	rationale transfer.Rationale
	movement  *movement // once it is made use of
}

// The decisions there are.
const (
	approved           = "approved"
	declined           = "declined"
	userActionRequired = "user_action_required"
)

// authorizationLife is how long an authorization may be made use of.
const authorizationLife = time.Hour

// A movement is a transfer that was made.
type movement struct {
	transfer.Transfer
	authorization *authorization
	amount        decimal.Decimal
	description   string
	metadata      map[string]string
	fee           string // facilitator_fee, or ""
	created       time.Time
}

// dollars is an amount as Plaid writes those of transfers: a text with two
// digits behind the point.
func dollars(amount decimal.Decimal) string { return amount.StringFixed(2) }
