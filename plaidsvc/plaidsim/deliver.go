package plaidsim

import (
	"context"
	"time"

	"coffer/plaidsvc/plaidsim/webhook"
)

// WebhookFaults are what can go wrong with webhooks.
type WebhookFaults = webhook.Faults

// Misdeliver decides what goes wrong with the webhooks that are fired from now
// on. The zero value is nothing.
func (s *Server) Misdeliver(f WebhookFaults) { s.post.Misdeliver(f) }

// Deliver lets everything happen that is due by now, sends the webhooks that are
// due, and returns when all of them are answered or given up for the moment.
// [Server.Serve] does so by itself; Deliver is for those who turn the clock.
func (s *Server) Deliver(ctx context.Context) {
	s.catchUp()
	s.post.Start(ctx)
	s.post.Wait()
}

func (s *Server) newPost() *webhook.Post {
	p := webhook.NewPost(webhook.PostOptions{
		Network: s.options.Network,
		Keys:    s.keyring,
		Clock:   s.clock,
		Failed:  func(f webhook.Failure) { s.log.line(f.String()) },
		Idle:    s.nudge,
	})
	p.Misdeliver(s.options.WebhookFaults)
	return p
}

// catchUp lets happen what is due.
func (s *Server) catchUp() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.agenda.advance(s.clock().UTC())
}

// nudge makes work look again what is due.
func (s *Server) nudge() {
	select {
	case s.wake <- struct{}{}:
	default: // it has been told already
	}
}

// longestSleep bounds how late work notices that somebody turned the clock.
const longestSleep = time.Minute

// work lets things happen when they are due, while nobody asks anything, until
// ctx is done. Then it breaks off what is being sent.
func (s *Server) work(ctx context.Context) {
	defer s.post.Wait()
	for ctx.Err() == nil {
		s.catchUp()
		s.post.Start(ctx)
		alarm := time.NewTimer(s.untilNext())
		select {
		case <-ctx.Done():
		case <-s.wake:
		case <-alarm.C:
		}
		alarm.Stop()
	}
}

// untilNext is how long there is nothing to do.
func (s *Server) untilNext() time.Duration {
	wait := longestSleep
	now := s.clock()
	if due, waiting := s.post.Due(); waiting {
		wait = min(wait, due.Sub(now))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if due, waiting := s.agenda.next(); waiting {
		wait = min(wait, due.Sub(now))
	}
	return max(wait, 0)
}
