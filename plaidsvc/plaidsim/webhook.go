package plaidsim

import "time"

// details are the fields of a webhook beside its envelope.
type details map[string]any

// A notice is a webhook that is to be sent.
type notice struct {
	at         time.Time
	item       *item
	address    string
	kind, code string
	details    details
}

// notify queues a webhook about an Item, if its app wants any.
func (s *Server) notify(it *item, now time.Time, kind, code string, d details) {
	if it.webhook == "" {
		return
	}
	s.outbox = append(s.outbox, notice{now, it, it.webhook, kind, code, d})
}
