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
//	/link/session/hosted        tells the hosted page its link token
//	/link/session/start         begins a session
//	/link/session/institutions  searches the banks that fit the token
//	/link/session/credentials   signs in at one
//	/link/session/mfa           answers what the bank asks beside the password
//	/link/session/finish        makes an Item of the accounts chosen
//	/link/session/handoff       ends a session that may link several banks
//	/link/session/exit          notes that the person left
//	/link/session/events        keeps what happened
//
// Errors are Plaid's. They are no part of Plaid's API and are not in its
// document.
//
// Credentials {link_token, link_session_id, institution_id, username, password}
// and mfa {link_token, link_session_id, institution_id, answers: [text, ...]}
// are answered with the next thing the person sees, which is one of
//
//	{"accounts": [...], "skip_accounts": false}
//	{"mfa": {"type": "device", "round": 1, "rounds": 2,
//	         "questions": [{"text": "Where ...?", "choices": ["Text message to ...", ...]}]}}
//
// The type is "device" (choose where a code is sent), "code" (type that code),
// "questions" (type the answers) or "selections" (choose the answers). Choices
// is an empty array where the answer is typed. Answers are in the order of the
// questions, one each, and none is empty. A wrong one is refused with
// INVALID_MFA, and the same round may be answered again.
//
// Hosted is asked with {hosted_link_id}, before there is a session. Events are
// {link_token, link_session_id, events: [{name, metadata}, ...]} with the name and
// metadata that onEvent is given; they may come after the session has ended.

// A linkSession is one run of Link.
type linkSession struct {
	id                string
	started, finished time.Time            // finished is zero while Link is open
	signedIn          map[string]*signedIn // by institution id
	added             []wireItemAdd
	exit              *wireLinkExit
	events            []wireLinkEvent
}

type sessionStartRequest struct {
	LinkToken string `json:"link_token" plaid:"required"`
}

type sessionStartAnswer struct {
	SessionID   string                  `json:"link_session_id"`
	ClientName  string                  `json:"client_name"`
	Language    string                  `json:"language"`
	UpdateMode  bool                    `json:"update_mode"`
	MultiItem   bool                    `json:"multi_item"`
	Institution *wireSessionInstitution `json:"institution"`
	Products    []string                `json:"products"`
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
		id:       c.seed.uuid("session", t.token, strconv.Itoa(t.opened)),
		started:  c.now,
		signedIn: make(map[string]*signedIn),
	}
	t.opened++
	t.sessions = append(t.sessions, session)
	a := &sessionStartAnswer{
		SessionID:  session.id,
		ClientName: t.request.ClientName,
		Language:   t.request.Language,
		UpdateMode: t.item != nil,
		MultiItem:  t.multiItem(),
		Products:   t.asksFor(),
	}
	if len([]rune(a.ClientName)) > maxClientName {
		a.ClientName = "This Application"
	}
	if t.item != nil {
		a.Institution = t.offer(t.item.institution)
	} else if i, err := c.institution(t.request.InstitutionID); err == nil {
		a.Institution = t.offer(i)
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

// session finds an open session whose link token is still good.
func (c *call) session(r inSession) (*linkToken, *linkSession, *plaidError) {
	if _, err := c.linkToken(r.LinkToken); err != nil {
		return nil, nil, err
	}
	return c.openSession(r)
}

// openSession finds one that has not ended, for somebody who wants to leave it.
func (c *call) openSession(r inSession) (*linkToken, *linkSession, *plaidError) {
	t, session, err := c.anySession(r)
	if err == nil && !session.finished.IsZero() {
		return nil, nil, fail("INVALID_FIELD").saying("link_session_id must be that of an open session")
	}
	return t, session, err
}

// anySession finds one that is not forgotten.
func (c *call) anySession(r inSession) (*linkToken, *linkSession, *plaidError) {
	t, err := c.anyLinkToken(r.LinkToken)
	if err != nil {
		return nil, nil, err
	}
	i := slices.IndexFunc(t.sessions, func(session *linkSession) bool { return session.id == r.SessionID })
	if i < 0 {
		return nil, nil, fail("INVALID_FIELD").saying("link_session_id must be that of a session of the link_token")
	}
	return t, t.sessions[i], nil
}
