package plaidsim

import (
	"strconv"

	"coffer/plaidsvc/plaidsim/bank"
)

type stripeTokenRequest struct {
	credentials
	AccessToken string `json:"access_token" plaid:"required"`
	AccountID   string `json:"account_id" plaid:"required"`
}

// stripeTokenCreate hands an account to Stripe, which takes its numbers: the
// person must have agreed to Auth, and the account must be one that Auth has.
func stripeTokenCreate(c *call, r *stripeTokenRequest) (answer, *plaidError) {
	it, a, err := c.healthyAccount(r.AccessToken, r.AccountID)
	if err != nil {
		return nil, err
	}
	if err := it.use("auth"); err != nil {
		return nil, err
	}
	if it.numbers(a) == (bank.Numbers{}) {
		return nil, fail("NO_AUTH_ACCOUNTS")
	}
	if !it.verified(a) {
		return nil, fail("PRODUCT_NOT_READY")
	}
	it.processorTokens++
	return &struct {
		Token string `json:"stripe_bank_account_token"`
		answered
	}{Token: "btok_" + c.seed.alnum(20, "stripe", it.id, a.ID, strconv.Itoa(it.processorTokens))}, nil
}
