package tui_test

import (
	"fmt"
	"testing"

	"coffer/ledger"
)

// sizes are the screens that everything must look intended on, and an absurd one.
var sizes = [][2]int{{80, 24}, {120, 40}, {45, 20}, {20, 5}}

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
