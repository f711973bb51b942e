package main

import (
	"strings"
	"testing"

	"coffer/internal/terminal"
)

// Who is asked whether a bank is to be removed reads how much goes, and that nothing
// brings it back; who says no keeps it.
func TestARemovalSaysHowMuchGoes(t *testing.T) {
	t.Parallel()
	w := newLinkWorld(t)
	w.runs(t, "link", "--sandbox", "ins_109508")
	item, _ := w.onlyItem(t)
	for _, tt := range []struct {
		edit, answer, then string
		says               []string
	}{
		{answer: "n", then: "nothing was changed", says: []string{" accounts with ", " transactions go. That cannot be undone. Unlink First Platypus Bank and"}},
		{edit: "coffee", answer: "y", then: "First Platypus Bank is unlinked and erased", says: []string{" transactions go. You made ", " link to it has. That cannot be undone. Unlink"}},
	} {
		if tt.edit != "" {
			w.runs(t, "categorize", tt.edit, "--as", "Party")
		}
		term := w.inTerminal(t, "items", "remove", string(item.ID))
		step(t, term, "", "[y/N]")
		for _, want := range tt.says {
			if said := strings.Join(strings.Fields(term.Screen()), " "); !strings.Contains(said, want) {
				t.Errorf("it says %q, want %q", said, want)
			}
		}
		step(t, term, tt.answer+"\r", tt.then)
	}
}

// Beside a token for a processor stands how long it works.
func TestATokenSaysHowLongItWorks(t *testing.T) {
	t.Parallel()
	w := newLinkWorld(t)
	w.runs(t, "link", "--sandbox", "ins_109508")
	for processor, want := range map[string]string{"dwolla": "works until the bank is unlinked:", "stripe": "can be used once:"} {
		term := w.inTerminal(t, "processor-token", "checking", "--processor", processor)
		if code, err := term.Exit(patience); err != nil || code != exitOK {
			t.Errorf("it exited %d, %v", code, err)
		}
		if said := strings.Join(strings.Fields(term.Screen()), " "); !strings.Contains(said, "this token is shown once, and "+want) {
			t.Errorf("of %s it says %q, want %q", processor, said, want)
		}
	}
}

// inTerminal runs a command in a terminal.
func (w *linkWorld) inTerminal(t *testing.T, args ...string) *terminal.Terminal {
	t.Helper()
	term, err := terminal.Start(w.command(t.Context(), args...), 100, 24)
	must(t, err)
	t.Cleanup(func() { _ = term.Close() })
	return term
}
