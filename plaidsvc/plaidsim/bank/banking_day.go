package bank

import "time"

// IsBankingDay reports whether the Federal Reserve settles on the day of a
// moment, in the moment's own zone.
func IsBankingDay(at time.Time) bool {
	var d date
	d.weekday = at.Weekday()
	d.year, d.month, d.dom = at.Date()
	return d.weekday != time.Saturday && d.weekday != time.Sunday && !closed(d)
}
