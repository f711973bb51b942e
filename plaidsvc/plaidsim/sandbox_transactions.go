package plaidsim

import (
	"fmt"
	"regexp"
	"slices"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/custom"
	"coffer/plaidsvc/plaidsim/persona"
	"coffer/plaidsvc/plaidsim/strict"

	"github.com/shopspring/decimal"
)

type sandboxTransactionsRequest struct {
	credentials
	AccessToken  string               `json:"access_token" plaid:"required"`
	Transactions []sandboxTransaction `json:"transactions" plaid:"required"`
}

type sandboxTransaction struct {
	Transacted  strict.Date   `json:"date_transacted" plaid:"required"`
	Posted      strict.Date   `json:"date_posted" plaid:"required"`
	Amount      strict.Number `json:"amount" plaid:"required"`
	Description string        `json:"description" plaid:"required"`
	Currency    string        `json:"iso_currency_code"`
}

// Plaid's limits: so many transactions at once, of so many days back.
const mostCreated, createdWithin = 10, 14

// sandboxTransactionsCreate adds transactions of one's own to an Item of
// user_transactions_dynamic. They are on its depository account, and come with
// all that /transactions/refresh finds. Which code Plaid answers for other Items
// is not documented.
func sandboxTransactionsCreate(c *call, r *sandboxTransactionsRequest) (answer, *plaidError) {
	it, err := c.liveItem(r.AccessToken)
	if err != nil {
		return nil, err
	}
	if it.user != persona.Dynamic {
		return nil, fail("INVALID_FIELD").saying("access_token must be of an Item of the Sandbox user %s", persona.Dynamic)
	}
	if it, err = c.transactionsItem(r.AccessToken, nil); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(it.accounts, func(a account) bool { return a.Type == "depository" })
	if i < 0 {
		return nil, fail("NO_ACCOUNTS")
	}
	if n := len(r.Transactions); n == 0 || n > mostCreated {
		return nil, fail("INVALID_FIELD").saying("transactions must have 1 to %d elements", mostCreated)
	}
	var rows []bank.Transaction
	for n, t := range r.Transactions {
		row, err := t.row(fmt.Sprintf("transactions[%d]", n), c.now)
		if err != nil {
			return nil, err
		}
		row.AccountID = it.accounts[i].ID
		row.ID = c.seed.alnum(idLength, "created transaction", it.id, fmt.Sprint(it.created+n))
		rows = append(rows, row)
	}
	it.created += len(rows)
	it.feed.Tell(c.now.Add(c.options.RefreshAfter), rows)
	c.refresh(it)
	return &answered{}, nil
}

var (
	isoCurrency = regexp.MustCompile(`^[A-Z]{3}$`)
	plainNumber = regexp.MustCompile(`^-?\d{1,12}(\.\d{1,8})?$`)
)

// row is the posted transaction that the bank makes known.
func (t sandboxTransaction) row(path string, now time.Time) (bank.Transaction, *plaidError) {
	if t.Currency == "" {
		t.Currency = "USD"
	}
	switch {
	case !lately(t.Transacted, now), !lately(t.Posted, now):
		return bank.Transaction{}, fail("INVALID_FIELD").saying(
			"%s: date_transacted and date_posted must be the present date or a date up to %d days in the past", path, createdWithin)
	case !plainNumber.MatchString(string(t.Amount)):
		return bank.Transaction{}, fail("INVALID_FIELD").saying("%s.amount must be an amount of money", path)
	case !isoCurrency.MatchString(t.Currency):
		return bank.Transaction{}, fail("INVALID_FIELD").saying("%s.iso_currency_code must be an ISO-4217 currency code", path)
	}
	row := bank.Transaction{
		Amount: decimal.RequireFromString(string(t.Amount)), Currency: t.Currency,
		Date: string(t.Posted), AuthorizedDate: string(t.Transacted),
		Name: t.Description, OriginalDescription: t.Description, Channel: "other",
	}
	custom.File(&row)
	return row, nil
}

// lately reports whether a day is today or at most two weeks ago.
func lately(d strict.Date, now time.Time) bool {
	earliest, today := now.AddDate(0, 0, -createdWithin).Format(time.DateOnly), now.Format(time.DateOnly)
	return earliest <= string(d) && string(d) <= today
}
