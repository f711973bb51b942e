package main

import (
	"testing"
	"time"

	"coffer/ledger"
	"coffer/tui/widget"
)

// A balance says how old it is, and one that nobody dates is not called old.
func TestHowOldABalanceIs(t *testing.T) {
	now := time.Date(2026, 3, 15, 12, 0, 0, 0, time.UTC)
	a := &app{world: world{now: func() time.Time { return now }}}
	for _, tt := range []struct {
		acc  ledger.Account
		want string
	}{
		{ledger.Account{Balance: ledger.Balance{AsOf: now.Add(-2 * time.Hour)}}, "2 h ago"},
		{ledger.Account{Balance: ledger.Balance{AsOf: now, Live: true}}, "live now"},
		{ledger.Account{}, widget.Unknown},
		{ledger.Account{Ended: now}, "not shared since 2026-03-15"},
	} {
		if got := a.asOf(tt.acc); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.acc, got, tt.want)
		}
	}
}
