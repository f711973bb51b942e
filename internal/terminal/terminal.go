// Package terminal runs a program in a pseudo-terminal and reads its screen, as
// a person would look at it: for tests of the real program and for drawing its
// picture.
//
// It promises that the program is gone when [Terminal.Close] returns. It never
// sleeps to wait for a screen: [Terminal.WaitFor] is woken by output.
package terminal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/creack/pty"
	"github.com/hinshun/vt10x"
)

// A Terminal is a running program and the screen it draws on.
type Terminal struct {
	cmd *exec.Cmd
	tty *os.File
	vt  vt10x.Terminal

	mu      sync.Mutex
	raw     bytes.Buffer  // every byte the program wrote
	changed chan struct{} // closed and replaced at each output
	ended   bool          // the program closed its side

	drained chan struct{} // all output was read
	done    chan struct{} // the program was waited for
	err     error         // how it ended
}

// Start runs cmd in a terminal of the given size.
func Start(cmd *exec.Cmd, cols, rows int) (*Terminal, error) {
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)})
	if err != nil {
		return nil, fmt.Errorf("start %s in a terminal: %w", cmd.Path, err)
	}
	t := &Terminal{
		cmd: cmd, tty: tty,
		// The emulator answers no questions: a program must do without answers.
		vt:      vt10x.New(vt10x.WithSize(cols, rows), vt10x.WithWriter(io.Discard)),
		changed: make(chan struct{}),
		drained: make(chan struct{}),
		done:    make(chan struct{}),
	}
	go t.read()
	go t.wait()
	return t, nil
}

func (t *Terminal) read() {
	defer close(t.drained)
	buf := make([]byte, 32<<10)
	var out []byte // not yet shown: the beginning of a character, at most
	for {
		n, err := t.tty.Read(buf)
		t.mu.Lock()
		t.raw.Write(buf[:n])
		t.wake() // who waits for bytes need not wait for the emulator
		t.mu.Unlock()
		out = append(out, buf[:n]...)
		whole := wholeCharacters(out)
		t.mu.Lock()
		_, _ = t.vt.Write(out[:whole]) // an emulator takes everything
		t.ended = err != nil
		t.wake()
		t.mu.Unlock()
		out = append(out[:0], out[whole:]...)
		if err != nil {
			return
		}
	}
}

// wake tells those who wait that something came. The lock is held.
func (t *Terminal) wake() {
	close(t.changed)
	t.changed = make(chan struct{})
}

// wholeCharacters returns how much of b ends with a whole character. A read may
// end in the middle of one, which the emulator would drop.
func wholeCharacters(b []byte) int {
	for back := 1; back <= min(utf8.UTFMax, len(b)); back++ {
		if i := len(b) - back; utf8.RuneStart(b[i]) {
			if utf8.FullRune(b[i:]) {
				break
			}
			return i
		}
	}
	return len(b)
}

// wait waits for the program, then for its last words. A browser that it started
// may hold the terminal open: nobody waits for that.
func (t *Terminal) wait() {
	t.err = t.cmd.Wait()
	select {
	case <-t.drained:
	case <-time.After(time.Second):
	}
	close(t.done)
}

// Send types text, escape sequences included.
func (t *Terminal) Send(text string) error {
	_, err := io.WriteString(t.tty, text)
	return err
}

// Resize changes the size of the terminal, and tells the program.
func (t *Terminal) Resize(cols, rows int) error {
	t.mu.Lock()
	t.vt.Resize(cols, rows)
	t.mu.Unlock()
	return pty.Setsize(t.tty, &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)})
}

// WaitFor returns the screen once it shows text. The error holds the screen that
// was there instead.
func (t *Terminal) WaitFor(text string, limit time.Duration) (string, error) {
	return t.WaitUntil(func(screen string) bool { return strings.Contains(screen, text) },
		fmt.Sprintf("the text %q", text), limit)
}

// WaitUntil returns the screen once ok says so; what tells what is awaited.
func (t *Terminal) WaitUntil(ok func(screen string) bool, what string, limit time.Duration) (string, error) {
	timeout := time.After(limit)
	for {
		t.mu.Lock()
		screen, changed, ended := t.vt.String(), t.changed, t.ended
		t.mu.Unlock()
		switch {
		case ok(screen):
			return screen, nil
		case ended:
			return screen, fmt.Errorf("the program ended before %s was seen; the screen:\n%s", what, screen)
		}
		select {
		case <-changed:
		case <-timeout:
			return screen, fmt.Errorf("%s was not seen in %s; the screen:\n%s", what, limit, screen)
		}
	}
}

// WaitForOutput returns once the program has written more than n bytes in all. It
// does not look at the screen, so it can be used to measure.
func (t *Terminal) WaitForOutput(n int, limit time.Duration) error {
	timeout := time.After(limit)
	for {
		t.mu.Lock()
		written, changed, ended := t.raw.Len(), t.changed, t.ended
		t.mu.Unlock()
		switch {
		case written > n:
			return nil
		case ended:
			return errors.New("the program ended without writing more")
		}
		select {
		case <-changed:
		case <-timeout:
			return fmt.Errorf("nothing was written in %s", limit)
		}
	}
}

// Screen returns what the screen shows now.
func (t *Terminal) Screen() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.vt.String()
}

// Cells returns the screen cell by cell, row by row.
func (t *Terminal) Cells() [][]vt10x.Glyph {
	t.mu.Lock()
	defer t.mu.Unlock()
	cols, rows := t.vt.Size()
	cells := make([][]vt10x.Glyph, rows)
	for y := range cells {
		cells[y] = make([]vt10x.Glyph, cols)
		for x := range cells[y] {
			cells[y][x] = t.vt.Cell(x, y)
		}
	}
	return cells
}

// Raw returns every byte the program has written.
func (t *Terminal) Raw() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.raw.String()
}

// Restored reports whether the program left the screen as it found it: the
// alternate screen left and the cursor shown.
func (t *Terminal) Restored() bool {
	raw := t.Raw()
	off := func(set, reset string) bool { return strings.LastIndex(raw, reset) >= strings.LastIndex(raw, set) }
	return off("\x1b[?1049h", "\x1b[?1049l") && off("\x1b[?25l", "\x1b[?25h")
}

// Exit waits for the program to end and returns its exit code.
func (t *Terminal) Exit(limit time.Duration) (int, error) {
	select {
	case <-t.done:
	case <-time.After(limit):
		return 0, fmt.Errorf("the program was still running after %s; the screen:\n%s", limit, t.Screen())
	}
	var exit *exec.ExitError
	if t.err != nil && !errors.As(t.err, &exit) {
		return 0, t.err
	}
	return t.cmd.ProcessState.ExitCode(), nil
}

// Signal sends the program a signal.
func (t *Terminal) Signal(s os.Signal) error { return t.cmd.Process.Signal(s) }

// Close ends the program if it still runs.
func (t *Terminal) Close() error {
	select {
	case <-t.done:
	default:
		_ = t.cmd.Process.Kill() // it may have ended just now
		<-t.done
	}
	return t.tty.Close()
}
