package plaidsim

import (
	"time"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/feed"
)

// pollEvery is how often Plaid asks a bank for news by itself: "typically one to
// four times a day".
const pollEvery = 6 * time.Hour

// catchUpAfter is how long an Item must have been out of reach for Plaid to ask
// as soon as it is not.
const catchUpAfter = 24 * time.Hour

// told is what an app knows by webhooks. What differs from it is news.
type told struct {
	asked        time.Time                    // when the bank was asked last
	transactions time.Time                    // up to when they are known
	streams      map[string]string            // see news_streams.go; nil is not asked for
	debts        map[string]map[string]string // see news_liabilities.go; nil is not known
	numbers      map[string]bank.Numbers      // see news_auth.go; nil is not known
}

// poll makes Plaid ask the bank for news at a moment and regularly after it, for
// as long as the Item is there.
func (s *Server) poll(it *item, at time.Time) {
	s.agenda.at(at, func(now time.Time) {
		if it.removed {
			return
		}
		s.hear(it, now)
		s.poll(it, now.Add(pollEvery))
	})
}

// hearAt makes Plaid ask the bank for news once.
func (s *Server) hearAt(it *item, at time.Time) {
	s.agenda.at(at, func(now time.Time) { s.hear(it, now) })
}

// catchUpOn makes Plaid ask at once about an Item that was out of reach for long.
func (s *Server) catchUpOn(it *item, now time.Time) {
	if now.Sub(it.told.asked) > catchUpAfter {
		s.hearAt(it, now)
	}
}

// hear asks the bank and tells the app what is new. A bank that wants the person
// to sign in, or is down, says nothing; then the next time that it answers covers
// the gap. It reports whether the bank answered.
func (s *Server) hear(it *item, now time.Time) bool {
	if it.removed || it.trouble != "" || it.life.Silent() {
		return false
	}
	it.told.asked = now
	if it.webhook == "" {
		it.told = told{asked: now, transactions: now, streams: it.told.streams}
		return true
	}
	if it.feed != nil && it.feed.Status(now) != feed.NotReady {
		s.hearTransactions(it, now)
	}
	s.hearLiabilities(it, now)
	s.hearAuth(it, now)
	return true
}

// ids are the ids of the accounts that pass.
func (it *item) ids(pass func(account) bool) []string {
	ids := []string{}
	for _, a := range it.accounts {
		if pass(a) {
			ids = append(ids, a.id)
		}
	}
	return ids
}
