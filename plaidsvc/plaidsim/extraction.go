package plaidsim

import (
	"time"

	"coffer/plaidsvc/plaidsim/bank"
	"coffer/plaidsvc/plaidsim/strict"
)

// An extraction is how an Item's investments come to Plaid: once, when the
// product is added to the Item, and from then on every day.
//
// Plaid takes up to two minutes for the first one and lets a call for the data
// wait so long, unless the call asks for async_update: then it is refused until
// the extraction is done, which a webhook tells. A call here does not wait,
// because the clock may be one that stands still meanwhile: it is answered what
// it would have been answered after the wait. A fault with a delay plays the
// slow answer.
type extraction struct {
	readyAt time.Time // of the first one
	async   bool      // somebody asked with async_update: a webhook tells when it is done
	seen    time.Time // the state of affairs the app was last told of
}

// extract begins to pull the Item's investments.
func (s *Server) extract(it *item, now time.Time) {
	it.extraction = &extraction{readyAt: now, seen: it.asOf(now)}
	if !s.options.Settled {
		it.extraction.readyAt = now.Add(max(s.options.InitialAfter, s.options.HistoryAfter))
	}
	s.planRefresh(it, now)
}

// extracted refuses a call while the Item's investments are on their way, if it
// asks for async_update or an earlier one did. Otherwise the wait is over.
func (c *call) extracted(it *item, async bool) *plaidError {
	if it.extraction == nil {
		c.extract(it, c.now)
	}
	s, x := c.Server, it.extraction
	if it.extractedBy(c.now) {
		return nil
	}
	if !async && !x.async {
		x.readyAt = c.now
		return nil
	}
	if !x.async {
		x.async = true
		s.agenda.at(x.readyAt, func(now time.Time) { s.tellHistory(it, now) })
	}
	return fail("PRODUCT_NOT_READY")
}

// extractedBy reports whether the Item's investments are there at a moment.
func (it *item) extractedBy(now time.Time) bool {
	return it.extraction != nil && !now.Before(it.extraction.readyAt)
}

// planRefresh plans the next daily refresh, which plans the one after it.
func (s *Server) planRefresh(it *item, now time.Time) {
	s.agenda.at(lastRefresh(now).AddDate(0, 0, 1), func(now time.Time) {
		if it.removed {
			return
		}
		s.refreshInvestments(it, now)
		s.planRefresh(it, now)
	})
}

// refreshInvestments tells the app what is new since the last refresh. A login
// that does not work is not refreshed, and what nobody is told of is not looked
// for.
func (s *Server) refreshInvestments(it *item, now time.Time) {
	x := it.extraction
	if it.trouble != "" || !it.extractedBy(now) {
		return
	}
	before := x.seen
	x.seen = now
	if it.webhook == "" {
		return
	}
	if added, updated := it.newHoldings(before, now); added+updated > 0 {
		s.notify(it, now, "HOLDINGS", "DEFAULT_UPDATE", details{
			"new_holdings": added, "updated_holdings": updated, "error": nil,
		})
	}
	if n := it.newTrades(before, now); n > 0 {
		s.notify(it, now, "INVESTMENTS_TRANSACTIONS", "DEFAULT_UPDATE", newTradesDetails(n))
	}
}

// tellHistory tells that an asynchronous extraction is done.
func (s *Server) tellHistory(it *item, now time.Time) {
	if it.removed || it.trouble != "" {
		return
	}
	n := len(it.tradesBetween("", strict.Date(now.Format(time.DateOnly)), it.asOf(now), it.accountNames()))
	s.notify(it, now, "INVESTMENTS_TRANSACTIONS", "HISTORICAL_UPDATE", newTradesDetails(n))
}

// newTradesDetails are those of a webhook. Nothing here is ever cancelled.
func newTradesDetails(n int) details {
	return details{"new_investments_transactions": n, "canceled_investments_transactions": 0, "error": nil}
}

// newHoldings counts the positions that came between two moments, and those that
// are of another size, price or value.
func (it *item) newHoldings(before, now time.Time) (added, updated int) {
	type position struct{ account, security string }
	was, names := make(map[position]bank.Holding), it.accountNames()
	for _, h := range it.life.Holdings(before) {
		was[position{h.AccountID, h.Security.ID}] = h
	}
	for _, h := range it.life.Holdings(now) {
		if names[h.AccountID] == "" {
			continue
		}
		old, known := was[position{h.AccountID, h.Security.ID}]
		switch {
		case !known:
			added++
		case !old.Quantity.Equal(h.Quantity), !old.Price.Equal(h.Price), !old.Value.Equal(h.Value):
			updated++
		}
	}
	return added, updated
}

// newTrades counts the trades that came between two moments.
func (it *item) newTrades(before, now time.Time) int {
	names, known, n := it.accountNames(), make(map[string]bool), 0
	for _, t := range it.life.Trades(before, before) {
		known[t.ID] = true
	}
	for _, t := range it.life.Trades(before, now) {
		if names[t.AccountID] != "" && !known[t.ID] {
			n++
		}
	}
	return n
}
