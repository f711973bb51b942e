package plaidsim

import (
	"slices"

	"coffer/plaidsvc/plaidsim/bank"
)

type sessionCredentialsRequest struct {
	inSession
	InstitutionID string `json:"institution_id" plaid:"required"`
	Username      string `json:"username"`
	Password      string `json:"password"`
}

// A signedIn is somebody who gave the right password, and may choose from the
// accounts once there is no question left.
type signedIn struct {
	institution bank.Institution
	visit       visit
	round       int       // how many rounds of visit.mfa were answered
	accounts    []account // named for this session only, until there is an Item
}

// sessionCredentials signs in. In update mode only the Item's own bank will do,
// and only its own user; the accounts ticked are those it has.
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
	if t.item != nil && !institution.OAuth && r.Username != t.item.user {
		return nil, fail("INVALID_UPDATED_USERNAME")
	}
	visit, err := c.signIn(institution, r.Username, r.Password)
	if err != nil {
		return nil, t.count(err)
	}
	if t.item != nil && institution.OAuth {
		visit.user, visit.login = t.item.user, t.item.login // the bank's own page knows who it is
	}
	if t.item != nil && !t.item.belongsTo(visit.user, visit.login) {
		return nil, fail("INVALID_CREDENTIALS")
	}
	in := &signedIn{institution: institution, visit: visit}
	session.signedIn[institution.ID] = in
	return c.welcome(t, session, in)
}

// welcome asks what is still to be asked, and then lists the accounts.
func (c *call) welcome(t *linkToken, session *linkSession, in *signedIn) (answer, *plaidError) {
	if in.asked() {
		return &sessionQuestions{MFA: in.question()}, nil
	}
	if in.visit.refused != nil {
		return nil, in.visit.refused
	}
	for _, a := range c.accountsAt(t.item, in) {
		if t.offers(a) {
			in.accounts = append(in.accounts, account{a, c.choiceID(t, session, a)})
		}
	}
	if len(in.accounts) == 0 {
		return nil, fail("NO_ACCOUNTS")
	}
	return &sessionAccounts{Accounts: t.choices(in.accounts), SkipAccounts: !t.selectsAccounts()}, nil
}

// sessionAccounts are what a person who is signed in may choose from.
type sessionAccounts struct {
	Accounts []wireChoice `json:"accounts"`
	// SkipAccounts tells the page that there is nothing to choose.
	SkipAccounts bool `json:"skip_accounts"`
	answered
}

// A wireChoice is an account that can be chosen, and whether it is so far.
type wireChoice struct {
	wireLinkAccount
	Selected bool `json:"selected"`
}

// count notes a wrong answer to a bank, of which a link token bears a few.
func (t *linkToken) count(err *plaidError) *plaidError {
	if err.Code == "INVALID_CREDENTIALS" || err.Code == "INVALID_MFA" {
		t.badLogins++
	}
	return err
}

// choiceID is what the session calls an account. An Item has names already.
func (c *call) choiceID(t *linkToken, session *linkSession, a bank.Account) string {
	if t.item != nil {
		return t.item.named(a).id
	}
	return c.seed.alnum(idLength, "choice", session.id, a.ID)
}

// selectsAccounts reports whether the person chooses accounts: always for a new
// Item, in update mode when the app asks for it, and at American banks with
// OAuth, whose own pages ask in any case.
func (t *linkToken) selectsAccounts() bool {
	return t.item == nil || t.request.Update.AccountSelection ||
		t.item.institution.OAuth && slices.Contains(t.item.institution.Countries, "US")
}

// choices ticks what a new Item is offered, and in update mode what the Item
// has.
func (t *linkToken) choices(accounts []account) []wireChoice {
	choices := []wireChoice{}
	for i, w := range linkAccounts(accounts) {
		has := func(a account) bool { return a.id == accounts[i].id }
		choices = append(choices, wireChoice{w, t.item == nil || slices.ContainsFunc(t.item.accounts, has)})
	}
	return choices
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
