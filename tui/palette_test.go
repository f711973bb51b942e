package tui

import (
	"os"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/creack/pty"
	"github.com/muesli/termenv"
)

func TestPalette(t *testing.T) {
	master, terminal, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { close2(t, master, terminal) })
	for _, tt := range []struct {
		name    string
		palette Palette
		environ []string
		profile termenv.Profile
		dark    bool
		plain   bool
		asks    bool
	}{
		{name: "nothing known", environ: []string{"TERM=xterm-256color"}, profile: termenv.ANSI256, dark: true, asks: true},
		{name: "true colour", palette: PaletteAuto, environ: []string{"TERM=xterm", "COLORTERM=truecolor"}, profile: termenv.TrueColor, dark: true, asks: true},
		{name: "set to light", palette: PaletteLight, environ: []string{"TERM=xterm-256color", "COLORFGBG=15;0"}, profile: termenv.ANSI256},
		{name: "set to dark", palette: PaletteDark, environ: []string{"TERM=xterm-256color"}, profile: termenv.ANSI256, dark: true},
		{name: "environment says light", environ: []string{"TERM=xterm-256color", "COLORFGBG=0;default;15"}, profile: termenv.ANSI256},
		{name: "environment says dark", environ: []string{"TERM=xterm-256color", "COLORFGBG=15;0"}, profile: termenv.ANSI256, dark: true},
		{name: "environment says nonsense", environ: []string{"TERM=xterm-256color", "COLORFGBG=blue"}, profile: termenv.ANSI256, dark: true, asks: true},
		{name: "NO_COLOR", environ: []string{"TERM=xterm-256color", "NO_COLOR=1"}, profile: termenv.ANSI, dark: true, plain: true},
		{name: "none", palette: PaletteNone, environ: []string{"TERM=xterm-256color"}, profile: termenv.ANSI, dark: true, plain: true},
		{name: "dumb", palette: PaletteNone, environ: []string{"TERM=dumb"}, profile: termenv.Ascii, dark: true, plain: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := newPainter(Options{Out: terminal, Palette: tt.palette, Environ: tt.environ})
			if got := p.renderer.ColorProfile(); got != tt.profile {
				t.Errorf("profile %v, want %v", got, tt.profile)
			}
			if got := p.renderer.HasDarkBackground(); got != tt.dark {
				t.Errorf("dark %v, want %v", got, tt.dark)
			}
			if p.plain != tt.plain || p.asking != tt.asks {
				t.Errorf("plain %v, asks %v; want %v, %v", p.plain, p.asking, tt.plain, tt.asks)
			}
		})
	}
}

func close2(t *testing.T, files ...*os.File) {
	t.Helper()
	for _, f := range files {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestLocale(t *testing.T) {
	for _, tt := range []struct {
		environ environ
		want    bool
	}{
		{nil, false},
		{environ{"LANG=en_US.UTF-8"}, true},
		{environ{"LANG=C.utf8"}, true},
		{environ{"LANG=C"}, false},
		{environ{"LC_ALL=C", "LANG=en_US.UTF-8"}, false},
		{environ{"LC_ALL=", "LC_CTYPE=C.UTF-8", "LANG=C"}, true},
		{environ{"LANG=C", "LANG=en_US.UTF-8"}, true}, // the last one counts
	} {
		if got := tt.environ.isUTF8(); got != tt.want {
			t.Errorf("isUTF8(%q) = %v, want %v", tt.environ, got, tt.want)
		}
	}
}

// keys returns what Bubble Tea v1 makes of an answer to OSC 11.
func keys(text string, end tea.KeyMsg) []tea.Msg {
	return []tea.Msg{
		tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("]"), Alt: true},
		tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text)}, end,
	}
}

func TestAnswersNeverActAsKeys(t *testing.T) {
	st := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(`\`), Alt: true}
	bell := tea.KeyMsg{Type: tea.KeyCtrlG}
	for _, tt := range []struct {
		name string
		in   []tea.Msg
		want []tea.Msg
	}{
		{"dark", keys("11;rgb:1e1e/1e1e/1e1e", st), []tea.Msg{backgroundMsg{dark: true}}},
		{"light, with a bell", keys("11;rgb:ffff/ffff/dddd", bell), []tea.Msg{backgroundMsg{dark: false}}},
		{"with alpha", keys("11;rgba:0000/0000/0000/ffff", st), []tea.Msg{backgroundMsg{dark: true}}},
		{"another answer", keys("10;rgb:ffff/ffff/ffff", st), nil},
		{"no colour", keys("11;rgb:zz", st)[:1], nil},
		{"in two reads", append(keys("11;rgb:1e1e", tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("/1e1e/1e1e")}), st), []tea.Msg{backgroundMsg{dark: true}}},
		{"a key meanwhile", append(keys("11;rgb:", tea.KeyMsg{Type: tea.KeyDown}), tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("r")}),
			[]tea.Msg{tea.KeyMsg{Type: tea.KeyDown}, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("r")}}},
		{"keys only", []tea.Msg{tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("r")}}, []tea.Msg{tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("r")}}},
		{"no key at all", []tea.Msg{pollMsg{}}, []tea.Msg{pollMsg{}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var a answers
			var got []tea.Msg
			for _, msg := range tt.in {
				if out := a.filter(nil, msg); out != nil {
					got = append(got, out)
				}
			}
			if len(got) != len(tt.want) {
				t.Fatalf("let %v through, want %v", got, tt.want)
			}
			for i := range got {
				if g, w := describe(got[i]), describe(tt.want[i]); g != w {
					t.Errorf("message %d is %v, want %v", i, g, w)
				}
			}
		})
	}
}

func describe(msg tea.Msg) any {
	if k, ok := msg.(tea.KeyMsg); ok {
		return k.String()
	}
	return msg
}
