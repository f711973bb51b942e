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

// IsZero reports whether m is no month.
func (m Month) IsZero() bool { return m.n == 0 }

// First returns the first day of m, and of no month no date.
func (m Month) First() Date {
	if m.IsZero() {
		return Date{}
	}
	return NewDate(0, time.Month(m.n), 1) // month 12*y+m of year 0 is month m of year y
}

// Last returns the last day of m, and of no month no date.
func (m Month) Last() Date {
	if m.IsZero() {
		return Date{}
	}
	return NewDate(0, time.Month(m.n+1), 0)
}

// Period returns the days of m.
func (m Month) Period() Period { return Period{m.First(), m.Last()} }

// String returns m as "2026-08", and no month as "".
func (m Month) String() string {
	if m.IsZero() {
		return ""
	}
	return m.First().Time().Format("2006-01")
}

// A Period is a run of days, both ends included. The zero Period is all time.
type Period struct{ From, To Date }

// All reports whether p is without limits.
func (p Period) All() bool { return p == Period{} }

// Contains reports whether d is in p. A zero end is no limit.
func (p Period) Contains(d Date) bool {
	return (p.From.IsZero() || d.n >= p.From.n) && (p.To.IsZero() || d.n <= p.To.n)
}

// Days returns the length of p, 0 if an end is open.
func (p Period) Days() int {
	if p.From.IsZero() || p.To.IsZero() {
		return 0
	}
	return max(p.To.Sub(p.From)+1, 0)
}

// noDays is a period that contains no date.
var noDays = Period{From: Date{2}, To: Date{1}}

// Previous returns as many days right before p, also before a month: what was
// spent in 31 days is not held against 28. Nothing comes before a period that has
// an open end or no days, or before the first Date: then the period that Previous
// returns contains no day.
func (p Period) Previous() Period {
	if p.Days() == 0 {
		return noDays
	}
	before := Period{p.From.AddDays(-p.Days()), p.From.AddDays(-1)}
	if before.To.n < 1 {
		return noDays
	}
	before.From.n = max(before.From.n, 1) // day 0 would be no limit
	return before
}
