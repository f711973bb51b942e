package plaidsim

import (
	"slices"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/match"
)

type identityMatchRequest struct {
	credentials
	AccessToken string    `json:"access_token" plaid:"required"`
	User        matchUser `json:"user"`
	Options     struct {
		AccountIDs []string `json:"account_ids"`
	} `json:"options"`
}

// matchUser is what the app knows of the person.
type matchUser struct {
	LegalName string `json:"legal_name"`
	Phone     string `json:"phone_number"`
	Email     string `json:"email_address"`
	Address   struct {
		Street     string `json:"street"`
		City       string `json:"city"`
		Region     string `json:"region"`
		PostalCode string `json:"postal_code"`
		Country    string `json:"country"`
	} `json:"address"`
}

// matched is an account with its scores, Plaid's AccountIdentityMatchScore. A
// score is null where the app or the bank does not know the thing.
type matched struct {
	wireAccount
	LegalName wireNameMatch    `json:"legal_name"`
	Phone     wireMatch        `json:"phone_number"`
	Email     wireMatch        `json:"email_address"`
	Address   wireAddressMatch `json:"address"`
}

type wireMatch struct {
	Score *int `json:"score"`
}

type wireNameMatch struct {
	Score       *int  `json:"score"`
	FirstOrLast *bool `json:"is_first_name_or_last_name_match"`
	Nickname    *bool `json:"is_nickname_match"`
	Business    *bool `json:"is_business_name_detected"`
}

type wireAddressMatch struct {
	Score      *int  `json:"score"`
	PostalCode *bool `json:"is_postal_code_match"`
}

// identityMatch holds what the app knows of a person against what the bank has
// on file. Plaid sells it as a product of its own, and to who has Identity.
func identityMatch(c *call, r *identityMatchRequest) (answer, *plaidError) {
	if err := r.User.check(); err != nil {
		return nil, err
	}
	it, err := c.healthyItem(r.AccessToken)
	if err != nil {
		return nil, err
	}
	picked, err := it.pick(r.Options.AccountIDs)
	if err != nil {
		return nil, err
	}
	if it.use("identity_match") != nil {
		if err := it.use("identity"); err != nil {
			return nil, err
		}
	}
	accounts := []matched{}
	for _, a := range it.accounts {
		if picked(a) {
			accounts = append(accounts, r.User.match(it.wireOf(a, bank.Balance{}), it.owners(a)))
		}
	}
	return &struct {
		Accounts []matched `json:"accounts"`
		Item     wireItem  `json:"item"`
		answered
	}{Accounts: accounts, Item: it.wire()}, nil
}

// check refuses numbers that no telephone has, as Plaid documents, and a user of
// whom nothing is known: that is for who uses Identity Verification as well,
// which nobody does here.
func (u *matchUser) check() *plaidError {
	switch {
	case *u == matchUser{}:
		return fail("INVALID_FIELD").saying(
			"user must have at least one of legal_name, phone_number, email_address, address")
	case u.Phone != "" && !match.IsPhone(u.Phone):
		return fail("INVALID_FIELD").saying("user.phone_number must be a valid phone number")
	}
	return nil
}

// match scores the owners of an account: of several the one who fits best, for
// each thing apart.
func (u *matchUser) match(w wireAccount, owners []bank.Owner) matched {
	w.Balances.Currency, w.Balances.Unofficial = nil, nil // "always be null"
	m := matched{wireAccount: w}
	var names []match.NameScore
	var addresses []match.AddressScore
	for _, o := range owners {
		for _, name := range o.Names {
			if score, ok := match.Name(u.LegalName, name); ok {
				names = append(names, score)
			}
		}
		for _, a := range o.Addresses {
			there := match.Address{Street: a.Street, City: a.City, Region: a.Region, PostalCode: a.PostalCode, Country: a.Country}
			if score, ok := match.Addresses(match.Address(u.Address), there); ok {
				addresses = append(addresses, score)
			}
		}
		m.Phone.best(u.Phone, o.Phones, match.Phone)
		m.Email.best(u.Email, o.Emails, match.Email)
	}
	if len(names) > 0 {
		best := slices.MaxFunc(names, func(a, b match.NameScore) int { return a.Score - b.Score })
		m.LegalName = wireNameMatch{&best.Score, &best.FirstOrLast, &best.Nickname, &best.Business}
	}
	if len(addresses) > 0 {
		best := slices.MaxFunc(addresses, func(a, b match.AddressScore) int { return a.Score - b.Score })
		m.Address = wireAddressMatch{&best.Score, &best.PostalCode}
	}
	return m
}

// best raises the score to that of the contact that fits best.
func (m *wireMatch) best(known string, contacts []bank.Contact, compare func(a, b string) (int, bool)) {
	for _, contact := range contacts {
		if score, ok := compare(known, contact.Data); ok && (m.Score == nil || score > *m.Score) {
			m.Score = &score
		}
	}
}
