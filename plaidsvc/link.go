package plaidsvc

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc/wire"
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
	// Accounts has the user choose, while signing in again, which of the bank's
	// accounts are shared: more than before, or fewer.
	Accounts bool
	// Allow are products that the user agrees to while signing in again, "auth"
	// for account numbers, "identity" for owners. Nothing is billed until it is
	// asked for.
	Allow []string
	// NoBrowser leaves it to the user to open the page.
	NoBrowser bool
	// Hosted takes a page of Plaid's, for any device, instead of one on this
	// computer. A browser that cannot be started leads there too.
	Hosted bool
	// Twice is asked before a bank is linked whose accounts are linked already, as
	// far as Plaid's page tells; true links it a second time. Nil is never.
	Twice func(ctx context.Context, old ledger.Item) (bool, error)
}

// A SandboxLink names what to link without a page. User and Password may be
// empty: Plaid then takes its usual test user.
type SandboxLink struct {
	Institution string // Plaid's id, "ins_109508"
	User        string
	Password    secret.Text
	Days        int // as in LinkOptions
}

// Link links a bank on a page in the user's browser, or on one of Plaid's, and
// syncs it for the first time; or it has the user sign in to a linked one again.
// Plaid's page may link several. Report may be nil and is never called twice at
// the same time.
//
// The Items are linked, whatever the error says: their access is kept, and the
// next [Service.Sync] completes what is missing. The error does not name the bank
// if there is one only. If it is [ledger.ErrDuplicate] the bank is synced, too;
// but a [ledger.LinkedError] is of a bank that was not linked. Without Items
// nothing was linked; the error is [ledger.ErrLinkCancelled],
// [ledger.ErrLinkExpired] or what failed. Cancelling the context closes the page
// on this computer at once. Only the moment between Plaid's giving access and its
// being kept cannot be cancelled: an access that is lost would be billed for ever.
func (s *Service) Link(ctx context.Context, opts LinkOptions, report func(ledger.LinkProgress)) ([]ledger.Item, error) {
	tell := teller(report)
	if opts.Repair != "" {
		item, err := s.repair(ctx, opts, tell)
		if item.ID == "" {
			return nil, err
		}
		return []ledger.Item{item}, err
	}
	days, err := checkDays(opts.Days)
	if err != nil {
		return nil, err
	}
	open := pages{s: s}
	banks, err := s.session(ctx, opts, tell, func(page pageKind) (wire.LinkToken, error) { return open.begin(ctx, days, page, opts) })
	if err == nil && len(banks) == 0 {
		err = unexpected(pathLinkSessions, "a session ended well and names no bank")
	}
	if err != nil {
		return nil, cmp.Or(open.over(ctx, err), err)
	}
	return s.keepAll(ctx, banks, opts, &open, tell)
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
	if _, err := s.newBank(ctx, days, pageKind{}); err != nil {
		return ledger.Item{}, err
	}
	public, err := s.sandboxToken(ctx, link, days)
	if err != nil {
		return ledger.Item{}, fmt.Errorf("link %.64q: %w", link.Institution, refused(err))
	}
	tell(ledger.LinkProgress{Stage: ledger.LinkSaving})
	got, err := s.acquire(ctx, public)
	if err != nil {
		return ledger.Item{}, err
	}
	return s.settle(ctx, got, tell)
}

func teller(report func(ledger.LinkProgress)) func(ledger.LinkProgress) {
	if report == nil {
		return func(ledger.LinkProgress) {}
	}
	return report
}

// session asks for a Link session, shows its page and waits for what comes of it.
func (s *Service) session(
	ctx context.Context, opts LinkOptions, tell func(ledger.LinkProgress), ask func(pageKind) (wire.LinkToken, error),
) ([]wire.Agreed, error) {
	tell(ledger.LinkProgress{Stage: ledger.LinkStarting})
	if !opts.Hosted {
		token, err := ask(pageKind{})
		if err != nil {
			return nil, err
		}
		bank, err := s.visit(ctx, token, opts, tell)
		if !errors.Is(err, errNoBrowser) {
			return []wire.Agreed{bank}, err
		}
	}
	token, err := ask(pageKind{hosted: true, life: s.sessionLength(wire.LinkToken{}, opts)})
	if err != nil {
		return nil, err
	}
	return s.hosted(ctx, token, opts, tell)
}
