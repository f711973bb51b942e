package accounts_test

import (
	"strings"
	"testing"

	"coffer/ledger"
)

// A bank that was linked again after its access was taken back is not to be linked a
// third time: the old link is to go. On it no key signs in to another bank.
func TestALinkThatHasATwinIsToGo(t *testing.T) {
	items := []ledger.Item{
		{ID: "new", Institution: "ins_1", Name: "Bank", State: ledger.ItemOK},
		{ID: "old", Institution: "ins_1", Name: "Bank", State: ledger.ItemRevoked},
		{ID: "other", Institution: "ins_2", Name: "Other", State: ledger.ItemLoginRequired},
	}
	list := []ledger.Account{
		{ID: "a", Item: "new", Name: "Checking", Mask: "0000"}, {ID: "b", Item: "old", Name: "Checking", Mask: "0000"},
		{ID: "c", Item: "other", Name: "Savings"},
	}
	d, stage := show(t, items, list, 120, 40)
	line(t, d, "it is linked again; press m, then u to take this old link out")
	if got := d.Screen(); strings.Contains(got, "press l") || strings.Contains(got, "twice") {
		t.Errorf("the bank is to be linked once more, or counts twice:\n%s", got)
	}
	d.Press("home", "down", "f")
	if asked := stage.Asked(); len(asked) != 0 {
		t.Errorf("on the old link f asked for %v", asked)
	}

	items[1].State = ledger.ItemOK
	d, _ = show(t, items, list, 120, 40)
	if got := strings.Count(d.Screen(), "linked twice, and what both have counts twice; m, then u takes one out"); got != 2 {
		t.Errorf("%d links say that there are two:\n%s", got, d.Screen())
	}
}
