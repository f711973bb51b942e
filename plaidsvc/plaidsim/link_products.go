package plaidsim

import (
	"slices"

	"coffer/plaidsvc/plaidsim/bank"
)

// offers reports whether Link shows an account. Beside the app's own filters
// there is one of Plaid's: who asks for auth sees accounts that have it.
func (t *linkToken) offers(a bank.Account) bool {
	return t.request.AccountFilters.allows(a) && (!slices.Contains(t.request.Products, "auth") || serves("auth", a))
}

// products are those the Item is begun with. Products that are only asked for
// where they are supported are added where the bank has them, and one of the
// accounts chosen.
func (t *linkToken) products(in *signedIn, chosen map[string]bool) []string {
	products := slices.Clone(t.request.Products)
	for _, p := range slices.Concat(t.request.IfSupported, t.request.Optional) {
		served := func(a account) bool { return chosen[a.ID] && serves(p, a.Account) }
		if slices.Contains(in.institution.Products, p) && slices.ContainsFunc(in.accounts, served) {
			products = append(products, p)
		}
	}
	return products
}
