package plaidsvc

import (
	"context"
	"errors"
	"time"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

const (
	// lookEvery is how often Plaid is asked how a session on its own page is
	// going. Plaid names no limit for that.
	lookEvery = 3 * time.Second
	// lingering is how long a session that linked a bank may go on before nobody
	// waits for its end.
	lingering = 30 * time.Second
	// maxHostedLife is the longest that Plaid keeps a page.
	maxHostedLife = 21 * 24 * time.Hour
)

// hostedLink asks for a page of Plaid's own that lives as long as somebody waits
// for it: a bank that is linked there later would be linked in vain. There is no
// completion_redirect_uri: the page is open on another device, which cannot come
// back here. A literal, since plaid-go's constructor sends defaults.
func hostedLink(life time.Duration) plaid.LinkTokenCreateHostedLink {
	seconds := int32(min(max(life, time.Second), maxHostedLife) / time.Second) //nolint:gosec // at most 21 days
	return plaid.LinkTokenCreateHostedLink{UrlLifetimeSeconds: plaid.PtrInt32(seconds)}
}

// hosted shows the address of a page of Plaid's, which may be opened on any device,
// and asks until something came of it. No webhook is needed, and nothing listens
// here (https://plaid.com/docs/link/hosted-link/).
func (s *Service) hosted(ctx context.Context, token wire.LinkToken, opts LinkOptions, tell func(ledger.LinkProgress)) ([]wire.Agreed, error) {
	tell(ledger.LinkProgress{Stage: ledger.LinkWaiting, Address: token.Page, Hosted: true})
	end := s.cfg.Now().Add(s.sessionLength(token, opts))
	var latest hostedSessions
	var quiet time.Time // since when no further bank agreed
	for {
		if err := s.cfg.Sleep(ctx, lookEvery); err != nil {
			return nil, err
		}
		now := s.cfg.Now() // before asking: what came at the last moment counts
		list, err := s.client.sessions(ctx, token)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil && !passes(err):
			return nil, err
		case err == nil:
			if len(list.agreed()) > len(latest.agreed()) {
				quiet = now
			}
			latest = list
		}
		done := latest.over() || !quiet.IsZero() && now.Sub(quiet) >= lingering
		switch late := !now.Before(end); {
		case late && err != nil && !latest.succeeded():
			return nil, err
		case late && !latest.succeeded():
			return nil, ledger.ErrLinkExpired
		case late || done:
			return latest.outcome()
		}
	}
}

// passes reports whether a failure may be over at the next try, while the person
// goes on at Plaid.
func passes(err error) bool {
	return errors.Is(err, ledger.ErrNetwork) || errors.Is(err, ledger.ErrRateLimited)
}
