package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
	"testing"
	"time"

	"coffer/internal/secret"
	"coffer/internal/terminal"
	"coffer/ledger"
	"coffer/plaidsvc/plaidsim"
	"coffer/storage"
)

// What must be seen nowhere.
const (
	clientID     = "client-of-the-browser-test"
	clientSecret = "secret-of-the-browser-test"
)

// linkAddress is the address of a Link page, of this computer or of Plaid.
var linkAddress = regexp.MustCompile(`http://127\.0\.0\.1:[0-9]+/([A-Za-z0-9_-]{43}/|link/hosted/[A-Za-z0-9]{32})`)

// A linkWorld is a Plaid, and a person with keys for it and an empty vault.
type linkWorld struct {
	sim, home, pass string
	env             []string // of the place where the program runs, if it is no desktop
}

func newLinkWorld(t *testing.T) *linkWorld {
	t.Helper()
	today := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	sim := httptest.NewServer(plaidsim.New(plaidsim.Options{
		Seed: 1, Years: 2, Settled: true, Clock: func() time.Time { return today },
	}))
	t.Cleanup(sim.Close)
	return linkWorldAt(t, sim.URL)
}

// linkWorldAt is a linkWorld with a Plaid that is there already.
func linkWorldAt(t *testing.T, sim string) *linkWorld {
	t.Helper()
	dir := t.TempDir()
	w := &linkWorld{sim: sim, home: filepath.Join(dir, "home"), pass: filepath.Join(dir, "pass")}
	must(t, os.WriteFile(w.pass, []byte(scriptPassphrase), 0o600))
	v, err := storage.Create(t.Context(), w.home, storage.Passphrase(secret.New(scriptPassphrase)), storage.Options{KDF: quickKDF})
	must(t, err)
	must(t, v.Close())
	must(t, os.WriteFile(filepath.Join(dir, "xdg-open"), []byte("#!/bin/sh\nexit 0\n"), 0o700)) //nolint:gosec // a program
	return w
}

// command is a run of the program on a desktop whose browser opens nothing: the test
// opens what it wants opened.
func (w *linkWorld) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "coffer", append(args, "--home", w.home, "--passphrase-file", w.pass)...)
	nowhere := filepath.Dir(w.pass)
	cmd.Env = append(os.Environ(), "PATH="+nowhere, "HOME="+nowhere, "XDG_CONFIG_HOME="+nowhere, "XDG_STATE_HOME="+nowhere,
		"PLAID_ENV="+w.sim, "PLAID_CLIENT_ID="+clientID, "PLAID_SECRET="+clientSecret,
		"SSH_CONNECTION=", "SSH_TTY=", "DISPLAY=:99", "COFFER_TODAY=2026-11-22", "TERM=xterm-256color", "LC_ALL=C.UTF-8")
	cmd.Env = append(cmd.Env, w.env...)
	return cmd
}

func (w *linkWorld) openVault(t *testing.T) *storage.Vault {
	t.Helper()
	v, err := storage.Open(t.Context(), w.home, storage.Passphrase(secret.New(scriptPassphrase)), storage.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, v.Close()) })
	return v
}

// onlyItem returns the one bank in the vault, and its access token.
func (w *linkWorld) onlyItem(t *testing.T) (ledger.Item, string) {
	t.Helper()
	v, err := storage.Open(t.Context(), w.home, storage.Passphrase(secret.New(scriptPassphrase)), storage.Options{})
	must(t, err)
	defer func() { must(t, v.Close()) }()
	items, err := v.Items(t.Context())
	must(t, err)
	if len(items) != 1 {
		t.Fatalf("%d banks in the vault, want 1", len(items))
	}
	token, err := v.AccessToken(t.Context(), items[0].ID)
	must(t, err)
	return items[0], token.Reveal()
}

// firstItem returns one of the banks in the vault, and how many there are.
func (w *linkWorld) firstItem(t *testing.T) (ledger.Item, int) {
	t.Helper()
	v, err := storage.Open(t.Context(), w.home, storage.Passphrase(secret.New(scriptPassphrase)), storage.Options{})
	must(t, err)
	defer func() { must(t, v.Close()) }()
	items, err := v.Items(t.Context())
	must(t, err)
	return items[0], len(items)
}

