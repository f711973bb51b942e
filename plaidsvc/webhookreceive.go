package plaidsvc

import (
	"context"
	"net"
	"sync"
	"time"

	"coffer/plaidsvc/webhook"
)

const (
	// restBetween is the least time between two turns of an Item: whoever repeats a
	// message of Plaid's causes a dozen requests a minute and not a thousand.
	restBetween = 5 * time.Second
	// againAfter is when an errand is tried again that failed for a reason that
	// passes, and againAtMost how long that grows.
	againAfter  = time.Minute
	againAtMost = time.Hour
	// mostUntold is how many events wait to be reported before messages are taken
	// without a word.
	mostUntold = 256
)

// WebhookOptions say how to receive webhooks.
type WebhookOptions struct {
	// Listener is where Plaid's requests come in. It is closed in the end.
	Listener net.Listener
	// Address is where Plaid is told to send the webhooks of every Item, as
	// [Service.CheckWebhookAddress] allows; "" leaves that as it is.
	Address string
	// Look is when to see which Items there are: those that are linked meanwhile are
	// told the address. What failed is tried again then. Nil is never.
	Look <-chan time.Time
}

// ReceiveWebhooks does for the Items of this environment what their webhooks hint
// at, until ctx is done; then it returns nil. It syncs all of them first, since it
// keeps no memory of what it was told before: what was missed is made up by that.
//
// Webhooks of other environments and of Items that are not here do nothing. Report
// is never called twice at the same time.
func (s *Service) ReceiveWebhooks(ctx context.Context, o WebhookOptions, report func(WebhookEvent)) error {
	defer func() { _ = o.Listener.Close() }() // Serve has, unless it did not come to that
	if o.Address != "" {
		if err := s.CheckWebhookAddress(o.Address); err != nil {
			return err
		}
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	d := newDesk(s, o)
	if err := d.look(ctx); err != nil {
		return err
	}
	done := make(chan struct{})
	var teller, group sync.WaitGroup
	teller.Go(func() { d.reportTo(report, done) })
	for range parallel {
		group.Go(func() { d.errands.Work(ctx, d.run) })
	}
	group.Go(func() { d.watch(ctx) })
	receiver := webhook.New(webhook.Options{
		Fetch: s.client.webhookKey, Now: s.cfg.Now, Take: d.take,
		Refused: func(r *webhook.Refusal) { d.mention(WebhookEvent{Kind: WebhookRefused, Says: r.Reason}) },
	})
	err := receiver.Serve(ctx, o.Listener)
	stop()
	group.Wait()
	close(done)
	teller.Wait()
	return err
}
