package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"coffer/internal/ordeal"
)

// TestTheFileTellsNothing searches the demo's vault, as anybody with strings(1)
// can, for everything that Plaid said: ids, names, merchants, amounts, tokens.
func TestTheFileTellsNothing(t *testing.T) {
	ordeal.Alone(t)
	const today = "2026-11-22"
	dir := t.TempDir()
	var overview overviewDocument
	forgetsWhatItSees(t)
	runJSON(t, &overview, today, "demo", "--no-tui", "--home", dir, "--json")
	raw, err := os.ReadFile(filepath.Join(dir, "vault.db"))
	must(t, err)
	said := askForEverything(t, today).texts(t)
	if len(said) < 1000 {
		t.Fatalf("only %d texts to look for", len(said))
	}
	for text := range said {
		if bytes.Contains(raw, []byte(text)) {
			t.Errorf("the file contains %q", text)
		}
	}
	for _, text := range []string{"access-sandbox", "link-sandbox", demoPassphrase, "Platypus", "transaction"} {
		if bytes.Contains(raw, []byte(text)) {
			t.Errorf("the file contains %q", text)
		}
	}
	t.Logf("looked for %d texts in %d bytes", len(said), len(raw))
}
