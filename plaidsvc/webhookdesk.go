package plaidsvc

import (
	"context"
	"errors"
	"sync"
	"time"

	"coffer/ledger"
	"coffer/plaidsvc/webhook"
)

// A desk is where webhooks come in and errands go out.
type desk struct {
	s       *Service
	o       WebhookOptions
	errands *errands
	events  chan WebhookEvent

	mu    sync.Mutex
	waits map[ledger.ItemID]wait
}

// A wait is for an errand that failed, or for the next of an Item.
type wait struct {
	last   time.Time // when the last errand ended
	failed errand    // what to try again
	delay  time.Duration
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
		item, ours := d.errands.find(ledger.ItemID(m.Item))
		if !ours {
			d.mention(WebhookEvent{Kind: WebhookIgnored, Says: "it is about a bank that is not linked here"})
			return
		}
		event.Result.Item = item
	}
	event.Does = m.Item != "" && meaning.errand != 0
	d.mention(event)
	d.errands.add(ledger.ItemID(m.Item), meaning.errand)
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
	for _, id := range d.errands.know(items) {
		d.errands.add(id, first)
	}
	for id, what := range d.due() {
		d.errands.add(id, what)
	}
	return nil
}

// due returns what failed and is to be tried again by now.
func (d *desk) due() map[ledger.ItemID]errand {
	d.mu.Lock()
	defer d.mu.Unlock()
	due := make(map[ledger.ItemID]errand)
	for id, w := range d.waits {
		passed := d.s.cfg.Now().Sub(w.last)
		if _, ours := d.errands.find(id); !ours {
			delete(d.waits, id)
		} else if w.failed != 0 && (passed >= w.delay || passed < 0) {
			due[id] = w.failed
			w.failed = 0
			d.waits[id] = w
		}
	}
	return due
}

// work runs errands until ctx is done.
func (d *desk) work(ctx context.Context) {
	for {
		id, ok := d.errands.next(ctx)
		if !ok {
			return
		}
		if d.rest(ctx, id) == nil {
			what := d.errands.take(id)
			d.ended(id, what, d.run(ctx, id, what))
		}
		d.errands.giveBack(id)
	}
}

// rest waits until an Item may be asked about again.
func (d *desk) rest(ctx context.Context, id ledger.ItemID) error {
	d.mu.Lock()
	w, was := d.waits[id]
	d.mu.Unlock()
	passed := d.s.cfg.Now().Sub(w.last)
	if !was || passed < 0 || passed >= restBetween {
		return ctx.Err()
	}
	return d.s.cfg.Sleep(ctx, restBetween-passed)
}

// ended notes how an errand ended. What failed earlier and was no part of it is
// still to be tried again.
func (d *desk) ended(id ledger.ItemID, what, failed errand) {
	d.mu.Lock()
	defer d.mu.Unlock()
	w := d.waits[id]
	w.last = d.s.cfg.Now()
	w.failed = w.failed&^what | failed
	switch {
	case failed != 0:
		w.delay = min(max(2*w.delay, againAfter), againAtMost)
	case w.failed == 0:
		w.delay = 0
	}
	d.waits[id] = w
}

// run does what is to be done for an Item, and returns what failed of it for a
// reason that passes.
func (d *desk) run(ctx context.Context, id ledger.ItemID, what errand) (failed errand) {
	if what&errandTell != 0 {
		item, _ := d.errands.find(id)
		err := d.s.tellAddress(ctx, id, d.o.Address)
		failed |= d.outcome(ctx, errandTell, WebhookEvent{Kind: WebhookAddressSet, Result: ledger.SyncResult{Item: item, Err: err}})
	}
	if what&errandLook != 0 && what&(errandSync|errandWarn|errandOffer) != errandSync {
		item, again, err := d.s.look(ctx, id, what)
		failed |= d.outcome(ctx, what&(errandLook|errandWarn|errandOffer), WebhookEvent{Kind: WebhookLooked, Result: ledger.SyncResult{Item: item, Err: err}})
		if again {
			what |= errandSync
		}
	}
	if what&errandSync != 0 {
		results, err := d.sync(ctx, id, what)
		result := ledger.SyncResult{Err: err}
		if len(results) == 1 {
			result = results[0]
		} else {
			result.Item, _ = d.errands.find(id)
		}
		failed |= d.outcome(ctx, what&(errandSync|errandAnew), WebhookEvent{Kind: WebhookSynced, Result: result})
	}
	return failed
}

func (d *desk) sync(ctx context.Context, id ledger.ItemID, what errand) ([]ledger.SyncResult, error) {
	if what&errandAnew != 0 {
		return d.s.resync(ctx, id)
	}
	return d.s.Sync(ctx, []ledger.ItemID{id}, nil)
}

// outcome tells how something ended, and returns it where it should be tried again:
// unless only a person can mend what is wrong.
func (d *desk) outcome(ctx context.Context, what errand, e WebhookEvent) errand {
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
