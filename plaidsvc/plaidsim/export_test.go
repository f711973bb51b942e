package plaidsim

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Endpoints lists the paths of Plaid's API that the simulator serves.
func (s *Server) Endpoints() []string {
	var paths []string
	for _, r := range routes() {
		if !strings.HasPrefix(r.path, "/link/session/") {
			paths = append(paths, r.path)
		}
	}
	return paths
}

// OnItem does something to the Item of an access token, as a scenario would.
func (s *Server) OnItem(token string, do func(*Server, *Item, time.Time)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock().UTC()
	s.agenda.advance(now)
	do(s, s.items.byToken[token], now)
}

// An Item is what the states below are of.
type Item = item

// Consent, Disconnect, Revoke and Repair are what happens to Items.
func (s *Server) Consent(life time.Duration) func(*Server, *Item, time.Time) {
	return func(s *Server, it *item, now time.Time) { s.consent(it, life, now) }
}

func (s *Server) Disconnect(after time.Duration) func(*Server, *Item, time.Time) {
	return func(s *Server, it *item, now time.Time) { s.disconnect(it, institutionMigration, after, now) }
}

func (s *Server) Revoke() func(*Server, *Item, time.Time) { return (*Server).revoke }

func (s *Server) Repair() func(*Server, *Item, time.Time) { return (*Server).repair }

// A Notice is a webhook that is to be sent.
type Notice struct {
	Kind, Code string
	Details    map[string]any
	Body       []byte
}

// Notices are the webhooks queued so far.
func (s *Server) Notices() []Notice {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.agenda.advance(s.clock().UTC())
	var out []Notice
	for _, n := range s.outbox {
		out = append(out, Notice{n.kind, n.code, n.details, n.body()})
	}
	return out
}

// EventNames are the events there are for scenarios.
func EventNames() []string { return slices.Sorted(maps.Keys(happenings())) }
