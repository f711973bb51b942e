package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// nodeClient is where Plaid's Node client is pinned and used.
const nodeClient = "testdata/node"

// nodeModules returns a folder in which client.mjs can run. Where COFFER_REQUIRE
// asks for node the packages are installed anew, exactly as pinned, and a
// failure to do so fails the test; elsewhere nothing is downloaded on a test's
// account.
func nodeModules(t *testing.T) string {
	t.Helper()
	required := slices.Contains(strings.Split(os.Getenv("COFFER_REQUIRE"), ","), "node")
	_, missing := exec.LookPath("node")
	switch {
	case required:
		return installNodeClient(t)
	case missing != nil:
		t.Skip("node is not installed")
	}
	if _, err := os.Stat(filepath.Join(nodeClient, "node_modules", "plaid")); err != nil {
		t.Skipf("Plaid's Node client is not installed: run npm ci in cmd/plaidsim/%s", nodeClient)
	}
	return nodeClient
}

func installNodeClient(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(nodeClient)); err != nil {
		t.Fatal(err)
	}
	install := exec.CommandContext(t.Context(), "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
	install.Dir = dir
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("npm ci: %v\n%s", err, out)
	}
	return dir
}

// found is what client.mjs says it found.
type found struct {
	AccessToken  string                 `json:"access_token"`
	ItemID       string                 `json:"item_id"`
	Pages        int                    `json:"pages"`
	Transactions map[string]string      `json:"transactions"`
	Accounts     map[string]json.Number `json:"accounts"`
	Again        string                 `json:"again"`
}

// TestPlaidsNodeClient runs Plaid's official Node client against the real
// program: what it says it read is what the program says when asked directly.
func TestPlaidsNodeClient(t *testing.T) {
	dir := nodeModules(t)
	p := start(t, "--seed", "1", "--today", "2026-03-15")
	var complaints bytes.Buffer
	node := exec.CommandContext(t.Context(), "node", "client.mjs", p.base)
	node.Dir, node.Stderr = dir, &complaints
	out, err := node.Output()
	if err != nil {
		t.Fatalf("client.mjs: %v\n%s", err, complaints.String())
	}
	var got found
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("client.mjs: %v in %s", err, out)
	}
	checkTransactions(t, p, got)
	if want := "400 INVALID_INPUT INVALID_PUBLIC_TOKEN"; got.Again != want {
		t.Errorf("a second exchange: got %q, want %q", got.Again, want)
	}
	t.Logf("Plaid's Node client read %d transactions on %d pages, and %d accounts",
		len(got.Transactions), got.Pages, len(got.Accounts))
	p.stop(t, syscall.SIGTERM)
}

// checkTransactions compares the client's rows with one page after the other
// read without it.
func checkTransactions(t *testing.T, p *program, got found) {
	t.Helper()
	type row struct {
		ID     string      `json:"transaction_id"`
		Date   string      `json:"date"`
		Amount json.Number `json:"amount"`
		Name   string      `json:"name"`
	}
	type page struct {
		Added  []row  `json:"added"`
		Cursor string `json:"next_cursor"`
		More   bool   `json:"has_more"`
	}
	rows := 0
	for at := (page{More: true}); at.More; {
		body := `{"client_id":"a","secret":"b","access_token":"` + got.AccessToken + `","count":500,"cursor":"` + at.Cursor + `"}`
		at = page{}
		if err := json.Unmarshal([]byte(p.post(t, "/transactions/sync", body)), &at); err != nil {
			t.Fatal(err)
		}
		for _, r := range at.Added {
			rows++
			amount, err := r.Amount.Float64()
			if err != nil {
				t.Fatal(err)
			}
			want := r.Date + " " + jsNumber(amount) + " " + r.Name
			if got.Transactions[r.ID] != want {
				t.Fatalf("transaction %s: the client has %q, want %q", r.ID, got.Transactions[r.ID], want)
			}
		}
	}
	if rows != len(got.Transactions) || rows < 500 {
		t.Errorf("the client has %d transactions, want all %d and at least 500", len(got.Transactions), rows)
	}
}

// jsNumber writes a number as JavaScript does.
func jsNumber(n float64) string {
	text, _ := json.Marshal(n) // a finite number always marshals
	return string(text)
}
