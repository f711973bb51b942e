package plaidsvc

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

// The endpoints that paying from an account takes. Each is told the one account
// that it is about: others would be sent, and for balances billed, for nothing.
const (
	pathAuth      = "/auth/get"
	pathIdentity  = "/identity/get"
	pathMatch     = "/identity/match"
	pathProcessor = "/processor/token/create"
	pathStripe    = "/processor/stripe/bank_account_token/create"
)

// Numbers asks Plaid for what an account is paid by. Nothing of it is kept.
func (s *Service) Numbers(ctx context.Context, acc ledger.Account) (ledger.Numbers, error) {
	return about(ctx, s, acc, numbers, func(ctx context.Context, a access) (ledger.Numbers, error) {
		return s.client.numbers(ctx, a, acc.ID)
	})
}

// Owners asks Plaid who the account belongs to, as its bank has them on file.
// Nothing of it is kept.
func (s *Service) Owners(ctx context.Context, acc ledger.Account) ([]ledger.Owner, error) {
	return about(ctx, s, acc, owners, func(ctx context.Context, a access) ([]ledger.Owner, error) {
		return s.client.owners(ctx, a, acc.ID)
	})
}

// ProcessorToken hands an account to a payment processor: who has the token can
// ask Plaid about this account until its bank is unlinked. It is kept nowhere.
// The processor is one that [CheckProcessor] knows.
func (s *Service) ProcessorToken(ctx context.Context, acc ledger.Account, processor string) (secret.Text, error) {
	if err := CheckProcessor(processor); err != nil {
		return secret.Text{}, err
	}
	return about(ctx, s, acc, numbers, func(ctx context.Context, a access) (secret.Text, error) {
		if processor == stripe {
			return s.client.stripeToken(ctx, a, acc.ID)
		}
		return s.client.processorToken(ctx, a, acc.ID, processor)
	})
}

// about waits for its turn with an account's bank and asks Plaid something of it.
// An error says what the user can do, and marks the bank if it is the bank's.
func about[T any](ctx context.Context, s *Service, acc ledger.Account, what topic,
	ask func(context.Context, access) (T, error),
) (T, error) {
	var none T
	item, a, release, err := s.hold(ctx, acc.Item)
	if err != nil {
		return none, err
	}
	defer release()
	answer, err := ask(ctx, a)
	if err != nil {
		err = fmt.Errorf("%s: %w", title(item), s.withheld(ctx, &item, what, err))
		if errors.Is(err, ledger.ErrLoginRequired) { // the other texts say what to do
			err = fmt.Errorf("%w; run coffer items repair %s", err, item.ID)
		}
		return none, err
	}
	return answer, s.answered(ctx, &item)
}

// numbers asks for the numbers of one account.
func (c *client) numbers(ctx context.Context, a access, id ledger.AccountID) (ledger.Numbers, error) {
	req := plaid.AuthGetRequest{
		AccessToken: a.token.Reveal(),
		Options:     &plaid.AuthGetRequestOptions{AccountIds: &[]string{string(id)}},
	}
	read := func(body []byte) (ledger.Numbers, error) { return wire.ReadNumbers(body, id) }
	n, err := fetch(ctx, c, target{path: pathAuth, item: a.item}, read,
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.AuthGetResponse, *http.Response, error) {
			return api.AuthGet(ctx).AuthGetRequest(req).Execute()
		})
	if err == nil && len(n.Lines()) == 0 {
		err = &APIError{Op: pathAuth, Code: codeNoNumbers}
	}
	return n, err
}

// owners asks for the holders of one account.
func (c *client) owners(ctx context.Context, a access, id ledger.AccountID) ([]ledger.Owner, error) {
	req := plaid.IdentityGetRequest{
		AccessToken: a.token.Reveal(),
		Options:     &plaid.IdentityGetRequestOptions{AccountIds: &[]string{string(id)}},
	}
	read := func(body []byte) ([]ledger.Owner, error) { return wire.ReadOwners(body, id) }
	return fetch(ctx, c, target{path: pathIdentity, item: a.item}, read,
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.IdentityGetResponse, *http.Response, error) {
			return api.IdentityGet(ctx).IdentityGetRequest(req).Execute()
		})
}

// processorToken makes a token for a processor. It is asked for once: a second
// one would be an access that nobody knows of.
func (c *client) processorToken(ctx context.Context, a access, id ledger.AccountID, processor string) (secret.Text, error) {
	req := plaid.ProcessorTokenCreateRequest{AccessToken: a.token.Reveal(), AccountId: string(id), Processor: processor}
	return fetch(ctx, c, target{path: pathProcessor, item: a.item, once: true}, tokenIn("processor_token"),
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.ProcessorTokenCreateResponse, *http.Response, error) {
			return api.ProcessorTokenCreate(ctx).ProcessorTokenCreateRequest(req).Execute()
		})
}

// stripeToken makes a token for Stripe, which has an endpoint of its own.
func (c *client) stripeToken(ctx context.Context, a access, id ledger.AccountID) (secret.Text, error) {
	req := plaid.ProcessorStripeBankAccountTokenCreateRequest{AccessToken: a.token.Reveal(), AccountId: string(id)}
	return fetch(ctx, c, target{path: pathStripe, item: a.item, once: true}, tokenIn("stripe_bank_account_token"),
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.ProcessorStripeBankAccountTokenCreateResponse, *http.Response, error) {
			return api.ProcessorStripeBankAccountTokenCreate(ctx).ProcessorStripeBankAccountTokenCreateRequest(req).Execute()
		})
}

func tokenIn(field string) func([]byte) (secret.Text, error) {
	return func(body []byte) (secret.Text, error) { return wire.ReadToken(body, field) }
}
