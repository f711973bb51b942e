package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"coffer/plaidsvc/plaidsim"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"plaidsim": main})
}

func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}

// A program is plaidsim running as a process.
type program struct {
	*exec.Cmd
	base string // its address
	out  *bufio.Reader
	log  *journal // complete once Wait has returned
}

var ready = regexp.MustCompile(`^plaidsim listening on (http://127\.0\.0\.1:\d+)\n$`)

// start runs plaidsim and waits until it says that it is ready.
func start(t *testing.T, args ...string) *program {
	t.Helper()
	p := &program{Cmd: exec.CommandContext(t.Context(), "plaidsim", args...), log: newJournal()}
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.Stderr = p.log
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	p.out = bufio.NewReader(out)
	line, err := p.out.ReadString('\n')
	found := ready.FindStringSubmatch(line)
	if err != nil || found == nil {
		t.Fatalf("first line: got %q, %v, want %s", line, err, ready)
	}
	p.base = found[1]
	return p
}

// stop ends the program as Ctrl-C or an init system does, and returns what else
// it wrote to stdout.
func (p *program) stop(t *testing.T, with os.Signal) string {
	t.Helper()
	if err := p.Process.Signal(with); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(p.out)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		t.Errorf("after %s: got %v, want exit code 0; stderr:\n%s", with, err, p.log.String())
	}
	return string(rest)
}

func (p *program) post(t *testing.T, path, body string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.base+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = http.Header{"Content-Type": {"application/json"}, "Plaid-Client-Id": {"me"}, "Plaid-Secret": {"any"}}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Stdout carries one line, stderr the requests, and a signal ends it cleanly.
func TestProgramServesUntilASignal(t *testing.T) {
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		p := start(t)
		answer := p.post(t, "/sandbox/public_token/create", `{"institution_id":"ins_109508","initial_products":["transactions"]}`)
		if !strings.Contains(answer, `"public_token":"public-sandbox-`) {
			t.Errorf("got %s, want a public token", answer)
		}
		if rest := p.stop(t, signal); rest != "" {
			t.Errorf("stdout: got %q after the first line, want nothing", rest)
		}
		if log := p.log.String(); strings.Count(log, "\n") != 1 || !strings.Contains(log, "POST /sandbox/public_token/create 200") {
			t.Errorf("stderr: got %q, want one line for one request", log)
		}
	}
}

// --documented-user makes user_good the one of Plaid's documentation.
func TestDocumentedUserFlag(t *testing.T) {
	p := start(t, "--documented-user")
	token := p.link(t, "http://127.0.0.1:1/hook")
	if got := p.post(t, "/accounts/get", fmt.Sprintf(`{"access_token":%q}`, token)); !strings.Contains(got, `"Plaid Checking"`) {
		t.Errorf("got %s, want the documented accounts", got)
	}
	p.stop(t, os.Interrupt)
}

// --today moves the clock, --seed names what is linked.
func TestFlagsReachTheSimulator(t *testing.T) {
	const create = `{"client_name":"c","language":"en","country_codes":["US"],"products":["auth"],"user":{"client_user_id":"1"}}`
	one := start(t, "--today", "2026-03-15", "--seed", "5")
	two := start(t, "--seed", "6")
	got, other := one.post(t, "/link/token/create", create), two.post(t, "/link/token/create", create)
	if !regexp.MustCompile(`"expiration":"2026-03-1[56]T`).MatchString(got) {
		t.Errorf("with --today 2026-03-15: got %s", got)
	}
	token := regexp.MustCompile(`link-sandbox-[^"]+`)
	if token.FindString(got) == token.FindString(other) {
		t.Errorf("seeds 5 and 6: got the same link token, %s", token.FindString(got))
	}
	one.stop(t, os.Interrupt)
	two.stop(t, os.Interrupt)
}

// --rate-limits alone means the Sandbox's limits; off is the default.
func TestRateLimitsFlag(t *testing.T) {
	for _, tt := range []struct {
		args []string
		want plaidsim.RateLimits
	}{
		{nil, plaidsim.RateLimitsOff},
		{[]string{"--rate-limits"}, plaidsim.RateLimitsSandbox},
		{[]string{"--rate-limits=sandbox", "--seed", "2"}, plaidsim.RateLimitsSandbox},
		{[]string{"--rate-limits=production"}, plaidsim.RateLimitsProduction},
		{[]string{"--rate-limits=false"}, plaidsim.RateLimitsOff},
	} {
		if o, err := parse(tt.args); err != nil || plaidsim.RateLimits(o.limits) != tt.want {
			t.Errorf("%q: got %q, %v, want %q", tt.args, o.limits, err, tt.want)
		}
	}
}

func TestClockRunsOnFromToday(t *testing.T) {
	now := time.Date(2025, time.July, 1, 15, 4, 5, 0, time.UTC)
	o := options{today: time.Date(2026, time.March, 15, 0, 0, 0, 0, time.UTC)}
	clock := o.clock(func() time.Time { return now })
	if got, want := clock(), time.Date(2026, time.March, 15, 15, 4, 5, 0, time.UTC); !got.Equal(want) {
		t.Errorf("at first: got %s, want %s", got, want)
	}
	now = now.Add(10 * time.Hour)
	if got, want := clock(), time.Date(2026, time.March, 16, 1, 4, 5, 0, time.UTC); !got.Equal(want) {
		t.Errorf("ten hours later: got %s, want %s", got, want)
	}
}

// What is no number is told in words that one can act on, not in those of a parser.
func TestANumberThatIsNoneIsToldInWords(t *testing.T) {
	for _, args := range [][]string{{"--years", "two"}, {"--seed", "1.5"}, {"--transactions", "99999999999999999999"}, {"--years", ""}} {
		_, err := parse(args)
		if err == nil || !errors.Is(err, errUsage) || !strings.HasSuffix(err.Error(), "want a whole number, as 2") {
			t.Errorf("%q: %v", args, err)
		}
	}
	if o, err := parse([]string{"--seed", "-7", "--transactions", "10"}); err != nil || o.seed != -7 || o.transactions != 10 || o.years != 2 {
		t.Errorf("parse = %+v, %v", o, err)
	}
}
