package plaidsvc

import (
	"context"
	"net/http"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/ledger"
)

var investments = topic{"investments", "its investments"}

// holdings is what the Item's investment accounts hold.
func (j *job) holdings() telling[ledger.Holdings] {
	return telling[ledger.Holdings]{
		topic: investments, none: codeNoInvestments, kept: j.s.vault.Holdings, save: j.s.vault.SaveHoldings,
		ask: func(ctx context.Context, now ledger.Told, _ ledger.Holdings) (ledger.Holdings, skipped, error) {
			list, odd, err := j.s.client.holdings(ctx, j.access)
			return ledger.Holdings{Told: now, List: list}, odd, err
		},
	}
}

func (c *client) holdings(ctx context.Context, a access) ([]ledger.Holding, skipped, error) {
	req := plaid.InvestmentsHoldingsGetRequest{AccessToken: a.token.Reveal()}
	body, err := fetch(ctx, c, target{path: pathHoldings, item: a.item, once: true, slow: true, aside: true},
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.InvestmentsHoldingsGetResponse, *http.Response, error) {
			return api.InvestmentsHoldingsGet(ctx).InvestmentsHoldingsGetRequest(req).Execute()
		})
	if err != nil {
		return nil, skipped{}, err
	}
	return decodeHoldings(body)
}

// decodeHoldings reads an answer of /investments/holdings/get.
func decodeHoldings(body []byte) (list []ledger.Holding, odd skipped, err error) {
	answer, err := parseLoose(body)
	told, ok := answer.listed("holdings")
	if err != nil || !ok {
		return nil, odd, unexpected(pathHoldings, "it lists no holdings")
	}
	securities := answer.byID("securities", "security_id")
	for _, h := range told {
		if h.text("account_id") == "" {
			odd.add(h.text("security_id"), errNoAccount)
			continue
		}
		cur, s := h.currency(), securities[h.text("security_id")]
		list = append(list, ledger.Holding{
			Account:   ledger.AccountID(h.text("account_id")),
			Security:  s.text("name"),
			Ticker:    s.text("ticker_symbol"),
			Kind:      s.text("type"),
			Quantity:  h.decimal("quantity"),
			Price:     h.decimal("institution_price"),
			PriceDate: h.date("institution_price_as_of"),
			Currency:  cur,
			Value:     h.amount("institution_value", cur),
			Cost:      h.amount("cost_basis", cur),
		})
	}
	return list, odd, nil
}
