package plaidsim

import (
	"sort"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/feed"
	"coffer/plaidsvc/plaidsim/strict"
)

type transactionsGetRequest struct {
	credentials
	AccessToken string      `json:"access_token" plaid:"required"`
	StartDate   strict.Date `json:"start_date" plaid:"required"`
	EndDate     strict.Date `json:"end_date" plaid:"required"`
	Options     getOptions  `json:"options"`
}

// getOptions are those of /transactions/sync, and which page of which accounts.
// One name is of the time when categories were new.
type getOptions struct {
	syncOptions
	AccountIDs   []string `json:"account_ids"`
	Count        *int     `json:"count" plaid:"min=1,max=500"`
	Offset       int      `json:"offset" plaid:"min=0"`
	CategoryBeta bool     `json:"include_personal_finance_category_beta"`
}

type transactionsGetAnswer struct {
	Accounts     []wireAccount     `json:"accounts"`
	Transactions []wireTransaction `json:"transactions"`
	Total        int               `json:"total_transactions"`
	Item         wireItem          `json:"item"`
	answered
}

// transactionsGet answers one page of the rows as they are now, the newest date
// first. Pages are counted off from the newest row at each call, so rows that
// come in between shift them, as they do at Plaid.
func transactionsGet(c *call, r *transactionsGetRequest) (answer, *plaidError) {
	if r.StartDate > r.EndDate {
		return nil, fail("INVALID_FIELD").saying("start_date must not be after end_date")
	}
	it, err := c.transactionsItem(r.AccessToken, r.Options.DaysRequested)
	if err != nil {
		return nil, err
	}
	picked, err := it.pick(r.Options.AccountIDs)
	if err != nil {
		return nil, err
	}
	if it.feed.Status(c.now) == feed.NotReady {
		return nil, fail("PRODUCT_NOT_READY")
	}
	count := defaultCount
	if r.Options.Count != nil {
		count = *r.Options.Count
	}
	rows := between(it.feed.Rows(c.now), string(r.StartDate), string(r.EndDate))
	if len(r.Options.AccountIDs) > 0 {
		rows = it.on(rows, picked)
	}
	a := &transactionsGetAnswer{
		Accounts:     it.wireAccounts(it.lastUpdate(c.now), picked),
		Transactions: []wireTransaction{},
		Total:        len(rows),
		Item:         it.wire(),
	}
	names := it.accountNames()
	first := min(r.Options.Offset, len(rows))
	for _, row := range it.feed.Write(rows[first:min(first+count, len(rows))]) {
		a.Transactions = append(a.Transactions, it.transaction(row, names, r.Options.syncOptions))
	}
	return a, nil
}

// between is the part of rows, newest first, that is dated from start to end,
// both included.
func between(rows []bank.Brief, start, end string) []bank.Brief {
	first := sort.Search(len(rows), func(i int) bool { return rows[i].Date <= end })
	past := sort.Search(len(rows), func(i int) bool { return rows[i].Date < start })
	return rows[first:past]
}

// on is the rows of the accounts picked.
func (it *item) on(rows []bank.Brief, picked func(account) bool) []bank.Brief {
	wanted := make(map[string]bool)
	for _, a := range it.accounts {
		wanted[it.churns.of(a.ID)] = picked(a)
	}
	var found []bank.Brief
	for _, r := range rows {
		if wanted[r.AccountID] {
			found = append(found, r)
		}
	}
	return found
}
