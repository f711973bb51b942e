package plaidsim

import (
	"strconv"
	"time"

	"coffer/plaidsvc/plaidsim/transfer"

	"github.com/shopspring/decimal"
)

// transferAuthorizationCreate decides on a proposed transfer. The same
// idempotency key gets the same authorization for two days, unless a person had
// to do something first.
func transferAuthorizationCreate(c *call, r *transferAuthorizationRequest) (answer, *plaidError) {
	amount, err := r.check()
	if err != nil {
		return nil, err
	}
	it, err := c.item(r.AccessToken)
	if err != nil {
		return nil, err
	}
	a, err := it.account(r.AccountID)
	if err != nil {
		return nil, err
	}
	if err := c.transferable(it, a, transfer.Type(r.Type)); err != nil {
		return nil, err
	}
	if made := c.moves.repeatable[r.IdempotencyKey]; made != nil && c.now.Before(made.created.Add(idempotencyLife)) {
		return &authorizationAnswer{Authorization: c.wireAuthorization(made)}, nil
	}
	made := &authorization{
		id:      c.seed.uuid("authorization", strconv.Itoa(len(c.moves.authorizations))),
		created: c.now, item: it, account: a, proposed: r, amount: amount,
	}
	made.decision, made.rationale = c.decide(it, a, transfer.Type(r.Type), amount)
	c.moves.authorizations[made.id] = made
	if r.IdempotencyKey != "" && made.decision != userActionRequired {
		c.moves.repeatable[r.IdempotencyKey] = made
	}
	return &authorizationAnswer{Authorization: c.wireAuthorization(made)}, nil
}

// idempotencyLife is how long an idempotency key is remembered.
const idempotencyLife = 48 * time.Hour

// transferable refuses accounts that money cannot be moved on. That the person
// has to sign in again is no reason to refuse, but one to decide otherwise.
func (c *call) transferable(it *item, a account, t transfer.Type) *plaidError {
	if it.trouble != "" && it.trouble != loginRequired {
		return it.problem()
	}
	if err := it.use("transfer"); err != nil {
		return err
	}
	switch {
	case it.numbers(a).ACHRouting == "", t == transfer.Debit && !debitable(it, a):
		return fail("TRANSFER_UNSUPPORTED_ACCOUNT_TYPE")
	case !it.verified(a):
		return fail("PRODUCT_NOT_READY")
	case c.moves.blocked[a.ID]:
		return fail("TRANSFER_ACCOUNT_BLOCKED")
	}
	return nil
}

// debitable tells the accounts that money can be taken from: Plaid names savings
// accounts at Navy Federal among those it cannot.
func debitable(it *item, a account) bool {
	return it.institution.ID != "ins_15" || a.Subtype != "savings"
}

// decide is Plaid's decision. A debit is held against what is available right
// now; what the person is paid needs no funds of theirs. A bank that does not
// answer, or tells no balance, leaves the risk to the app.
func (c *call) decide(it *item, a account, t transfer.Type, amount decimal.Decimal) (string, transfer.Rationale) {
	if it.trouble == loginRequired {
		return userActionRequired, transfer.LoginRequired
	}
	if c.reach(it.institution.ID) != nil {
		return approved, transfer.Unknown
	}
	if t == transfer.Credit {
		return approved, transfer.Rationale{}
	}
	balance := it.balances(c.now)[a.ID]
	available := balance.Available
	if available == nil {
		available = balance.Current
	}
	if available == nil {
		return approved, transfer.Unknown
	}
	if why, no := transfer.Declines(amount, *available); no {
		return declined, why
	}
	return approved, transfer.Rationale{}
}
