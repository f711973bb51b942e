package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// TestTheDemoGoesTheWayOfARealBank reads the simulator's own log of the demo: each
// bank is linked by a link token, a public token and its exchange, and synced page
// by page, over HTTP. Nothing reaches the vault by another way.
func TestTheDemoGoesTheWayOfARealBank(t *testing.T) {
	var log bytes.Buffer
	w := system()
	w.out, w.err, w.simulatorLog = new(bytes.Buffer), new(bytes.Buffer), &log
	w.getenv = func(name string) string { return map[string]string{"COFFER_TODAY": "2026-11-22"}[name] }
	forgetsWhatItSees(t)
	if code := run(t.Context(), []string{"demo", "--no-tui"}, w); code != exitOK {
		t.Fatalf("the demo exited %d: %s", code, w.err)
	}
	way := []string{
		"/link/token/create", "/sandbox/public_token/create", "/item/public_token/exchange",
		"/transactions/sync", "/accounts/get",
	}
	asked := make(map[string]int)
	at := 0 // in way, for the bank that is being linked
	for line := range strings.Lines(log.String()) {
		path := ""
		for _, field := range strings.Fields(line) {
			if strings.HasPrefix(field, "/") {
				path = field
			}
		}
		asked[path]++
		if i := slices.Index(way, path); i == at%len(way) {
			at++
		}
	}
	const banks = 4
	if at != banks*len(way) {
		t.Errorf("the way %q was gone %d steps, want %d times all of it; the log:\n%s", way, at, banks, &log)
	}
	for _, path := range way[:3] {
		if asked[path] != banks {
			t.Errorf("%s was asked %d times, want once for each of %d banks", path, asked[path], banks)
		}
	}
	if asked["/transactions/sync"] <= banks {
		t.Errorf("%d pages were synced, want more than one for some bank", asked["/transactions/sync"])
	}
	for _, token := range []string{"access-sandbox-", "public-sandbox-", "link-sandbox-"} {
		for _, found := range strings.SplitAfter(log.String(), token)[1:] {
			if !strings.HasPrefix(found, "…") {
				t.Errorf("the log shows a token: %s%.12s", token, found)
			}
		}
	}
}
