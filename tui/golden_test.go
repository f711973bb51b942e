package tui_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"coffer/ledger"
	"coffer/tui"
	"coffer/tui/tuitest"
)

// sizes are the screens that everything must look intended on, and an absurd one.
var sizes = [][2]int{{80, 24}, {120, 40}, {45, 20}, {20, 5}}

// No screen writes a currency with a letter that stands for its sign, and none
// makes the prompt of a question look like one.
func TestASCIIScreensNameCurrencies(t *testing.T) {
	o, _, _ := options(family(), fakeBanks{})
	o.ASCII = true
	for _, size := range sizes[:3] {
		d := tuitest.New(t, tui.New(t.Context(), o), size[0], size[1])
		for keys, want := range map[string][]string{
			"1": {"EUR 312.50", "JPY 120,400"}, "2": {"JPY 1,150"}, "3": {"JPY 13,960 spent", "EUR 42.50 spent"}, "4": {"JPY 120,400"},
		} {
			d.Press(keys)
			if keys == "2" {
				d.Press("/")
				d.Type("cur:jpy")
				d.Press("enter")
			}
			got := d.Screen()
			for _, w := range want {
				if !strings.Contains(got, w) {
					t.Errorf("screen %s at %v does not say %q:\n%s", keys, size, w, got)
				}
			}
			if wrong := regexp.MustCompile(`[ELY]\d|[ELY]-\d`).FindString(got); wrong != "" {
				t.Errorf("screen %s at %v says %q:\n%s", keys, size, wrong, got)
			}
		}
		d.Press("2", "c")
		if got := d.Screen(); !strings.Contains(got, "> |") || strings.Contains(got, "? |") {
			t.Errorf("the picker's prompt at %v:\n%s", size, got)
		}
	}
}

func TestScreens(t *testing.T) {
	for _, tt := range []struct {
		name string
		book *ledger.Book
		keys []string
	}{
		{"overview", family(), nil},
		{"overview well", well(), []string{"end"}},
		{"overview empty", nobody(), nil},
		{"accounts", family(), []string{"4", "down", "down"}},
		{"accounts empty", nobody(), []string{"4"}},
		{"help", family(), []string{"4", "?"}},
	} {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s %dx%d", tt.name, size[0], size[1]), func(t *testing.T) {
				w := open(t, tt.book, size[0], size[1])
				w.Press(tt.keys...)
				w.Golden()
			})
		}
	}
}
