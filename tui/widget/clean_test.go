package widget_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"coffer/tui/widget"
)

// hostile is what a bank, a merchant or somebody in between could put in a name.
var hostile = []struct{ name, text string }{
	{"CSI colour", "\x1b[31mRED\x1b[0m"},
	{"CSI clear screen", "A\x1b[2J\x1b[HB"},
	{"C1 CSI as UTF-8", "A\u009b2JB"},
	{"C1 CSI as a raw byte", "A\x9b2JB"},
	{"OSC title, BEL", "\x1b]0;pwned\x07x"},
	{"OSC title, ST", "\x1b]0;pwned\x1b\\x"},
	{"OSC as C1", "\u009d0;pwned\u009cx"},
	{"OSC unterminated", "shop\x1b]0;swallow the rest of the screen"},
	{"OSC 52 clipboard write", "\x1b]52;c;cm0gLXJmIH4K\x07"},
	{"OSC 8 link", "\x1b]8;;http://evil.example/\x07Bank\x1b]8;;\x07"},
	{"DCS", "\x1bPq#0;2;0;0;0\x1b\\"},
	{"DECRQSS report", "\x1bP$q\"p\x1b\\"},
	{"device attributes query", "\x1b[c"},
	{"title report", "\x1b[21t"},
	{"bare ESC at the end", "COFFEE\x1b"},
	{"full reset", "\x1bc"},
	{"line drawing charset", "\x1b(0lqqk"},
	{"shift out, shift in", "A\x0eB\x0fC"},
	{"bell", "ding\x07"},
	{"backspaces", "$1000\b\b\b\b\b$0001"},
	{"carriage return", "EVIL SHOP\rGOOD SHOP"},
	{"line feed", "A\nB"},
	{"CRLF", "A\r\nB"},
	{"VT and FF", "A\vB\fC"},
	{"tab", "A\tB"},
	{"NUL", "A\x00B"},
	{"DEL", "A\x7fB"},
	{"NEL", "A\u0085B"},
	{"line and paragraph separators", "A\u2028B\u2029C"},
	{"bidi override", "pay\u202eEVIL\u202c"},
	{"bidi isolate", "\u2066a\u2069\u2067b"},
	{"bidi marks", "\u061c\u200e\u200fx"},
	{"zero width space", "Ama\u200bzon"},
	{"joiners", "a\u200d\u200cb"},
	{"WJ BOM SHY CGJ", "a\u2060\ufeff\u00ad\u034fb"},
	{"tag characters", "A\U000E0041\U000E007FB"},
	{"variation selectors", "A\ufe0fB\U000E0100"},
	{"Hangul fillers", "A\u3164\u115f\uffa0B"},
	{"Braille blank", "A\u2800B"},
	{"interlinear annotation", "\ufff9a\ufffab\ufffb"},
	{"private use", "\ue000\U000F0000"},
	{"200 marks on one letter", "A" + strings.Repeat("\u0301", 200)},
	{"a mark without a letter", "\u0301A"},
	{"invalid UTF-8", "A\xff\xfeB"},
	{"overlong UTF-8", "A\xc0\xafB"},
	{"surrogate", "A\xed\xa0\x80B"},
	{"truncated rune", "CAF\xc3"},
	{"wide CJK", "東京カフェ"},
	{"emoji family", "👨‍👩‍👧‍👦 SHOP"},
	{"flags", "🇺🇸🇨🇦"},
	{"ten thousand letters", strings.Repeat("A", 10000)},
	{"four kilobytes of bad UTF-8", strings.Repeat("\xe3", 4096) + "end"},
	{"markdown", "**x** `y` [a](b)"},
	{"printf", "%s%n%x"},
	{"nested escapes", "\x1b[\x1b[31m[31mX"},
	{"escape split by NUL", "\x1b\x00[31mX"},
	{"CSI with a control inside", "\x1b[3\x071mX"},
	{"APC PM SOS", "\x1b_x\x1b\\\x1b^y\x1b\\\x1bXz\x1b\\"},
	{"kitty graphics", "\x1b_Gf=100;AAAA\x1b\\"},
	{"sixel", "\x1bPq~~\x1b\\"},
	{"modes", "\x1b[5 q\x1b[?1049h\x1b[?1003h"},
}

