package ledger_test

import (
	"strings"
	"testing"

	"coffer/ledger"

	"pgregory.net/rapid"
)

// period reads "2026-10-01..2026-10-15", open ends left out.
func period(t testing.TB, s string) ledger.Period {
	t.Helper()
	from, to, _ := strings.Cut(s, "..")
	var p ledger.Period
	for i, text := range []string{from, to} {
		if text == "" {
			continue
		}
		d, err := ledger.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		*[]*ledger.Date{&p.From, &p.To}[i] = d
	}
	return p
}

func TestPreviousPeriod(t *testing.T) {
	for _, tt := range []struct{ name, period, want string }{
		{"a month", "2026-03-01..2026-03-31", "2026-01-29..2026-02-28"},
		{"a leap February's March", "2024-03-01..2024-03-31", "2024-01-30..2024-02-29"},
		{"January", "2026-01-01..2026-01-31", "2025-12-01..2025-12-31"},
		{"a quarter", "2026-04-01..2026-06-30", "2025-12-31..2026-03-31"},
		{"a year", "2026-01-01..2026-12-31", "2025-01-01..2025-12-31"},
		{"part of a month", "2026-03-01..2026-03-30", "2026-01-30..2026-02-28"},
		{"a week", "2026-03-02..2026-03-08", "2026-02-23..2026-03-01"},
		{"a day", "2026-03-01..2026-03-02", "2026-02-27..2026-02-28"},
		{"the second month there is", "0001-02-01..0001-02-28", "0001-01-04..0001-01-31"},
		{"cut at the first day there is", "0001-01-03..0001-01-08", "0001-01-01..0001-01-02"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, want := period(t, tt.period).Previous(), period(t, tt.want); got != want {
				t.Errorf("got %v..%v, want %v..%v", got.From, got.To, want.From, want.To)
			}
		})
	}
}

func TestNothingComesBefore(t *testing.T) {
	for _, p := range []ledger.Period{
		{}, period(t, "2026-01-01.."), period(t, "..2026-01-01"), period(t, "2026-01-02..2026-01-01"),
		period(t, "0001-01-01..0001-01-31"), period(t, "0001-01-01..0001-01-01"),
	} {
		before := p.Previous()
		if before.All() || before.Days() != 0 {
			t.Errorf("before %v..%v: got %v..%v of %d days, want none", p.From, p.To, before.From, before.To, before.Days())
		}
		for _, d := range []ledger.Date{{}, ledger.DateFromDays(1), ledger.DateFromDays(2), period(t, "2025-12-31..").From} {
			if before.Contains(d) {
				t.Errorf("before %v..%v contains %v", p.From, p.To, d)
			}
		}
	}
}

func TestPreviousPeriodIsAdjacentAndAsLong(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := ledger.DateOf(drawDay(t, "from")).AddDays(1)
		p := ledger.Period{From: from, To: from.AddDays(rapid.IntRange(0, 800).Draw(t, "days"))}
		before := p.Previous()
		switch {
		case before.Days() == 0 || before.From == ledger.DateFromDays(1): // the beginning of time
		case before.To != p.From.AddDays(-1):
			t.Fatalf("before %v..%v ends at %v", p.From, p.To, before.To)
		case before.Days() != p.Days(): // of whole months too: 31 days are not held against 28
			t.Fatalf("before %v..%v: got %d days, want %d", p.From, p.To, before.Days(), p.Days())
		}
	})
}

func TestPeriodContainsBothEnds(t *testing.T) {
	p := period(t, "2026-03-02..2026-03-04")
	if p.Days() != 3 {
		t.Errorf("got %d days, want 3", p.Days())
	}
	for offset, want := range map[int]bool{-1: false, 0: true, 1: true, 2: true, 3: false} {
		if got := p.Contains(p.From.AddDays(offset)); got != want {
			t.Errorf("day %d: got %v, want %v", offset, got, want)
		}
	}
}
