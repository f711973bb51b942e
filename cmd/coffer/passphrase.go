package main

import (
	"context"
	"fmt"

	"coffer/internal/secret"
	"coffer/storage"
)

// newPassphrase returns a passphrase to be: from where a source says, else from
// the person, who types it twice: a typing error would lock them out for good.
func (a *app) newPassphrase(ctx context.Context, from secret.Source) (secret.Text, error) {
	if !from.IsZero() {
		return from.Read(ctx, a.err)
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
			return first, nil
		}
		fmt.Fprintln(a.err, "the two differ; once more")
	}
}
