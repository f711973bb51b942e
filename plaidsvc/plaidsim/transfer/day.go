package transfer

import (
	"time"

	"coffer/plaidsvc/plaidsim/bank"
)

// When a day ends at Plaid, in Eastern Time.
const (
	sameDayCutoff = 15*time.Hour + 30*time.Minute
	nextDayCutoff = 17*time.Hour + 30*time.Minute
)

// Sent is the network that a transfer really takes if it is made at a moment: a
// same-day one too late for the day goes with those of the next.
func (n Network) Sent(at time.Time) Network {
	t := eastern(at)
	clock := sinceMidnight(t)
	if n == SameDayACH && bank.IsBankingDay(t) && clock >= sameDayCutoff && clock < nextDayCutoff {
		return ACH
	}
	return n
}

// Settlement is the day on which an ACH transfer made at a moment is expected to
// settle: the banking day it is sent on, or for ACH that is not same-day the next
// one. What comes after the cut-off is sent on the next banking day.
func (n Network) Settlement(at time.Time) time.Time {
	t := eastern(at)
	day := midnight(t)
	if sinceMidnight(t) >= nextDayCutoff {
		day = day.AddDate(0, 0, 1)
	}
	for !bank.IsBankingDay(day) {
		day = day.AddDate(0, 0, 1)
	}
	if n == ACH {
		return BankingDays(day, 1)
	}
	return day
}

// How many banking days after its settlement a transfer can still be returned:
// because of the account, and because nobody authorized it.
const (
	StandardReturnDays     = 3
	UnauthorizedReturnDays = 61
)

// BankingDays is the day so many banking days after another.
func BankingDays(day time.Time, n int) time.Time {
	for n > 0 {
		day = day.AddDate(0, 0, 1)
		if bank.IsBankingDay(day) {
			n--
		}
	}
	return day
}

// eastern is a moment in New York. The zone is worked out, not looked up: a
// database of zones would be a file on somebody's disk.
func eastern(at time.Time) time.Time {
	standard := at.In(time.FixedZone("EST", -5*60*60))
	year := standard.Year()
	begins := sunday(year, time.March, 8).Add(2 * time.Hour)  // the second Sunday
	ends := sunday(year, time.November, 1).Add(1 * time.Hour) // the first, two o'clock of summer
	wall := time.Date(year, standard.Month(), standard.Day(), standard.Hour(), standard.Minute(), standard.Second(), 0, time.UTC)
	if !wall.Before(begins) && wall.Before(ends) {
		return at.In(time.FixedZone("EDT", -4*60*60))
	}
	return standard
}

// sunday is the first one from a day on.
func sunday(year int, month time.Month, day int) time.Time {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return t.AddDate(0, 0, (7-int(t.Weekday()))%7)
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

func sinceMidnight(t time.Time) time.Duration {
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute + time.Duration(t.Second())*time.Second
}
