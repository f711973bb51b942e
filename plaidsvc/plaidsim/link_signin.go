package plaidsim

import "coffer/plaidsvc/plaidsim/bank"

type sessionCredentialsRequest struct {
	inSession
	InstitutionID string `json:"institution_id" plaid:"required"`
	Username      string `json:"username"`
	Password      string `json:"password"`
}

// sessionCredentials signs in. In update mode only the Item's own bank will do,
// and all accounts it has are listed.
func sessionCredentials(c *call, r *sessionCredentialsRequest) (answer, *plaidError) {
	t, session, err := c.session(r.inSession)
	if err != nil {
		return nil, err
	}
	institution, err := c.institution(r.InstitutionID)
	if err != nil {
		return nil, err
	}
	if !t.fits(institution) {
		return nil, fail("INVALID_INSTITUTION")
	}
	session.institution = linkInstitution(institution)
	visit, err := c.signIn(institution, r.Username, r.Password)
	if err != nil {
		return nil, err
	}
	in := signedIn{institution: institution, visit: visit}
	for _, a := range visit.login.Accounts() {
		if t.request.AccountFilters.allows(a) {
			in.accounts = append(in.accounts, account{a, c.seed.alnum(idLength, "choice", session.id, a.ID)})
		}
	}
	if len(in.accounts) == 0 {
		return nil, fail("NO_ACCOUNTS")
	}
	session.signedIn[institution.ID] = in
	return &struct {
		Accounts []wireLinkAccount `json:"accounts"`
		answered
	}{Accounts: linkAccounts(in.accounts)}, nil
}

// fits reports whether a bank can be linked with the token.
func (t *linkToken) fits(i bank.Institution) bool {
	if t.item != nil {
		return i.ID == t.item.institution.ID
	}
	return supports(i, t.request.Products) && overlap(i.Countries, t.request.CountryCodes)
}

func linkAccounts(accounts []account) []wireLinkAccount {
	w := []wireLinkAccount{}
	for _, a := range accounts {
		w = append(w, wireLinkAccount{ID: a.id, Name: a.Name, Mask: nullable(a.Mask), Type: a.Type, Subtype: a.Subtype})
	}
	return w
}
