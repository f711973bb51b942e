package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"os/exec"
	"slices"
	"sync"

	"github.com/atotto/clipboard"

	"coffer/ledger"
	"coffer/tui"
)

// A systemClipboard is the desktop's, through the programs that it has for that.
// What was copied is remembered as digests: of several, since a copy that fails may
// leave the one before it there.
type systemClipboard struct {
	read  func() (string, error)
	write func(string) error

	mu     sync.Mutex
	copied [][sha256.Size]byte // since it was cleared
}

var _ tui.Clipboard = (*systemClipboard)(nil)

// desktopClipboard returns the clipboard of this machine, nil where there is none:
// a terminal's own (OSC 52) cannot be read back, and so not be cleared with care.
func desktopClipboard() tui.Clipboard {
	if clipboard.Unsupported {
		return nil
	}
	return &systemClipboard{read: clipboard.ReadAll, write: clipboard.WriteAll}
}

// Copy implements [tui.Clipboard].
func (c *systemClipboard) Copy(ctx context.Context, d ledger.Digits) error {
	return within(ctx, func() error {
		c.mu.Lock()
		defer c.mu.Unlock()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		c.copied = append(c.copied, sha256.Sum256([]byte(d.Reveal())))
		return c.write(d.Reveal())
	})
}

// Clear implements [tui.Clipboard].
func (c *systemClipboard) Clear(ctx context.Context) error {
	return within(ctx, func() error {
		c.mu.Lock()
		defer c.mu.Unlock()
		if len(c.copied) == 0 {
			return nil
		}
		text, err := c.read()
		var empty *exec.ExitError // how xclip and wl-paste say that there is nothing
		if err != nil && !errors.As(err, &empty) {
			return err
		}
		copied := c.copied
		c.copied = nil
		if err != nil || !slices.Contains(copied, sha256.Sum256([]byte(text))) {
			return nil // somebody copied something else since
		}
		return c.write("")
	})
}

// within waits for fn as long as ctx allows: the desktop's programs take no context,
// and one that hangs must not hang the interface.
func within(ctx context.Context, fn func() error) error {
	done := make(chan error, 1)
	go func() { done <- fn() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
