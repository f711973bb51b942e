package plaidsvc

import (
	"context"
	"net/http"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

// The endpoints that the service calls.
const (
	pathLinkToken    = "/link/token/create"
	pathLinkSessions = "/link/token/get"
	pathExchange     = "/item/public_token/exchange"
	pathSandboxToken = "/sandbox/public_token/create"
	pathItem         = "/item/get"
	pathRemove       = "/item/remove"
	pathInstitution  = "/institutions/get_by_id"
	pathInstitutions = "/institutions/get"
	pathAccounts     = "/accounts/get"
	pathBalance      = "/accounts/balance/get"
	pathSync         = "/transactions/sync"
	pathRefresh      = "/transactions/refresh"
	pathRecurring    = "/transactions/recurring/get"
	pathWebhook      = "/item/webhook/update"
	pathWebhookKey   = "/webhook_verification_key/get"
	pathHoldings     = "/investments/holdings/get"
	pathLiabilities  = "/liabilities/get"
	pathTrades       = "/investments/transactions/get"
)

// pageSize is the largest that Plaid gives: the fewer pages, the rarer a change
// in the middle of them.
const pageSize = 500

// An access is the right to ask Plaid about one Item.
type access struct {
	item  ledger.ItemID
	token secret.Text
	again func() // as a target's
}

// page asks for one page of changes after cursor.
func (c *client) page(ctx context.Context, a access, cursor string) (wire.Page, error) {
	// A literal, since plaid-go's constructors fill in defaults and send them: a
	// days_requested of 90 would stay with the Item for ever.
	options := plaid.TransactionsSyncRequestOptions{}
	options.SetIncludeOriginalDescription(true)
	req := plaid.TransactionsSyncRequest{
		AccessToken: a.token.Reveal(),
		Count:       plaid.PtrInt32(pageSize),
		Options:     &options,
	}
	if cursor == "" {
		// Plaid heeds it where this request is what starts the history of an Item that
		// was linked without, and never again. Without it that would be 90 days.
		options.SetDaysRequested(maxDays)
	} else {
		req.SetCursor(cursor)
	}
	return fetch(ctx, c, target{path: pathSync, item: a.item, again: a.again}, wire.ReadPage,
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.TransactionsSyncResponse, *http.Response, error) {
			return api.TransactionsSync(ctx).TransactionsSyncRequest(req).Execute()
		})
}

// accounts asks for the Item's accounts with the balances that Plaid has.
func (c *client) accounts(ctx context.Context, a access) (wire.List[ledger.Account], error) {
	req := plaid.AccountsGetRequest{AccessToken: a.token.Reveal()}
	return fetch(ctx, c, target{path: pathAccounts, item: a.item, again: a.again}, wire.ReadAccounts,
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.AccountsGetResponse, *http.Response, error) {
			return api.AccountsGet(ctx).AccountsGetRequest(req).Execute()
		})
}

// item asks how the Item is doing.
func (c *client) item(ctx context.Context, a access) (wire.Item, error) {
	req := plaid.ItemGetRequest{AccessToken: a.token.Reveal()}
	return fetch(ctx, c, target{path: pathItem, item: a.item, again: a.again}, wire.ReadItem,
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.ItemGetResponse, *http.Response, error) {
			return api.ItemGet(ctx).ItemGetRequest(req).Execute()
		})
}

// refresh asks Plaid to look at the bank for new transactions. They come with a
// later sync.
func (c *client) refresh(ctx context.Context, a access) error {
	req := plaid.TransactionsRefreshRequest{AccessToken: a.token.Reveal()}
	_, err := call(ctx, c, target{path: pathRefresh, item: a.item, again: a.again, slow: true, billed: true},
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.TransactionsRefreshResponse, *http.Response, error) {
			return api.TransactionsRefresh(ctx).TransactionsRefreshRequest(req).Execute()
		})
	return err
}

// remove ends the Item at Plaid, for good.
func (c *client) remove(ctx context.Context, a access) error {
	req := plaid.ItemRemoveRequest{AccessToken: a.token.Reveal()}
	_, err := call(ctx, c, target{path: pathRemove, item: a.item, once: true},
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.ItemRemoveResponse, *http.Response, error) {
			return api.ItemRemove(ctx).ItemRemoveRequest(req).Execute()
		})
	return err
}

// exchange turns a public token into access to a new Item.
func (c *client) exchange(ctx context.Context, public secret.Text) (access, error) {
	req := plaid.ItemPublicTokenExchangeRequest{PublicToken: public.Reveal()}
	answer, err := call(ctx, c, target{path: pathExchange, once: true},
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.ItemPublicTokenExchangeResponse, *http.Response, error) {
			return api.ItemPublicTokenExchange(ctx).ItemPublicTokenExchangeRequest(req).Execute()
		})
	switch {
	case err != nil:
		return access{}, err
	case answer.AccessToken == "" || answer.ItemId == "":
		return access{}, unexpected(pathExchange, "it grants no access")
	}
	return access{item: ledger.ItemID(answer.ItemId), token: secret.New(answer.AccessToken)}, nil
}

// institution asks for a bank's name, and the colour that it is known by.
func (c *client) institution(ctx context.Context, id ledger.InstitutionID, countries []string) (name, color string, err error) {
	req := plaid.InstitutionsGetByIdRequest{
		InstitutionId: string(id), CountryCodes: countryCodes(countries),
		Options: &plaid.InstitutionsGetByIdRequestOptions{IncludeOptionalMetadata: plaid.PtrBool(true)},
	}
	answer, err := call(ctx, c, target{path: pathInstitution},
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.InstitutionsGetByIdResponse, *http.Response, error) {
			return api.InstitutionsGetById(ctx).InstitutionsGetByIdRequest(req).Execute()
		})
	return answer.Institution.Name, answer.Institution.GetPrimaryColor(), err
}

func countryCodes(names []string) []plaid.CountryCode {
	codes := make([]plaid.CountryCode, len(names))
	for i, name := range names {
		codes[i] = plaid.CountryCode(name)
	}
	return codes
}

// products returns nil for none: plaid-go leaves a nil list out.
func products(names []string) []plaid.Products {
	var list []plaid.Products
	for _, name := range names {
		list = append(list, plaid.Products(name))
	}
	return list
}
