package plaidsim

// linkTransfer says what a run of Link is for that has to do with a transfer.
// There are no intents and no payment profiles here.
type linkTransfer struct {
	AuthorizationID     string `json:"authorization_id"`
	IntentID            string `json:"intent_id"`
	PaymentProfileToken string `json:"payment_profile_token"`
}

// toRepair finds the Item that update mode is for: the one of the access token,
// or of an authorization that asked for the person, which may stand for it.
func (c *call) toRepair(r *linkTokenRequest) (*item, *plaidError) {
	if r.AccessToken != "" {
		return c.item(r.AccessToken)
	}
	a := c.moves.authorizations[r.Transfer.AuthorizationID]
	if a == nil {
		return nil, noSuch("transfer.authorization_id", "authorization")
	}
	return c.item(a.item.accessToken)
}
