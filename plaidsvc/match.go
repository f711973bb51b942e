package plaidsvc

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/ledger"
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
	body, err := fetch(ctx, c, target{path: pathMatch, item: a.item},
		func(ctx context.Context, api *plaid.PlaidApiService) (plaid.IdentityMatchResponse, *http.Response, error) {
			return api.IdentityMatch(ctx).IdentityMatchRequest(req).Execute()
		})
	if err != nil {
		return ledger.Scores{}, err
	}
	return readScores(body, id)
}

// known leaves out what is not: plaid-go sends nothing for it.
func known(s string) (n plaid.NullableString) {
	if s != "" {
		n.Set(&s)
	}
	return n
}

func readScores(body []byte, id ledger.AccountID) (ledger.Scores, error) {
	answer, err := parseLoose(body)
	if err != nil {
		return ledger.Scores{}, unexpected(pathMatch, "it does not decode")
	}
	acc, err := accountIn(pathMatch, answer, id)
	if err != nil {
		return ledger.Scores{}, err
	}
	return ledger.Scores{
		Name: score(acc, "legal_name"), Email: score(acc, "email_address"),
		Phone: score(acc, "phone_number"), Address: score(acc, "address"),
	}, nil
}

// score reads one score. What is no number from 0 to 100 is none.
func score(acc loose, name string) *int {
	whole, _, _ := strings.Cut(acc.object(name).text("score"), ".")
	n, err := strconv.Atoi(whole)
	if err != nil || n < 0 || n > 100 {
		return nil
	}
	return &n
}
