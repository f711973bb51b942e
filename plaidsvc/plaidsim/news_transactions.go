package plaidsim

import (
	"time"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/feed"
)

// Webhooks about transactions come in two kinds: the older ones, which are
// always sent, and SYNC_UPDATES_AVAILABLE, which is sent in addition once an app
// has called /transactions/sync.

// pull tells the app when the two parts of a new Item's history are there.
func (s *Server) pull(it *item, w feed.Window) {
	for _, part := range []struct {
		code string
		at   time.Time
	}{{"INITIAL_UPDATE", w.InitialAt}, {"HISTORICAL_UPDATE", w.CompleteAt}} {
		s.agenda.at(part.at, func(now time.Time) {
			if it.removed || it.trouble == revoked {
				return
			}
			news := it.newTransactions(now)
			s.notify(it, now, "TRANSACTIONS", part.code, details{"new_transactions": news.added, "error": nil})
			s.tellSync(it, now)
		})
	}
}

// hearTransactions tells what changed since the app was told last. An app that
// does not sync hears of rows that were changed by DEFAULT_UPDATE as well, with
// as many new ones as there are.
func (s *Server) hearTransactions(it *item, now time.Time) {
	news := it.newTransactions(now)
	if news.added+news.modified > 0 {
		s.notify(it, now, "TRANSACTIONS", "DEFAULT_UPDATE", details{"new_transactions": news.added, "error": nil})
	}
	if len(news.removed) > 0 {
		s.notify(it, now, "TRANSACTIONS", "TRANSACTIONS_REMOVED",
			details{"removed_transactions": news.removed, "error": nil})
	}
	if news.added+news.modified+len(news.removed) > 0 {
		s.tellSync(it, now)
		s.hearStreams(it, now)
	}
}

// tellSync tells an app that syncs to do so again.
func (s *Server) tellSync(it *item, now time.Time) {
	if it.synced {
		s.notify(it, now, "TRANSACTIONS", "SYNC_UPDATES_AVAILABLE", it.progress(now))
	}
}

// progress is what SYNC_UPDATES_AVAILABLE says: how much of the history there
// is. Once all is, it says so for ever.
func (it *item) progress(now time.Time) details {
	status := it.feed.Status(now)
	return details{
		"initial_update_complete":    status != feed.NotReady,
		"historical_update_complete": status == feed.Complete,
	}
}

// newTransactions is what happened since the app was told last, which it is now.
type newTransactions struct {
	added, modified int
	removed         []string
}

func (it *item) newTransactions(now time.Time) newTransactions {
	var news newTransactions
	since := it.told.transactions
	it.told.transactions = now
	if it.webhook == "" {
		return news
	}
	changes, _ := it.feed.Changes(since, now)
	for _, c := range changes {
		switch c.Op {
		case bank.Added:
			news.added++
		case bank.Modified:
			news.modified++
		case bank.Removed:
			news.removed = append(news.removed, it.scoped("transaction", c.Row.ID))
		}
	}
	return news
}
