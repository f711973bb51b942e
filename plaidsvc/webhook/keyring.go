package webhook

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"sync"
	"time"
)

// A Fetch asks Plaid for the key of an id, in the environment whose webhooks are
// received. It fails with [ErrNoKey] where Plaid knows none.
type Fetch func(ctx context.Context, id string) (Key, error)

// How long what Plaid said of a key is believed, and how often it is asked. The
// id of a key is anybody's to choose, so asking about unknown ones is rationed.
const (
	recheck     = 24 * time.Hour   // a good key: it may have been retired
	unknownFor  = 10 * time.Minute // that there is none
	lookupBurst = 5                // unknown ids asked about at once,
	lookupEvery = time.Minute      // and one more in this time
	lookupLimit = 5 * time.Second  // Plaid waits ten for our answer
	mostKeys    = 64               // Plaid has one or two at a time
)

// errBusy says that Plaid could not be asked, or not now. The sender may try
// again.
var errBusy = errors.New("the key cannot be looked up now")

// A keyring has the keys that Plaid vouches for.
type keyring struct {
	fetch Fetch
	now   func() time.Time

	mu      sync.Mutex
	good    map[string]goodKey
	unknown map[string]time.Time // since when Plaid is known to have no such key
	asking  map[string]*question
	ration  int // unknown ids that may be asked about
	rations time.Time
}

type goodKey struct {
	key     *ecdsa.PublicKey
	checked time.Time
	failed  time.Time // when Plaid could not be asked again, after checked
}

// A question to Plaid is asked once, however many wait for its answer.
type question struct {
	answered chan struct{}
	key      *ecdsa.PublicKey
	err      error
}

func newKeyring(fetch Fetch, now func() time.Time) *keyring {
	return &keyring{
		fetch: fetch, now: now,
		good:    make(map[string]goodKey),
		unknown: make(map[string]time.Time),
		asking:  make(map[string]*question),
		ration:  lookupBurst, rations: now(),
	}
}

// find returns the key of an id. It fails with ErrNoKey or with errBusy.
func (r *keyring) find(ctx context.Context, id string) (*ecdsa.PublicKey, error) {
	r.mu.Lock()
	now := r.now()
	if known, ok := r.good[id]; ok && within(recheck, known.checked, now) {
		r.mu.Unlock()
		return known.key, nil
	}
	if since, ok := r.unknown[id]; ok && within(unknownFor, since, now) {
		r.mu.Unlock()
		return nil, ErrNoKey
	}
	q := r.asking[id]
	if q == nil {
		if !r.mayAsk(id, now) {
			r.mu.Unlock()
			return nil, errBusy
		}
		q = &question{answered: make(chan struct{})}
		r.asking[id] = q
		// Not cancelled with the request: one who hangs up must not take the answer
		// from those who wait for it too.
		go r.ask(context.WithoutCancel(ctx), id, q)
	}
	r.mu.Unlock()
	select {
	case <-q.answered:
		return q.key, q.err
	case <-ctx.Done():
		return nil, errBusy
	}
}

// within reports whether less than d has passed. A moment that lies ahead is of a
// clock that was set back, and says nothing.
func within(d time.Duration, since, now time.Time) bool {
	age := now.Sub(since)
	return age >= 0 && age < d
}

// mayAsk reports whether Plaid may be asked about an id: one that was good now and
// then, others as far as the rations go.
func (r *keyring) mayAsk(id string, now time.Time) bool {
	if was, ok := r.good[id]; ok {
		return !within(lookupEvery, was.failed, now)
	}
	return r.allow(now)
}

// allow takes a ration, if there is one.
func (r *keyring) allow(now time.Time) bool {
	if passed := now.Sub(r.rations); passed < 0 {
		r.rations = now
	} else if n := int(min(passed/lookupEvery, lookupBurst)); n > 0 {
		r.ration = min(r.ration+n, lookupBurst)
		r.rations = now
	}
	if r.ration == 0 {
		return false
	}
	r.ration--
	return true
}

// ask asks Plaid, and remembers the answer if there is one.
func (r *keyring) ask(ctx context.Context, id string, q *question) {
	ctx, cancel := context.WithTimeout(ctx, lookupLimit)
	defer cancel()
	answer, err := r.fetch(ctx, id)
	if err == nil {
		q.key, err = answer.public(id)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	switch now := r.now(); {
	case err == nil:
		r.keep(id, goodKey{key: q.key, checked: now})
	case errors.Is(err, ErrNoKey):
		q.err = ErrNoKey
		delete(r.good, id)
		r.forgetUnknown(now)
		r.unknown[id] = now
	default:
		q.err = errBusy
		if was, ok := r.good[id]; ok {
			was.failed = now
			r.good[id] = was
		}
	}
	delete(r.asking, id)
	close(q.answered)
}

// keep remembers a key, in the place of the one that was checked longest ago
// where there are too many.
func (r *keyring) keep(id string, k goodKey) {
	r.good[id] = k
	if len(r.good) <= mostKeys {
		return
	}
	oldest := id
	for other, o := range r.good {
		if o.checked.Before(r.good[oldest].checked) {
			oldest = other
		}
	}
	delete(r.good, oldest)
}

// forgetUnknown drops what is not believed any more. What is left are as many as
// the rations of ten minutes, and retired keys.
func (r *keyring) forgetUnknown(now time.Time) {
	for id, since := range r.unknown {
		if !within(unknownFor, since, now) {
			delete(r.unknown, id)
		}
	}
}
