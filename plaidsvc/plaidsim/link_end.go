package plaidsim

import (
	"slices"
	"time"
)

// sessionsKept is how long Plaid tells of a session after it ended.
const sessionsKept = 6 * time.Hour

// reported tells whether the app hears of the token's sessions: of Hosted Link
// and Multi-Item Link every team does, as it gets the public tokens no other
// way.
func (s *Server) reported(t *linkToken) bool {
	return s.links.options.AllSessions || t.request.HostedLink != nil || t.multiItem()
}

// multiItem tells whether one session may link several banks. Update mode is
// about one Item.
func (t *linkToken) multiItem() bool { return t.request.MultiItem && t.item == nil }

// add notes what the session gave the app. Update mode adds no Item, so there
// is no webhook that says so.
func (c *call) add(t *linkToken, session *linkSession, result wireItemAdd) {
	session.added = append(session.added, result)
	if c.reported(t) && t.item == nil {
		c.tell(t.request.Webhook, c.now, "LINK", "ITEM_ADD_RESULT", details{
			"link_session_id": session.id,
			"link_token":      t.token,
			"public_token":    result.PublicToken,
		})
	}
}

// end closes a session, and forgets it six hours later. A session that gave the
// app anything was a success, however the person left it.
func (s *Server) end(t *linkToken, session *linkSession, now time.Time) {
	session.finished = now
	t.linked = t.linked || len(session.added) > 0
	s.agenda.at(now.Add(sessionsKept), func(time.Time) {
		t.sessions = slices.DeleteFunc(t.sessions, func(other *linkSession) bool { return other == session })
	})
	if !s.reported(t) {
		return
	}
	d := details{
		"status":          "EXITED",
		"link_session_id": session.id,
		"link_token":      t.token,
		"public_tokens":   session.publicTokens(),
	}
	if len(session.added) > 0 {
		d["status"], d["public_token"] = "SUCCESS", session.added[0].PublicToken
	}
	s.tell(t.request.Webhook, now, "LINK", "SESSION_FINISHED", d)
}

func (session *linkSession) publicTokens() []string {
	tokens := []string{}
	for _, result := range session.added {
		tokens = append(tokens, result.PublicToken)
	}
	return tokens
}

// endAll ends what is still open when the link token expires: a person who just
// closed the page never says so.
func (s *Server) endAll(t *linkToken, now time.Time) {
	for _, session := range t.sessions {
		if session.finished.IsZero() {
			s.end(t, session, now)
		}
	}
}

type sessionHandoffRequest struct{ inSession }

// sessionHandoff ends a session of Multi-Item Link, whose person has no more
// banks to link. As at Plaid the page has nothing for the app: the public tokens
// are in the webhooks and in /link/token/get.
func sessionHandoff(c *call, r *sessionHandoffRequest) (answer, *plaidError) {
	t, session, err := c.session(r.inSession)
	switch {
	case err != nil:
		return nil, err
	case len(session.added) == 0:
		return nil, fail("INVALID_FIELD").saying("link_session_id must be that of a session that linked a bank")
	}
	c.end(t, session, c.now)
	return &sessionFinished{Metadata: finishedMetadata{Accounts: []wireLinkAccount{}, SessionID: session.id}}, nil
}

type sessionExitRequest struct {
	inSession
	InstitutionID string            `json:"institution_id"` // the one chosen, if one is
	Status        string            `json:"status"`
	Error         *sessionExitError `json:"error"`
}

// sessionExitError is the error the page shows the app in onExit.
type sessionExitError struct {
	Type    string  `json:"error_type"`
	Code    string  `json:"error_code" plaid:"required"`
	Message string  `json:"error_message"`
	Display *string `json:"display_message"`
}

// exitStatuses are the points at which a person leaves; there is none before
// the first choice and after the last.
var exitStatuses = []string{
	"", "requires_questions", "requires_selections", "requires_code", "choose_device", "requires_credentials",
	"requires_account_selection", "requires_oauth", "institution_not_found", "institution_not_supported",
}

func sessionExit(c *call, r *sessionExitRequest) (answer, *plaidError) {
	t, session, err := c.openSession(r.inSession)
	switch {
	case err != nil:
		return nil, err
	case !slices.Contains(exitStatuses, r.Status):
		return nil, fail("INVALID_FIELD").saying("status must be one of Link's exit statuses")
	}
	exit := &wireLinkExit{Metadata: wireLinkExitMetadata{
		Status:        r.Status,
		LinkSessionID: session.id,
		RequestID:     c.note.requestID,
	}}
	if i, err := c.institution(r.InstitutionID); err == nil {
		exit.Metadata.Institution = linkInstitution(i)
	}
	if r.Error != nil {
		exit.Error = fail(r.Error.Code)
	}
	session.exit = exit
	c.end(t, session, c.now)
	return &answered{}, nil
}
