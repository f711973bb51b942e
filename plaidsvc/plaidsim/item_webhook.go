package plaidsim

import (
	"net/url"
)

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
	if r.Webhook != "" && !isWebhookAddress(r.Webhook) {
		return nil, fail("INVALID_FIELD").saying("webhook must be a valid url")
	}
	it.webhook = r.Webhook
	c.notify(it, c.now, "ITEM", "WEBHOOK_UPDATE_ACKNOWLEDGED", details{"new_webhook_url": r.Webhook, "error": nil})
	return &struct {
		Item wireItem `json:"item"`
		answered
	}{Item: it.wire()}, nil
}

// isWebhookAddress reports whether something can be posted to an address. Plaid
// takes http as well as https.
func isWebhookAddress(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != ""
}
