package errand

import (
	"context"
	"slices"
	"sync"
	"time"

	"coffer/ledger"
)

// A Set is what is to be done for a bank: a bit for each thing, which says what to who
// made the [Queue].
type Set uint8

// Options say how a [Queue] is paced. All are required.
type Options struct {
	// Rest is the least time between two turns of a bank.
	Rest time.Duration
	// Again is when what failed is tried again; it doubles each time, up to AtMost.
	Again, AtMost time.Duration

	Now   func() time.Time
	Sleep func(context.Context, time.Duration) error // ends early, with an error, when the context does
}

// A Queue holds errands. Its methods may be called at the same time.
type Queue struct {
	o Options

	mu    sync.Mutex
	news  *sync.Cond
	banks map[ledger.ItemID]*bank
	queue []ledger.ItemID // those with something to do, in the order it was asked for
	busy  map[ledger.ItemID]bool
}

// A bank is one Item that errands are for.
type bank struct {
	item   ledger.Item
	todo   Set
	last   time.Time // when the last turn ended, zero before the first
	failed Set       // what to try again
	delay  time.Duration
}

// New makes a queue of no banks.
func New(o Options) *Queue {
	q := &Queue{o: o, banks: make(map[ledger.ItemID]*bank), busy: make(map[ledger.ItemID]bool)}
	q.news = sync.NewCond(&q.mu)
	return q
}

// Know replaces the banks that there are and returns those that there were not. What
// was to be done for one that is gone is forgotten.
func (q *Queue) Know(items []ledger.Item) (added []ledger.ItemID) {
	q.mu.Lock()
	defer q.mu.Unlock()
	was := q.banks
	q.banks = make(map[ledger.ItemID]*bank, len(items))
	for _, item := range items {
		b, known := was[item.ID]
		if !known {
			b, added = new(bank), append(added, item.ID)
		}
		b.item, q.banks[item.ID] = item, b
	}
	q.queue = slices.DeleteFunc(q.queue, func(id ledger.ItemID) bool { return q.banks[id] == nil })
	return added
}

// Find returns a bank that there is.
func (q *Queue) Find(id ledger.ItemID) (ledger.Item, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if b := q.banks[id]; b != nil {
		return b.item, true
	}
	return ledger.Item{}, false
}

// Add asks for something to be done for a bank. A bank that there is not is left out.
func (q *Queue) Add(id ledger.ItemID, what Set) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if b := q.banks[id]; b != nil {
		q.add(b, what)
	}
}

func (q *Queue) add(b *bank, what Set) {
	if what == 0 {
		return
	}
	if b.todo == 0 {
		q.queue = append(q.queue, b.item.ID)
	}
	b.todo |= what
	q.news.Signal()
}

// Retry asks again for what failed, where it is time for that.
func (q *Queue) Retry() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, b := range q.banks {
		passed := q.o.Now().Sub(b.last)
		if passed >= b.delay || passed < 0 { // the clock may have been set back
			q.add(b, b.failed)
			b.failed = 0
		}
	}
}

// Len is for how many banks something waits to be done.
func (q *Queue) Len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.queue)
}
