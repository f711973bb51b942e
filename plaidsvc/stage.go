package plaidsvc

import (
	"coffer/ledger"
	"coffer/plaidsvc/wire"
)

// A stage holds the changes of one loop over the pages of an Item. The last
// thing that was said of an id is what holds: Plaid may send a row twice, or on
// one page what it takes back on the next.
type stage struct {
	changes []change
	at      map[ledger.TransactionID]int // place in changes
	odd     wire.Skipped
	seen    int // rows that came, in whatever form
}

// A change is what holds of one id.
type change struct {
	id  ledger.TransactionID
	row *ledger.Transaction // on the page that brought it, nil when it is gone
}

func newStage() *stage { return &stage{at: make(map[ledger.TransactionID]int)} }

// take applies a page in Plaid's order: added, modified, removed. The page is the
// stage's from then on.
func (s *stage) take(p *wire.Page) {
	s.seen, s.odd = s.seen+p.Rows(), s.odd.And(p.Skipped)
	for i := range p.Upserts {
		s.set(change{p.Upserts[i].ID, &p.Upserts[i]})
	}
	for _, id := range p.Removed {
		s.set(change{id: id})
	}
}

func (s *stage) set(c change) {
	if i, ok := s.at[c.id]; ok {
		s.changes[i] = c
		return
	}
	s.at[c.id] = len(s.changes)
	s.changes = append(s.changes, c)
}

// result returns what holds in the end, each id once.
func (s *stage) result() (upserts []ledger.Transaction, removed []ledger.TransactionID) {
	upserts = make([]ledger.Transaction, 0, len(s.changes))
	for _, c := range s.changes {
		if c.row == nil {
			removed = append(removed, c.id)
		} else {
			upserts = append(upserts, *c.row)
		}
	}
	return upserts, removed
}
