package secret

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// maxPassphrase bounds what is read as a passphrase: a wrong file name must not
// fill memory.
const maxPassphrase = 4 << 10

// ErrNone reports that nobody could be asked for a passphrase.
var ErrNone = errors.New("no passphrase: use --passphrase-file, --passphrase-fd or --passphrase-command, or run in a terminal")

// ErrUnread reports a source of a passphrase that gave none.
var ErrUnread = errors.New("the passphrase could not be read")

// A Source is where a passphrase comes from other than the keyboard. It never
// comes from an argument or an environment variable: other processes can read
// those.
type Source struct {
	File    string
	FD      *int // a file descriptor
	Command string
}

// IsZero reports whether the source says nothing, and a person must be asked.
func (s Source) IsZero() bool { return s == Source{} }

// Read returns the passphrase without one trailing newline. What a command
// prints to standard error goes to stderr. The error is [ErrNone] or wraps
// [ErrUnread].
func (s Source) Read(ctx context.Context, stderr io.Writer) (Text, error) {
	text, err := s.read(ctx, stderr)
	if err != nil && !errors.Is(err, ErrNone) {
		err = fmt.Errorf("%w: %w", ErrUnread, err)
	}
	return text, err
}

func (s Source) read(ctx context.Context, stderr io.Writer) (Text, error) {
	switch {
	case s.File != "":
		return s.readFile()
	case s.FD != nil:
		return s.readFD()
	case s.Command != "":
		return s.runCommand(ctx, stderr)
	}
	return Text{}, ErrNone
}

func (s Source) readFile() (Text, error) {
	f, err := os.Open(s.File)
	if err != nil {
		return Text{}, fmt.Errorf("passphrase file: %w", err)
	}
	defer f.Close()
	return readLine(f, "passphrase file "+s.File)
}

func (s Source) readFD() (Text, error) {
	f := os.NewFile(uintptr(*s.FD), "passphrase")
	if f == nil {
		return Text{}, fmt.Errorf("passphrase: %d is no open file descriptor", *s.FD)
	}
	defer f.Close()
	return readLine(f, fmt.Sprintf("passphrase from file descriptor %d", *s.FD))
}

func (s Source) runCommand(ctx context.Context, stderr io.Writer) (Text, error) {
	cmd := exec.CommandContext(ctx, "sh", "-c", s.Command)
	cmd.WaitDelay = time.Second // what it started may hold its output open
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, stderr
	if err := cmd.Run(); err != nil {
		return Text{}, fmt.Errorf("passphrase command: %w", err)
	}
	return readLine(&out, "passphrase command")
}

// readLine reads a passphrase and strips one newline, as an editor or echo
// leaves it. More than that may be part of the passphrase.
func readLine(r io.Reader, what string) (Text, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxPassphrase+1))
	if err != nil {
		return Text{}, fmt.Errorf("%s: %w", what, err)
	}
	if len(b) > maxPassphrase {
		return Text{}, fmt.Errorf("%s: longer than %d bytes; is it the right file?", what, maxPassphrase)
	}
	s := strings.TrimSuffix(strings.TrimSuffix(string(b), "\n"), "\r")
	if s == "" {
		return Text{}, fmt.Errorf("%s: it is empty", what)
	}
	return New(s), nil
}
