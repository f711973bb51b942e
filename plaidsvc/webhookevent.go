package plaidsvc

import "coffer/ledger"

// A WebhookEventKind is what happened at a receiver of webhooks.
type WebhookEventKind string

// The kinds of events.
const (
	// WebhookReceived: Plaid sent a webhook about an Item of ours, or about none.
	WebhookReceived WebhookEventKind = "received"
	// WebhookIgnored: Plaid sent one that is about nothing of ours.
	WebhookIgnored WebhookEventKind = "ignored"
	// WebhookRefused: somebody sent what is not Plaid's. Like what is ignored, it
	// comes as often as they like.
	WebhookRefused WebhookEventKind = "refused"
	// WebhookAddressSet: Plaid sends an Item's webhooks to the address from now on,
	// or, with an Err, does not.
	WebhookAddressSet WebhookEventKind = "address_set"
	// WebhookLooked: an Item was asked how it is.
	WebhookLooked WebhookEventKind = "looked"
	// WebhookSynced: an Item was synced.
	WebhookSynced WebhookEventKind = "synced"
	// WebhookTrouble: it cannot be found out which Items there are.
	WebhookTrouble WebhookEventKind = "trouble"
)

// A WebhookEvent is something that happened at a receiver.
type WebhookEvent struct {
	Kind WebhookEventKind
	// Type and Code are Plaid's, of what was received: capitals, digits and
	// underscores, or "".
	Type, Code string
	// Says is what that means, with the bank for a subject, or why a request was
	// refused.
	Says string
	// Does is set when it has something done for the Item.
	Does bool
	// Result has the Item, if there is one, with what came of it.
	Result ledger.SyncResult
}
