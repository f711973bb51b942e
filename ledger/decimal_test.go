package ledger_test

import (
	"testing"

	"coffer/ledger"
)

func TestDecimalsAreRoundedToBeShown(t *testing.T) {
	for _, tt := range []struct {
		in   ledger.Decimal
		to   int
		want ledger.Decimal
	}{
		{"12.3456789", 4, "12.3457"}, {"12.3456789", 0, "12"}, {"12.5", 0, "13"}, {"-12.5", 0, "-13"}, {"12.10", 2, "12.1"},
		{"12.00", 2, "12"}, {"1200", 2, "1200"}, {"0.0001", 2, "0"}, {"-0.0001", 2, "0"}, {"-0.5", 2, "-0.5"}, {"", 2, ""},
		{"99999999999999999999.999", 2, "100000000000000000000"}, {"odd.text", 2, "odd.text"},
	} {
		if got := tt.in.Round(tt.to); got != tt.want {
			t.Errorf("%q with %d decimals is %q, want %q", tt.in, tt.to, got, tt.want)
		}
	}
}
