package plaidsim

import (
	"slices"
	"strconv"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

// The Link page talks to these endpoints, all POST with a JSON body, and with
// no credentials but the link token:
//
//	/link/session/start         begins a session
//	/link/session/institutions  searches the banks that fit the token
//	/link/session/credentials   signs in at one and lists its accounts
//	/link/session/finish        makes an Item of the accounts chosen
//	/link/session/exit          notes that the person left
//
// Errors are Plaid's. They are no part of Plaid's API and are not in its
// document.

// A linkSession is one run of Link.
type linkSession struct {
	id                string
	started, finished time.Time // finished is zero while Link is open
	signedIn          map[string]signedIn
	institution       *wireLinkInstitution // the last one tried
	added             *wireItemAdd
	exit              *wireLinkExit
}

// signedIn is what a person who gave the right password may choose from.
type signedIn struct {
	institution bank.Institution
	user        string
	login       bank.Login
	accounts    []account // named for this session only, until there is an Item
}

type sessionStartRequest struct {
	LinkToken string `json:"link_token" plaid:"required"`
}

type sessionStartAnswer struct {
	SessionID   string               `json:"link_session_id"`
	ClientName  string               `json:"client_name"`
	Language    string               `json:"language"`
	UpdateMode  bool                 `json:"update_mode"`
	Institution *wireLinkInstitution `json:"institution"`
	Products    []string             `json:"products"`
	answered
}

// maxClientName is what Link shows; it names an app with a longer name itself.
const maxClientName = 30

func sessionStart(c *call, r *sessionStartRequest) (answer, *plaidError) {
	t, err := c.linkToken(r.LinkToken)
	if err != nil {
		return nil, err
	}
	session := &linkSession{
		id:       c.seed.uuid("session", t.token, strconv.Itoa(len(t.sessions))),
		started:  c.now,
		signedIn: make(map[string]signedIn),
	}
	t.sessions = append(t.sessions, session)
	a := &sessionStartAnswer{
		SessionID:  session.id,
		ClientName: t.request.ClientName,
		Language:   t.request.Language,
		UpdateMode: t.item != nil,
		Products:   list(t.request.Products),
	}
	if len([]rune(a.ClientName)) > maxClientName {
		a.ClientName = "This Application"
	}
	if t.item != nil {
		a.Institution = linkInstitution(t.item.institution)
	} else if i, err := c.institution(t.request.InstitutionID); err == nil {
		a.Institution = linkInstitution(i)
	}
	return a, nil
}

func linkInstitution(i bank.Institution) *wireLinkInstitution {
	return &wireLinkInstitution{Name: i.Name, ID: i.ID}
}

// inSession names the session a request of the page belongs to.
type inSession struct {
	LinkToken string `json:"link_token" plaid:"required"`
	SessionID string `json:"link_session_id" plaid:"required"`
}

// session finds an open session.
func (c *call) session(r inSession) (*linkToken, *linkSession, *plaidError) {
	t, err := c.linkToken(r.LinkToken)
	if err != nil {
		return nil, nil, err
	}
	for _, session := range t.sessions {
		if session.id == r.SessionID && session.finished.IsZero() {
			return t, session, nil
		}
	}
	return nil, nil, fail("INVALID_FIELD").saying("link_session_id must be that of an open session")
}

type sessionInstitutionsRequest struct {
	inSession
	Query string `json:"query"`
}

type wireSessionInstitution struct {
	ID    string `json:"institution_id"`
	Name  string `json:"name"`
	OAuth bool   `json:"oauth"`
	Color string `json:"color"`
	URL   string `json:"url"`
}

func sessionInstitutions(c *call, r *sessionInstitutionsRequest) (answer, *plaidError) {
	t, _, err := c.session(r.inSession)
	if err != nil {
		return nil, err
	}
	found := []wireSessionInstitution{}
	for _, i := range c.search(r.Query, t.request.Products, t.request.CountryCodes) {
		found = append(found, wireSessionInstitution{ID: i.ID, Name: i.Name, OAuth: i.OAuth, Color: i.Color, URL: i.URL})
	}
	return &struct {
		Institutions []wireSessionInstitution `json:"institutions"`
		answered
	}{Institutions: found}, nil
}

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
	login, err := c.signIn(institution, r.Username, r.Password)
	if err != nil {
		return nil, err
	}
	in := signedIn{institution: institution, user: r.Username, login: login}
	for _, a := range login.Accounts() {
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

type sessionFinishRequest struct {
	inSession
	InstitutionID string   `json:"institution_id" plaid:"required"`
	AccountIDs    []string `json:"account_ids" plaid:"required"`
}

// sessionFinish makes the Item, or in update mode mends the one there is, whose
// tokens and accounts stay. Either way there is a public token.
func sessionFinish(c *call, r *sessionFinishRequest) (answer, *plaidError) {
	t, session, err := c.session(r.inSession)
	if err != nil {
		return nil, err
	}
	in, ok := session.signedIn[r.InstitutionID]
	if !ok {
		return nil, fail("INVALID_CREDENTIALS")
	}
	chosen, err := in.choose(r.AccountIDs)
	if err != nil {
		return nil, err
	}
	it, token := t.item, ""
	if it == nil {
		it, token = c.link(t.linking(in, chosen))
	} else {
		it.trouble = ""
		token = c.grant(it, "update", it.id, session.id)
	}
	session.finished = c.now
	session.added = &wireItemAdd{
		PublicToken: token,
		Accounts:    linkAccounts(it.accounts),
		Institution: linkInstitution(in.institution),
	}
	return finished(session), nil
}

func finished(session *linkSession) answer {
	type metadata struct {
		Institution *wireLinkInstitution `json:"institution"`
		Accounts    []wireLinkAccount    `json:"accounts"`
		SessionID   string               `json:"link_session_id"`
	}
	return &struct {
		PublicToken string   `json:"public_token"`
		Metadata    metadata `json:"metadata"`
		answered
	}{
		PublicToken: session.added.PublicToken,
		Metadata:    metadata{session.added.Institution, session.added.Accounts, session.id},
	}
}

// choose turns the ids the page was given into accounts of the bank.
func (in signedIn) choose(ids []string) (map[string]bool, *plaidError) {
	if len(ids) == 0 {
		return nil, fail("INVALID_FIELD").saying("account_ids must be a non-empty array")
	}
	chosen := make(map[string]bool)
	for _, id := range ids {
		i := slices.IndexFunc(in.accounts, func(a account) bool { return a.id == id })
		if i < 0 {
			return nil, fail("INVALID_ACCOUNT_ID")
		}
		chosen[in.accounts[i].ID] = true
	}
	return chosen, nil
}

// linking is what the person agreed to. Products that are only asked for where
// the bank has them are added where it has.
func (t *linkToken) linking(in signedIn, chosen map[string]bool) linking {
	products := t.request.Products
	for _, p := range slices.Concat(t.request.IfSupported, t.request.Optional) {
		if slices.Contains(in.institution.Products, p) {
			products = union(products, []string{p})
		}
	}
	return linking{
		institution: in.institution,
		login:       in.login,
		user:        in.user,
		chosen:      func(a bank.Account) bool { return chosen[a.ID] },
		products:    products,
		consented:   t.request.Consented,
		webhook:     t.request.Webhook,
		days:        t.request.Transactions.DaysRequested,
	}
}

type sessionExitRequest struct {
	inSession
	Status string            `json:"status"`
	Error  *sessionExitError `json:"error"`
}

// sessionExitError is the error the page shows the app in onExit.
type sessionExitError struct {
	Type    string  `json:"error_type"`
	Code    string  `json:"error_code" plaid:"required"`
	Message string  `json:"error_message"`
	Display *string `json:"display_message"`
}

func sessionExit(c *call, r *sessionExitRequest) (answer, *plaidError) {
	_, session, err := c.session(r.inSession)
	if err != nil {
		return nil, err
	}
	exit := &wireLinkExit{Metadata: wireLinkExitMetadata{
		Institution:   session.institution,
		Status:        r.Status,
		LinkSessionID: session.id,
		RequestID:     c.note.requestID,
	}}
	if r.Error != nil {
		exit.Error = fail(r.Error.Code)
	}
	session.finished, session.exit = c.now, exit
	return &answered{}, nil
}
