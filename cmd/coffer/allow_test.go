package main

import (
	"bytes"
	"errors"
	"os/exec"
	"strings"
	"testing"

	"coffer/internal/browsertest"
)

// testAllowed asks for numbers that the user never agreed to, is told how to agree,
// and does so in the browser, from the command line and from the interface. What was
// not agreed to stays untold.
func testAllowed(t *testing.T, chromium *browsertest.Browser) {
	w := newLinkWorld(t)
	link := w.startLink(t)
	visitLink(t, chromium, link.address).signIn()
	link.ends(t, exitOK)
	item, _ := w.onlyItem(t)

	repair := "coffer items repair " + string(item.ID) + " --allow "
	w.expect(t, exitAttention, "", repair+"auth", "ach", "checking")
	again := w.start(t, "items", "repair", string(item.ID), "--allow", "auth", "--no-browser")
	visitLink(t, chromium, again.address).signInAgain()
	again.ends(t, exitOK)
	w.expect(t, exitOK, "ACH account   ****", "", "ach", "checking")
	w.expect(t, exitAttention, "", repair+"identity", "identity", "checking")
	w.expect(t, exitAttention, `"ok": false`, repair+"identity", "verify", "checking", "--amount", "1", "--name", "A B", "--json")

	term := w.openInterface(t, "1 bank ok")
	step(t, term, "4", "m more")
	step(t, term, "m", "allow more products")
	step(t, term, "w", "[ ] who its accounts belong to")
	visitLink(t, chromium, pressFor(t, term, "\r")).signInAgain()
	step(t, term, "", "may tell from now on: who its accounts belong to")
	step(t, term, "", "3 accounts, ")
	step(t, term, "\r", "m more")
	leaveInterface(t, term)
	w.expect(t, exitOK, "@", "", "identity", "checking")
}

// expect runs the program and wants it to exit with a code, with these texts on
// standard output and standard error; "" on output wants nothing there.
func (w *linkWorld) expect(t *testing.T, code int, out, errs string, args ...string) {
	t.Helper()
	cmd := w.command(t.Context(), args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if got := cmd.ProcessState.ExitCode(); got != code || !strings.Contains(stdout.String(), out) || !strings.Contains(stderr.String(), errs) ||
		out == "" && stdout.Len() > 0 {
		t.Errorf("coffer %s exits %d and says\n%s%s\nwant %d, %q and %q", strings.Join(args, " "), got, &stdout, &stderr, code, out, errs)
	}
}
