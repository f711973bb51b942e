package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"coffer/internal/terminal"
)

// A household is a vault of made-up banks on the disk, and its owner's settings.
type household struct{ dir, home, pass string }

// newHousehold makes a vault with the passphrase of the scripts.
func newHousehold(t *testing.T, settings string) household {
	t.Helper()
	dir := t.TempDir()
	h := household{dir, filepath.Join(dir, "home"), filepath.Join(dir, "pass")}
	must(t, os.WriteFile(h.pass, []byte(scriptPassphrase), 0o600))
	must(t, os.MkdirAll(filepath.Join(dir, "coffer"), 0o700))
	must(t, os.WriteFile(filepath.Join(dir, "coffer", "config.toml"), []byte(settings), 0o600))
	h.run(t, "demo", "--no-tui", "--passphrase-file", h.pass)
	return h
}

// command is a run of the program at home.
func (h household) command(t *testing.T, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), "coffer", append(args, "--home", h.home)...)
	cmd.Env = append(os.Environ(), "COFFER_TODAY=2026-11-22", "TERM=xterm-256color", "LANG=C.UTF-8",
		"HOME="+h.dir, "XDG_CONFIG_HOME="+h.dir, "XDG_STATE_HOME="+filepath.Join(h.dir, "state"), "DBUS_SESSION_BUS_ADDRESS=")
	return cmd
}

// run runs a command to its end and returns what it printed.
func (h household) run(t *testing.T, args ...string) string {
	t.Helper()
	out, err := h.command(t, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("coffer %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// open shows the interface, unlocked.
func (h household) open(t *testing.T, cols, rows int, args ...string) *terminal.Terminal {
	t.Helper()
	term, err := terminal.Start(h.command(t, args...), cols, rows)
	must(t, err)
	t.Cleanup(func() { _ = term.Close() })
	if len(args) == 0 {
		step(t, term, "", "Passphrase:")
		must(t, term.Send(scriptPassphrase+"\r"))
	}
	step(t, term, "", "NET WORTH")
	return term
}

// leave quits and wants a good end.
func leave(t *testing.T, term *terminal.Terminal, key string) {
	t.Helper()
	must(t, term.Send(key))
	if code, err := term.Exit(patience); code != exitOK || err != nil {
		t.Errorf("%q ended the program with code %d, %v", key, code, err)
	}
	if !term.Restored() {
		t.Errorf("the terminal was not restored; the last bytes: %q", tail(term.Raw()))
	}
}

func TestTheInterfaceLocksItself(t *testing.T) {
	t.Parallel()
	h := newHousehold(t, `lock_after = "5s"`)
	term := h.open(t, 80, 24)
	step(t, term, "2", "all transactions")
	step(t, term, "/coffee\r", "▌")
	step(t, term, "jj", "/ coffee")
	_, err := term.WaitUntil(func(screen string) bool {
		return strings.Contains(screen, "nobody pressed a key for 5 seconds") && strings.Contains(screen, "Passphrase") &&
			!slices.ContainsFunc([]string{"Coffee", "rows", "Bank", "2 Transactions"}, func(told string) bool { return strings.Contains(screen, told) })
	}, "a lock screen that tells nothing", patience) // the frame comes in parts
	must(t, err)
	step(t, term, "not this one at all\r", "wrong passphrase; the next one can be tried in 1 second")
	gone := func(screen string) bool { return !strings.Contains(screen, "can be tried") }
	_, err = term.WaitUntil(gone, "the end of the wait", patience)
	must(t, err)
	step(t, term, scriptPassphrase+"\r", "/ coffee")
	_, err = term.WaitUntil(func(s string) bool { return cursorLine(s) == 6 && strings.Contains(s, "Coffee") }, "the row where the cursor was", patience)
	must(t, err)
	step(t, term, "\x0c", "Locked")
	leave(t, term, "\x03")
}

// cursorLine is the line of the screen that has the cursor, from 0.
func cursorLine(screen string) int {
	for i, line := range strings.Split(screen, "\n") {
		if strings.HasPrefix(line, "▌") {
			return i
		}
	}
	return -1
}

// The ways that ask for no passphrase open it again on a key press.
func TestTheInterfaceUnlocksByItsOtherWays(t *testing.T) {
	t.Parallel()
	h := newHousehold(t, `lock_after = "never"`)
	identity := filepath.Join(h.dir, "coffer", "identity")
	h.run(t, "vault", "unlock", "add", "identity", identity, "--passphrase-file", h.pass)
	for _, tt := range []struct {
		name, hint string
		args       []string
		breaks     string // a file that is not there for the first try
		says       string
	}{
		{"passphrase file", "the passphrase file", []string{"--passphrase-file", h.pass}, h.pass, "no such file"},
		{"identity named", "the identity file", []string{"--identity", identity}, identity, "no such file"},
		{"identity in its place", "the identity file", []string{"--no-color"}, identity, "there is none in its"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			term := h.open(t, 100, 30, tt.args...)
			step(t, term, "\x0c", "enter alone unlocks with "+tt.hint)
			must(t, os.Rename(tt.breaks, tt.breaks+"-away"))
			step(t, term, "\r", tt.says)
			must(t, os.Rename(tt.breaks+"-away", tt.breaks))
			step(t, term, "\r", "NET WORTH")
			leave(t, term, "q")
		})
	}
}
