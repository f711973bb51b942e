package plaidsim

import "time"

// details are the fields of a webhook beside its envelope.
type details map[string]any

// A notice is a webhook that is to be sent.
type notice struct {
	at         time.Time
	item       *item // nil where the webhook is about none
	address    string
	kind, code string
	details    details
}

// notify queues a webhook about an Item, if its app wants any.
func (s *Server) notify(it *item, now time.Time, kind, code string, d details) {
	s.queue(notice{now, it, it.webhook, kind, code, d})
}

// tell queues a webhook that is about no Item: a Link session, a transfer. An
// empty address is nobody.
func (s *Server) tell(address string, now time.Time, kind, code string, d details) {
	s.queue(notice{now, nil, address, kind, code, d})
}

func (s *Server) queue(n notice) {
	if n.address != "" {
		s.outbox = append(s.outbox, n)
	}
}
