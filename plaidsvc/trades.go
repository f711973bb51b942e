package plaidsvc

import (
	"context"
	"net/http"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/ledger"
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
		ask: func(ctx context.Context, now ledger.Told, before ledger.Trades) (ledger.Trades, skipped, error) {
			today := ledger.DateOf(now.At)
			since := ledger.DateOf(now.At.AddDate(0, -tradeMonths, 0))
			list, odd, err := j.s.client.trades(ctx, j.access, since, today)
			told := ledger.Trades{Told: now, Since: since, List: list}
			if !before.Since.IsZero() && before.Since.Compare(since) < 0 {
				told.Since = before.Since
			}
			for _, t := range before.List {
				if t.Date.Compare(since) < 0 {
					told.List = append(told.List, t)
				}
			}
			return told, odd, err
		},
	}
}

// trades asks for all trades of some days, the newest first. Pages are counted from
// the newest: when there are more or fewer of them in the middle, it starts over.
func (c *client) trades(ctx context.Context, a access, since, until ledger.Date) (list []ledger.Trade, odd skipped, err error) {
	for range maxRestarts {
		var changed bool
		if list, odd, changed, err = c.tradesOnce(ctx, a, since, until); err != nil || !changed {
			return list, odd, err
		}
	}
	return nil, odd, unexpected(pathTrades, "it changed each time it was asked for")
}

func (c *client) tradesOnce(
	ctx context.Context, a access, since, until ledger.Date,
) (list []ledger.Trade, odd skipped, changed bool, err error) {
	total, offset, seen := -1, 0, make(map[string]bool)
	for range maxTradePages {
		page, err := c.tradePage(ctx, a, since, until, offset)
		if err != nil {
			return nil, odd, false, err
		}
		if total >= 0 && page.total != total {
			return nil, odd, true, nil
		}
		total, offset = page.total, offset+page.rows
		odd = odd.and(page.odd)
		for _, t := range page.list {
			if !seen[t.ID] { // what moved to the next page meanwhile is told twice
				seen[t.ID], list = true, append(list, t)
			}
		}
		if offset >= total || page.rows == 0 {
			break
		}
	}
	return list, odd, offset < total, nil
}

// A tradePage is a page of /investments/transactions/get.
type tradePage struct {
	list  []ledger.Trade
	odd   skipped
	rows  int // on the page, odd ones too
	total int // on all pages
}

// tradePage asks for one page. Right after a bank was linked Plaid may ask the bank
// while we wait.
func (c *client) tradePage(ctx context.Context, a access, since, until ledger.Date, offset int) (tradePage, error) {
	req := plaid.InvestmentsTransactionsGetRequest{
		AccessToken: a.token.Reveal(), StartDate: since.String(), EndDate: until.String(),
		Options: &plaid.InvestmentsTransactionsGetRequestOptions{
			Count: plaid.PtrInt32(pageSize), Offset: plaid.PtrInt32(int32(offset)), //nolint:gosec // at most maxTradePages of them
		},
	}
	body, err := fetch(ctx, c, target{path: pathTrades, item: a.item, once: true, slow: true, aside: true},
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.InvestmentsTransactionsGetResponse, *http.Response, error) {
			return api.InvestmentsTransactionsGet(ctx).InvestmentsTransactionsGetRequest(req).Execute()
		})
	if err != nil {
		return tradePage{}, err
	}
	return decodeTrades(body)
}

// decodeTrades reads an answer of /investments/transactions/get. Plaid counts money
// that leaves an account as positive here too, and what was sold below zero.
func decodeTrades(body []byte) (page tradePage, err error) {
	answer, err := parseLoose(body)
	told, ok := answer.listed("investment_transactions")
	if err != nil || !ok {
		return tradePage{}, unexpected(pathTrades, "it lists no investment transactions")
	}
	total, err := answer.number("total_investment_transactions").Int64()
	if err != nil || total < 0 {
		return tradePage{}, unexpected(pathTrades, "it does not say how many investment transactions there are")
	}
	page.rows, page.total = len(told), int(total)
	securities := answer.byID("securities", "security_id")
	for _, t := range told {
		if err := vitalsOfTrade(t); err != nil {
			page.odd.add(t.text("investment_transaction_id"), err)
			continue
		}
		cur, s := t.currency(), securities[t.text("security_id")]
		page.list = append(page.list, ledger.Trade{
			ID:       t.text("investment_transaction_id"),
			Account:  ledger.AccountID(t.text("account_id")),
			Date:     t.date("date"),
			Name:     t.text("name"),
			Security: s.text("name"),
			Ticker:   s.text("ticker_symbol"),
			Kind:     t.text("type"),
			Subkind:  t.text("subtype"),
			Quantity: t.decimal("quantity"),
			Price:    t.decimal("price"),
			Currency: cur,
			Amount:   t.amount("amount", cur).Neg(),
			Fees:     t.amount("fees", cur),
		})
	}
	return page, nil
}

// vitalsOfTrade says what a trade cannot do without.
func vitalsOfTrade(t loose) error {
	switch {
	case t.text("investment_transaction_id") == "":
		return errNoID
	case t.text("account_id") == "":
		return errNoAccount
	case t.date("date").IsZero():
		return errNoDate
	}
	return nil
}
