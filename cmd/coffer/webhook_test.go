package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"coffer/plaidsvc"
	"coffer/plaidsvc/plaidsim"
)

// newLiveWorld is a linkWorld whose Plaid lives by itself, and posts webhooks.
func newLiveWorld(t *testing.T) *linkWorld {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	sim := plaidsim.New(plaidsim.Options{Seed: 1, Years: 1, Settled: true, Clock: time.Now, Network: http.DefaultClient})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- sim.Serve(ctx, l) }()
	t.Cleanup(func() { stop(); must(t, <-ended) })
	return linkWorldAt(t, "http://"+l.Addr().String())
}

// A transaction at the bank is in coffer without anybody calling sync.
func TestWebhookBringsTransactionsByItself(t *testing.T) {
	t.Parallel() // most of it is waiting
	w := newLiveWorld(t)
	w.runs(t, "link", "--sandbox", "ins_109508", "--user", "user_transactions_dynamic", "--password", "any")
	item, token := w.onlyItem(t)

	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	free, err := net.Listen("tcp", "127.0.0.1:0") // the address has to be known before
	must(t, err)
	address := free.Addr().String()
	must(t, free.Close())
	cmd := w.command(ctx, "webhook", "serve", "--json", "--listen", address, "--public-url", "http://"+address+"/hook")
	var errs strings.Builder
	cmd.Stderr = &errs
	pipe, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	lines := bufio.NewScanner(pipe)
	await := func(event, code string) webhookDocument {
		t.Helper()
		for lines.Scan() {
			var doc webhookDocument
			if err := json.Unmarshal(lines.Bytes(), &doc); err != nil {
				t.Fatalf("%q: %v", lines.Text(), err)
			}
			if doc.Event == event && (code == "" || doc.Code != nil && *doc.Code == code) {
				return doc
			}
		}
		t.Fatalf("it ended before %s %s: %s", event, code, &errs)
		panic("unreachable")
	}
	await("listening", "")
	await("synced", "")
	const payee = "THE TEST BAKERY"
	today := time.Now().UTC().Format(time.DateOnly)
	must(t, ask(ctx, w.sim, "/sandbox/transactions/create", map[string]any{"access_token": token, "transactions": []any{map[string]any{
		"date_transacted": today, "date_posted": today, "amount": 12.34, "description": payee, "iso_currency_code": "USD",
	}}}, nil))
	if got := await("received", "SYNC_UPDATES_AVAILABLE"); *got.ID != string(item.ID) || *got.Institution != "First Platypus Bank" {
		t.Errorf("received %+v", got)
	}
	await("synced", "")
	if out := w.runs(t, "transactions", "--limit", "0", "--json"); !strings.Contains(out, payee) {
		t.Errorf("the row is not there:\n%.2000s", out)
	}
	must(t, cmd.Process.Signal(syscall.SIGINT))
	await("stopped", "")
	if _, err := io.Copy(io.Discard, pipe); err != nil {
		t.Log(err)
	}
	if err := cmd.Wait(); err != nil || strings.Contains(errs.String(), token) {
		t.Errorf("ctrl-c: %v\n%s", err, &errs)
	}
}

// What is wrong with the command line is said before anything is listened to.
func TestWebhookServeRefuses(t *testing.T) {
	t.Parallel()
	w := newLinkWorld(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer taken.Close()
	for _, tt := range []struct {
		args, env string
		code      int
		says      string
	}{
		{"--listen 8787", w.sim, exitUsage, "want HOST:PORT"},
		{"--listen " + taken.Addr().String(), w.sim, exitFailure, "choose another address with --listen"},
		{"--public-url example.org", w.sim, exitUsage, "want https://HOST/PATH"},
		{"--public-url ftp://example.org", w.sim, exitUsage, "want https://HOST/PATH"},
		{"--public-url http://127.0.0.1:8787/", "sandbox", exitUsage, "Plaid cannot reach 127.0.0.1"},
		{"--public-url https://localhost/", "sandbox", exitUsage, "Plaid cannot reach localhost"},
		{"now", w.sim, exitUsage, "takes no argument"},
	} {
		cmd := w.command(t.Context(), append([]string{"webhook", "serve"}, strings.Fields(tt.args)...)...)
		cmd.Env = append(cmd.Env, "PLAID_ENV="+tt.env)
		out, err := cmd.CombinedOutput()
		exit, ok := err.(*exec.ExitError)
		if !ok || exit.ExitCode() != tt.code || !strings.Contains(string(out), tt.says) {
			t.Errorf("%s: %v, %s; want code %d and %q", tt.args, err, out, tt.code, tt.says)
		}
	}
}

func TestAWebhookWithoutACodeIsToldInWords(t *testing.T) {
	event := plaidsvc.WebhookEvent{Kind: plaidsvc.WebhookReceived, Says: "sent what coffer does not know"}
	if got, want := webhookLine(event), "Plaid sent what coffer does not know (?)"; got != want {
		t.Errorf("it is told as %q, want %q", got, want)
	}
}
