package overview_test

import (
	"strings"
	"testing"

	"coffer/ledger"
	"coffer/tui/screen"
	"coffer/tui/tuitest"
)

func TestPaymentsThatAreDueAreAnnounced(t *testing.T) {
	late := true
	owed := func(l ledger.Liability) *ledger.Book {
		l.Account, l.Minimum = tuitest.Card, ledger.NewAmount(3500, usd)
		return tuitest.Household().WithDebts([]ledger.Liabilities{{List: []ledger.Liability{l}}})
	}
	today := tuitest.Today()
	for _, tt := range []struct {
		name string
		debt ledger.Liability
		want string
	}{
		{"in some days", ledger.Liability{Due: today.AddDays(11)}, "· Platypus Card ··3333: $35.00 due Dec 3, in 11 days"},
		{"tomorrow", ledger.Liability{Due: today.AddDays(1)}, "· Platypus Card ··3333: $35.00 due tomorrow"},
		{"today", ledger.Liability{Due: today}, "· Platypus Card ··3333: $35.00 due today"},
		{"late", ledger.Liability{Due: today.AddDays(-2), Overdue: &late}, "⚠ Platypus Card ··3333: $35.00 overdue"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, stage := show(t, owed(tt.debt), today, 120, 40)
			if got := d.Screen(); !strings.Contains(got, tt.want) {
				t.Errorf("the screen does not say %q:\n%s", tt.want, got)
			}
			d.Press("enter")
			asked := stage.Asked()
			if len(asked) != 1 {
				t.Fatalf("asked for %v, want one thing", asked)
			}
			if got, ok := asked[0].(screen.DetailsMsg); !ok || got.Account.ID != tuitest.Card || got.Bank != "First Platypus Bank" {
				t.Errorf("enter asked for %+v, want the terms of the card", asked[0])
			}
		})
	}
	d, _ := show(t, owed(ledger.Liability{Due: today.AddDays(30)}), today, 120, 40)
	if got := d.Screen(); strings.Contains(got, "due ") {
		t.Errorf("what is due in a month is announced:\n%s", got)
	}
}
