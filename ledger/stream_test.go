package ledger_test

import (
	"slices"
	"testing"

	"coffer/ledger"
)

// What moves most is first, in each currency, and what ended is last.
func TestStreamsAreOrderedByWeight(t *testing.T) {
	usd, no := ledger.ISO("USD"), false
	stream := func(id string, minor int64) ledger.Stream {
		return ledger.Stream{ID: id, Average: ledger.NewAmount(minor, usd)}
	}
	over := stream("over", -900_000)
	over.Active = &no
	tombstoned := stream("tombstoned", -5)
	tombstoned.Status = "TOMBSTONED"
	yen := ledger.Stream{ID: "yen", Average: ledger.NewAmount(99_999_999, ledger.ISO("JPY"))}
	list := []ledger.Stream{tombstoned, over, stream("small", 2), stream("rent", -1_200), stream("salary", 1_100), yen}
	slices.SortStableFunc(list, ledger.Stream.CompareWeight)
	var got []string
	for _, s := range list {
		got = append(got, s.ID)
	}
	if want := []string{"yen", "rent", "salary", "small", "over", "tombstoned"}; !slices.Equal(got, want) {
		t.Errorf("ordered as %q, want %q", got, want)
	}
}

// Codes that are not known yet are shown as words, not dropped.
func TestStreamsAreToldInWords(t *testing.T) {
	no := false
	for _, tt := range []struct {
		stream          ledger.Stream
		often, standing string
	}{
		{ledger.Stream{Frequency: "MONTHLY", Status: "MATURE"}, "monthly", "sure"},
		{ledger.Stream{Frequency: "BIWEEKLY", Status: "EARLY_DETECTION"}, "every 2 weeks", "early"},
		{ledger.Stream{Frequency: "SEMI_MONTHLY", Status: "TOMBSTONED"}, "twice a month", "ended"},
		{ledger.Stream{Frequency: "ANNUALLY", Status: "MATURE", Active: &no}, "yearly", "ended"},
		{ledger.Stream{Frequency: "EVERY_LEAP_YEAR", Status: "AS_GOOD_AS_DEAD"}, "every leap year", "as good as dead"},
		{ledger.Stream{Frequency: "UNKNOWN", Status: "UNKNOWN"}, "", ""},
		{ledger.Stream{}, "", ""},
	} {
		if often, standing := tt.stream.Often(), tt.stream.Standing(); often != tt.often || standing != tt.standing {
			t.Errorf("%+v comes %q and is %q, want %q and %q", tt.stream, often, standing, tt.often, tt.standing)
		}
	}
}
