package plaidsvc

import (
	"context"
	"errors"

	"coffer/ledger"
	"coffer/plaidsvc/errand"
	"coffer/plaidsvc/webhook"
)

// A desk is where webhooks come in and errands go out.
type desk struct {
	s       *Service
	o       WebhookOptions
	errands *errand.Queue
	events  chan WebhookEvent
}

func newDesk(s *Service, o WebhookOptions) *desk {
	pace := errand.Options{Rest: restBetween, Again: againAfter, AtMost: againAtMost, Now: s.cfg.Now, Sleep: s.cfg.Sleep}
	return &desk{s: s, o: o, errands: errand.New(pace), events: make(chan WebhookEvent, mostUntold)}
}

// tell reports what was done.
func (d *desk) tell(e WebhookEvent) { d.events <- e }

// reportTo hands events on until done, and then those that are left.
func (d *desk) reportTo(report func(WebhookEvent), done <-chan struct{}) {
	for {
		select {
		case e := <-d.events:
			report(e)
		case <-done:
			if len(d.events) == 0 {
				return
			}
		}
	}
}

// mention reports what came in, unless reports are not taken as fast: Plaid waits
// for an answer, and strangers for nothing better than that coffer waits for them.
func (d *desk) mention(e WebhookEvent) {
	select {
	case d.events <- e:
	default:
	}
}

// take hears what Plaid says. It is called while Plaid waits for an answer.
func (d *desk) take(m webhook.Message) {
	meaning, known := webhooks[[2]string{m.Type, m.Code}]
	if !known {
		meaning = webhookMeaning{says: "says something that coffer does not know, and ignores"}
	}
	event := WebhookEvent{Kind: WebhookReceived, Type: m.Type, Code: m.Code, Says: meaning.says}
	if m.Environment != d.s.env.word {
		d.mention(WebhookEvent{Kind: WebhookIgnored, Says: "it is of another environment"})
		return
	}
	if m.Item != "" {
		item, ours := d.errands.Find(ledger.ItemID(m.Item))
		if !ours {
			d.mention(WebhookEvent{Kind: WebhookIgnored, Says: "it is about a bank that is not linked here"})
			return
		}
		event.Result.Item = item
	}
	event.Does = m.Item != "" && meaning.errand != 0
	d.mention(event)
	d.errands.Add(ledger.ItemID(m.Item), meaning.errand)
}

// watch sees now and then which Items there are.
func (d *desk) watch(ctx context.Context) {
	for {
		select {
		case <-d.o.Look:
			if err := d.look(ctx); err != nil && ctx.Err() == nil {
				d.tell(WebhookEvent{Kind: WebhookTrouble, Result: ledger.SyncResult{Err: err}})
			}
		case <-ctx.Done():
			return
		}
	}
}

// look sees which Items there are. Whatever is new is synced, and told the address.
func (d *desk) look(ctx context.Context) error {
	items, err := d.s.items(ctx, nil)
	if err != nil {
		return err
	}
	first := errandSync
	if d.o.Address != "" {
		first |= errandTell
	}
	for _, id := range d.errands.Know(items) {
		d.errands.Add(id, first)
	}
	d.errands.Retry()
	return nil
}

// run does what is to be done for an Item, and returns what failed of it for a
// reason that passes.
func (d *desk) run(ctx context.Context, item ledger.Item, what errand.Set) (failed errand.Set) {
	if what&errandTell != 0 {
		err := d.s.tellAddress(ctx, item.ID, d.o.Address)
		failed |= d.outcome(ctx, errandTell, WebhookEvent{Kind: WebhookAddressSet, Result: ledger.SyncResult{Item: item, Err: err}})
	}
	if what&errandLook != 0 && what&(errandSync|errandWarn|errandOffer) != errandSync {
		item, again, err := d.s.look(ctx, item.ID, what)
		failed |= d.outcome(ctx, what&(errandLook|errandWarn|errandOffer), WebhookEvent{Kind: WebhookLooked, Result: ledger.SyncResult{Item: item, Err: err}})
		if again {
			what |= errandSync
		}
	}
	if what&errandSync != 0 {
		results, err := d.sync(ctx, item.ID, what)
		result := ledger.SyncResult{Item: item, Err: err}
		if len(results) == 1 {
			result = results[0]
		}
		failed |= d.outcome(ctx, what&(errandSync|errandAnew), WebhookEvent{Kind: WebhookSynced, Result: result})
	}
	return failed
}

func (d *desk) sync(ctx context.Context, id ledger.ItemID, what errand.Set) ([]ledger.SyncResult, error) {
	if what&errandAnew != 0 {
		return d.s.resync(ctx, id)
	}
	return d.s.Sync(ctx, []ledger.ItemID{id}, nil)
}

// outcome tells how something ended, and returns it where it should be tried again:
// unless only a person can mend what is wrong.
func (d *desk) outcome(ctx context.Context, what errand.Set, e WebhookEvent) errand.Set {
	if ctx.Err() != nil && e.Result.Err != nil {
		return 0 // it was broken off, with nothing done
	}
	d.tell(e)
	var api *APIError
	switch err := e.Result.Err; {
	case err == nil, e.Result.Item.State.NeedsUser(), errors.Is(err, ledger.ErrCredentials):
		return 0
	case errors.As(err, &api) && api.Unwrap() == nil:
		return 0 // Plaid understood, and refused
	}
	return what
}
