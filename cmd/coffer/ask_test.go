package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"coffer/internal/secret"
	"coffer/internal/terminal"
	"coffer/storage"
)

// atPrompt runs coffer on a vault of its own in a terminal.
func atPrompt(t *testing.T, args ...string) *terminal.Terminal {
	t.Helper()
	home := filepath.Join(t.TempDir(), "home")
	v, err := storage.Create(t.Context(), home, storage.Passphrase(secret.New(scriptPassphrase)), storage.Options{KDF: quickKDF})
	must(t, err)
	must(t, v.Close())
	return atHome(t, home, args...)
}

// atHome runs coffer on a vault in a terminal.
func atHome(t *testing.T, home string, args ...string) *terminal.Terminal {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "coffer", append(args, "--home", home)...)
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "LANG=C.UTF-8", "HOME="+home, "XDG_STATE_HOME="+t.TempDir(), "XDG_CONFIG_HOME="+t.TempDir())
	term, err := terminal.Start(cmd, 80, 24)
	must(t, err)
	t.Cleanup(func() { _ = term.Close() })
	return term
}

// Who asks for a passphrase is left by ctrl-c and by ctrl-d.
func TestAPromptCanBeLeft(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		args   []string
		prompt string
	}{
		"passphrase": {[]string{"items"}, "Passphrase: "},
		"new vault":  {[]string{"setup", "--client-id", "abc"}, "Plaid secret (not shown): "},
		"seen":       {[]string{"setup"}, "Plaid client id: "},
	} {
		for key, code := range map[string]string{"ctrl-c": "\x03", "ctrl-d": "\x04"} {
			t.Run(name+" "+key, func(t *testing.T) {
				term := atPrompt(t, tt.args...)
				step(t, term, "", strings.TrimRight(tt.prompt, " "))
				step(t, term, code, "coffer: ")
				got, err := term.Exit(patience)
				if err != nil || got != exitFailure {
					t.Errorf("it exited %d, %v, want %d", got, err, exitFailure)
				}
				if !strings.Contains(term.Screen(), "\ncoffer: ") {
					t.Errorf("the message does not begin a line:\n%s", term.Screen())
				}
			})
		}
	}
}

// A passphrase is not seen, whatever else is typed, and lines that are pasted
// together are taken one by one.
func TestAPassphraseIsNotShown(t *testing.T) {
	t.Parallel()
	term := atPrompt(t, "items")
	step(t, term, "", "Passphrase:")
	must(t, term.Send("\x1aseen at first\rseen again\r"))
	refusedTwice := func(screen string) bool { return strings.Count(screen, "wrong passphrase") == 2 }
	if _, err := term.WaitUntil(refusedTwice, "two refusals", patience); err != nil {
		t.Fatal(err)
	}
	step(t, term, scriptPassphrase+"\r", "no bank is linked yet")
	if code, err := term.Exit(patience); err != nil || code != exitOK {
		t.Errorf("it exited %d, %v", code, err)
	}
	if raw := term.Raw(); strings.Contains(raw, "seen") || strings.Contains(raw, "horse") {
		t.Errorf("a passphrase was shown:\n%s", raw)
	}
}

// A passphrase that was set from a file can be typed, tabs and all.
func TestATabIsPartOfAPassphrase(t *testing.T) {
	t.Parallel()
	const tabbed = "correct\thorse\t\tbattery"
	home := filepath.Join(t.TempDir(), "home")
	v, err := storage.Create(t.Context(), home, storage.Passphrase(secret.New(tabbed)), storage.Options{KDF: quickKDF})
	must(t, err)
	must(t, v.Close())
	term := atHome(t, home, "items")
	step(t, term, "", "Passphrase:")
	step(t, term, strings.ReplaceAll(tabbed, "\t", "")+"\r", "wrong passphrase")
	step(t, term, tabbed+"\r", "no bank is linked yet")
	if code, err := term.Exit(patience); err != nil || code != exitOK {
		t.Errorf("it exited %d, %v", code, err)
	}
}

// However a line is cut into reads, tabs and letters of several bytes come through.
func TestTabKeeper(t *testing.T) {
	for size := 1; size < 20; size++ {
		got, err := io.ReadAll(chunks{&tabKeeper{from: chunks{strings.NewReader("a\tö\t\t😀b"), 6}}, size})
		must(t, err)
		if text := withTabs(string(got)); text != "a\tö\t\t😀b" || strings.Contains(string(got), "\t") {
			t.Errorf("in chunks of %d it reads %q", size, text)
		}
	}
}

// chunks reads so many bytes at once.
type chunks struct {
	io.Reader
	size int
}

func (c chunks) Read(p []byte) (int, error) { return c.Reader.Read(p[:min(len(p), c.size)]) }
