package main

import (
	"strings"
	"testing"

	"coffer/internal/terminal"
)

// What opens a page here is what coffer link would use, and what is missing is said
// with what to do.
func TestDoctorLooksForABrowser(t *testing.T) {
	t.Parallel()
	w := newLinkWorld(t)
	for name, tt := range map[string]struct{ env, says string }{
		"desktop":    {"", "ok       browser: /"},
		"wayland":    {"DISPLAY= WAYLAND_DISPLAY=wayland-0", "xdg-open is asked to open yours; where it cannot, coffer link shows an address"},
		"ssh":        {"SSH_CONNECTION=10.0.0.1", "ok       browser: over ssh none of this computer's is of use: coffer link shows an address and a QR code for a phone"},
		"no desktop": {"DISPLAY= WAYLAND_DISPLAY=", "ok       browser: there is no desktop here (neither DISPLAY nor WAYLAND_DISPLAY is set): coffer link shows"},
		"no opener": {"PATH=/nowhere", "warning  browser: nothing here can open one: there is no xdg-open, no x-www-browser, no www-browser\n" +
			"           -> install xdg-utils and a browser, or link with a phone: coffer link --hosted"},
	} {
		cmd := w.command(t.Context(), "doctor")
		cmd.Env = append(cmd.Env, strings.Fields(tt.env)...)
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), tt.says) {
			t.Errorf("%s: %v, want %q:\n%s", name, err, tt.says, out)
		}
	}
}

func TestDoctorSaysWhatTheTerminalCanDo(t *testing.T) {
	t.Parallel()
	w := newLinkWorld(t)
	for name, tt := range map[string]struct {
		env        string
		cols, rows int
		says       string
	}{
		"good":      {"COLORTERM=truecolor", 120, 40, "ok       terminal: xterm-256color, 120×40, all colours, UTF-8"},
		"256":       {"COLORTERM=", 120, 40, "120×40, 256 colours, UTF-8"},
		"NO_COLOR":  {"NO_COLOR=1", 120, 40, "no colours (NO_COLOR is set), UTF-8"},
		"small":     {"COLORTERM=", 39, 40, "the interface needs 40×12"},
		"not UTF-8": {"LC_ALL=C", 150, 40, "set LC_ALL or LANG to a locale in UTF-8, C.UTF-8 for example"},
		"dumb":      {"TERM=dumb", 120, 40, "set TERM, to xterm-256color for example"},
	} {
		cmd := w.command(t.Context(), "doctor")
		cmd.Env = append(cmd.Env, strings.Fields(tt.env)...)
		term, err := terminal.Start(cmd, tt.cols, tt.rows)
		must(t, err)
		code, err := term.Exit(patience)
		got := strings.Join(strings.Fields(term.Screen()), " ")
		if want := strings.Join(strings.Fields(tt.says), " "); err != nil || code != exitOK || !strings.Contains(got, want) {
			t.Errorf("%s: code %d, %v, want %q:\n%s", name, code, err, want, term.Screen())
		}
		must(t, term.Close())
	}
}
