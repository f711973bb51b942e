package plaidsvc

import (
	"context"
	"slices"
	"sync"

	"coffer/ledger"
)

// errands are what is to be done for the Items that are linked, each once however
// often it was asked for. An Item is in one pair of hands at a time; what is asked
// for it meanwhile waits. It can never hold more than there are Items.
type errands struct {
	mu    sync.Mutex
	news  *sync.Cond
	ours  map[ledger.ItemID]ledger.Item
	todo  map[ledger.ItemID]errand
	queue []ledger.ItemID // those of todo, in the order they were asked for
	busy  map[ledger.ItemID]bool
}

func newErrands() *errands {
	e := &errands{
		ours: make(map[ledger.ItemID]ledger.Item),
		todo: make(map[ledger.ItemID]errand),
		busy: make(map[ledger.ItemID]bool),
	}
	e.news = sync.NewCond(&e.mu)
	return e
}

// know replaces the Items that are ours and returns those that were not.
func (e *errands) know(items []ledger.Item) (added []ledger.ItemID) {
	e.mu.Lock()
	defer e.mu.Unlock()
	was := e.ours
	e.ours = make(map[ledger.ItemID]ledger.Item, len(items))
	for _, item := range items {
		e.ours[item.ID] = item
		if _, known := was[item.ID]; !known {
			added = append(added, item.ID)
		}
	}
	e.queue = slices.DeleteFunc(e.queue, func(id ledger.ItemID) bool {
		_, known := e.ours[id]
		if !known {
			delete(e.todo, id)
		}
		return !known
	})
	return added
}

// find returns an Item of ours.
func (e *errands) find(id ledger.ItemID) (ledger.Item, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	item, ok := e.ours[id]
	return item, ok
}

// add asks for something to be done for an Item of ours.
func (e *errands) add(id ledger.ItemID, what errand) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if _, ok := e.ours[id]; !ok || what == 0 {
		return
	}
	if e.todo[id] == 0 {
		e.queue = append(e.queue, id)
	}
	e.todo[id] |= what
	e.news.Signal()
}

// next waits for an Item that has something to do and is in nobody's hands, and
// puts it in the caller's until it is given back. False means that ctx is done.
func (e *errands) next(ctx context.Context) (ledger.ItemID, bool) {
	stop := context.AfterFunc(ctx, func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.news.Broadcast()
	})
	defer stop()
	e.mu.Lock()
	defer e.mu.Unlock()
	for ctx.Err() == nil {
		i := slices.IndexFunc(e.queue, func(id ledger.ItemID) bool { return !e.busy[id] })
		if i >= 0 {
			id := e.queue[i]
			e.busy[id] = true
			return id, true
		}
		e.news.Wait()
	}
	return "", false
}

// take takes on all that is to be done for an Item in the caller's hands.
func (e *errands) take(id ledger.ItemID) errand {
	e.mu.Lock()
	defer e.mu.Unlock()
	what := e.todo[id]
	delete(e.todo, id)
	e.queue = slices.DeleteFunc(e.queue, func(other ledger.ItemID) bool { return other == id })
	return what
}

// giveBack ends what next began.
func (e *errands) giveBack(id ledger.ItemID) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.busy, id)
	e.news.Signal()
}
