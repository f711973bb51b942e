package tui_test

import (
	"context"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"coffer/ledger"
	"coffer/tui"
	"coffer/tui/tuitest"
)

// priced is what Plaid bills, by the keys that lead there from the accounts screen.
var priced = map[string]struct {
	keys []string
	says string
}{
	"new rows":  {[]string{"R"}, "Plaid bills this, each time:"},
	"balance":   {[]string{"b"}, "Plaid bills this, each time:"},
	"numbers":   {[]string{"n"}, "Plaid bills this once for each bank:"},
	"owners":    {[]string{"m", "o"}, "Plaid bills this once for each bank:"},
	"verdict":   {[]string{"m", "p", "1", "tab", "A", "enter"}, "Plaid bills the owner and the balance each time, the numbers once for each bank:"},
	"token":     {[]string{"m", "h", "enter"}, "Plaid bills what the processor asks for:"},
	"recurring": {[]string{"m", "c", "R"}, "Plaid bills this by itself, beside transactions:"},
}

// Where banks are real the price is told as one that will be paid.
func TestPricesAreToldBeforeAnythingIsAsked(t *testing.T) {
	for name, tt := range priced {
		o, _, _ := options(family(), fakeBanks{ // which panics when it is asked what costs
			streams: func(context.Context) ([]ledger.Streams, error) { return nil, nil },
		})
		o.Billed = true
		d := tuitest.New(t, tui.New(t.Context(), o), 80, 24)
		d.Press(append([]string{"4"}, tt.keys...)...)
		got := strings.Join(strings.Fields(strings.ReplaceAll(boxed(d.Screen()), "│", " ")), " ")
		if !strings.Contains(got, tt.says+" your plan at dashboard.plaid.com says how much.") {
			t.Errorf("%s: it says\n%s", name, d.Screen())
		}
		for _, no := range []string{"enter", " ", "Y"} {
			d.Press(no)
		}
		if !strings.Contains(d.Screen(), "dashboard") {
			t.Errorf("%s: a key that does not say yes leads to\n%s", name, d.Screen())
		}
	}
}

// boxed is what stands in the dialog on a screen.
func boxed(screen string) string {
	var lines []string
	for _, line := range strings.Split(screen, "\n") {
		if parts := strings.Split(line, "│"); len(parts) >= 3 {
			lines = append(lines, parts[1])
		}
	}
	return strings.Join(lines, "\n")
}

// Whoever types ahead has not read the price, and has not agreed to it.
func TestTypingAheadAgreesToNothing(t *testing.T) {
	for _, keys := range []string{"ny", "by", "Ry"} {
		w := open(t, family(), 80, 24) // whose banks panic when they are asked
		w.Press("4")
		w.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(keys)})
		if got := w.Screen(); !strings.Contains(got, "With real banks Plaid bills") {
			t.Errorf("%q in one read leads to\n%s", keys, got)
		}
	}
}
