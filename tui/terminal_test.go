package tui_test

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"coffer/ledger"
	"coffer/tui"
)

// What a terminal must have been told by the end: leave the alternate screen,
// show the cursor, stop bracketing pastes.
var restored = []string{"\x1b[?1049l", "\x1b[?25h", "\x1b[?2004l"}

// child names what a copy of the test program does on a terminal.
const child = "COFFER_TUI_CHILD"

// TestMain is the interface when the environment says so: what happens before
// main, and what a signal does, can only be seen from outside.
func TestMain(m *testing.M) {
	if os.Getenv(child) == "" {
		os.Exit(m.Run())
	}
	if err := runChild(os.Getenv(child)); err != nil {
		os.Stderr.WriteString("coffer: " + err.Error() + "\n")
		os.Exit(1)
	}
}

func runChild(crash string) error {
	o := tui.Options{
		Ledger: &fakeLedger{book: family(), revision: 1}, Banks: fakeBanks{}, Clock: tui.SystemClock(time.Now),
		Today: ledger.DateOf(noon()), In: os.Stdin, Out: os.Stdout, Environ: os.Environ(),
	}
	switch crash {
	case "none":
		return tui.Run(context.Background(), o)
	case "lock":
		return runForgetful(o)
	case "copy":
		o.Banks, o.Clipboard = answers(checkingNumbers(), nil), loudClipboard{}
		return tui.Run(context.Background(), o)
	}
	return tui.RunScreen(context.Background(), o, &probe{crash: crash})
}

// A terminal is the child's, seen from the other end. It answers nothing unless
// told to.
type terminal struct {
	t     *testing.T
	cmd   *exec.Cmd
	pty   *os.File
	err   told // what the child wrote to stderr
	begun time.Time

	mu   sync.Mutex
	out  strings.Builder
	grew chan struct{} // a token when out grew
	done chan struct{} // closed when the child's end is closed
}

// told is what a child says on standard error, while it runs too.
type told struct {
	mu   sync.Mutex
	text strings.Builder
}

func (t *told) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.Write(b)
}

func (t *told) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.String()
}

func startChild(t *testing.T, crash string, environ ...string) *terminal {
	t.Helper()
	term := &terminal{t: t, grew: make(chan struct{}, 1), done: make(chan struct{}), begun: time.Now()}
	term.cmd = exec.Command(os.Args[0])
	term.cmd.Env = append(append(os.Environ(), child+"="+crash, "TERM=xterm-256color", "LC_ALL=C.UTF-8", "COLORFGBG=", "NO_COLOR="), environ...)
	term.cmd.Stderr = &term.err
	var err error
	if term.pty, err = pty.StartWithSize(term.cmd, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		t.Fatal(err)
	}
	go term.read()
	t.Cleanup(func() {
		_ = term.cmd.Process.Kill() // gone already, if all went well
		<-term.done
		if err := term.pty.Close(); err != nil {
			t.Error(err)
		}
	})
	return term
}

