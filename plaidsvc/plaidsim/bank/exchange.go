package bank

import "time"

// trading tells whether the stock exchange is open on a day. It keeps other
// holidays than the banks: it is closed on Good Friday, and open on Columbus Day
// and Veterans Day (NYSE rule 7.2).
func (c *calendar) trading(d day) bool {
	t := c.date(d)
	if t.weekday == time.Saturday || t.weekday == time.Sunday {
		return false
	}
	return !feast(t) && !feast(c.date(d+1), time.Saturday) && !feast(c.date(d-1), time.Sunday) && !moveable(t)
}

// feast tells the holidays of the exchange that have a date of their own. One
// that falls on a Saturday is kept on Friday and one on a Sunday on Monday, so a
// neighbour of a day can be asked whether it is a feast of that weekday. A New
// Year on a Saturday is not kept at all.
func feast(d date, on ...time.Weekday) bool {
	if len(on) > 0 && d.weekday != on[0] {
		return false
	}
	switch d.month {
	case time.January:
		return d.dom == 1 && d.weekday != time.Saturday
	case time.June:
		return d.dom == 19 && d.year > 2021
	case time.July:
		return d.dom == 4
	case time.December:
		return d.dom == 25
	}
	return false
}

// moveable tells the other holidays of the exchange.
func moveable(d date) bool {
	week := (d.dom - 1) / 7 // how many times this weekday came before this month
	monday := d.weekday == time.Monday
	switch d.month {
	case time.January, time.February:
		return monday && week == 2
	case time.March, time.April:
		month, dom := goodFriday(d.year)
		return d.month == month && d.dom == dom
	case time.May:
		return monday && d.dom > 24
	case time.September:
		return monday && week == 0
	case time.November:
		return d.weekday == time.Thursday && week == 3
	}
	return false
}

// goodFriday is two days before Easter, by the anonymous Gregorian computus.
func goodFriday(year int) (time.Month, int) {
	a, b, c := year%19, year/100, year%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	friday := time.Date(year, time.Month(n/31), n%31+1-2, 0, 0, 0, 0, time.UTC)
	return friday.Month(), friday.Day()
}

// firstTrading tells whether d is the first trading day of its month that is not
// before a day of it.
func (c *calendar) firstTrading(d day, dom int) bool {
	today := c.date(d)
	if today.dom < dom || !c.trading(d) {
		return false
	}
	for earlier := d - day(today.dom-dom); earlier < d; earlier++ {
		if c.trading(earlier) {
			return false
		}
	}
	return true
}
