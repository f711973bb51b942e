package tui

import (
	"context"
	"errors"
	"testing"

	"coffer/ledger"
)

// A stubborn clipboard is cleared at the second try.
type stubborn struct{ tries int }

func (*stubborn) Copy(context.Context, ledger.Digits) error { return nil }

func (c *stubborn) Clear(context.Context) error {
	if c.tries++; c.tries == 1 {
		return errors.New("busy")
	}
	return nil
}

// What could not be cleared when its time had come is cleared on the way out.
func TestClipboardThatCouldNotBeClearedIsTriedOnceMore(t *testing.T) {
	board := new(stubborn)
	a := &root{ctx: t.Context(), options: Options{Clipboard: board}, copied: 1}
	clearing, _ := a.onClipboard(clearMsg{1})
	a.onClipboard(clearing())
	if err := a.clearClipboard(t.Context()); err != nil {
		t.Error(err)
	}
	if board.tries != 2 {
		t.Errorf("it was to be cleared %d times, want 2", board.tries)
	}
}
