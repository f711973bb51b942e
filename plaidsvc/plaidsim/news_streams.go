package plaidsim

import (
	"fmt"
	"strings"
	"time"
)

// watchStreams makes Plaid look out for what recurs, which it does from the
// first call of /transactions/recurring/get on.
func (it *item) watchStreams(now time.Time) {
	if it.told.streams == nil {
		it.told.streams = it.streamsByAccount(now)
	}
}

// hearStreams tells the accounts whose streams are not what they were.
func (s *Server) hearStreams(it *item, now time.Time) {
	was := it.told.streams
	if was == nil {
		return
	}
	is := it.streamsByAccount(now)
	it.told.streams = is
	changed := it.ids(func(a account) bool { return is[a.ID] != was[a.ID] })
	if len(changed) > 0 {
		s.notify(it, now, "TRANSACTIONS", "RECURRING_TRANSACTIONS_UPDATE", details{"account_ids": changed})
	}
}

// streamsByAccount writes down per account all about its streams that can
// change.
func (it *item) streamsByAccount(now time.Time) map[string]string {
	texts := make(map[string]*strings.Builder)
	for _, s := range it.recurs(now, func(account) bool { return true }) {
		on := s.Last().AccountID
		if texts[on] == nil {
			texts[on] = new(strings.Builder)
		}
		fmt.Fprintln(texts[on], s.Key, len(s.Rows), s.Last().ID, s.Average(), s.Frequency, s.Status, s.Active)
	}
	streams := make(map[string]string, len(texts))
	for id, text := range texts {
		streams[id] = text.String()
	}
	return streams
}
