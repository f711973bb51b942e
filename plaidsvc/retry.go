package plaidsvc

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"coffer/ledger"
)

// How often and how far apart a request is tried. Plaid's advice: repeat after
// network errors and 5xx, and take a 429 as a request to call less, not later.
// A library's policy would bring its own clock and its own dice.
//
// A server that takes requests and never answers costs all tries and the header
// timeout each time: a little over two minutes. The user is told of each wait.
const (
	tries     = 4
	firstWait = time.Second
	maxWait   = 30 * time.Second
	// holdMin and holdMax bound how long an Item is left alone after a 429.
	holdMin = time.Minute
	holdMax = 15 * time.Minute
)

// A pacer decides when a request may go out: after a pause when one just
// failed, and not at all for a while when Plaid said that there are too many.
type pacer struct {
	now    func() time.Time
	sleep  func(context.Context, time.Duration) error
	random io.Reader

	mu   sync.Mutex
	held map[string]time.Time // key -> when it may be asked about again
}

func newPacer(cfg Config) *pacer {
	return &pacer{now: cfg.Now, sleep: cfg.Sleep, random: cfg.Random, held: make(map[string]time.Time)}
}

// pause waits before try n (2 or more): about one second, two, four, give or
// take half of it so that many programs do not come back in step.
func (p *pacer) pause(ctx context.Context, n int, atLeast time.Duration) error {
	base := firstWait << (n - 2)
	jittered := base/2 + time.Duration(p.fraction()*float64(base))
	return p.sleep(ctx, min(max(jittered, atLeast), maxWait))
}

// fraction returns a number in [0, 1). Without randomness it is a half.
func (p *pacer) fraction() float64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	var b [8]byte
	if _, err := io.ReadFull(p.random, b[:]); err != nil {
		return 0.5
	}
	return float64(binary.LittleEndian.Uint64(b[:])>>11) / (1 << 53)
}

// hold keeps requests about key back after a 429, for what Plaid asked within
// bounds.
func (p *pacer) hold(key string, asked time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held[key] = p.now().Add(min(max(asked, holdMin), holdMax))
}

// check returns an error while key is held.
func (p *pacer) check(op, key string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	until, ok := p.held[key]
	left := until.Sub(p.now())
	switch {
	case !ok:
		return nil
	case left <= 0 || left > holdMax: // over, or the clock was set back
		delete(p.held, key)
		return nil
	}
	return fmt.Errorf("%w (%d s left, %s)", ledger.ErrRateLimited, int(left/time.Second)+1, op)
}

// again says whether a failed try may be followed by another, and holds the key
// when it must not.
func (p *pacer) again(to target, err error, n int) (atLeast time.Duration, ok bool) {
	var failed *APIError
	if !errors.As(err, &failed) {
		return 0, false
	}
	switch failed.meaning.retry {
	case retryBackoff:
		lost := failed.Status == 0
		return failed.retryAfter, n < tries && !to.once && !(to.billed && lost)
	case retryHold:
		p.hold(to.key(), failed.retryAfter)
	case retryNever:
	}
	return 0, false
}
