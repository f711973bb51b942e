package transfer_test

import (
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"coffer/plaidsvc/plaidsim/transfer"
)

func statuses() []transfer.Status {
	return []transfer.Status{
		transfer.Pending, transfer.Posted, transfer.Settled, transfer.FundsAvailable, transfer.Failed, transfer.Returned,
	}
}

// Whatever is tried, a transfer goes one of the ways Plaid documents, and ends.
func TestTransfersGoTheWaysThereAre(t *testing.T) {
	networks := []transfer.Network{transfer.ACH, transfer.SameDayACH, transfer.RTP, transfer.Wire}
	rapid.Check(t, func(t *rapid.T) {
		one := transfer.Transfer{
			ID: "t", Status: transfer.Pending,
			Network: rapid.SampledFrom(networks).Draw(t, "network"),
			Type:    rapid.SampledFrom([]transfer.Type{transfer.Debit, transfer.Credit}).Draw(t, "type"),
		}
		way := []transfer.Status{one.Status}
		for _, s := range rapid.SliceOfN(rapid.SampledFrom(statuses()), 0, 12).Draw(t, "tries") {
			before := one
			if one.Become(s, transfer.Failure{Description: "why"}) {
				way = append(way, s)
			} else if one != before {
				t.Fatalf("%s to %s was refused, and changed it to %+v", before.Status, s, one)
			}
		}
		if !documented(way, one) {
			t.Fatalf("a %s of %s went %q", one.Type, one.Network, way)
		}
		if failed := one.Status == transfer.Failed || one.Status == transfer.Returned; failed != (one.Failure != nil) {
			t.Fatalf("%s: got the failure %+v", one.Status, one.Failure)
		}
	})
}

func documented(way []transfer.Status, t transfer.Transfer) bool {
	ways := [][]transfer.Status{
		{transfer.Pending, transfer.Failed},
		{transfer.Pending, transfer.Posted, transfer.Returned},
		{transfer.Pending, transfer.Posted, transfer.Settled},
	}
	if t.Type == transfer.Debit && t.Network != transfer.RTP && t.Network != transfer.Wire {
		ways = append(ways, []transfer.Status{transfer.Pending, transfer.Posted, transfer.Settled, transfer.FundsAvailable})
	}
	return slices.ContainsFunc(ways, func(full []transfer.Status) bool {
		return len(way) <= len(full) && slices.Equal(way, full[:len(way)])
	})
}

// Who reads page by page sees every event once, however long the pages are and
// whatever happens between two of them.
func TestNoEventIsMissedOrSeenTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var j transfer.Journal
		var seen, noted int
		last := 0
		read := func() bool {
			events, more := j.After(last, rapid.IntRange(1, 25).Draw(t, "count"))
			for _, e := range events {
				if e.ID != last+1 {
					t.Fatalf("after event %d came %d", last, e.ID)
				}
				last = e.ID
			}
			seen += len(events)
			return more
		}
		for range rapid.IntRange(0, 8).Draw(t, "bursts") {
			for range rapid.IntRange(0, 40).Draw(t, "events") {
				j.Note(transfer.Transfer{ID: "t", Status: transfer.Pending}, time.Time{})
				noted++
			}
			read()
		}
		for read() {
		}
		if seen != noted {
			t.Fatalf("got %d events, want %d", seen, noted)
		}
	})
}

func TestAmountsHaveTwoDigits(t *testing.T) {
	for text, want := range map[string]bool{
		"0.01": true, "10.00": true, "123456.78": true,
		"": false, "0.00": false, "10": false, "10.0": false, "10.000": false, "-1.00": false, "+1.00": false, "1e2": false, " 1.00": false, ".50": false,
	} {
		if _, ok := transfer.ParseAmount(text); ok != want {
			t.Errorf("%q: got %t, want %t", text, ok, want)
		}
	}
}

func TestDecisionsFollowTheBalance(t *testing.T) {
	for _, tt := range []struct{ available, amount, want string }{
		{"0.00", "1.00", "RISK"}, {"0.99", "1.00", "NSF"}, {"-5.00", "1.00", "NSF"}, {"1.00", "1.00", ""}, {"50.00", "1.00", ""},
	} {
		why, declined := transfer.Declines(decimal.RequireFromString(tt.amount), decimal.RequireFromString(tt.available))
		if why.Code != tt.want || declined != (tt.want != "") {
			t.Errorf("%s of %s: got %q (%t), want %q", tt.amount, tt.available, why.Code, declined, tt.want)
		}
	}
}

func TestTransfersSettleOnBankingDays(t *testing.T) {
	for _, tt := range []struct {
		at      string
		network transfer.Network
		want    string
	}{
		{"2026-03-16T15:00:00Z", transfer.ACH, "2026-03-17"},        // Monday morning
		{"2026-03-16T15:00:00Z", transfer.SameDayACH, "2026-03-16"}, //
		{"2026-03-16T21:29:59Z", transfer.ACH, "2026-03-17"},        // 5:29 pm, in summer time
		{"2026-03-16T21:30:00Z", transfer.ACH, "2026-03-18"},        // 5:30 pm
		{"2026-03-06T22:29:59Z", transfer.ACH, "2026-03-09"},        // 5:29 pm, in winter time, on a Friday
		{"2026-03-14T15:00:00Z", transfer.ACH, "2026-03-17"},        // Saturday
		{"2026-03-14T15:00:00Z", transfer.SameDayACH, "2026-03-16"}, //
		{"2026-11-25T15:00:00Z", transfer.ACH, "2026-11-27"},        // before Thanksgiving
		{"2026-12-31T23:00:00Z", transfer.SameDayACH, "2027-01-04"}, // after the cut-off of New Year's Eve
	} {
		at, err := time.Parse(time.RFC3339, tt.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := tt.network.Settlement(at).Format(time.DateOnly); got != tt.want {
			t.Errorf("%s at %s: got %s, want %s", tt.network, tt.at, got, tt.want)
		}
	}
}

func TestSameDayACHHasACutoff(t *testing.T) {
	for at, want := range map[string]transfer.Network{
		"2026-03-16T19:29:59Z": transfer.SameDayACH, // 3:29 pm
		"2026-03-16T19:30:00Z": transfer.ACH,
		"2026-03-16T21:30:00Z": transfer.SameDayACH, // in time for tomorrow
		"2026-03-15T19:30:00Z": transfer.SameDayACH, // Sunday
	} {
		moment, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := transfer.SameDayACH.Sent(moment); got != want {
			t.Errorf("%s: got %s, want %s", at, got, want)
		}
	}
}

func TestFailuresExplainThemselves(t *testing.T) {
	for _, tt := range []struct {
		status transfer.Status
		given  transfer.Failure
		want   transfer.Failure
		known  bool
	}{
		{transfer.Returned, transfer.Failure{}, transfer.Failure{"R01", "Insufficient funds"}, true},
		{transfer.Returned, transfer.Failure{Code: "R02"}, transfer.Failure{"R02", "Account closed"}, true},
		{transfer.Returned, transfer.Failure{"R02", "gone"}, transfer.Failure{"R02", "gone"}, true},
		{transfer.Returned, transfer.Failure{Code: "R99"}, transfer.Failure{Code: "R99"}, false},
		{transfer.Failed, transfer.Failure{"R01", "no"}, transfer.Failure{Description: "no"}, true},
	} {
		if got, known := tt.given.Explain(tt.status); got != tt.want || known != tt.known {
			t.Errorf("%s %+v: got %+v (%t), want %+v", tt.status, tt.given, got, known, tt.want)
		}
	}
}
