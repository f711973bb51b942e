package spending

import (
	"fmt"

	"coffer/ledger"
)

// A span is the month or the year that is looked at. It keeps the month when it
// is a year, so that going from months to years and back changes nothing.
type span struct {
	years bool
	month ledger.Month
}

// period returns the days of s, those to come included.
func (s span) period() ledger.Period {
	if !s.years {
		return s.month.Period()
	}
	y := s.year()
	return ledger.Period{From: ledger.NewDate(y, 1, 1), To: ledger.NewDate(y, 12, 31)}
}

func (s span) year() int {
	y, _, _ := s.month.First().YMD()
	return y
}

// running reports whether today is in s, so that the sum is one so far.
func (s span) running(today ledger.Date) bool { return s.period().Contains(today) }

// move returns the span n further, within the months from first to last. At the
// end it stays as it is.
func (s span) move(n int, first, last ledger.Month) span {
	if s.years {
		n *= 12
	}
	if next := s.at(s.month.Add(n), first, last); next.period() != s.period() {
		return next
	}
	return s
}

// at returns s at a month, or at the nearest of those from first to last.
func (s span) at(month, first, last ledger.Month) span {
	if month.Compare(first) < 0 {
		month = first
	}
	if month.Compare(last) > 0 {
		month = last
	}
	s.month = month
	return s
}

// label names s: "November 2026", "2026".
func (s span) label() string {
	if s.years {
		return fmt.Sprint(s.year())
	}
	return s.month.First().Time().Format("January 2006")
}

// before returns what s is compared with, its name, and one in few cells. A span
// that is running is compared with as many days of the one before: a week of
// November against all of October would always look thrifty.
func (s span) before(today ledger.Date) (p ledger.Period, than, versus string) {
	prev := s
	if prev.month = s.month.Add(-1); s.years {
		prev.month = s.month.Add(-12)
	}
	p = prev.period()
	if !s.running(today) {
		return p, prev.label(), prev.short()
	}
	_, month, day := today.YMD()
	y, prevMonth, _ := p.From.YMD()
	if !s.years {
		month = prevMonth
	}
	last := ledger.NewMonth(y, month).Last()
	if _, _, days := last.YMD(); day < days {
		last = ledger.NewDate(y, month, day)
	}
	p.To = last
	return p, days(p), prev.short()
}

// short names s in few cells: "Oct", "2025".
func (s span) short() string {
	if s.years {
		return s.label()
	}
	return s.month.First().Time().Format("Jan")
}

// days names a period that is within one year: "1–22 October", "1 January – 22
// November 2025".
func days(p ledger.Period) string {
	from, to := p.From.Time(), p.To.Time()
	if from.Month() != to.Month() {
		return from.Format("2 January") + " – " + to.Format("2 January 2006")
	}
	return fmt.Sprintf("%d–%s", from.Day(), to.Format("2 January"))
}
