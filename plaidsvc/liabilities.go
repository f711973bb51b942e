package plaidsvc

import (
	"context"
	"net/http"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

var debts = topic{"liabilities", "the terms of its cards and loans"}

// liabilities is on which terms money is owed on the accounts of list.
func (j *job) liabilities(list []ledger.Account) telling[ledger.Liabilities] {
	currencies := make(map[ledger.AccountID]ledger.Currency)
	for _, a := range list {
		currencies[a.ID] = a.Currency
	}
	return telling[ledger.Liabilities]{
		topic: debts, none: codeNoLiabilities, kept: j.s.vault.Liabilities, save: j.s.vault.SaveLiabilities,
		ask: func(ctx context.Context, now ledger.Told, _ ledger.Liabilities) (ledger.Liabilities, wire.Skipped, error) {
			list, err := j.s.client.liabilities(ctx, j.access, currencies)
			return ledger.Liabilities{Told: now, List: list.All}, list.Skipped, err
		},
	}
}

func (c *client) liabilities(
	ctx context.Context, a access, currencies map[ledger.AccountID]ledger.Currency,
) (wire.List[ledger.Liability], error) {
	req := plaid.LiabilitiesGetRequest{AccessToken: a.token.Reveal()}
	read := func(body []byte) (wire.List[ledger.Liability], error) { return wire.ReadLiabilities(body, currencies) }
	return fetch(ctx, c, target{path: pathLiabilities, item: a.item, once: true, aside: true}, read,
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.LiabilitiesGetResponse, *http.Response, error) {
			return api.LiabilitiesGet(ctx).LiabilitiesGetRequest(req).Execute()
		})
}
