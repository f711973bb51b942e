package plaidsim

type setVerificationRequest struct {
	credentials
	AccessToken string `json:"access_token" plaid:"required"`
	AccountID   string `json:"account_id" plaid:"required"`
	Status      string `json:"verification_status" plaid:"required"`
}

// sandboxSetVerificationStatus spares a test the wait for a micro-deposit, or
// lets it fail. What Plaid says of an account without one is not documented.
func sandboxSetVerificationStatus(c *call, r *setVerificationRequest) (answer, *plaidError) {
	it, a, err := c.healthyAccount(r.AccessToken, r.AccountID)
	if err != nil {
		return nil, err
	}
	if err := oneOf("verification_status", r.Status, []string{verificationDone, verificationExpired}); err != nil {
		return nil, err
	}
	if it.verification[a.ID] == "" {
		return nil, fail("INVALID_FIELD").saying("account_id must be that of an account with automated micro-deposits: "+
			"link %s with the password %s and the product auth", depositBank, depositPassword)
	}
	c.verify(it, a, r.Status, c.now)
	return &answered{}, nil
}
