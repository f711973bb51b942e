package main

import (
	"context"
	"errors"

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
