package main

import (
	"context"
	"errors"
	"os/exec"
	"testing"

	"coffer/ledger"
)

// The clipboard is cleared of a number once, and of nothing that somebody else put
// there since.
func TestClipboardIsClearedOfWhatWasCopied(t *testing.T) {
	var holds string
	var refuses, full error
	c := &systemClipboard{
		read: func() (string, error) { return holds, refuses },
		write: func(s string) error {
			if full == nil {
				holds = s
			}
			return full
		},
	}
	step := func(what string, do func() error, want string, failure error) {
		t.Helper()
		if err := do(); holds != want || !errors.Is(err, failure) {
			t.Errorf("%s: it holds %q, %v; want %q, %v", what, holds, err, want, failure)
		}
	}
	ctx := t.Context()
	copies := func(s string) func() error { return func() error { return c.Copy(ctx, ledger.NewDigits(s)) } }
	clears := func() error { return c.Clear(ctx) }
	holds = "a letter"
	step("nothing was copied", clears, "a letter", nil)
	step("copied", copies("021000021"), "021000021", nil)
	step("cleared", clears, "", nil)
	step("copied again", copies("011401533"), "011401533", nil)
	holds = "a password"
	step("overwritten", clears, "a password", nil)
	holds = "011401533"
	step("and put there by somebody else", clears, "011401533", nil)
	step("copied before a failure", copies("011401533"), "011401533", nil)
	full = errors.New("full")
	step("not copied", copies("021000021"), "011401533", full)
	full = nil
	step("cleared of the one before", clears, "", nil)
	step("copied once more", copies("1"), "1", nil)
	refuses = errors.New("no display")
	step("unreadable", clears, "1", refuses)
	refuses = &exec.ExitError{}
	step("empty, says xclip", clears, "1", nil)
}

func TestClipboardThatHangsHangsNobody(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	c := &systemClipboard{write: func(string) error { <-release; return nil }}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.Copy(ctx, ledger.NewDigits("1")); !errors.Is(err, context.Canceled) {
		t.Errorf("Copy = %v, want that it was given up", err)
	}
}
