package plaidsim

type holdingsAnswer struct {
	Accounts   []wireAccount  `json:"accounts"`
	Holdings   []wireHolding  `json:"holdings"`
	Securities []wireSecurity `json:"securities"`
	Item       wireItem       `json:"item"`
	Fallback   bool           `json:"is_investments_fallback_item"`
	answered
}

// investmentsHoldingsGet tells what the investment accounts hold, as of the
// Item's last update, like the balances beside it. No Item here is one that
// somebody typed in because their bank is not supported.
func investmentsHoldingsGet(c *call, r *accountsRequest) (answer, *plaidError) {
	it, names, err := c.investmentsItem(r.AccessToken, r.Options.AccountIDs, false)
	if err != nil {
		return nil, err
	}
	at := it.asOf(c.now)
	a := &holdingsAnswer{Accounts: it.wireAccounts(at, named(names)), Holdings: []wireHolding{}, Item: it.wire()}
	var held catalogue
	for _, h := range it.life.Holdings(at) {
		if id := names[h.AccountID]; id != "" {
			a.Holdings = append(a.Holdings, newWireHolding(id, held.add(h.Security), h))
		}
	}
	a.Securities = list(held.securities)
	return a, nil
}

// investmentsItem finds an Item, makes sure that its investments are there, and
// maps the bank's ids of the accounts that are asked for to the Item's.
func (c *call) investmentsItem(token string, ids []string, async bool) (*item, map[string]string, *plaidError) {
	it, err := c.healthyItem(token)
	if err != nil {
		return nil, nil, err
	}
	if err := it.may("investments"); err != nil {
		return nil, nil, err
	}
	invests := func(a account) bool { return serves("investments", a.Account) }
	names, err := it.eligible(ids, invests, "NO_INVESTMENT_ACCOUNTS")
	if err != nil {
		return nil, nil, err
	}
	it.initialise("investments")
	return it, names, c.extracted(it, async)
}

// named picks the accounts that have a name.
func named(names map[string]string) func(account) bool {
	return func(a account) bool { return names[a.ID] != "" }
}
