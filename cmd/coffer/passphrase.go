package main

import (
	"context"
	"errors"
	"fmt"

	"coffer/internal/secret"
	"coffer/storage"
)

// tries is how often a person may type a passphrase wrong.
const tries = 3

// passphrase returns the passphrase from where the flags say, else from the
// person at the terminal.
func (a *app) passphrase(ctx context.Context) (secret.Text, error) {
	if !a.flags.passphrase.IsZero() {
		return a.flags.passphrase.Read(ctx, a.err)
	}
	return a.askSecret(ctx, "Passphrase: ")
}

// unlock opens the vault. A person who mistypes is asked again.
func (a *app) unlock(ctx context.Context) (*storage.Vault, error) {
	if !a.chosen.Empty() {
		return storage.Open(ctx, a.flags.home, storage.Passphrase(a.chosen), a.storageOptions())
	}
	for try := 1; ; try++ {
		pass, err := a.passphrase(ctx)
		if err != nil {
			return nil, err
		}
		v, err := storage.Open(ctx, a.flags.home, storage.Passphrase(pass), a.storageOptions())
		if !errors.Is(err, storage.ErrWrongKey) || try == tries || !a.flags.passphrase.IsZero() {
			return v, err
		}
		fmt.Fprintln(a.err, "wrong passphrase")
	}
}

// newPassphrase returns the passphrase for a vault to be made, and remembers it
// for opening that vault in the same run. A person types it twice: a typing error
// would lock them out for good.
func (a *app) newPassphrase(ctx context.Context) (secret.Text, error) {
	if !a.flags.passphrase.IsZero() {
		return a.flags.passphrase.Read(ctx, a.err)
	}
	if a.asks() {
		fmt.Fprintln(a.err, "The passphrase opens the vault. Nobody can recover it: write it down.")
	}
	for {
		first, err := a.askSecret(ctx, "New passphrase, at least 12 characters: ")
		if err != nil {
			return secret.Text{}, err
		}
		if err := storage.CheckPassphrase(first); err != nil {
			fmt.Fprintln(a.err, err)
			continue
		}
		again, err := a.askSecret(ctx, "The same again: ")
		if err != nil {
			return secret.Text{}, err
		}
		if first.Reveal() == again.Reveal() {
			a.chosen = first
			return first, nil
		}
		fmt.Fprintln(a.err, "the two differ; once more")
	}
}
