package plaidsim

import (
	"slices"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/strict"
)

type tradesRequest struct {
	credentials
	AccessToken string        `json:"access_token" plaid:"required"`
	StartDate   strict.Date   `json:"start_date" plaid:"required"`
	EndDate     strict.Date   `json:"end_date" plaid:"required"`
	Options     tradesOptions `json:"options"`
}

type tradesOptions struct {
	AccountIDs []string `json:"account_ids"`
	Count      *int     `json:"count" plaid:"min=1,max=500"`
	Offset     int      `json:"offset" plaid:"min=0"`
	Async      bool     `json:"async_update"`
}

type tradesAnswer struct {
	Accounts   []wireAccount  `json:"accounts"`
	Trades     []wireTrade    `json:"investment_transactions"`
	Securities []wireSecurity `json:"securities"`
	Total      int            `json:"total_investment_transactions"`
	Item       wireItem       `json:"item"`
	Fallback   bool           `json:"is_investments_fallback_item"`
	answered
}

// tradesMonths is how far back investment transactions go.
const tradesMonths = 24

// investmentsTransactionsGet answers one page of what was traded, the newest
// first, as of the Item's last update. The securities are those of the page.
func investmentsTransactionsGet(c *call, r *tradesRequest) (answer, *plaidError) {
	if r.StartDate > r.EndDate {
		return nil, fail("INVALID_FIELD").saying("start_date must not be after end_date")
	}
	it, names, err := c.investmentsItem(r.AccessToken, r.Options.AccountIDs, r.Options.Async)
	if err != nil {
		return nil, err
	}
	at := it.asOf(c.now)
	trades := it.tradesBetween(r.StartDate, r.EndDate, at, names)
	count := defaultCount
	if r.Options.Count != nil {
		count = *r.Options.Count
	}
	a := &tradesAnswer{
		Accounts: it.wireAccounts(at, named(names)),
		Trades:   []wireTrade{},
		Total:    len(trades),
		Item:     it.wire(),
	}
	var traded catalogue
	first := min(r.Options.Offset, len(trades))
	for _, t := range trades[first:min(first+count, len(trades))] {
		security := ""
		if t.Security != nil {
			security = traded.add(*t.Security)
		}
		a.Trades = append(a.Trades, it.wireTrade(names[t.AccountID], security, t))
	}
	a.Securities = list(traded.securities)
	return a, nil
}

// tradesBetween are the trades of some accounts that are dated from one day to
// another, both included, and no longer ago than Plaid goes back; the newest
// first. Those of one day keep their order, so pages do not shift.
func (it *item) tradesBetween(start, end strict.Date, at time.Time, names map[string]string) []bank.Trade {
	first := max(string(start), at.AddDate(0, -tradesMonths, 0).Format(time.DateOnly))
	from, err := time.Parse(time.DateOnly, first)
	if err != nil {
		return nil // the request was checked for it
	}
	found := slices.DeleteFunc(it.life.Trades(from, at), func(t bank.Trade) bool {
		return names[t.AccountID] == "" || t.Date < first || t.Date > string(end)
	})
	slices.Reverse(found)
	return found
}
