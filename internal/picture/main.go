// Command picture draws the README's picture of the interface: it runs the real
// program on the demo household, in a terminal of its own, and writes what that
// terminal shows as an SVG file.
//
//	go run ./internal/picture docs/overview.svg
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"coffer/internal/terminal"
)

// The day and the size that the picture shows, fixed so that drawing it again
// changes it only when the program did.
const (
	today      = "2026-11-22"
	cols, rows = 120, 36
	patience   = 2 * time.Minute
)

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) != 1 {
		return errors.New("usage: go run ./internal/picture FILE.svg")
	}
	dir, err := os.MkdirTemp("", "coffer-picture-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "coffer")
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", program, "./cmd/coffer").CombinedOutput(); err != nil {
		return fmt.Errorf("build coffer: %w\n%s", err, out)
	}
	drawing, err := look(ctx, program)
	if err != nil {
		return err
	}
	return os.WriteFile(args[0], []byte(drawing), 0o644)
}

// still is how long a screen must not change to be whole: a terminal is painted
// piece by piece.
const still = 500 * time.Millisecond

// settled draws until nothing changes any more.
func settled(draw func() string) string {
	for last := draw(); ; {
		time.Sleep(still)
		now := draw()
		if now == last {
			return now
		}
		last = now
	}
}

// look opens the demo and draws its first screen.
func look(ctx context.Context, program string) (drawing string, err error) {
	cmd := exec.CommandContext(ctx, program, "demo")
	cmd.Env = append(os.Environ(), "COFFER_TODAY="+today, "TERM=xterm-256color", "COLORTERM=truecolor",
		"COLORFGBG=15;0", "LANG=C.UTF-8", "NO_COLOR=")
	term, err := terminal.Start(cmd, cols, rows)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, term.Close()) }()
	drawn := func(screen string) bool { // from the first line to the last
		return strings.Contains(screen, "NET WORTH") && strings.Contains(screen, "q quit")
	}
	if _, err := term.WaitUntil(drawn, "the whole overview", patience); err != nil {
		return "", err
	}
	drawing = settled(func() string { return svg(term.Cells()) })
	if err := term.Send("q"); err != nil {
		return "", err
	}
	_, err = term.Exit(patience)
	return drawing, err
}
