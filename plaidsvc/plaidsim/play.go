package plaidsim

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/fate"
	"coffer/plaidsvc/plaidsim/feed"
)

// play plans the events of a scenario. Those at a moment of their own are played
// then, to all Items there are; the others are planned for each Item when it is
// linked, except what is about no Item and begins at once.
func (s *Server) play(events []Event) {
	for _, e := range events {
		switch h := happenings()[e.Name]; {
		case e.At.IsZero() && h.world != nil:
			e.At = s.began
			s.plan(&e)
		case e.At.IsZero():
			s.later = append(s.later, &e)
		default:
			s.plan(&e)
		}
	}
}

// plan puts an event at a moment on the agenda. It also becomes part of the past
// of Items that are linked afterwards.
func (s *Server) plan(e *Event) {
	s.events = append(s.events, e)
	s.agenda.at(e.At, func(now time.Time) {
		if !slices.Contains(s.events, e) {
			return // it was called off
		}
		if h := happenings()[e.Name]; h.world != nil {
			h.world(s, e)
		}
		for _, it := range s.items.inOrder() {
			s.happen(it, e, now)
		}
	})
}

// schedule plans for an Item that was just linked what happens to it a while
// after that.
func (s *Server) schedule(it *item) {
	for _, e := range s.later {
		s.agenda.at(it.linkedAt.Add(time.Duration(e.After)), func(now time.Time) {
			if slices.Contains(s.later, e) {
				s.happen(it, e, now)
			}
		})
	}
}

// relive lets happen to the bank of an Item about to be linked what has happened
// there already. Nobody is told: it is the past.
func (s *Server) relive(it *item) {
	past := slices.Clone(s.events)
	slices.SortStableFunc(past, func(a, b *Event) int { return a.At.Compare(b.At) })
	for _, e := range past {
		if !e.At.After(it.linkedAt) && e.Target.has(it) {
			it.suffer(e, e.At)
		}
	}
}

// happen lets an event happen to an Item, if it is meant. What it changes at the
// bank Plaid hears of at once, so that the app is told while somebody looks.
func (s *Server) happen(it *item, e *Event, at time.Time) {
	if it.removed || !e.Target.has(it) {
		return
	}
	for _, e := range it.suffer(e, at) {
		h := happenings()[e.Name]
		if h.item != nil {
			h.item(s, it, e, at)
		}
		if h.bank != nil {
			s.hearAt(it, at)
		}
	}
}

// suffer lets happen to the bank what an event does there, and returns what has
// happened. At a bank that is down that is nothing: it happens when the bank is
// up again, right after what it tells then.
func (it *item) suffer(e *Event, at time.Time) []*Event {
	h := happenings()[e.Name]
	if it.life.Silent() && h.bank != nil && h.world == nil {
		it.missed = append(it.missed, e)
		return nil
	}
	if h.bank != nil {
		h.bank(it, e, at)
	}
	happened := []*Event{e}
	if e.Name == "institution_up" {
		missed := it.missed
		it.missed = nil
		for _, m := range missed {
			happened = append(happened, it.suffer(m, at)...)
		}
	}
	return happened
}

// source is where the feed of an Item has its rows from. A life to which nothing
// can happen is that of the bank, which has a faster way to tell it.
func (s *Server) source(it *item) feed.Source {
	if s.options.Control || s.options.Scenario != nil && len(s.options.Scenario.Events) > 0 {
		return it.life
	}
	return it.login
}

// accountsAt are the accounts a person has at a bank who has signed in there: of
// an Item, or, where there is none yet, to make one of.
func (c *call) accountsAt(it *item, in *signedIn) []bank.Account {
	if it == nil {
		it = &item{
			seed:        c.seed,
			ordinal:     c.items.linked + 1,
			institution: in.institution,
			life:        fate.New(in.visit.login),
			linkedAt:    c.now,
		}
		c.relive(it)
	}
	return it.life.Accounts()
}

// inOrder are all Items, in the order they were linked.
func (i *items) inOrder() []*item {
	all := slices.SortedFunc(maps.Values(i.byToken), func(a, b *item) int { return cmp.Compare(a.ordinal, b.ordinal) })
	return slices.Compact(all)
}
