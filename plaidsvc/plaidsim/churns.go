package plaidsim

import (
	"strings"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

// churns are the names that accounts of an Item have got: when Plaid takes an
// account for a new one, the app sees another account_id, and the rows come
// under another name as well. The bank, and what it knows of the account, stays.
type churns struct {
	names  map[string]string // of the rows now, by the bank's id of the account
	former map[string]string // what rows came under before, to the account_id of then
}

// of is what the rows of a bank's account come under.
func (c churns) of(accountID string) string {
	if name, ok := c.names[accountID]; ok {
		return name
	}
	return accountID
}

// gone reports whether rows came under a name before a churn.
func (c churns) gone(name string) bool {
	_, ok := c.former[name]
	return ok
}

// named is a bank's account under the name that the Item has for it.
func (it *item) named(a bank.Account) account {
	return account{a, it.scoped("account", it.churns.of(a.ID))}
}

// churn gives an account another account_id, and its rows other ids.
func (it *item) churn(a bank.Account, at time.Time) {
	from := it.churns.of(a.ID)
	to := a.ID + strings.Repeat("'", 1+strings.Count(from, "'")-strings.Count(a.ID, "'"))
	if it.churns.names == nil {
		it.churns = churns{make(map[string]string), make(map[string]string)}
	}
	it.churns.former[from] = it.named(a).id
	it.churns.names[a.ID] = to
	if joined, ok := it.joined[from]; ok {
		it.joined[to] = joined
	}
	it.life.Churn(at, from, to)
	for i := range it.accounts {
		if it.accounts[i].ID == a.ID {
			it.accounts[i] = it.named(a)
		}
	}
}
