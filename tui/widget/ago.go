package widget

import (
	"fmt"
	"strings"
	"time"

	"coffer/ledger"
)

// Ago says how long before now t was: "just now", "2 min ago", "3 h ago",
// "yesterday", "5 days ago", and the date beyond a month. The zero time is
// "never".
func Ago(now, t time.Time) string {
	short := AgoShort(now, t)
	for _, unit := range []string{" min", " h", " days"} {
		if strings.HasSuffix(short, unit) {
			return short + " ago"
		}
	}
	return short
}

// AgoShort is [Ago] in fewer cells: "just now", "2 min", "3 h", "yesterday",
// "5 days", "Mar 1 2026".
func AgoShort(now, t time.Time) string {
	d := now.Sub(t)
	days := ledger.DateOf(now).Sub(ledger.DateOf(t.In(now.Location())))
	switch {
	case t.IsZero():
		return "never"
	case d < time.Minute: // a clock that runs ahead of ours, too
		return "just now"
	case d < time.Hour:
		return fmt.Sprintf("%d min", d/time.Minute)
	case days == 0 || d < 12*time.Hour:
		return fmt.Sprintf("%d h", d/time.Hour)
	case days == 1:
		return "yesterday"
	case days < 31:
		return fmt.Sprintf("%d days", days)
	}
	return t.In(now.Location()).Format("Jan 2 2006")
}

// AsOf says how old a balance is, and whether the bank was asked for it or Plaid had
// it: "live now", "live 5m", "live 2d" of a bank's own, "5 min", "yesterday" of Plaid's.
// Both take the same few cells. A balance without a time is [Unknown].
func AsOf(now time.Time, b ledger.Balance) string {
	d := now.Sub(b.AsOf)
	switch {
	case b.AsOf.IsZero():
		return Unknown
	case !b.Live:
		return AgoShort(now, b.AsOf)
	case d < time.Minute:
		return "live now"
	case d < time.Hour:
		return fmt.Sprintf("live %dm", d/time.Minute)
	case d < 24*time.Hour:
		return fmt.Sprintf("live %dh", d/time.Hour)
	}
	return fmt.Sprintf("live %dd", d/(24*time.Hour))
}

// DayOf returns the day of a moment, as now's clock shows it: "Nov 2", and with
// its year when that is another than now's, "Nov 2 2025".
func DayOf(now, t time.Time) string {
	t = t.In(now.Location())
	if t.Year() == now.Year() {
		return t.Format("Jan 2")
	}
	return t.Format("Jan 2 2006")
}

// Left says how much time is left, as minutes and seconds: "9:41". What is over
// is "0:00".
func Left(d time.Duration) string {
	s := int(max(0, d).Round(time.Second) / time.Second)
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// Day returns d in the few cells a list has for it: "Nov 20", and with its year
// when that is not today's, "Nov 20 2025".
func Day(d, today ledger.Date) string {
	y, _, _ := d.YMD()
	switch thisYear, _, _ := today.YMD(); {
	case d.IsZero():
		return Unknown
	case y == thisYear:
		return d.Time().Format("Jan _2")
	}
	return d.Time().Format("Jan _2 2006")
}

// Coming is [Day] of a day to come: within a year of today it needs no year.
func Coming(d, today ledger.Date) string {
	if days := d.Sub(today); !d.IsZero() && days >= 0 && days <= 365 {
		return d.Time().Format("Jan _2")
	}
	return Day(d, today)
}
