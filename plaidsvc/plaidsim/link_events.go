package plaidsim

import (
	"strconv"
	"strings"
	"time"
)

type sessionEventsRequest struct {
	inSession
	Events []sessionEvent `json:"events" plaid:"required"`
}

// A sessionEvent is one as the page gives it to onEvent.
type sessionEvent struct {
	Name     string         `json:"name" plaid:"required"`
	Metadata map[string]any `json:"metadata" plaid:"required"`
}

// A wireLinkEvent is Plaid's LinkEvent. What has nothing to say is left out.
type wireLinkEvent struct {
	Name      string            `json:"event_name"`
	Timestamp string            `json:"timestamp"`
	ID        string            `json:"event_id"`
	Metadata  map[string]string `json:"event_metadata"`
}

// eventKeys are those of Plaid's LinkEventMetadata. onEvent has more.
var eventKeys = strings.Fields("error_code error_message error_type exit_status institution_id institution_name " +
	"institution_search_query request_id mfa_type view_name selection brand_name match_reason routing_number " +
	"account_number_mask")

// What a page may tell at most: it is a web page, and anybody's.
const (
	maxEvents    = 500  // of one session
	maxEventText = 1000 // bytes of one value
)

// eventsQuiet is how long nothing must happen before the events of a session
// are told whose person just left. Plaid says 5 to 15 minutes.
const eventsQuiet = 10 * time.Minute

// sessionEvents keeps what happens in a session, as it happens: also after the
// Item is there, when the person reads that it is. The moment is that of the
// simulator's clock, which also says when the session began and ended; the
// browser's may be another.
func sessionEvents(c *call, r *sessionEventsRequest) (answer, *plaidError) {
	t, session, err := c.anySession(r.inSession)
	switch {
	case err != nil:
		return nil, err
	case len(session.events)+len(r.Events) > maxEvents:
		return nil, fail("INVALID_FIELD").saying("events must be at most %d in a session", maxEvents)
	}
	last := false
	for _, e := range r.Events {
		if len(e.Name) > maxEventText {
			return nil, fail("INVALID_FIELD").saying("events.name must be at most %d bytes long", maxEventText)
		}
		session.events = append(session.events, wireLinkEvent{
			Name:      e.Name,
			Timestamp: instant(c.now),
			ID:        c.seed.uuid("event", session.id, strconv.Itoa(len(session.events))),
			Metadata:  e.wire(c.note.requestID),
		})
		last = e.Name == "HANDOFF" || e.Name == "EXIT"
	}
	if last {
		c.tellEvents(t, session, c.now)
		return &answered{}, nil
	}
	count := len(session.events)
	c.agenda.at(c.now.Add(eventsQuiet), func(now time.Time) {
		if len(session.events) == count {
			c.tellEvents(t, session, now)
		}
	})
	return &answered{}, nil
}

// wire keeps of the metadata what the document has.
func (e sessionEvent) wire(requestID string) map[string]string {
	w := map[string]string{"request_id": requestID}
	for _, key := range eventKeys {
		if text, _ := e.Metadata[key].(string); text != "" && len(text) <= maxEventText {
			w[key] = text
		}
	}
	return w
}

// tellEvents sends all events of a session so far, those told before included.
func (s *Server) tellEvents(t *linkToken, session *linkSession, now time.Time) {
	if s.reported(t) {
		s.tell(t.request.Webhook, now, "LINK", "EVENTS", details{
			"events":          session.events[:len(session.events):len(session.events)],
			"link_session_id": session.id,
			"link_token":      t.token,
		})
	}
}
