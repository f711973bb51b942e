package ledger_test

import (
	"testing"
	"time"

	"coffer/ledger"

	"pgregory.net/rapid"
)

// drawDay draws any day that a Date can be.
func drawDay(t *rapid.T, label string) time.Time {
	days := rapid.IntRange(0, 3652058).Draw(t, label) // to 9999-12-31
	return time.Date(1, time.January, 1+days, 0, 0, 0, 0, time.UTC)
}

func TestDateAgreesWithTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day, other := drawDay(t, "day"), drawDay(t, "other day")
		d, o := ledger.DateOf(day), ledger.DateOf(other)
		y, m, dd := day.Date()
		same(t, "new", ledger.NewDate(y, m, dd), d)
		same(t, "string", d.String(), day.Format(time.DateOnly))
		same(t, "time", d.Time(), day)
		same(t, "weekday", d.Weekday(), day.Weekday())
		same(t, "sub", d.Sub(o), int((day.Unix()-other.Unix())/(24*60*60)))
		same(t, "compare", d.Compare(o), day.Compare(other))
		same(t, "days", ledger.DateFromDays(d.Days()), d)
		same(t, "zero", d.IsZero(), false)
		n := rapid.IntRange(-1000, 1000).Draw(t, "n")
		same(t, "add days", d.AddDays(n).Time(), day.AddDate(0, 0, n))
		back, err := ledger.ParseDate(d.String())
		same(t, "parse error", err, nil)
		same(t, "parsed", back, d)
	})
}

func TestDateOfIsTheDayOnTheWall(t *testing.T) {
	tokyo := time.FixedZone("Tokyo", 9*60*60)
	late := time.Date(2026, time.August, 24, 23, 30, 0, 0, time.UTC)
	if got := ledger.DateOf(late).String(); got != "2026-08-24" {
		t.Errorf("got %s in UTC, want 2026-08-24", got)
	}
	if got := ledger.DateOf(late.In(tokyo)).String(); got != "2026-08-25" {
		t.Errorf("got %s in Tokyo, want 2026-08-25", got)
	}
}

func TestDatesNormalise(t *testing.T) {
	for want, d := range map[string]ledger.Date{
		"2024-02-29": ledger.NewDate(2024, time.March, 0),
		"2026-03-01": ledger.NewDate(2026, time.February, 29),
		"2027-01-31": ledger.NewDate(2026, 13, 31),
		"0001-01-01": ledger.DateFromDays(1),
		"":           {},
	} {
		if d.String() != want {
			t.Errorf("got %s, want %s", d, want)
		}
	}
}

func TestNoDateIsInNoMonth(t *testing.T) {
	if m := (ledger.Date{}).Month(); !m.IsZero() || m.String() != "" || m.First() != (ledger.Date{}) || m.Last() != (ledger.Date{}) {
		t.Errorf("got %v, from %v to %v, want none", m, m.First(), m.Last())
	}
}

func TestMonthAgreesWithTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := drawDay(t, "day")
		m := ledger.DateOf(day).Month()
		first := time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
		same(t, "first", m.First().Time(), first)
		same(t, "last", m.Last().Time(), first.AddDate(0, 1, -1))
		same(t, "string", m.String(), day.Format("2006-01"))
		same(t, "new", ledger.NewMonth(day.Year(), day.Month()), m)
		same(t, "days", m.Period().Days(), first.AddDate(0, 1, -1).Day())
		n := rapid.IntRange(-30, 30).Draw(t, "n")
		if later := first.AddDate(0, n, 0); later.Year() > 0 && later.Year() < 10_000 {
			same(t, "add", m.Add(n).First().Time(), later)
			same(t, "sub", m.Add(n).Sub(m), n)
			same(t, "compare", m.Add(n).Compare(m), later.Compare(first))
		}
		back, err := ledger.ParseMonth(m.String())
		same(t, "parse error", err, nil)
		same(t, "parsed", back, m)
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-08-24", "2026-02-30", "0000-01-01", "2026-8-4", "2026-08", "9999-12-31", "", "２０２６-08-24"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := ledger.ParseDate(s); err == nil && d.String() != s {
			t.Errorf("date %q reads back as %q", s, d)
		}
		if m, err := ledger.ParseMonth(s); err == nil && m.String() != s {
			t.Errorf("month %q reads back as %q", s, m)
		}
	})
}
