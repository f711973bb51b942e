package plaidsvc

import (
	"context"
	"errors"
	"fmt"
	"time"

	"coffer/ledger"
	"coffer/plaidsvc/loopback"
	"coffer/plaidsvc/wire"
)

// errNoBrowser says that the page on this computer is of no use: there is no
// browser to open it in.
var errNoBrowser = errors.New("no browser could be started")

// visit shows the page on this computer and waits for what comes of it.
func (s *Service) visit(ctx context.Context, token wire.LinkToken, opts LinkOptions, tell func(ledger.LinkProgress)) (wire.Agreed, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	page, err := loopback.Listen(ctx, loopback.Options{
		LinkToken: token.Token, Word: s.env.word, Script: s.env.script, API: s.env.origin, Random: s.cfg.Random,
	})
	if err != nil {
		return wire.Agreed{}, err
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
			if waiting.Browser == ledger.BrowserNone && !page.Visited() {
				cancel(errNoBrowser)
				continue
			}
			tell(waiting)
		case <-ended:
			return s.outcome(ctx, page, result, err)
		}
	}
}

// sessionLength is how long a page may stay open. A link token that would end
// sooner ends it sooner.
func (s *Service) sessionLength(token wire.LinkToken, opts LinkOptions) time.Duration {
	length := opts.Timeout
	if length <= 0 {
		length = sessionTimeout
	}
	if left := token.Expires.Sub(s.cfg.Now()); !token.Expires.IsZero() && left > 0 {
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

// saidOf is the bank that agreed, as far as the page may be believed: its accounts are
// held against those that are linked, and asked for once it is linked.
func saidOf(r loopback.Result) wire.Agreed {
	a := wire.Agreed{Public: r.PublicToken, Institution: ledger.InstitutionID(r.Said.Institution), Name: r.Said.Name}
	for _, said := range r.Said.Accounts {
		a.Accounts = append(a.Accounts, ledger.Account{Name: said.Name, Mask: said.Mask})
	}
	return a
}

// outcome reads how a session ended.
func (s *Service) outcome(ctx context.Context, page *loopback.Session, result loopback.Result, err error) (wire.Agreed, error) {
	switch {
	case err == nil && !result.PublicToken.Empty():
		return saidOf(result), nil
	case err == nil:
		return wire.Agreed{}, cancelled(result.Code)
	case errors.Is(context.Cause(ctx), errNoBrowser):
		return wire.Agreed{}, errNoBrowser
	case !errors.Is(context.Cause(ctx), ledger.ErrLinkExpired):
		return wire.Agreed{}, err
	case page.Refused() > 0:
		return wire.Agreed{}, fmt.Errorf("%w (%d requests that did not come from the page were refused)",
			ledger.ErrLinkExpired, page.Refused())
	}
	return wire.Agreed{}, ledger.ErrLinkExpired
}