// askAbout reads all that Plaid has of a bank, past the program.
func (w *linkWorld) askAbout(t *testing.T, token secret.Text) plaidData {
	t.Helper()
	data := plaidData{rows: make(map[string]plaidRow)}
	var answer struct {
		Accounts []plaidAccount `json:"accounts"`
	}
	must(t, ask(t.Context(), w.sim, "/accounts/get", map[string]any{"access_token": token.Reveal()}, &answer))
	data.accounts = answer.Accounts
	data.readRows(t, w.sim, token.Reveal())
	return data
}

// A linking is coffer link at work, waiting for somebody at its address.
type linking struct {
	cmd     *exec.Cmd
	address string
	out     bytes.Buffer
	errs    string // standard error, whole when the program has ended
	pipe    io.Reader
}

func (w *linkWorld) startLink(t *testing.T) *linking {
	t.Helper()
	return w.start(t, "link", "--no-browser")
}

// start runs a command that opens a Link page, up to its address.
func (w *linkWorld) start(t *testing.T, args ...string) *linking {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	l := &linking{cmd: w.command(ctx, args...)}
	l.cmd.Stdout = &l.out
	pipe, err := l.cmd.StderrPipe()
	must(t, err)
	must(t, l.cmd.Start())
	lines := bufio.NewReader(pipe)
	for l.pipe = lines; l.address == ""; {
		line, err := lines.ReadString('\n')
		l.errs += line
		if err != nil {
			_ = l.cmd.Wait()
			t.Fatalf("coffer printed no address but\n%s%s", &l.out, l.errs)
		}
		l.address = linkAddress.FindString(line)
	}
	return l
}

// ends waits for the program to end by itself.
func (l *linking) ends(t *testing.T, code int) {
	t.Helper()
	rest, err := io.ReadAll(l.pipe)
	must(t, err)
	l.errs += string(rest)
	var exit *exec.ExitError
	if err := l.cmd.Wait(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if got := l.cmd.ProcessState.ExitCode(); got != code {
		t.Fatalf("coffer link exited %d, want %d:\n%s%s", got, code, &l.out, l.errs)
	}
	if code != exitOK && l.out.Len() > 0 {
		t.Errorf("coffer link failed, and printed to standard output\n%s", &l.out)
	}
}

// isClosed wants nobody to listen at an address.
func isClosed(t *testing.T, address string) {
	t.Helper()
	u, err := url.Parse(address)
	must(t, err)
	var dialer net.Dialer
	conn, err := dialer.DialContext(t.Context(), "tcp", u.Host)
	if err == nil {
		_ = conn.Close()
	}
	if !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("dial %s: %v, want it refused", u.Host, err)
	}
}

func (w *linkWorld) openInterface(t *testing.T, health string) *terminal.Terminal {
	t.Helper()
	term, err := terminal.Start(w.command(t.Context()), 120, 40)
	must(t, err)
	t.Cleanup(func() { _ = term.Close() })
	step(t, term, "", health)
	return term
}

// pressLink starts to link in the interface and returns the address that it
// shows: there is no browser to open it in.
func pressLink(t *testing.T, term *terminal.Terminal) string { return pressFor(t, term, "l") }

// pressFor presses a key that opens Link, and returns the address of its page.
func pressFor(t *testing.T, term *terminal.Terminal, key string) string {
	t.Helper()
	step(t, term, key, "Your browser should have opened. If not, open this address on this computer:")
	screen, err := term.WaitUntil(linkAddress.MatchString, "the address of the page", patience)
	must(t, err)
	return linkAddress.FindString(screen)
}

// leaveInterface wants a good end.
func leaveInterface(t *testing.T, term *terminal.Terminal) {
	t.Helper()
	must(t, term.Send("q"))
	if code, err := term.Exit(patience); code != exitOK || err != nil {
		t.Errorf("q ended the program with code %d, %v", code, err)
	}
	if !term.Restored() {
		t.Errorf("the terminal was not restored; the last bytes: %q", tail(term.Raw()))
	}
}