func (term *terminal) read() {
	defer close(term.done)
	buf := make([]byte, 32<<10)
	for {
		n, err := term.pty.Read(buf) // EIO when the child is gone
		term.mu.Lock()
		term.out.Write(buf[:n])
		term.mu.Unlock()
		select {
		case term.grew <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

func (term *terminal) text() string {
	term.mu.Lock()
	defer term.mu.Unlock()
	return term.out.String()
}

// await waits until the child has written want, and returns how long after its
// start that was.
func (term *terminal) await(want string) time.Duration {
	term.t.Helper()
	deadline := time.After(time.Minute)
	for !strings.Contains(term.text(), want) {
		select {
		case <-term.grew:
		case <-deadline:
			term.t.Fatalf("never saw %q in %q", want, term.text())
		}
	}
	return time.Since(term.begun)
}

func (term *terminal) write(s string) {
	term.t.Helper()
	if _, err := io.WriteString(term.pty, s); err != nil {
		term.t.Fatal(err)
	}
}

// end waits for the child, and checks that it left the terminal as it found it.
func (term *terminal) end() error {
	term.t.Helper()
	err := term.cmd.Wait()
	<-term.done
	out := term.text()
	for _, want := range restored {
		if i := strings.LastIndex(out, want); i < 0 || strings.LastIndex(out, opposite(want)) > i {
			term.t.Errorf("the terminal was not told %q at the end: %q", want, out[max(0, len(out)-200):])
		}
	}
	return err
}

// opposite returns the sequence that sets what s resets, or the other way round.
func opposite(s string) string {
	if on, ok := strings.CutSuffix(s, "l"); ok {
		return on + "h"
	}
	return strings.TrimSuffix(s, "h") + "l"
}

func TestTheProgramDrawsQuitsAndRestoresTheTerminal(t *testing.T) {
	term := startChild(t, "none")
	term.await("NET WORTH")
	term.write("4")
	term.await("Platypus Checking")
	term.write("q")
	if err := term.end(); err != nil {
		t.Errorf("q ended the program with %v: %s", err, term.err.String())
	}
}

func TestATerminalThatNeverAnswersDelaysNothing(t *testing.T) {
	const most, tries = 2 * time.Second, 3 // a busy machine is not a slow start; who waits for an answer waits five seconds
	for try := 1; ; try++ {
		term := startChild(t, "none")
		took := term.await("NET WORTH")
		term.write("q")
		if err := term.end(); err != nil {
			t.Error(err)
		}
		if took <= most {
			return
		}
		if try == tries {
			t.Fatalf("the first screen came after %v, want at most %v", took, most)
		}
	}
}

// The colours of the accent on a dark and on a light background, of 256.
func TestTheTerminalsAnswerDecidesTheColours(t *testing.T) {
	const tries = 5 // an answer counts for a moment only, which a busy machine can miss
	var dark, light string
	for range tries {
		dark = accentOn(t, "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\")
		light = accentOn(t, "\x1b]11;rgb:fafa/fafa/fafa\a")
		if dark != light {
			return
		}
	}
	t.Errorf("dark and light are coloured alike: %q, %q", dark, light)
}

// accentOn is the first colour that is drawn with when the terminal answers so.
func accentOn(t *testing.T, answer string) string {
	t.Helper()
	term := startChild(t, "none")
	term.await("\x1b]11;?")
	term.write(answer)
	term.await("38;5;") // a colour
	term.write("4")
	term.await("Platypus Checking")
	_, rest, _ := strings.Cut(term.text(), "38;5;")
	accent, _, _ := strings.Cut(rest, "m")
	term.write("q")
	if err := term.end(); err != nil {
		t.Error(err)
	}
	if strings.Contains(term.text(), "Sync") {
		t.Error("the answer was taken for keys: a sync began")
	}
	return accent
}

func TestABugRestoresTheTerminalAndTellsNoSecretAndNoPath(t *testing.T) {
	for _, tt := range []struct{ crash, key, want string }{
		{"View", "", "panic with a string in tui_test.(*probe).View"},
		{"Update", "x", "index out of range [1] with length 0 in tui_test.(*probe).Update"},
		{"command", "x", "panic with a *errors.errorString in tui_test.(*probe).Update"},
	} {
		t.Run(tt.crash, func(t *testing.T) {
			term := startChild(t, tt.crash)
			if tt.key != "" {
				term.await("probe")
				term.write(tt.key)
			}
			var exit *exec.ExitError
			if err := term.end(); !errors.As(err, &exit) || exit.ExitCode() != 1 {
				t.Errorf("the program ended with %v, want exit code 1", err)
			}
			told := term.err.String()
			if !strings.Contains(told, tt.want) || !strings.HasPrefix(told, "coffer: the interface stopped: a bug in coffer") {
				t.Errorf("stderr says %q, want %q in it", told, tt.want)
			}
			for _, leak := range []string{"secret", "4111", "/", ".go:"} {
				if rest := strings.NewReplacer("tui_test.", "", "coffer/", "").Replace(told); strings.Contains(rest, leak) {
					t.Errorf("stderr lets %q out: %q", leak, told)
				}
			}
			if strings.Contains(term.text(), "goroutine") {
				t.Errorf("a stack was printed: %q", term.text())
			}
		})
	}
}

func TestASignalRestoresTheTerminal(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		t.Run(sig.String(), func(t *testing.T) {
			term := startChild(t, "none")
			term.await("NET WORTH")
			if err := term.cmd.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			if err := term.end(); err == nil {
				t.Error("the program ended as if all were well")
			}
			if told := term.err.String(); !strings.Contains(told, "the interface was stopped: "+sig.String()) {
				t.Errorf("stderr says %q", told)
			}
		})
	}
}

// Run ends with its context, and not before what it started.
func TestRunEndsWithItsContext(t *testing.T) {
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, f := range []*os.File{slave, master} {
			if err := f.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	if err := pty.Setsize(master, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	var linkEnded bool
	begun := make(chan struct{})
	banks := fakeBanks{link: func(ctx context.Context, _ func(ledger.LinkProgress)) (ledger.Item, error) {
		close(begun)
		<-ctx.Done()
		linkEnded = true
		return ledger.Item{}, ctx.Err()
	}}
	go func() {
		ended <- tui.Run(ctx, tui.Options{
			Ledger: &fakeLedger{book: family()}, Banks: banks, Clock: tui.SystemClock(time.Now),
			In: slave, Out: slave, Environ: []string{"TERM=xterm", "LANG=C"},
		})
	}()
	buf := make([]byte, 4096)
	var out strings.Builder
	until := func(want string) {
		for !strings.Contains(out.String(), want) {
			n, err := master.Read(buf)
			if err != nil {
				t.Fatal(err)
			}
			out.Write(buf[:n])
		}
	}
	until("NET WORTH")
	if _, err := io.WriteString(master, "l"); err != nil {
		t.Fatal(err)
	}
	until("asking Plaid")
	if strings.ContainsFunc(out.String(), func(r rune) bool { return r > '~' }) {
		t.Errorf("in the C locale it draws more than ASCII: %q", out.String())
	}
	<-begun // the dialog is there before the session
	cancel()
	go io.Copy(io.Discard, master) //nolint:errcheck // so that nobody waits for a reader
	if err := <-ended; err != nil {
		t.Errorf("Run = %v after its context ended, want nil", err)
	}
	if !linkEnded {
		t.Error("Run left a Link session behind")
	}
}
