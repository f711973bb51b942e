package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/term"

	"coffer/internal/secret"
)

// askSecret reads a line without showing it. The terminal is raw meanwhile: ctrl-z
// in the middle would leave the echo to the shell, and what is typed when the
// program goes on would be seen. Interrupted, and at the end of input, it gives the
// terminal back as it was: an echo that stays off looks like a broken shell.
func (a *app) askSecret(ctx context.Context, prompt string) (secret.Text, error) {
	if !a.asks() {
		return secret.Text{}, secret.ErrNone
	}
	fd := int(a.in.Fd())
	before, err := term.MakeRaw(fd)
	if err != nil {
		return secret.Text{}, fmt.Errorf("read the passphrase: %w", err)
	}
	if a.hidden == nil { // one for all prompts: lines pasted together are read one by one
		a.hidden = term.NewTerminal(struct {
			io.Reader
			io.Writer
		}{a.in, a.err}, "")
	}
	type answer struct {
		text string
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		text, err := a.hidden.ReadPassword(prompt)
		answers <- answer{text, err}
	}()
	var got answer
	select {
	case <-ctx.Done():
		got.err = ctx.Err()
	case got = <-answers:
	}
	err = term.Restore(fd, before)
	if errors.Is(got.err, io.EOF) { // ctrl-c, which is no signal here, and ctrl-d
		got.err = context.Canceled
	}
	if got.err != nil {
		fmt.Fprintln(a.err)
		err = errors.Join(got.err, err)
	}
	if err != nil {
		return secret.Text{}, fmt.Errorf("read the passphrase: %w", err)
	}
	return secret.New(got.text), nil
}

// askLine reads a line that may be seen. The end of input is an empty answer.
func (a *app) askLine(ctx context.Context, prompt string) (string, error) {
	fmt.Fprint(a.err, prompt)
	type answer struct {
		text string
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		text, err := a.lines.ReadString('\n')
		answers <- answer{text, err}
	}()
	select {
	case <-ctx.Done():
		fmt.Fprintln(a.err)
		return "", ctx.Err()
	case got := <-answers:
		if errors.Is(got.err, io.EOF) {
			fmt.Fprintln(a.err) // ctrl-d leaves the prompt's line open
			got.err = nil
		}
		return trimNewline(got.text), got.err
	}
}

// confirm asks the user, unless they said yes already.
func (a *app) confirm(ctx context.Context, yes bool, question string) error {
	if yes {
		return nil
	}
	if !a.asks() {
		return usage("nobody can be asked here; --yes confirms")
	}
	answer, err := a.askLine(ctx, question+" [y/N] ")
	if err != nil {
		return err
	}
	if s := strings.ToLower(strings.TrimSpace(answer)); s != "y" && s != "yes" {
		return errors.New("nothing was changed")
	}
	return nil
}
