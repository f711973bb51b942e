package widget_test

import (
	"testing"

	"coffer/ledger"
	"coffer/tui/widget"
)

func TestWhatBecomesOfEditsIsSaid(t *testing.T) {
	move := map[ledger.TransactionID]ledger.TransactionID{"a": "b"}
	for _, tt := range []struct {
		h             ledger.Handover
		before, after string
	}{
		{ledger.Handover{}, "", ""},
		{ledger.Handover{Left: 1}, "You made 1 edit of its transactions, which no other link to it has.", ""},
		{ledger.Handover{Moves: move}, "The other link to it takes over 1 edit.", "; the other link to it took over 1 edit"},
		{ledger.Handover{Moves: move, Left: 1}, "The other link to it takes over 1 edit; 1 edit is of transactions that it does not have.",
			"; the other link to it took over 1 edit"},
		{ledger.Handover{Moves: move, Left: 2}, "The other link to it takes over 1 edit; 2 edits are of transactions that it does not have.",
			"; the other link to it took over 1 edit"},
	} {
		if before, after := widget.HandoverBefore(tt.h), widget.HandoverAfter(tt.h); before != tt.before || after != tt.after {
			t.Errorf("of %+v it says %q and %q", tt.h, before, after)
		}
	}
	if got := widget.HandoverEarly(ledger.Handover{Left: 2}, "A\nBank"); got != "2 edits of A Bank would be lost: the other link to it is still fetching older transactions" {
		t.Errorf("of one that is early it says %q", got)
	}
}
