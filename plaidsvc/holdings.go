package plaidsvc

import (
	"context"
	"net/http"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

var investments = topic{"investments", "its investments"}

// holdings is what the Item's investment accounts hold.
func (j *job) holdings() telling[ledger.Holdings] {
	return telling[ledger.Holdings]{
		topic: investments, none: codeNoInvestments, kept: j.s.vault.Holdings, save: j.s.vault.SaveHoldings,
		ask: func(ctx context.Context, now ledger.Told, _ ledger.Holdings) (ledger.Holdings, wire.Skipped, error) {
			list, err := j.s.client.holdings(ctx, j.access)
			return ledger.Holdings{Told: now, List: list.All}, list.Skipped, err
		},
	}
}

func (c *client) holdings(ctx context.Context, a access) (wire.List[ledger.Holding], error) {
	req := plaid.InvestmentsHoldingsGetRequest{AccessToken: a.token.Reveal()}
	return fetch(ctx, c, target{path: pathHoldings, item: a.item, once: true, slow: true, aside: true}, wire.ReadHoldings,
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.InvestmentsHoldingsGetResponse, *http.Response, error) {
			return api.InvestmentsHoldingsGet(ctx).InvestmentsHoldingsGetRequest(req).Execute()
		})
}
