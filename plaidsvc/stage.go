package plaidsvc

import "coffer/ledger"

// A stage holds the changes of one loop over the pages of an Item. The last
// thing that was said of an id is what holds: Plaid may send a row twice, or on
// one page what it takes back on the next.
type stage struct {
	changes []change
	at      map[ledger.TransactionID]int // place in changes
	odd     skipped
	seen    int // rows that came, in whatever form
}

// A change is what holds of one id: a row, or that it is gone.
type change struct {
	row  ledger.Transaction // of a row that is gone only the ID
	gone bool
}

func newStage() *stage { return &stage{at: make(map[ledger.TransactionID]int)} }

// take applies a page in Plaid's order: added, modified, removed.
func (s *stage) take(p *wirePage) {
	s.seen += len(p.Added) + len(p.Modified) + len(p.Removed)
	for i := range p.Added {
		s.upsert(&p.Added[i])
	}
	for i := range p.Modified {
		s.upsert(&p.Modified[i])
	}
	for i := range p.Removed {
		s.remove(ledger.TransactionID(p.Removed[i].ID))
	}
}

func (s *stage) upsert(w *wireRow) {
	row, err := transaction(w)
	if err != nil {
		s.odd.add(w.ID, err)
		return
	}
	s.set(change{row: row})
}

func (s *stage) remove(id ledger.TransactionID) {
	if id == "" {
		s.odd.add("", errNoID)
		return
	}
	s.set(change{row: ledger.Transaction{ID: id}, gone: true})
}

func (s *stage) set(c change) {
	if i, ok := s.at[c.row.ID]; ok {
		s.changes[i] = c
		return
	}
	s.at[c.row.ID] = len(s.changes)
	s.changes = append(s.changes, c)
}

// result returns what holds in the end, each id once.
func (s *stage) result() (upserts []ledger.Transaction, removed []ledger.TransactionID) {
	upserts = make([]ledger.Transaction, 0, len(s.changes))
	for i := range s.changes {
		if c := &s.changes[i]; c.gone {
			removed = append(removed, c.row.ID)
		} else {
			upserts = append(upserts, c.row)
		}
	}
	return upserts, removed
}
