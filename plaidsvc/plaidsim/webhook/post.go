package webhook

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// A Network is how webhooks leave. An [http.Client] is one; it should not follow
// redirects, and decides which hosts it talks to.
type Network interface {
	Do(*http.Request) (*http.Response, error)
}

// A Letter is one webhook: a body that was fired at a moment for an address. A
// failure is reported under its name.
type Letter struct {
	Address, Name string
	Body          []byte
	At            time.Time
}

// PostOptions say how letters are delivered.
type PostOptions struct {
	// Network carries them. Nil is no delivery: letters are dropped.
	Network Network
	// Keys sign them.
	Keys Keyring
	// Clock tells the time that signatures carry and retries wait for.
	Clock func() time.Time
	// Failed is told of every attempt that was not accepted, and Idle when an
	// address has nothing left that is due. Both are called without a lock held
	// and may be nil.
	Failed func(Failure)
	Idle   func()
}

// A Post delivers letters: those of one address one after the other, in the
// order they were fired, those of different addresses side by side. What is not
// accepted is tried again, see ladder.go. It is safe for concurrent use.
type Post struct {
	options PostOptions

	mu     sync.Mutex // guards what follows
	idle   *sync.Cond // some address has become idle
	busy   int        // addresses that are being served
	boxes  map[string]*box
	faults Faults
}

// NewPost makes a post with nothing to deliver.
func NewPost(o PostOptions) *Post {
	if o.Failed == nil {
		o.Failed = func(Failure) {}
	}
	if o.Idle == nil {
		o.Idle = func() {}
	}
	p := &Post{options: o, boxes: make(map[string]*box)}
	p.idle = sync.NewCond(&p.mu)
	return p
}

// Misdeliver decides what goes wrong with the letters that are sent from now on.
func (p *Post) Misdeliver(f Faults) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = f
}

// Send accepts a letter for delivery. Nothing leaves before [Post.Start].
func (p *Post) Send(l Letter) {
	if p.options.Network == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	b := p.boxes[l.Address]
	if b == nil {
		b = new(box)
		p.boxes[l.Address] = b
	}
	b.sent++
	for _, spoiled := range p.faults.apply(l, b.sent) {
		b.put(spoiled)
	}
}

// Due is when the next letter is to leave that does not leave by itself; there
// may be none.
func (p *Post) Due() (time.Time, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var due time.Time
	found := false
	for _, b := range p.boxes {
		if at, waiting := b.due(); waiting && !b.busy && (!found || at.Before(due)) {
			due, found = at, true
		}
	}
	return due, found
}

// Start begins to deliver what is due, and returns at once. Canceling ctx breaks
// attempts off; what they carried stays due.
func (p *Post) Start(ctx context.Context) {
	now := p.now()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, b := range p.boxes {
		if at, waiting := b.due(); waiting && !b.busy && !at.After(now) {
			b.busy = true
			p.busy++
			go p.serve(ctx, b)
		}
	}
}

// Wait returns when no attempt is under way.
func (p *Post) Wait() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.busy > 0 {
		p.idle.Wait()
	}
}

// serve delivers what is due at one address.
func (p *Post) serve(ctx context.Context, b *box) {
	for l := p.next(ctx, b); l != nil; l = p.next(ctx, b) {
		answer := p.attempt(ctx, l)
		if ctx.Err() != nil {
			p.putBack(b, l)
			continue
		}
		if failure, failed := p.settle(b, l, answer); failed {
			p.options.Failed(failure)
		}
	}
	p.options.Idle()
}

// next takes the letter that is due at an address, or ends its being served.
func (p *Post) next(ctx context.Context, b *box) *letter {
	now := p.now()
	p.mu.Lock()
	defer p.mu.Unlock()
	if at, waiting := b.due(); waiting && !at.After(now) && ctx.Err() == nil {
		return b.take()
	}
	b.busy = false
	p.busy--
	p.idle.Broadcast()
	return nil
}

func (p *Post) putBack(b *box, l *letter) {
	p.mu.Lock()
	defer p.mu.Unlock()
	b.put(l)
}

// settle notes how an attempt ended and plans the next one, if there is to be
// one.
func (p *Post) settle(b *box, l *letter, a answer) (Failure, bool) {
	now := p.now()
	p.mu.Lock()
	defer p.mu.Unlock()
	b.note(l, a.accepted(), now)
	if a.accepted() {
		return Failure{}, false
	}
	f := Failure{At: now, Address: l.Address, Name: l.Name, Status: a.status, Err: a.err}
	if again, ok := l.retry(a, now); ok && !b.refuses() {
		l.due, f.Again = again, again
		b.put(l)
	}
	return f, true
}

func (p *Post) now() time.Time { return p.options.Clock().UTC() }
