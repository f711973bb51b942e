package widget_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"coffer/tui/widget"
)

func TestASCII(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"plain", "plain"},
		{"−$1,234.56 · – …", "-$1,234.56 . - ~"},
		{"Café Zoe\u0308 €9", "Cafe Zoe ?9"},
		{"東京 x", "???? x"},
		{"\x1b[31m███▌ ╭─╮\x1b[0m", "\x1b[31m###| +-+\x1b[0m"},
		{"▁▂▃▄▅▆▇█", "_.:-=+*#"},
		{"↑/k ◐ ✓ ×", "^/k | + x"},
		{"👨‍👩‍👧‍👦", "??"},
	} {
		if got := widget.ASCII(tt.in); got != tt.want {
			t.Errorf("ASCII(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// Without UTF-8 the layout stays: every line is as wide as it was.
func FuzzASCII(f *testing.F) {
	for _, h := range hostile {
		f.Add(h.text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		clean := widget.Clean(s)
		got := widget.ASCII(clean)
		if ansi.StringWidth(got) != ansi.StringWidth(clean) {
			t.Errorf("ASCII(%q) = %q is %d wide, want %d", clean, got, ansi.StringWidth(got), ansi.StringWidth(clean))
		}
		if strings.ContainsFunc(got, func(r rune) bool { return r >= utf8.RuneSelf }) {
			t.Errorf("ASCII(%q) = %q is not ASCII", clean, got)
		}
	})
}
