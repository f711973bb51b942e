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
	Removed      string                 `json:"removed"`
	Read         foundProducts          `json:"read"`
	Paid         struct {
		Tokens   []string `json:"tokens"`
		Decision string   `json:"decision"`
		Status   string   `json:"status"`
		Events   []string `json:"events"`
	} `json:"paid"`
	Webhooks struct {
		Codes   []string `json:"codes"`
		Ours    bool     `json:"ours"`
		Error   string   `json:"error"`
		Refused []string `json:"refused"`
	} `json:"webhooks"`
}

// foundProducts is how much there was of each product.
type foundProducts struct {
	Sessions     int    `json:"sessions"`
	Institutions [2]int `json:"institutions"` // in all, and of the one name that was searched
	Balances     int    `json:"balances"`
	Numbers      int    `json:"numbers"`
	Score        int    `json:"score"`
	Mortgages    int    `json:"mortgages"`
	Transactions [2]int `json:"transactions"` // on the page, and in all
	Streams      int    `json:"streams"`
	Holdings     int64  `json:"holdings"` // their value, in cents
	Invested     int64  `json:"invested"` // the balances they add up to, in cents
	Trades       int    `json:"trades"`
	Created      string `json:"created"`
}

// want is what a client finds in the household of seed 1.
func (f *found) want(t *testing.T) {
	t.Helper()
	for _, tt := range []struct {
		what string
		ok   bool
	}{
		{"a second exchange is refused", f.Again == "400 INVALID_INPUT INVALID_PUBLIC_TOKEN"},
		{"a removed Item is gone", f.Removed == "400 ITEM_ERROR ITEM_NOT_FOUND"},
		{"a hosted session is told", f.Read.Sessions == 1},
		{"institutions are listed and searched", f.Read.Institutions[0] > 20 && f.Read.Institutions[1] == 1},
		{"balances, numbers, holders", f.Read.Balances == len(f.Accounts) && f.Read.Numbers == len(f.Accounts) && f.Read.Score == 100},
		{"debts", f.Read.Mortgages == 1},
		{"/transactions/get tells what sync told", f.Read.Transactions == [2]int{500, len(f.Transactions)}},
		{"streams", f.Read.Streams > 3},
		{"holdings add up to the balances", f.Read.Holdings == f.Read.Invested && f.Read.Holdings > 0 && f.Read.Trades > 10},
		{"a row of one's own", f.Read.Created == "NODE"},
		{"processors", slices.Equal(f.Paid.Tokens, []string{"processor", "btok", "processor"})},
		{"a transfer settles", f.Paid.Decision == "approved" && f.Paid.Status == "settled" &&
			slices.Equal(f.Paid.Events, []string{"pending", "posted", "settled"})},
		{"webhooks verify", slices.Equal(f.Webhooks.Codes, []string{"WEBHOOK_UPDATE_ACKNOWLEDGED", "SYNC_UPDATES_AVAILABLE", "ERROR"}) &&
			f.Webhooks.Ours && f.Webhooks.Error == "ITEM_LOGIN_REQUIRED" && len(f.Webhooks.Refused) == 0},
	} {
		if !tt.ok {
			t.Errorf("not so: %s", tt.what)
		}
	}
	if t.Failed() {
		f.Transactions = nil
		t.Logf("the client found %+v", *f)
	}
}

// TestPlaidsNodeClient runs Plaid's official Node client against the real
// program: what it says it read is what the program says when asked directly.
func TestPlaidsNodeClient(t *testing.T) {
	dir := nodeModules(t)
	// On the real clock: the client checks how old a signature is.
	p := start(t, "--seed", "1")
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
	rows := len(got.Transactions)
	got.want(t)
	p.stop(t, syscall.SIGTERM)
	called := succeeded(p.log.String())
	for _, endpoint := range strings.Fields(nodeEndpoints) {
		if !called[endpoint] {
			t.Errorf("%s did not succeed once", endpoint)
		}
	}
	t.Logf("Plaid's Node client read %d transactions on %d pages, used %d endpoints with success, and verified %d webhooks",
		rows, got.Pages, len(called), len(got.Webhooks.Codes))
}

// nodeEndpoints are all of Plaid's that the simulator has, but the one for
// accounts verified by micro-deposits.
const nodeEndpoints = `
/link/token/create /link/token/get /item/public_token/exchange /item/get /item/remove
/item/access_token/invalidate /item/webhook/update /institutions/get /institutions/get_by_id
/institutions/search /accounts/get /accounts/balance/get /auth/get /identity/get /identity/match
/liabilities/get /transactions/sync /transactions/get /transactions/refresh
/transactions/recurring/get /investments/holdings/get /investments/transactions/get
/processor/token/create /processor/stripe/bank_account_token/create
/transfer/authorization/create /transfer/create /transfer/get /transfer/event/sync
/webhook_verification_key/get /sandbox/public_token/create /sandbox/item/reset_login
/sandbox/item/fire_webhook /sandbox/transactions/create /sandbox/processor_token/create
/sandbox/transfer/simulate`

// succeeded reads from a log which of Plaid's endpoints answered 200.
func succeeded(log string) map[string]bool {
	called := make(map[string]bool)
	for line := range strings.Lines(log) {
		f := strings.Fields(line)
		if len(f) > 3 && f[1] == "POST" && f[3] == "200" && !strings.HasPrefix(f[2], "/link/session/") {
			called[f[2]] = true
		}
	}
	return called
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
