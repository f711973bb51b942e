package ledger

import (
	"cmp"
	"fmt"
	"time"
)

// A Month is a month of a year. The zero Month is none.
type Month struct {
	n int32 // 12*year + month, January is 1
}

// NewMonth returns the month of a year.
func NewMonth(year int, month time.Month) Month { return Month{int32(year)*12 + int32(month)} }

// ParseMonth reads "2026-08".
func ParseMonth(s string) (Month, error) {
	t, err := time.Parse("2006-01", s)
	if err != nil || t.Year() < 1 {
		return Month{}, fmt.Errorf("month %q: want YYYY-MM", s)
	}
	return NewMonth(t.Year(), t.Month()), nil
}

// Add returns the month n months after m.
func (m Month) Add(n int) Month { return Month{m.n + int32(n)} }

// Sub returns the number of months from o to m.
func (m Month) Sub(o Month) int { return int(m.n - o.n) }

// Compare orders months by time.
func (m Month) Compare(o Month) int { return cmp.Compare(m.n, o.n) }

// First returns the first day of m.
func (m Month) First() Date { return NewDate(0, time.Month(m.n), 1) }

// Last returns the last day of m.
func (m Month) Last() Date { return NewDate(0, time.Month(m.n+1), 0) }

// Period returns the days of m.
func (m Month) Period() Period { return Period{m.First(), m.Last()} }

// String returns m as "2026-08".
func (m Month) String() string { return m.First().Time().Format("2006-01") }

// A Period is a run of days, both ends included. The zero Period is all time.
type Period struct{ From, To Date }

// All reports whether p is without limits.
func (p Period) All() bool { return p == Period{} }

// Contains reports whether d is in p. A zero end is no limit.
func (p Period) Contains(d Date) bool {
	return (p.From.IsZero() || d.n >= p.From.n) && (p.To.IsZero() || d.n <= p.To.n)
}

// Days returns the length of p.
func (p Period) Days() int { return p.To.Sub(p.From) + 1 }

// Previous returns the period that people compare p with: for whole months the
// same number of months before, else the same number of days before.
func (p Period) Previous() Period {
	first, last := p.From.Month(), p.To.Month()
	if p.From == first.First() && p.To == last.Last() {
		n := last.Sub(first) + 1
		return Period{first.Add(-n).First(), last.Add(-n).Last()}
	}
	return Period{p.From.AddDays(-p.Days()), p.From.AddDays(-1)}
}
