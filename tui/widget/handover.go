package widget

import (
	"fmt"

	"coffer/ledger"
)

// HandoverBefore says what becomes of the user's edits when a bank is removed, in a
// sentence; "" when there are none.
func HandoverBefore(h ledger.Handover) string {
	moved, left := Plural(len(h.Moves), "edit"), Plural(h.Left, "edit")
	switch {
	case len(h.Moves) == 0 && h.Left == 0:
		return ""
	case len(h.Moves) == 0:
		return fmt.Sprintf("You made %s of its transactions, which no other link to it has.", left)
	case h.Left == 0:
		return fmt.Sprintf("The other link to it takes over %s.", moved)
	}
	is := "are"
	if h.Left == 1 {
		is = "is"
	}
	return fmt.Sprintf("The other link to it takes over %s; %s %s of transactions that it does not have.", moved, left, is)
}

// HandoverAfter says what became of them, to be put after what was done; "" when there
// is nothing to say.
func HandoverAfter(h ledger.Handover) string {
	if len(h.Moves) == 0 {
		return ""
	}
	return "; the other link to it took over " + Plural(len(h.Moves), "edit")
}

// HandoverEarly says why a bank is not removed yet.
func HandoverEarly(h ledger.Handover, bank string) string {
	return fmt.Sprintf("%s of %s would be lost: the other link to it is still fetching older transactions", Plural(h.Left, "edit"), Clean(bank))
}
