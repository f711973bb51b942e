package plaidsim

import (
	"slices"

	"coffer/plaidsvc/plaidsim/bank"
)

type sandboxProcessorTokenRequest struct {
	credentials
	InstitutionID string `json:"institution_id" plaid:"required"`
	Options       struct {
		Username *string `json:"override_username"`
		Password *string `json:"override_password"`
	} `json:"options"`
}

// sandboxProcessorTokenCreate links a login and hands one of its accounts to a
// partner: the first that money can be moved on, or just the first. Nobody is
// told the access token of the new Item.
func sandboxProcessorTokenCreate(c *call, r *sandboxProcessorTokenRequest) (answer, *plaidError) {
	institution, err := c.institution(r.InstitutionID)
	if err != nil {
		return nil, err
	}
	visit, err := c.admit(institution, r.Options.Username, r.Options.Password)
	if err != nil {
		return nil, err
	}
	if len(c.accountsAt(nil, &signedIn{institution: institution, visit: visit})) == 0 {
		return nil, fail("NO_ACCOUNTS")
	}
	it, _ := c.link(linking{institution: institution, visit: visit, consented: institution.Products})
	moves := func(a account) bool { return it.numbers(a) != (bank.Numbers{}) }
	first := max(0, slices.IndexFunc(it.accounts, moves))
	return &processorTokenAnswer{Token: c.processorToken(it, it.accounts[first], "sandbox")}, nil
}
