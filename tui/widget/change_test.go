package widget_test

import (
	"testing"

	"coffer/ledger"
	"coffer/tui/widget"
)

func TestChange(t *testing.T) {
	for _, tt := range []struct {
		now, before int64
		want        string
	}{
		{131, 100, "▲ 31%"},
		{88, 100, "▼ 12%"},
		{100, 100, "="},
		{100001, 100000, "="},
		{5, 0, "new"},
		{-5, 100, "▼"},
		{5, -100, "▲"},
		{5000, 1, "▲ 999+%"},
	} {
		if got := widget.Change(ledger.NewAmount(tt.now, usd), ledger.NewAmount(tt.before, usd)); got != tt.want {
			t.Errorf("Change(%d, %d) = %q, want %q", tt.now, tt.before, got, tt.want)
		}
	}
	if got := widget.Change(ledger.NewAmount(1, usd), ledger.Amount{}); got != "" {
		t.Errorf("Change against the unknown = %q, want nothing", got)
	}
}
