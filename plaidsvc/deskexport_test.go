package plaidsvc

import (
	"coffer/ledger"
	"coffer/plaidsvc/webhook"
)

// A Desk takes webhooks, and nobody does what they ask for.
type Desk struct{ *desk }

// NewDesk is the desk of a service that has these banks.
func NewDesk(s *Service, items []ledger.Item) Desk {
	d := newDesk(s, WebhookOptions{})
	d.errands.Know(items)
	return Desk{d}
}

// Take hears what Plaid says.
func (d Desk) Take(m webhook.Message) { d.take(m) }

// Waiting is for how many banks there is something to do, and how many events are to be
// reported.
func (d Desk) Waiting() (todo, untold int) { return d.errands.Len(), len(d.events) }
