package plaidsvc

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/internal/secret"
	"coffer/plaidsvc/wire"
)

// clientName is what Link calls this program. Plaid allows thirty characters.
const clientName = "coffer"

// How much history may be asked for, and is unless the user says otherwise: it
// cannot be raised once a bank is linked.
const (
	minDays     = 1
	maxDays     = 730
	defaultDays = maxDays
)

func checkDays(days int) (int, error) {
	switch {
	case days == 0:
		return defaultDays, nil
	case days < minDays || days > maxDays:
		return 0, fmt.Errorf("%d days of history: choose between %d and %d", days, minDays, maxDays)
	}
	return days, nil
}

// linkRequest says who asks, and how Link is to speak. A redirect address is not
// sent: on a desktop a bank's own sign-in opens in a window
// (https://plaid.com/docs/link/oauth/#desktop-web).
func (s *Service) linkRequest(page pageKind) plaid.LinkTokenCreateRequest {
	req := plaid.LinkTokenCreateRequest{
		ClientName:   clientName,
		Language:     s.cfg.Language,
		CountryCodes: countryCodes(s.cfg.Countries),
		User:         plaid.LinkTokenCreateRequestUser{ClientUserId: s.cfg.UserID},
	}
	if page.hosted {
		req.SetHostedLink(hostedLink(page.life))
	}
	return req
}

// A pageKind says on whose page Link is to run: ours, or one of Plaid's that
// lives for a while.
type pageKind struct {
	hosted bool
	life   time.Duration
}

// newBank asks for a Link session that adds a bank.
func (s *Service) newBank(ctx context.Context, days int, page pageKind) (wire.LinkToken, error) {
	req := s.linkRequest(page)
	req.Products = products(s.cfg.Products)
	req.AdditionalConsentedProducts = products(s.cfg.Consented)
	if slices.Contains(slices.Concat(s.cfg.Products, s.cfg.Consented), transactions.product) {
		req.Transactions = &plaid.LinkTokenTransactions{DaysRequested: plaid.PtrInt32(int32(days))} //nolint:gosec // at most 730
	}
	token, err := s.linkToken(ctx, req)
	if err != nil {
		return wire.LinkToken{}, fmt.Errorf("start linking: %w", unlinkable(err))
	}
	return token, nil
}

// linkToken asks for a Link session: a new one each time, since Plaid lets a
// token be used once.
func (s *Service) linkToken(ctx context.Context, req plaid.LinkTokenCreateRequest) (wire.LinkToken, error) {
	token, err := fetch(ctx, s.client, target{path: pathLinkToken}, wire.ReadLinkToken,
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.LinkTokenCreateResponse, *http.Response, error) {
			return api.LinkTokenCreate(ctx).LinkTokenCreateRequest(req).Execute()
		})
	if err != nil {
		return wire.LinkToken{}, err
	}
	switch {
	case req.HostedLink == nil:
		token.Page = ""
	case !s.env.hosts(token.Page):
		return wire.LinkToken{}, unexpected(pathLinkToken, "its hosted_link_url is no address of Plaid's")
	}
	return token, nil
}

// sessions asks what became of a link token.
func (c *client) sessions(ctx context.Context, token wire.LinkToken) (hostedSessions, error) {
	req := plaid.LinkTokenGetRequest{LinkToken: token.Token.Reveal()}
	return fetch(ctx, c, target{path: pathLinkSessions}, wire.ReadSessions,
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.LinkTokenGetResponse, *http.Response, error) {
			return api.LinkTokenGet(ctx).LinkTokenGetRequest(req).Execute()
		})
}

// sandboxToken makes a public token without a Link session, as Plaid's sandbox
// can.
func (s *Service) sandboxToken(ctx context.Context, link SandboxLink, days int) (secret.Text, error) {
	options := plaid.SandboxPublicTokenCreateRequestOptions{
		Transactions: &plaid.SandboxPublicTokenCreateRequestOptionsTransactions{
			DaysRequested: plaid.PtrInt32(int32(days)), //nolint:gosec // at most 730
		},
	}
	if link.User != "" {
		options.SetOverrideUsername(link.User)
	}
	if !link.Password.Empty() {
		options.SetOverridePassword(link.Password.Reveal())
	}
	req := plaid.SandboxPublicTokenCreateRequest{
		InstitutionId:   link.Institution,
		InitialProducts: products(s.cfg.Products),
		Options:         &options,
	}
	answer, err := call(ctx, s.client, target{path: pathSandboxToken},
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.SandboxPublicTokenCreateResponse, *http.Response, error) {
			return api.SandboxPublicTokenCreate(ctx).SandboxPublicTokenCreateRequest(req).Execute()
		})
	switch {
	case err != nil:
		return secret.Text{}, err
	case answer.PublicToken == "":
		return secret.Text{}, unexpected(pathSandboxToken, "it holds no public token")
	}
	return secret.New(answer.PublicToken), nil
}
