package ledger

import (
	"cmp"
	"fmt"
	"time"
)

// A Date is a day in a bank's calendar, without a time or a zone: converting
// one between zones is how a purchase moves to the day before.
//
// Dates are comparable with ==, and [Date.Compare] orders them. The zero Date
// is no date at all. Years go from 1 to 9999.
type Date struct {
	n int32 // days since 0000-12-31, so that no real day is 0
}

const secondsPerDay = 24 * 60 * 60

// epoch is the day before the first Date, in seconds of Unix time.
var epoch = time.Date(0, time.December, 31, 0, 0, 0, 0, time.UTC).Unix()

// NewDate returns the day, normalising as [time.Date] does: day 0 of March is
// the last of February.
func NewDate(year int, month time.Month, day int) Date {
	return Date{int32((time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() - epoch) / secondsPerDay)}
}

// DateOf returns the day that t's own clock and zone show.
func DateOf(t time.Time) Date { return NewDate(t.Date()) }

// ParseDate reads "2026-08-24".
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		return Date{}, fmt.Errorf("date %q: want YYYY-MM-DD", s)
	}
	return DateOf(t), nil
}

// DateFromDays is the inverse of [Date.Days].
func DateFromDays(n int32) Date { return Date{n} }

// Days counts the days from 0001-01-01, which is 1. It is what a column of
// dates keeps, and what a file keeps.
func (d Date) Days() int32 { return d.n }

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d.n == 0 }

// Time returns midnight UTC of d: for formatting, never for arithmetic with a
// clock.
func (d Date) Time() time.Time { return time.Unix(epoch+int64(d.n)*secondsPerDay, 0).UTC() }

// YMD returns year, month and day.
func (d Date) YMD() (int, time.Month, int) { return d.Time().Date() }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// Month returns the month that d is in, and of no date no month.
func (d Date) Month() Month {
	if d.IsZero() {
		return Month{}
	}
	y, m, _ := d.YMD()
	return NewMonth(y, m)
}

// AddDays returns the day n days after d.
func (d Date) AddDays(n int) Date { return Date{d.n + int32(n)} }

// Sub returns the number of days from e to d.
func (d Date) Sub(e Date) int { return int(d.n - e.n) }

// Compare orders days by time.
func (d Date) Compare(e Date) int { return cmp.Compare(d.n, e.n) }

// String returns d as "2026-08-24", and no date as "".
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}
