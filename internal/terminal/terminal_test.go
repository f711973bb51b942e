package terminal_test

import (
	"os/exec"
	"strings"
	"testing"
	"time"

	"coffer/internal/terminal"
)

const limit = time.Minute

func start(t *testing.T, script string) *terminal.Terminal {
	t.Helper()
	term, err := terminal.Start(exec.Command("sh", "-c", script), 40, 5)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = term.Close() })
	return term
}

func TestAPersonTypesAndReads(t *testing.T) {
	term := start(t, `read name; printf 'hello %s' "$name"; exit 7`)
	if err := term.Send("Ana\r"); err != nil {
		t.Fatal(err)
	}
	if _, err := term.WaitFor("hello Ana", limit); err != nil {
		t.Fatal(err)
	}
	if code, err := term.Exit(limit); code != 7 || err != nil {
		t.Errorf("Exit() = %d, %v, want 7", code, err)
	}
}

func TestWaitForSaysWhatWasThereInstead(t *testing.T) {
	term := start(t, `printf 'good bye'`)
	if _, err := term.WaitFor("hello", limit); err == nil || !strings.Contains(err.Error(), "good bye") {
		t.Errorf("WaitFor() error = %v, want one that shows the screen", err)
	}
}

func TestRestoredSeesAScreenLeftBehind(t *testing.T) {
	for script, want := range map[string]bool{
		`printf '\033[?1049h\033[?25lx\033[?25h\033[?1049l'`: true,
		`printf '\033[?1049h\033[?25lx\033[?25h'`:            false,
		`printf '\033[?25lx'`:                                false,
		`printf 'x'`:                                         true,
	} {
		term := start(t, script)
		if _, err := term.Exit(limit); err != nil {
			t.Fatal(err)
		}
		if got := term.Restored(); got != want {
			t.Errorf("%s: Restored() = %v, want %v", script, got, want)
		}
	}
}
