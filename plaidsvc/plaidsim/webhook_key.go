package plaidsim

import "coffer/plaidsvc/plaidsim/webhook"

type webhookKeyRequest struct {
	credentials
	KeyID string `json:"key_id" plaid:"required"`
}

// webhookKeyGet hands out the key that the signature of a webhook names.
func webhookKeyGet(c *call, r *webhookKeyRequest) (answer, *plaidError) {
	key, ok := c.keyring.Find(r.KeyID, c.now)
	if !ok {
		return nil, fail("INVALID_WEBHOOK_VERIFICATION_KEY_ID")
	}
	return &struct {
		Key webhook.JWK `json:"key"`
		answered
	}{Key: key}, nil
}
