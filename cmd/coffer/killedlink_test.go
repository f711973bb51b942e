package main

import (
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"
	"time"

	"coffer/internal/secret"
	"coffer/plaidsvc/plaidsim"
	"coffer/storage"
)

// newDyingWorld is a linkWorld whose Plaid takes its time to exchange a token.
func newDyingWorld(t *testing.T, slow plaidsim.Fault) *linkWorld {
	t.Helper()
	today := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	server := plaidsim.New(plaidsim.Options{Seed: 1, Years: 1, Settled: true, Control: true, Clock: func() time.Time { return today }})
	slow.Endpoint, slow.Call, slow.Delay = "/item/public_token/exchange", 1, plaidsim.Duration(time.Hour)
	server.Inject(slow)
	sim := httptest.NewServer(server)
	t.Cleanup(sim.Close)
	return linkWorldAt(t, sim.URL)
}

// killWhen runs a command and kills it as soon as something is so.
func (w *linkWorld) killWhen(t *testing.T, cmd *exec.Cmd, so func() bool) {
	t.Helper()
	must(t, cmd.Start())
	for end := time.Now().Add(patience); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			_ = cmd.Process.Kill()
			t.Fatal("it did not come so far")
		}
	}
	must(t, cmd.Process.Kill())
	_ = cmd.Wait() // killed
}

// begun counts what was put down in the vault.
func (w *linkWorld) begun(t *testing.T) int {
	t.Helper()
	v, err := storage.Open(t.Context(), w.home, storage.Passphrase(secret.New(scriptPassphrase)), storage.Options{})
	must(t, err)
	defer func() { must(t, v.Close()) }()
	all, err := v.Intents(t.Context())
	must(t, err)
	return len(all)
}

// given counts the Items that Plaid has.
func (w *linkWorld) given(t *testing.T) int {
	t.Helper()
	var answer struct {
		Items []struct{} `json:"items"`
	}
	must(t, ask(t.Context(), w.sim, "/plaidsim/items/get", map[string]any{}, &answer))
	return len(answer.Items)
}

// Killed before Plaid gave the access, the program gets it the next time.
func TestKilledBeforeTheExchange(t *testing.T) {
	t.Parallel()
	w := newDyingWorld(t, plaidsim.Fault{Code: "INTERNAL_SERVER_ERROR"})
	w.killWhen(t, w.command(t.Context(), "link", "--sandbox", "ins_109508"), func() bool { return w.begun(t) > 0 })
	if said := w.runs(t, "sync"); !strings.Contains(said, "First Platypus Bank is linked: you had agreed before coffer was stopped") {
		t.Errorf("the next sync says\n%s", said)
	}
	w.onlyItem(t)
	if n := w.begun(t); n != 0 {
		t.Errorf("%d intents are left", n)
	}
}

// Killed between Plaid's giving an access and its being kept, the program cannot get it
// again: it says so, once, and what to do.
func TestKilledAfterTheExchange(t *testing.T) {
	t.Parallel()
	w := newDyingWorld(t, plaidsim.Fault{})
	w.killWhen(t, w.command(t.Context(), "link", "--sandbox", "ins_109508"), func() bool { return w.begun(t) > 0 && w.given(t) > 0 })
	said := w.runs(t, "sync")
	if !strings.Contains(said, "at my.plaid.com end the access to a bank that was lost when coffer was stopped (20") || strings.Count(said, "my.plaid.com") != 1 {
		t.Errorf("the next sync says\n%s", said)
	}
	if said := w.runs(t, "sync"); strings.Contains(said, "my.plaid.com") {
		t.Errorf("the one after it says\n%s", said)
	}
	w.runs(t, "link", "--sandbox", "ins_109508")
	w.onlyItem(t)
}

// Killed while the page is open, the program cannot know what came of it.
func TestKilledWithThePageOpen(t *testing.T) {
	t.Parallel()
	w := newLinkWorld(t)
	link := w.startLink(t)
	must(t, link.cmd.Process.Kill())
	_ = link.cmd.Wait() // killed
	if said := w.runs(t, "link", "--sandbox", "ins_109508"); !strings.Contains(said, "if you signed in to a bank before coffer was stopped, end that at my.plaid.com") {
		t.Errorf("the next link says\n%s", said)
	}
	hosted := w.start(t, "link", "--hosted")
	must(t, hosted.cmd.Process.Kill())
	_ = hosted.cmd.Wait() // killed
	before, _ := w.onlyItem(t)
	w.runs(t, "items", "remove", string(before.ID), "--yes")
	w.finishOnPhone(t, hosted.address)
	if said := w.runs(t, "sync"); !strings.Contains(said, "First Platypus Bank is linked: you had agreed") {
		t.Errorf("after signing in on a page of Plaid's the next sync says\n%s", said)
	}
	w.onlyItem(t)
}
