package bank

import "time"

// Epoch is the first day on which anybody here has money: every life begins on
// it, so that a later question never changes an earlier answer. It is early
// enough for twenty years of history on any clock after 2020.
func Epoch() time.Time { return time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC) }

// The banks live five hours behind UTC all year round. A fixed offset keeps
// moments independent of the machine's time zone data.
const (
	localOffset = 5 * time.Hour
	secondsADay = 24 * 60 * 60
)

// A day counts civil days since the Epoch, in the banks' local calendar.
type day int32

// A moment counts seconds since local midnight of the Epoch. It is small because
// a large household has millions of them; it ends in the year 2068.
type moment int32

// momentOf is the last whole second not after t. Every event falls on a whole
// second, so comparing with it is comparing with t. Before 1935 and after 2065
// it is always the same.
func momentOf(t time.Time) moment {
	const bound = 65 * 366 * secondsADay
	return moment(max(-bound, min(bound, t.Unix()-Epoch().Add(localOffset).Unix())))
}

func (m moment) utc() time.Time {
	return Epoch().Add(localOffset).Add(time.Duration(m) * time.Second)
}

func (m moment) day() day {
	if m < 0 {
		return day((m+1)/secondsADay - 1)
	}
	return day(m / secondsADay)
}

// at is the moment of a time of day, given in seconds after midnight.
func (d day) at(second int) moment { return moment(d)*secondsADay + moment(second) }

// A date is what the scripts ask about a day.
type date struct {
	iso     string // YYYY-MM-DD
	year    int
	month   time.Month
	dom     int // day of the month
	weekday time.Weekday
	open    bool  // banks settle: neither weekend nor federal holiday
	level   int64 // price level in millionths of 2025's
}

// A calendar remembers the dates it worked out. Dates are shared by all rows of
// a day, which is most of what a large history would otherwise allocate.
type calendar struct {
	origin day
	dates  []date
}

func newCalendar(origin day) *calendar { return &calendar{origin: origin} }

// date answers for any day not before the calendar's origin.
func (c *calendar) date(d day) date {
	for i := c.origin + day(len(c.dates)); i <= d; i++ {
		c.dates = append(c.dates, dateOf(i))
	}
	return c.dates[d-c.origin]
}

func dateOf(d day) date {
	t := Epoch().AddDate(0, 0, int(d))
	out := date{iso: t.Format(time.DateOnly), weekday: t.Weekday(), level: priceLevel(t.Year())}
	out.year, out.month, out.dom = t.Date()
	out.open = IsBankingDay(t)
	return out
}

// priceLevel grows by two and a half per cent a year, 2025 being one million.
func priceLevel(year int) int64 {
	level := int64(1_000_000)
	for y := 2025; y < year; y++ {
		level = level * 1025 / 1000
	}
	for y := 2025; y > year; y-- {
		level = level * 1000 / 1025
	}
	return level
}

// closed tells the days on which the Federal Reserve settles nothing.
func closed(d date) bool {
	week := (d.dom - 1) / 7 // how many times this weekday came before this month
	switch d.month {
	case time.January:
		return d.dom == 1 || d.weekday == time.Monday && week == 2
	case time.February:
		return d.weekday == time.Monday && week == 2
	case time.May:
		return d.weekday == time.Monday && d.dom > 24
	case time.June:
		return d.dom == 19
	case time.July:
		return d.dom == 4
	case time.September:
		return d.weekday == time.Monday && week == 0
	case time.October:
		return d.weekday == time.Monday && week == 1
	case time.November:
		return d.dom == 11 || d.weekday == time.Thursday && week == 3
	case time.December:
		return d.dom == 25
	}
	return false
}

// settles is the first day from d on that banks settle.
func (c *calendar) settles(d day) day {
	for !c.date(d).open {
		d++
	}
	return d
}

// settledBy is the last day up to d that banks settle.
func (c *calendar) settledBy(d day) day {
	for !c.date(d).open {
		d--
	}
	return d
}

// falls tells whether something due on a day of the month settles on d: on that
// day, or on the next open one. dom must leave room for the delay within the
// month, so it is at most 24.
func (c *calendar) falls(d day, dom int) bool {
	today := c.date(d)
	return today.open && today.dom >= dom && c.settles(d-day(today.dom-dom)) == d
}
