package widget_test

import (
	"testing"
	"time"

	"coffer/ledger"
	"coffer/tui/widget"
)

func TestAgo(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)
	for _, tt := range []struct {
		before      time.Duration
		short, long string
	}{
		{-time.Hour, "just now", "just now"}, // their clock is ahead of ours
		{30 * time.Second, "just now", "just now"},
		{2*time.Minute + 59*time.Second, "2 min", "2 min ago"},
		{9 * time.Hour, "9 h", "9 h ago"},
		{11 * time.Hour, "11 h", "11 h ago"}, // last night
		{20 * time.Hour, "yesterday", "yesterday"},
		{5 * 24 * time.Hour, "5 days", "5 days ago"},
		{400 * 24 * time.Hour, "Oct 18 2025", "Oct 18 2025"},
	} {
		if got := widget.AgoShort(now, now.Add(-tt.before)); got != tt.short {
			t.Errorf("AgoShort(%v) = %q, want %q", tt.before, got, tt.short)
		}
		if got := widget.Ago(now, now.Add(-tt.before)); got != tt.long {
			t.Errorf("Ago(%v) = %q, want %q", tt.before, got, tt.long)
		}
	}
	if got := widget.Ago(now, time.Time{}); got != "never" {
		t.Errorf("Ago(zero) = %q, want never", got)
	}
}

// What a bank told when it was asked is marked, whatever its age, and takes no more
// room than what it did not.
func TestAsOf(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)
	for _, tt := range []struct {
		before       time.Duration
		live, cached string
	}{
		{-time.Hour, "live now", "just now"},
		{30 * time.Second, "live now", "just now"},
		{59 * time.Minute, "live 59m", "59 min"},
		{20 * time.Hour, "live 20h", "yesterday"},
		{24 * time.Hour, "live 1d", "yesterday"},
		{30 * 24 * time.Hour, "live 30d", "30 days"},
	} {
		b := ledger.Balance{AsOf: now.Add(-tt.before)}
		if got := widget.AsOf(now, b); got != tt.cached {
			t.Errorf("AsOf(%v) = %q, want %q", tt.before, got, tt.cached)
		}
		b.Live = true
		if got := widget.AsOf(now, b); got != tt.live {
			t.Errorf("AsOf(%v, live) = %q, want %q", tt.before, got, tt.live)
		}
	}
	if got := widget.AsOf(now, ledger.Balance{Live: true}); got != widget.Unknown {
		t.Errorf("AsOf(never) = %q", got)
	}
}

func TestLeft(t *testing.T) {
	for _, tt := range []struct {
		d    time.Duration
		want string
	}{
		{9*time.Minute + 41*time.Second, "9:41"}, {59*time.Second + 600*time.Millisecond, "1:00"}, {-time.Second, "0:00"},
	} {
		if got := widget.Left(tt.d); got != tt.want {
			t.Errorf("Left(%v) = %q, want %q", tt.d, got, tt.want)
		}
	}
}

func TestDayOfAMomentIsTheUsersOwn(t *testing.T) {
	west := time.FixedZone("west", -8*60*60)
	now := time.Date(2026, 11, 22, 20, 0, 0, 0, west)
	for _, tt := range []struct {
		at   time.Time
		want string
	}{
		{time.Date(2026, 11, 3, 2, 0, 0, 0, time.UTC), "Nov 2"},
		{time.Date(2026, 1, 1, 2, 0, 0, 0, time.UTC), "Dec 31 2025"},
		{time.Date(2027, 2, 1, 20, 0, 0, 0, time.UTC), "Feb 1 2027"},
	} {
		if got := widget.DayOf(now, tt.at); got != tt.want {
			t.Errorf("DayOf(%s) = %q, want %q", tt.at, got, tt.want)
		}
	}
}

func TestDay(t *testing.T) {
	today := ledger.NewDate(2026, 11, 22)
	for _, tt := range []struct {
		day  ledger.Date
		want string
	}{
		{ledger.NewDate(2026, 11, 2), "Nov  2"},
		{ledger.NewDate(2025, 12, 31), "Dec 31 2025"},
		{ledger.Date{}, "–"},
	} {
		if got := widget.Day(tt.day, today); got != tt.want {
			t.Errorf("Day(%s) = %q, want %q", tt.day, got, tt.want)
		}
	}
}

func TestComing(t *testing.T) {
	today := ledger.NewDate(2026, 11, 22)
	for _, tt := range []struct {
		day  ledger.Date
		want string
	}{
		{today, "Nov 22"},
		{ledger.NewDate(2027, 1, 2), "Jan  2"},
		{ledger.NewDate(2027, 11, 22), "Nov 22"},
		{ledger.NewDate(2027, 11, 23), "Nov 23 2027"},
		{ledger.NewDate(2025, 12, 31), "Dec 31 2025"},
		{ledger.Date{}, "–"},
	} {
		if got := widget.Coming(tt.day, today); got != tt.want {
			t.Errorf("Coming(%s) = %q, want %q", tt.day, got, tt.want)
		}
	}
}
