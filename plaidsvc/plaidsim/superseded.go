package plaidsim

import (
	"cmp"
	"slices"
)

// tokenInvalid is error_code_reason of a login whose token the bank withdrew.
const tokenInvalid = "OAUTH_INVALID_TOKEN"

// supersede breaks the older Items of the same login where a bank allows one at
// a time. Plaid documents four such banks; at Chase and PNC the older Item goes
// on if the same accounts are shared.
func (c *call) supersede(it *item) {
	var older []*item
	for _, other := range c.items.byToken {
		if other != it && !other.removed && other.trouble == "" &&
			other.belongsTo(it.user, it.login) && other.institution.ID == it.institution.ID && it.replaces(other) {
			older = append(older, other)
		}
	}
	slices.SortFunc(older, func(a, b *item) int {
		return cmp.Or(a.linkedAt.Compare(b.linkedAt), cmp.Compare(a.id, b.id))
	})
	for _, other := range older {
		c.expire(other, tokenInvalid, c.now)
	}
}

// replaces reports whether an Item takes the place of an older one.
func (it *item) replaces(older *item) bool {
	switch it.institution.ID {
	case "ins_15", "ins_11": // Navy Federal, Schwab
		return true
	case "ins_56", "ins_13": // Chase, PNC
		return !sameAccounts(it.accounts, older.accounts)
	default:
		return false
	}
}

// sameAccounts compares by the bank's ids.
func sameAccounts(a, b []account) bool {
	missing := func(x account) bool {
		return !slices.ContainsFunc(b, func(y account) bool { return x.ID == y.ID })
	}
	return len(a) == len(b) && !slices.ContainsFunc(a, missing)
}
