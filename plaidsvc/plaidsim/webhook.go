package plaidsim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"time"

	"coffer/plaidsvc/plaidsim/tomorrow"
	"coffer/plaidsvc/plaidsim/webhook"
)

// details are the fields of a webhook beside its envelope.
type details map[string]any

// A notice is a webhook that was fired.
type notice struct {
	at         time.Time
	item       *item // nil where the webhook is about none
	address    string
	kind, code string
	details    details
	mode       *tomorrow.Mode // that its body passes, nil for none
}

// notify fires a webhook about an Item, if its app wants any.
func (s *Server) notify(it *item, now time.Time, kind, code string, d details) {
	s.queue(notice{now, it, it.webhook, kind, code, d, s.tomorrow})
}

// tell fires a webhook that is about no Item: a Link session, a transfer. An
// empty address is nobody.
func (s *Server) tell(address string, now time.Time, kind, code string, d details) {
	s.queue(notice{now, nil, address, kind, code, d, s.tomorrow})
}

// mostNotices is how many fired webhooks are remembered.
const mostNotices = 1000

// queue fires a webhook, and what comes beside it tomorrow.
func (s *Server) queue(n notice) {
	if n.address == "" {
		return
	}
	s.fire(n)
	if n.mode == nil {
		return
	}
	if kind, code, ok := n.mode.Beside(n.body()); ok {
		n.kind, n.code, n.details = kind, code, nil
		s.fire(n)
	}
}

func (s *Server) fire(n notice) {
	if n.item != nil {
		n.item.fired = &wireFired{SentAt: ptr(instant(n.at)), Code: &n.code}
	}
	if len(s.outbox) == mostNotices {
		s.outbox = append(s.outbox[:0], s.outbox[mostNotices/2:]...)
	}
	s.outbox = append(s.outbox, n)
	s.post.Send(webhook.Letter{Address: n.address, Name: n.kind + " " + n.code, Body: n.body(), At: n.at})
	s.nudge()
}

// body is what is posted: JSON with two spaces of indentation, over which the
// signature goes byte by byte.
func (n notice) body() []byte {
	fields := maps.Clone(n.details)
	if fields == nil {
		fields = make(details)
	}
	fields["webhook_type"], fields["webhook_code"], fields["environment"] = n.kind, n.code, environment
	if n.item != nil {
		fields["item_id"] = n.item.id
	}
	if problem, ok := fields["error"].(*plaidError); ok && problem != nil {
		fields["error"] = wireWebhookError{problem, problem.status}
	}
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(fields); err != nil {
		panic(fmt.Sprintf("plaidsim: write a webhook: %v", err)) // details are made of texts and numbers
	}
	body := bytes.TrimSuffix(text.Bytes(), []byte("\n"))
	if n.mode != nil {
		return n.mode.Webhook(body)
	}
	return body
}

// wireWebhookError is a PlaidError in a webhook: the status is in the body, as
// there is no answer that could have it, and there is no request it belongs to.
type wireWebhookError struct {
	*plaidError
	Status int `json:"status"`
}
