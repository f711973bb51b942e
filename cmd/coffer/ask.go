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

// askSecret reads a line without showing it. Interrupted, it gives the terminal
// back as it was: an echo that stays off looks like a broken shell.
func (a *app) askSecret(ctx context.Context, prompt string) (secret.Text, error) {
	if !a.asks() {
		return secret.Text{}, secret.ErrNone
	}
	fd := int(a.in.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return secret.Text{}, fmt.Errorf("read the passphrase: %w", err)
	}
	fmt.Fprint(a.err, prompt)
	type answer struct {
		text []byte
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		b, err := term.ReadPassword(fd)
		answers <- answer{b, err}
	}()
	select {
	case <-ctx.Done():
		fmt.Fprintln(a.err)
		return secret.Text{}, errors.Join(ctx.Err(), term.Restore(fd, before))
	case got := <-answers:
		fmt.Fprintln(a.err)
		if got.err != nil {
			return secret.Text{}, fmt.Errorf("read the passphrase: %w", got.err)
		}
		return secret.New(string(got.text)), nil
	}
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
