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

// A hiddenPrompt asks for lines that are not shown.
type hiddenPrompt struct{ terminal *term.Terminal }

// hidden runs fn with a prompt that shows nothing of what is typed, from its begin
// to its end: whoever goes on typing while a passphrase is tried is not overheard.
// The terminal is raw meanwhile: ctrl-z in the middle would leave the echo to the
// shell, and what is typed when the program goes on would be seen. However fn ends,
// the terminal is given back as it was: an echo that stays off looks like a broken
// shell.
func (a *app) hidden(fn func(p hiddenPrompt) error) (err error) {
	if !a.asks() {
		return secret.ErrNone
	}
	fd := int(a.in.Fd())
	before, err := term.MakeRaw(fd)
	if err != nil {
		return fmt.Errorf("read the passphrase: %w", err)
	}
	if a.typed == nil { // one for all prompts: lines pasted together are read one by one
		a.typed = term.NewTerminal(struct {
			io.Reader
			io.Writer
		}{&tabKeeper{from: a.in}, a.err}, "")
	}
	defer func() {
		if restored := term.Restore(fd, before); restored != nil {
			err = errors.Join(err, fmt.Errorf("show what is typed again: %w; the command reset does that", restored))
		}
	}()
	return fn(hiddenPrompt{a.typed})
}

// say writes a line: in a raw terminal only the terminal's own writer begins the
// next one at its left.
func (p hiddenPrompt) say(what ...any) { fmt.Fprintln(p.terminal, what...) }

// ask reads a line. Interrupted, and at the end of input, it is cancelled.
func (p hiddenPrompt) ask(ctx context.Context, prompt string) (secret.Text, error) {
	type answer struct {
		text string
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		text, err := p.terminal.ReadPassword(prompt)
		answers <- answer{withTabs(text), err}
	}()
	var got answer
	select {
	case <-ctx.Done():
		got.err = ctx.Err()
	case got = <-answers:
	}
	if errors.Is(got.err, io.EOF) { // ctrl-c, which is no signal here, and ctrl-d
		got.err = context.Canceled
	}
	if got.err != nil {
		p.say()
		return secret.Text{}, fmt.Errorf("read the passphrase: %w", got.err)
	}
	return secret.New(got.text), nil
}

// askSecret reads one line without showing it.
func (a *app) askSecret(ctx context.Context, prompt string) (s secret.Text, err error) {
	err = a.hidden(func(p hiddenPrompt) error {
		s, err = p.ask(ctx, prompt)
		return err
	})
	return s, err
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
