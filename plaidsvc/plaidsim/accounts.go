package plaidsim

import (
	"encoding/json"
	"slices"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/strict"

	"github.com/shopspring/decimal"
)

// wireAccount is Plaid's AccountBase.
type wireAccount struct {
	ID           string      `json:"account_id"`
	Balances     wireBalance `json:"balances"`
	Mask         *string     `json:"mask"`
	Name         string      `json:"name"`
	OfficialName *string     `json:"official_name"`
	Type         string      `json:"type"`
	Subtype      *string     `json:"subtype"`
	PersistentID string      `json:"persistent_account_id,omitempty"`
	Holder       *string     `json:"holder_category"`
	Verification string      `json:"verification_status,omitempty"` // of micro-deposits only
}

// wireBalance is Plaid's AccountBalance: of what is owed for credits and loans,
// of what is there for all others. Exactly one currency is not null.
type wireBalance struct {
	Available   *json.Number `json:"available"`
	Current     *json.Number `json:"current"`
	Limit       *json.Number `json:"limit"`
	Currency    *string      `json:"iso_currency_code"`
	Unofficial  *string      `json:"unofficial_currency_code"`
	LastUpdated *string      `json:"last_updated_datetime,omitempty"` // of one bank only
}

// number is a decimal as JSON has numbers, without a float in between.
func number(d *decimal.Decimal) *json.Number {
	if d == nil {
		return nil
	}
	return ptr(json.Number(d.String()))
}

// wireOf is an account of the Item with a balance.
func (it *item) wireOf(a account, b bank.Balance) wireAccount {
	return wireAccount{
		ID: a.id,
		Balances: wireBalance{
			Available:  number(b.Available),
			Current:    number(b.Current),
			Limit:      number(b.Limit),
			Currency:   nullable(a.Currency),
			Unofficial: nullable(a.Unofficial),
		},
		Mask:         nullable(a.Mask),
		Name:         a.Name,
		OfficialName: nullable(a.OfficialName),
		Type:         a.Type,
		Subtype:      nullable(a.Subtype),
		PersistentID: a.PersistentID,
		Holder:       nullable(a.Holder),
		Verification: it.verification[a.ID],
	}
}

// balances are what the accounts hold at a moment, by the bank's account id.
func (it *item) balances(at time.Time) map[string]bank.Balance {
	byAccount := make(map[string]bank.Balance)
	for _, b := range it.life.Balances(at) {
		byAccount[b.AccountID] = b
	}
	if it.feed != nil {
		for _, e := range it.feed.Ahead(at) {
			id := it.life.Account(e.Transaction.AccountID)
			byAccount[id] = settle(byAccount[id], it.owes(id), e)
		}
	}
	return byAccount
}

// owes tells whether an account's balance is a debt.
func (it *item) owes(accountID string) bool {
	i := slices.IndexFunc(it.accounts, func(a account) bool { return a.ID == accountID })
	return i >= 0 && (it.accounts[i].Type == "credit" || it.accounts[i].Type == "loan")
}

// settle moves the money of what a refresh has made happen before its day. A
// pending row lowers what is available; posting it replaces that by the posted
// amount, which counts for the balance as well.
func settle(b bank.Balance, debt bool, e bank.Event) bank.Balance {
	amount := e.Transaction.Amount
	if e.Op == bank.Removed {
		amount = amount.Neg()
	}
	if b.Available != nil {
		b.Available = ptr(b.Available.Sub(amount))
	}
	switch {
	case b.Current == nil, e.Transaction.Pending:
	case debt:
		b.Current = ptr(b.Current.Add(amount))
	default:
		b.Current = ptr(b.Current.Sub(amount))
	}
	return b
}

// wireAccounts are the accounts picked, oldest first, with their balances.
func (it *item) wireAccounts(at time.Time, picked func(account) bool) []wireAccount {
	balances := it.balances(at)
	accounts := []wireAccount{}
	for _, a := range it.accounts {
		if picked(a) {
			accounts = append(accounts, it.wireAccount(a, balances, at))
		}
	}
	return accounts
}

// pick selects accounts by id; no ids are all accounts.
func (it *item) pick(ids []string) (func(account) bool, *plaidError) {
	for _, id := range ids {
		if !slices.ContainsFunc(it.accounts, func(a account) bool { return a.id == id }) {
			return nil, fail("INVALID_ACCOUNT_ID")
		}
	}
	return func(a account) bool { return len(ids) == 0 || slices.Contains(ids, a.id) }, nil
}

type accountsRequest struct {
	credentials
	AccessToken string `json:"access_token" plaid:"required"`
	Options     struct {
		AccountIDs []string `json:"account_ids"`
	} `json:"options"`
}

// accountsAnswer is shared by the cached and the real-time endpoint.
type accountsAnswer struct {
	Accounts []wireAccount `json:"accounts"`
	Item     wireItem      `json:"item"`
	answered
}

// accountsGet shows balances as of the Item's last update.
func accountsGet(c *call, r *accountsRequest) (answer, *plaidError) {
	it, err := c.healthyItem(r.AccessToken)
	if err != nil {
		return nil, err
	}
	return it.accountsAnswer(it.lastUpdate(c.now), r.Options.AccountIDs)
}

type balanceRequest struct {
	credentials
	AccessToken string `json:"access_token" plaid:"required"`
	Options     struct {
		AccountIDs     []string        `json:"account_ids"`
		MinLastUpdated strict.Datetime `json:"min_last_updated_datetime"`
	} `json:"options"`
	PaymentDetails strict.Object `json:"payment_details"`
}

// accountsBalanceGet asks the bank itself. How fresh the balance has to be at
// least matters only at one bank.
func accountsBalanceGet(c *call, r *balanceRequest) (answer, *plaidError) {
	it, err := c.liveItem(r.AccessToken)
	if err != nil {
		return nil, err
	}
	if err := it.checkFreshness(r.Options.AccountIDs, r.Options.MinLastUpdated, c.now); err != nil {
		return nil, err
	}
	return it.accountsAnswer(c.now, r.Options.AccountIDs)
}

func (it *item) accountsAnswer(at time.Time, ids []string) (answer, *plaidError) {
	picked, err := it.pick(ids)
	if err != nil {
		return nil, err
	}
	return &accountsAnswer{Accounts: it.wireAccounts(at, picked), Item: it.wire()}, nil
}
