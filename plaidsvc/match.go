package plaidsvc

import (
	"context"
	"net/http"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

// match has Plaid hold a person against the owners of one account.
func (c *client) match(ctx context.Context, a access, id ledger.AccountID, p ledger.Person) (ledger.Scores, error) {
	user := plaid.IdentityMatchUser{LegalName: known(p.Name), EmailAddress: known(p.Email), PhoneNumber: known(p.Phone)}
	if p.Street != "" {
		user.SetAddress(plaid.AddressDataNullableNoRequiredFields{
			Street: plaid.PtrString(p.Street), City: known(p.City), Region: known(p.Region), PostalCode: known(p.PostalCode),
		})
	}
	req := plaid.IdentityMatchRequest{
		AccessToken: a.token.Reveal(), User: &user,
		Options: &plaid.IdentityMatchRequestOptions{AccountIds: &[]string{string(id)}},
	}
	read := func(body []byte) (ledger.Scores, error) { return wire.ReadScores(body, id) }
	return fetch(ctx, c, target{path: pathMatch, item: a.item}, read,
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.IdentityMatchResponse, *http.Response, error) {
			return api.IdentityMatch(ctx).IdentityMatchRequest(req).Execute()
		})
}

// known leaves out what is not: plaid-go sends nothing for it.
func known(s string) (n plaid.NullableString) {
	if s != "" {
		n.Set(&s)
	}
	return n
}
