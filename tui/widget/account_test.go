package widget_test

import (
	"testing"

	"coffer/ledger"
	"coffer/tui/widget"
)

func TestTheNameOfAnAccountGivesWayToItsDigits(t *testing.T) {
	for _, tt := range []struct {
		name, mask string
		width      int
		want       string
	}{
		{"Checking", "0000", 18, "Checking ··0000   "},
		{"Checking", "0000", 15, "Checking ··0000"},
		{"Checking", "0000", 12, "Chec… ··0000"},
		{"Checking", "0000", 4, "··0…"},
		{"Checking", "", 10, "Checking  "},
		{"", "0000", 8, "··0000  "},
		{"Sav\x1b[31mings", "12\n345678901", 20, "Sav [31min… ··12 34…"},
		{"", "", 3, "   "},
		{"Checking", "0000", 0, ""},
	} {
		got := widget.Account(ledger.Account{Name: tt.name, Mask: tt.mask}, tt.width)
		if got != tt.want || widget.Width(got) != tt.width {
			t.Errorf("%q %q in %d cells: got %q, want %q", tt.name, tt.mask, tt.width, got, tt.want)
		}
	}
}
