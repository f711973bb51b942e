package theme_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/muesli/termenv"
	"pgregory.net/rapid"

	"coffer/tui/theme"
)

// Whatever colour a bank has, its mark can be told from the background, and keeps the
// colour where that can be seen as it is.
func TestBrandsStandOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		colour := fmt.Sprintf("#%06x", rapid.IntRange(0, 0xffffff).Draw(t, "colour"))
		dark := rapid.Bool().Draw(t, "dark")
		grounds := []string{"#ffffff", "#f6f8fa"}
		if dark {
			grounds = []string{"#000000", "#1e1e1e"}
		}
		style, ok := theme.New(renderer(termenv.TrueColor, dark)).Brand(colour)
		if !ok {
			t.Fatalf("%s cannot be drawn", colour)
		}
		drawn := drawnColour(style.Render("x"))
		seen := true
		for _, g := range grounds {
			if contrast(drawn, g) < 2.98 { // by the same loss
				t.Fatalf("%s is drawn as %s, %.2f to 1 on %s", colour, drawn, contrast(drawn, g), g)
			}
			seen = seen && contrast(colour, g) >= 3
		}
		if seen && !near(drawn, colour) {
			t.Fatalf("%s can be seen, and is drawn as %s", colour, drawn)
		}
	})
}

var trueColour = regexp.MustCompile(`38;2;(\d+);(\d+);(\d+)m`)

func drawnColour(s string) string {
	m := trueColour.FindStringSubmatch(s)
	if m == nil {
		return "#000000"
	}
	var c [3]int
	for i := range c {
		_, _ = fmt.Sscan(m[i+1], &c[i])
	}
	return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2])
}

// near allows for what a colour loses by being written as fractions.
func near(a, b string) bool {
	for i := 1; i < 7; i += 2 {
		var x, y int
		_, _ = fmt.Sscanf(a[i:i+2], "%x", &x)
		_, _ = fmt.Sscanf(b[i:i+2], "%x", &y)
		if x-y > 1 || y-x > 1 {
			return false
		}
	}
	return true
}

// Without colours, with few, and for what is no colour, there is no mark.
func TestBrandsNeedColours(t *testing.T) {
	if _, ok := theme.Plain(renderer(termenv.TrueColor, true)).Brand("#1b6ca8"); ok {
		t.Error("a plain theme has a colour")
	}
	for _, profile := range []termenv.Profile{termenv.Ascii, termenv.ANSI} {
		if _, ok := theme.New(renderer(profile, true)).Brand("#1b6ca8"); ok {
			t.Errorf("%v has one", profile.Name())
		}
	}
	if style, ok := theme.New(renderer(termenv.ANSI256, true)).Brand("#1b6ca8"); !ok || !strings.Contains(style.Render("x"), "38;5;") {
		t.Error("with 256 colours there is none")
	}
	for _, odd := range []string{"", "none", "#12345", "#1234567", "1b6ca8f", "#zzzzzz", "\x1b[31m"} {
		if _, ok := theme.New(renderer(termenv.TrueColor, true)).Brand(odd); ok {
			t.Errorf("%q is drawn", odd)
		}
	}
}
