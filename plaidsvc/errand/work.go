package errand

import (
	"context"
	"slices"
	"time"

	"coffer/ledger"
)

// Work runs errands until ctx is done. Do gets all that is to be done for a bank by
// then, and returns what of it failed and may be tried again. Several may work at the
// same time.
func (q *Queue) Work(ctx context.Context, do func(ctx context.Context, item ledger.Item, what Set) (failed Set)) {
	for {
		id, ok := q.next(ctx)
		if !ok {
			return
		}
		if q.rest(ctx, id) == nil {
			if item, what := q.take(id); what != 0 {
				q.ended(id, what, do(ctx, item, what))
			}
		}
		q.giveBack(id)
	}
}

// next waits for a bank that has something to do and is in nobody's hands, and
// puts it in the caller's until it is given back. False means that ctx is done.
func (q *Queue) next(ctx context.Context) (ledger.ItemID, bool) {
	stop := context.AfterFunc(ctx, func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		q.news.Broadcast()
	})
	defer stop()
	q.mu.Lock()
	defer q.mu.Unlock()
	for ctx.Err() == nil {
		i := slices.IndexFunc(q.queue, func(id ledger.ItemID) bool { return !q.busy[id] })
		if i >= 0 {
			id := q.queue[i]
			q.busy[id] = true
			return id, true
		}
		q.news.Wait()
	}
	return "", false
}

// rest waits until a bank may have its next turn.
func (q *Queue) rest(ctx context.Context, id ledger.ItemID) error {
	var left time.Duration
	q.mu.Lock()
	if b := q.banks[id]; b != nil && !b.last.IsZero() {
		if passed := q.o.Now().Sub(b.last); passed >= 0 { // the clock may have been set back
			left = q.o.Rest - passed
		}
	}
	q.mu.Unlock()
	if left <= 0 {
		return ctx.Err()
	}
	return q.o.Sleep(ctx, left)
}

// take takes on all that is to be done for a bank in the caller's hands.
func (q *Queue) take(id ledger.ItemID) (ledger.Item, Set) {
	q.mu.Lock()
	defer q.mu.Unlock()
	b := q.banks[id]
	if b == nil {
		return ledger.Item{}, 0
	}
	what := b.todo
	b.todo = 0
	q.queue = slices.DeleteFunc(q.queue, func(other ledger.ItemID) bool { return other == id })
	return b.item, what
}

// ended notes how a turn ended. What failed earlier and was no part of it is
// still to be tried again.
func (q *Queue) ended(id ledger.ItemID, what, failed Set) {
	q.mu.Lock()
	defer q.mu.Unlock()
	b := q.banks[id]
	if b == nil {
		return
	}
	b.last = q.o.Now()
	b.failed = b.failed&^what | failed
	switch {
	case failed != 0:
		b.delay = min(max(2*b.delay, q.o.Again), q.o.AtMost)
	case b.failed == 0:
		b.delay = 0
	}
}

// giveBack ends what next began.
func (q *Queue) giveBack(id ledger.ItemID) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.busy, id)
	q.news.Signal()
}
