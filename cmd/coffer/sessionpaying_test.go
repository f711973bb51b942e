package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// wholeToken is a token for a processor as Plaid writes it.
var wholeToken = regexp.MustCompile(`processor-sandbox-[0-9a-f-]{20,}`)

// What paying from an account takes is asked from the interface: who it belongs to,
// whether somebody can pay from it by what the bank says now, a token for a processor,
// and what recurs. Each says first that it is billed, each is gone when it is closed,
// and none of it is in a file.
func TestTheInterfaceAsksWhatPayingTakes(t *testing.T) {
	t.Parallel()
	w := newLinkWorld(t)
	if out, err := w.command(t.Context(), "link", "--sandbox", "ins_109508").CombinedOutput(); err != nil {
		t.Fatalf("link: %v\n%s", err, out)
	}
	term := w.openInterface(t, "1 bank ok")
	step(t, term, "4", "m more")
	step(t, term, "m", "fit to pay from?")
	step(t, term, "o", "Plaid bills this once for each bank")
	step(t, term, "y", "thomas.sinclair@example.com")
	step(t, term, "\x1b", "m more")

	step(t, term, "m", "fit to pay from?")
	step(t, term, "p", "in USD, as 25.00")
	step(t, term, "1000000\tThomas Sinclair\r", "the owner and the balance each")
	step(t, term, "y", "No: do not pay $1,000,000.00 from this account.")
	step(t, term, "e", "1000000")
	step(t, term, strings.Repeat("\x7f", 7)+"25\r", "$25.00 is available now")
	step(t, term, "y", "Yes: $25.00 can be paid from this account.")
	step(t, term, "\x1b", "m more")

	step(t, term, "m", "fit to pay from?")
	step(t, term, "h", "type to find a payment processor")
	step(t, term, "dwol\r", "Whoever has it can ask")
	step(t, term, "y", "****")
	must(t, term.Send("r"))
	screen, err := term.WaitUntil(wholeToken.MatchString, "a whole token", patience)
	must(t, err)
	token := wholeToken.FindString(screen)
	step(t, term, "\x1b", "m more")
	if screen := term.Screen(); strings.Contains(screen, token) {
		t.Errorf("closed, the token is on the screen:\n%s", screen)
	}

	step(t, term, "m", "what comes and goes again")
	step(t, term, "c", "was not asked yet")
	step(t, term, "R", "bills this by itself")
	step(t, term, "y", "monthly")
	step(t, term, "\x1b", "m more")
	leaveInterface(t, term)
	isInNoFile(t, filepath.Dir(w.pass), token, "thomas.sinclair@example.com", "Thomas Sinclair")
}

// isInNoFile wants none of the texts in any file below dir.
func isInNoFile(t *testing.T, dir string, texts ...string) {
	t.Helper()
	must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		for _, text := range texts {
			if bytes.Contains(content, []byte(text)) {
				t.Errorf("%s has %q", path, text)
			}
		}
		return err
	}))
}
