package main

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/term"

	"coffer/internal/secret"
)

// passphrase returns the passphrase from where the flags say, else from the
// person at the terminal.
func (a *app) passphrase(ctx context.Context) (secret.Text, error) {
	if !a.flags.passphrase.IsZero() {
		return a.flags.passphrase.Read(ctx, a.err)
	}
	return a.askSecret(ctx, "Passphrase: ")
}

// newPassphrase returns the passphrase for a vault to be made. A person types
// it twice: a typing error would lock them out for good.
func (a *app) newPassphrase(ctx context.Context) (secret.Text, error) {
	if !a.flags.passphrase.IsZero() {
		return a.flags.passphrase.Read(ctx, a.err)
	}
	first, err := a.askSecret(ctx, "New passphrase, at least 12 characters: ")
	if err != nil {
		return secret.Text{}, err
	}
	again, err := a.askSecret(ctx, "The same again: ")
	if err != nil {
		return secret.Text{}, err
	}
	if first.Reveal() != again.Reveal() {
		return secret.Text{}, errors.New("the two passphrases differ; nothing was made, start again")
	}
	return first, nil
}

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

// askLine reads a line that may be seen.
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
		return trimNewline(got.text), got.err
	}
}
