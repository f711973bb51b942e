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
