package plaidsvc

import (
	"context"
	"net/http"
	"time"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

// liveWithin is how old a balance may be that a bank dates itself to decide on a
// payment: clocks differ.
const liveWithin = 5 * time.Minute

// A liveBalance is what a bank said of one account when it was asked, just now.
// A decision to pay takes one and nothing else, and only [client.live] makes one,
// from an answer of /accounts/balance/get about that account: the balance of a
// sync, which may be a day old, has no way to such a decision. The zero
// liveBalance knows nothing.
type liveBalance struct {
	available, current ledger.Amount // not known when the bank does not tell
	currency           ledger.Currency
}

// live asks the bank for the balance of one account and of no other. It costs
// money and may take a minute.
func (c *client) live(ctx context.Context, a access, id ledger.AccountID, now func() time.Time) (liveBalance, error) {
	list, err := c.balances(ctx, a, plaid.AccountsBalanceGetRequestOptions{AccountIds: &[]string{string(id)}})
	if err != nil {
		return liveBalance{}, err
	}
	asked := told{at: now(), live: true}
	asked.stamp(list.All, a.item)
	for _, acc := range list.All {
		switch {
		case acc.ID != id:
		case !acc.Balance.Live || asked.at.Sub(acc.Balance.AsOf) >= liveWithin:
			return liveBalance{}, &APIError{Op: pathBalance, withheld: true,
				note: "the bank told its balance of " + acc.Balance.AsOf.Format(time.RFC3339) + " and not that of now"}
		default:
			return liveBalance{acc.Balance.Available, acc.Balance.Current, acc.Currency}, nil
		}
	}
	return liveBalance{}, unexpected(pathBalance, "it is about another account")
}

// balances makes Plaid ask the bank. It costs money and may take a minute.
func (c *client) balances(ctx context.Context, a access, options plaid.AccountsBalanceGetRequestOptions) (wire.List[ledger.Account], error) {
	req := plaid.AccountsBalanceGetRequest{AccessToken: a.token.Reveal(), Options: &options}
	return fetch(ctx, c, target{path: pathBalance, item: a.item, again: a.again, slow: true, billed: true}, wire.ReadAccounts,
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.AccountsGetResponse, *http.Response, error) {
			return api.AccountsBalanceGet(ctx).AccountsBalanceGetRequest(req).Execute()
		})
}

// capitalOne tells no balance of cards and loans in real time, and wants to hear
// how old one may be. Source: min_last_updated_datetime of
// https://plaid.com/docs/api/products/balance/#accountsbalanceget.
const (
	capitalOne = "ins_128026"
	anyAge     = 10 // years
)

// balanceOptions are those for some accounts of an Item, or for all of them. An old
// balance is better than none where it is shown with its date.
func balanceOptions(item ledger.Item, now time.Time, only []ledger.AccountID) plaid.AccountsBalanceGetRequestOptions {
	var options plaid.AccountsBalanceGetRequestOptions
	if len(only) > 0 {
		ids := make([]string, len(only))
		for i, id := range only {
			ids[i] = string(id)
		}
		options.SetAccountIds(ids)
	}
	if item.Institution == capitalOne {
		options.SetMinLastUpdatedDatetime(now.UTC().Truncate(time.Second).AddDate(-anyAge, 0, 0))
	}
	return options
}
