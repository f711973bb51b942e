package plaidsvc

import (
	"context"
	"errors"
	"fmt"
	"time"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc/loopback"
)

// sessionTimeout is how long a Link page stays open when nobody says otherwise.
const sessionTimeout = 20 * time.Minute

// LinkOptions say how to link a bank. The zero value is what most people want.
type LinkOptions struct {
	// Timeout ends the session when nobody finishes it; 0 is 20 minutes. Plaid's
	// own limit comes first.
	Timeout time.Duration
	// Days of history to ask the bank for, 1 to 730; 0 is 730.
	Days int
	// Repair names a linked bank to sign in to again, instead of adding one.
	Repair ledger.ItemID
	// Allow are products that the user agrees to while signing in again, "auth"
	// for account numbers, "identity" for owners. Nothing is billed until it is
	// asked for.
	Allow []string
	// NoBrowser leaves it to the user to open the page.
	NoBrowser bool
}

// A SandboxLink names what to link without a page. User and Password may be
// empty: Plaid then takes its usual test user.
type SandboxLink struct {
	Institution string // Plaid's id, "ins_109508"
	User        string
	Password    secret.Text
	Days        int // as in LinkOptions
}

// Link links a bank on a page in the user's browser, and syncs it for the first
// time; or it has the user sign in to a linked one again. Report may be nil and is
// never called twice at the same time.
//
// An error that comes with an Item that has an ID came after the bank was
// linked, and does not name it: its access is kept, and the next [Service.Sync]
// completes it. If it is [ledger.ErrDuplicate] the bank is synced, too. Without
// an ID nothing was linked; the error is [ledger.ErrLinkCancelled],
// [ledger.ErrLinkExpired] or what failed. Cancelling the context closes the
// page at once. Only the moment between Plaid's giving access and its being
// kept cannot be cancelled: an access that is lost would be billed for ever.
func (s *Service) Link(ctx context.Context, opts LinkOptions, report func(ledger.LinkProgress)) (ledger.Item, error) {
	tell := teller(report)
	if opts.Repair != "" {
		return s.repair(ctx, opts, tell)
	}
	days, err := checkDays(opts.Days)
	if err != nil {
		return ledger.Item{}, err
	}
	tell(ledger.LinkProgress{Stage: ledger.LinkStarting})
	token, err := s.newBank(ctx, days)
	if err != nil {
		return ledger.Item{}, err
	}
	public, err := s.session(ctx, token, opts, tell)
	if err != nil {
		return ledger.Item{}, err
	}
	return s.keep(ctx, public, tell)
}

// LinkSandbox links a bank of Plaid's sandbox or of a simulator without a page,
// for scripts and the demo. Production has no such thing and is refused.
func (s *Service) LinkSandbox(ctx context.Context, link SandboxLink, report func(ledger.LinkProgress)) (ledger.Item, error) {
	tell := teller(report)
	days, err := checkDays(link.Days)
	switch {
	case err != nil:
		return ledger.Item{}, err
	case s.env.word != Sandbox:
		return ledger.Item{}, errors.New("link without a page: only the sandbox and simulators can; link in the browser instead")
	}
	tell(ledger.LinkProgress{Stage: ledger.LinkStarting})
	// The page is skipped, not what leads to it: settings that Link would refuse
	// are refused here too.
	if _, err := s.newBank(ctx, days); err != nil {
		return ledger.Item{}, err
	}
	public, err := s.sandboxToken(ctx, link, days)
	if err != nil {
		return ledger.Item{}, fmt.Errorf("link %.64q: %w", link.Institution, refused(err))
	}
	return s.keep(ctx, public, tell)
}

func teller(report func(ledger.LinkProgress)) func(ledger.LinkProgress) {
	if report == nil {
		return func(ledger.LinkProgress) {}
	}
	return report
}

// session shows the page and waits for what comes of it.
func (s *Service) session(ctx context.Context, token linkToken, opts LinkOptions, tell func(ledger.LinkProgress)) (secret.Text, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	page, err := loopback.Listen(ctx, loopback.Options{
		LinkToken: token.token, Word: s.env.word, Script: s.env.script, API: s.env.origin, Random: s.cfg.Random,
	})
	if err != nil {
		return secret.Text{}, err
	}
	go func() {
		if s.cfg.Sleep(ctx, s.sessionLength(token, opts)) == nil {
			cancel(ledger.ErrLinkExpired)
		}
	}()
	waiting := ledger.LinkProgress{Stage: ledger.LinkWaiting, Address: page.Address()}
	opened := s.open(page.Address(), opts)
	if opened != nil {
		waiting.Browser = ledger.BrowserStarting
	}
	tell(waiting)
	ended := make(chan struct{})
	var result loopback.Result
	go func() {
		defer close(ended)
		result, err = page.Wait(ctx)
	}()
	for {
		select {
		case waiting.Browser = <-opened:
			opened = nil
			tell(waiting)
		case <-ended:
			return s.outcome(ctx, page, result, err)
		}
	}
}

// sessionLength is how long a page may stay open. A link token that would end
// sooner ends it sooner.
func (s *Service) sessionLength(token linkToken, opts LinkOptions) time.Duration {
	length := opts.Timeout
	if length <= 0 {
		length = sessionTimeout
	}
	if left := token.expires.Sub(s.cfg.Now()); !token.expires.IsZero() && left > 0 {
		length = min(length, left)
	}
	return length
}

// open shows the page in the browser and tells, once, what became of that. A
// browser that hangs never tells: the address is on the screen already. It is
// nil when no browser is wanted.
func (s *Service) open(address string, opts LinkOptions) <-chan ledger.BrowserState {
	if opts.NoBrowser || s.cfg.Browser == nil {
		return nil
	}
	opened := make(chan ledger.BrowserState, 1)
	go func() {
		if s.cfg.Browser(address) != nil {
			opened <- ledger.BrowserNone
			return
		}
		opened <- ledger.BrowserOpened
	}()
	return opened
}

// outcome reads how a session ended.
func (s *Service) outcome(ctx context.Context, page *loopback.Session, result loopback.Result, err error) (secret.Text, error) {
	switch {
	case err == nil && !result.PublicToken.Empty():
		return result.PublicToken, nil
	case err == nil:
		return secret.Text{}, cancelled(result.Code)
	case !errors.Is(context.Cause(ctx), ledger.ErrLinkExpired):
		return secret.Text{}, err
	case page.Refused() > 0:
		return secret.Text{}, fmt.Errorf("%w (%d requests that did not come from the page were refused)",
			ledger.ErrLinkExpired, page.Refused())
	}
	return secret.Text{}, ledger.ErrLinkExpired
}
