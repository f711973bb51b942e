package plaidsvc

import (
	"context"
	"net/http"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

var trades = topic{"investments", "what was bought and sold"}

const (
	// tradeMonths is how far back Plaid tells of investment transactions.
	tradeMonths = 24
	// maxTradePages bounds how much of it is asked for: a hundred thousand.
	maxTradePages = 200
)

// trades is what happened in the Item's investment accounts. Plaid has no cursor for
// it and takes nothing back by name: all that it tells of is fetched each time, and
// takes the place of what was told of those days. What is older stays.
func (j *job) trades() telling[ledger.Trades] {
	return telling[ledger.Trades]{
		topic: trades, none: codeNoInvestments, kept: j.s.vault.Trades, save: j.s.vault.SaveTrades,
		ask: func(ctx context.Context, now ledger.Told, before ledger.Trades) (ledger.Trades, wire.Skipped, error) {
			today := ledger.DateOf(now.At)
			since := ledger.DateOf(now.At.AddDate(0, -tradeMonths, 0))
			list, err := j.s.client.trades(ctx, j.access, since, today)
			told := ledger.Trades{Told: now, Since: since, List: list.All}
			if !before.Since.IsZero() && before.Since.Compare(since) < 0 {
				told.Since = before.Since
			}
			for _, t := range before.List {
				if t.Date.Compare(since) < 0 {
					told.List = append(told.List, t)
				}
			}
			return told, list.Skipped, err
		},
	}
}

// trades asks for all trades of some days, the newest first. Pages are counted from
// the newest: when there are more or fewer of them in the middle, it starts over.
func (c *client) trades(ctx context.Context, a access, since, until ledger.Date) (wire.List[ledger.Trade], error) {
	for range maxRestarts {
		list, changed, err := c.tradesOnce(ctx, a, since, until)
		if err != nil || !changed {
			return list, err
		}
	}
	return wire.List[ledger.Trade]{}, unexpected(pathTrades, "it changed each time it was asked for")
}

func (c *client) tradesOnce(
	ctx context.Context, a access, since, until ledger.Date,
) (list wire.List[ledger.Trade], changed bool, err error) {
	total, offset, seen := -1, 0, make(map[string]bool)
	for range maxTradePages {
		page, err := c.tradePage(ctx, a, since, until, offset)
		if err != nil {
			return wire.List[ledger.Trade]{}, false, err
		}
		if total >= 0 && page.Total != total {
			return list, true, nil
		}
		total, offset = page.Total, offset+page.Rows()
		list.Skipped = list.Skipped.And(page.Skipped)
		for _, t := range page.All {
			if !seen[t.ID] { // what moved to the next page meanwhile is told twice
				seen[t.ID], list.All = true, append(list.All, t)
			}
		}
		if offset >= total || page.Rows() == 0 {
			break
		}
	}
	return list, offset < total, nil
}

// tradePage asks for one page. Right after a bank was linked Plaid may ask the bank
// while we wait.
func (c *client) tradePage(ctx context.Context, a access, since, until ledger.Date, offset int) (wire.Trades, error) {
	req := plaid.InvestmentsTransactionsGetRequest{
		AccessToken: a.token.Reveal(), StartDate: since.String(), EndDate: until.String(),
		Options: &plaid.InvestmentsTransactionsGetRequestOptions{
			Count: plaid.PtrInt32(pageSize), Offset: plaid.PtrInt32(int32(offset)), //nolint:gosec // at most maxTradePages of them
		},
	}
	return fetch(ctx, c, target{path: pathTrades, item: a.item, once: true, slow: true, aside: true}, wire.ReadTrades,
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.InvestmentsTransactionsGetResponse, *http.Response, error) {
			return api.InvestmentsTransactionsGet(ctx).InvestmentsTransactionsGetRequest(req).Execute()
		})
}