// danger names what in s could steer a terminal or deceive a reader, by a list
// of its own: it must not share the door's idea of what is harmless.
func danger(s string) string {
	if !utf8.ValidString(s) {
		return "invalid UTF-8"
	}
	for _, r := range s {
		switch {
		case r < 0x20, r == 0x7f, r >= 0x80 && r <= 0x9f:
			return fmt.Sprintf("control %U", r)
		case r == 0x2028, r == 0x2029:
			return "line separator"
		case unicode.Is(unicode.Bidi_Control, r):
			return fmt.Sprintf("bidi control %U", r)
		case strings.ContainsRune("\u200b\u2060\ufeff\u00ad\u034f\u3164\u115f\u1160\uffa0\u2800\ufff9\ufffa\ufffb", r),
			unicode.Is(unicode.Variation_Selector, r), r >= 0xe0000 && r <= 0xe0fff:
			return fmt.Sprintf("invisible %U", r)
		}
	}
	return ""
}

func TestNothingHostilePassesTheDoor(t *testing.T) {
	for _, h := range hostile {
		for _, width := range []int{0, 1, 7, 24, 60} {
			got := widget.Fit(h.text, width)
			if d := danger(got); d != "" {
				t.Errorf("%s: Fit(%.40q, %d) = %q lets %s through", h.name, h.text, width, got, d)
			}
			if w := ansi.StringWidth(got); w != width {
				t.Errorf("%s: Fit(%.40q, %d) = %q is %d cells wide", h.name, h.text, width, got, w)
			}
		}
	}
}

func TestCleanKeepsWhatPeopleRead(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"Café  Zoë", "Café Zoë"},
		{"  東京カフェ ", "東京カフェ"},
		{"EVIL SHOP\rGOOD SHOP", "EVIL SHOP GOOD SHOP"},
		{"shop\x1b]0;swallow", "shop ]0;swallow"},
		{"pay\u202eEVIL\u202c", "payEVIL"},
		{"e\u0301\u0301\u0301", "e\u0301\u0301"},
		{"A\xffB", "A\ufffdB"},
		{"", ""},
	} {
		if got := widget.Clean(tt.in); got != tt.want {
			t.Errorf("Clean(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func FuzzFit(f *testing.F) {
	for i, h := range hostile {
		f.Add(h.text, i)
	}
	f.Fuzz(func(t *testing.T, s string, width int) {
		width = max(0, width%200)
		got := widget.Fit(s, width)
		if w := ansi.StringWidth(got); w != width {
			t.Errorf("Fit(%q, %d) is %d cells wide: %q", s, width, w, got)
		}
		if d := danger(got); d != "" {
			t.Errorf("Fit(%q, %d) = %q lets %s through", s, width, got, d)
		}
		if again := widget.Fit(got, width); again != got {
			t.Errorf("Fit(%q, %d) = %q, and again %q", s, width, got, again)
		}
		if c := widget.Clean(s); widget.Clean(c) != c {
			t.Errorf("Clean(%.99q) = %.99q, and again %.99q", s, c, widget.Clean(c))
		}
	})
}

func TestWrapKeepsEveryWordAndNoCommand(t *testing.T) {
	for _, tt := range []struct {
		text  string
		width int
		want  []string
	}{
		{"", 10, nil},
		{" \n\t", 10, nil},
		{"the bank is down", 8, []string{"the bank", "is down"}},
		{"item-0123456789", 6, []string{"item-", "012345", "6789"}},
		{"red\x1b[31m alert\nnow", 40, []string{"red [31m alert now"}},
		{"ab", 0, []string{"a", "b"}},
	} {
		if got := widget.Wrap(tt.text, tt.width); !slices.Equal(got, tt.want) {
			t.Errorf("Wrap(%q, %d) = %q, want %q", tt.text, tt.width, got, tt.want)
		}
	}
}
