package main

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"coffer/internal/terminal"
)

// patience is how long a test waits for what should take a moment.
const patience = 2 * time.Minute

func startDemo(t *testing.T, cols, rows int, args ...string) *terminal.Terminal {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "coffer", append([]string{"demo"}, args...)...)
	cmd.Env = append(os.Environ(), "COFFER_TODAY=2026-11-22", "TERM=xterm-256color", "LANG=C.UTF-8", "HOME="+t.TempDir(), "TMPDIR="+t.TempDir())
	term, err := terminal.Start(cmd, cols, rows)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = term.Close() })
	return term
}

// step types keys and waits for a text.
func step(t *testing.T, term *terminal.Terminal, keys, want string) {
	t.Helper()
	if err := term.Send(keys); err != nil {
		t.Fatal(err)
	}
	if _, err := term.WaitFor(want, patience); err != nil {
		t.Fatalf("after %q: %v", keys, err)
	}
}

func TestTheRealInterface(t *testing.T) {
	t.Parallel()
	term := startDemo(t, 120, 40)
	step(t, term, "", "NET WORTH")
	step(t, term, "2", "all transactions")
	step(t, term, "/coffee\r", "/ coffee")
	step(t, term, "\x1b", "all transactions")
	step(t, term, "3", "November")
	step(t, term, "4", "First Platypus Bank")
	step(t, term, "?", "quit")
	step(t, term, "\x1b", "First Platypus Bank")
	for _, size := range [][2]int{{80, 24}, {45, 20}, {120, 40}} {
		if err := term.Resize(size[0], size[1]); err != nil {
			t.Fatal(err)
		}
		fits := func(screen string) bool {
			lines := strings.Split(strings.TrimRight(screen, "\n"), "\n")
			return len(lines) == size[1] && strings.Contains(lines[0], "coffer") && strings.Contains(lines[len(lines)-1], "help")
		}
		if _, err := term.WaitUntil(fits, "the frame at its new size", patience); err != nil {
			t.Fatal(err)
		}
	}
	if err := term.Send("q"); err != nil {
		t.Fatal(err)
	}
	code, err := term.Exit(patience)
	if code != exitOK || err != nil {
		t.Errorf("q ended the program with code %d, %v", code, err)
	}
	if !term.Restored() {
		t.Errorf("the terminal was not restored; the last bytes: %q", tail(term.Raw()))
	}
}

func TestSignalsRestoreTheTerminal(t *testing.T) {
	t.Parallel()
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(sig.String(), func(t *testing.T) {
			term := startDemo(t, 80, 24)
			step(t, term, "", "NET WORTH")
			if err := term.Signal(sig); err != nil {
				t.Fatal(err)
			}
			if code, err := term.Exit(patience); code != exitFailure || err != nil {
				t.Errorf("%s ended the program with code %d, %v; want %d", sig, code, err, exitFailure)
			}
			if !term.Restored() {
				t.Errorf("the terminal was not restored; the last bytes: %q", tail(term.Raw()))
			}
		})
	}
}

func tail(s string) string { return s[max(0, len(s)-200):] }
