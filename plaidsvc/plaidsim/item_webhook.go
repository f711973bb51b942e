package plaidsim

type itemWebhookRequest struct {
	itemRequest
	Webhook string `json:"webhook"` // absent or null is none
}

// itemWebhookUpdate changes where an Item's webhooks go, and tells the new
// address. It works for a broken Item too.
func itemWebhookUpdate(c *call, r *itemWebhookRequest) (answer, *plaidError) {
	it, err := c.item(r.AccessToken)
	if err != nil {
		return nil, err
	}
	if !isWebAddress(r.Webhook) {
		return nil, fail("INVALID_FIELD").saying("webhook must be a valid url")
	}
	it.webhook = r.Webhook
	c.notify(it, c.now, "ITEM", "WEBHOOK_UPDATE_ACKNOWLEDGED", details{"new_webhook_url": r.Webhook, "error": nil})
	return &struct {
		Item wireItem `json:"item"`
		answered
	}{Item: it.wire()}, nil
}
