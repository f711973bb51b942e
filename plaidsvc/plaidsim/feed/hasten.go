package feed

import (
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

// look looks through a bank's future, some months at a time and two years at
// most, until it is told to stop.
func (r *refreshed) look(from time.Time, enough func(bank.Brief) bool) {
	for range 6 {
		until := from.AddDate(0, 4, 0)
		for _, b := range r.Briefed.Briefs(from, until) {
			if enough(b) {
				return
			}
		}
		from = until
	}
}

// hasten brings rows forward that will be pending. The bank's own telling of
// them later is a modification, like that of rows that posted early.
func (r *refreshed) hasten(effect time.Time, count int) {
	r.look(effect, func(b bank.Brief) bool {
		if count == 0 || b.Op != bank.Added || r.came[b.Row] {
			return count == 0
		}
		if row := r.Write(b); row.Pending {
			r.came[b.Row] = true
			r.bring(b, row, effect)
			count--
		}
		return count == 0
	})
}

// raise brings the next change of an amount forward. It has to be of a row that
// the bank has made known itself: another one would lose the change again when
// the bank does so.
func (r *refreshed) raise(now, effect time.Time, shown func(bank.Brief) bool) {
	known := make(map[uint64]bank.Brief)
	for _, b := range r.Briefed.Briefs(time.Time{}, now) {
		known[b.Row] = b
	}
	r.look(effect, func(b bank.Brief) bool {
		earlier, there := known[b.Row]
		if b.Op != bank.Modified || !there || r.raised[b.Row] || !shown(b) {
			return false
		}
		row, was := r.Write(b), r.Write(earlier)
		if was.Amount.Equal(row.Amount) {
			return false
		}
		r.raised[b.Row] = true
		r.bring(b, row, effect)
		r.moved[len(r.moved)-1].was = was.Amount
		return true
	})
}

// told names rows that no bank knows: the banks' own names are far below.
const told = 1 << 63

// tell adds rows for good.
func (r *refreshed) tell(effect time.Time, rows []bank.Transaction) {
	for _, row := range rows {
		r.moved = append(r.moved, moved{
			Brief: bank.Brief{
				At: effect, Op: bank.Added, Row: told + uint64(len(r.moved)),
				AccountID: row.AccountID, Date: row.Date, Written: &row,
			},
			own: effect.AddDate(1000, 0, 0),
		})
	}
}
