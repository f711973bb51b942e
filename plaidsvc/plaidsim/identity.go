package plaidsim

import "coffer/plaidsvc/plaidsim/bank"

// identified is an account with its holders, Plaid's AccountIdentity.
type identified struct {
	wireAccount
	Owners []wireOwner `json:"owners"`
}

// wireOwner is Plaid's Owner.
type wireOwner struct {
	Names     []string      `json:"names"`
	Phones    []wireContact `json:"phone_numbers"`
	Emails    []wireContact `json:"emails"`
	Addresses []wireAddress `json:"addresses"`
}

type wireContact struct {
	Data    string `json:"data"`
	Primary bool   `json:"primary"`
	Type    string `json:"type"`
}

type wireAddress struct {
	Data    wireAddressData `json:"data"`
	Primary bool            `json:"primary"`
}

type wireAddressData struct {
	City       *string `json:"city"`
	Region     *string `json:"region"`
	Street     string  `json:"street"`
	PostalCode *string `json:"postal_code"`
	Country    *string `json:"country"`
}

func ownerOf(o bank.Owner) wireOwner {
	w := wireOwner{Names: o.Names, Phones: contacts(o.Phones), Emails: contacts(o.Emails), Addresses: []wireAddress{}}
	for _, a := range o.Addresses {
		w.Addresses = append(w.Addresses, wireAddress{wireAddressData{
			City: nullable(a.City), Region: nullable(a.Region), Street: a.Street,
			PostalCode: nullable(a.PostalCode), Country: nullable(a.Country),
		}, a.Primary})
	}
	return w
}

func contacts(of []bank.Contact) []wireContact {
	w := []wireContact{}
	for _, c := range of {
		w = append(w, wireContact{c.Data, c.Primary, c.Type})
	}
	return w
}

// identityGet tells who the accounts belong to.
func identityGet(c *call, r *accountsRequest) (answer, *plaidError) {
	it, err := c.healthyItem(r.AccessToken)
	if err != nil {
		return nil, err
	}
	picked, err := it.pick(r.Options.AccountIDs)
	if err != nil {
		return nil, err
	}
	if err := it.use("identity"); err != nil {
		return nil, err
	}
	accounts := []identified{}
	for _, a := range it.accounts {
		if !picked(a) {
			continue
		}
		known := identified{Owners: []wireOwner{}}
		for _, o := range it.owners(a) {
			known.Owners = append(known.Owners, ownerOf(o))
		}
		known.wireAccount = it.wireAccounts(it.lastUpdate(c.now), func(b account) bool { return a.id == b.id })[0]
		accounts = append(accounts, known)
	}
	return &struct {
		Accounts []identified `json:"accounts"`
		Item     wireItem     `json:"item"`
		answered
	}{Accounts: accounts, Item: it.wire()}, nil
}

// owners are the holders of an account, as far as the bank tells.
func (it *item) owners(a account) []bank.Owner { return it.life.Owners(a.ID) }
