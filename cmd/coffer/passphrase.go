package main

import (
	"context"

	"coffer/internal/secret"
	"coffer/storage"
)

// newPassphrase returns a passphrase to be: from where a source says, else from
// the person, who types it twice: a typing error would lock them out for good.
func (a *app) newPassphrase(ctx context.Context, from secret.Source) (secret.Text, error) {
	if !from.IsZero() {
		return from.Read(ctx, a.err)
	}
	var pass secret.Text
	err := a.hidden(func(p hiddenPrompt) (err error) {
		p.say("The passphrase opens the vault. Nobody can recover it: write it down.")
		pass, err = typeTwice(ctx, p)
		return err
	})
	return pass, err
}

func typeTwice(ctx context.Context, p hiddenPrompt) (secret.Text, error) {
	for {
		first, err := p.ask(ctx, "New passphrase, at least 12 characters: ")
		if err != nil {
			return secret.Text{}, err
		}
		if err := storage.CheckPassphrase(first); err != nil {
			p.say(err)
			continue
		}
		again, err := p.ask(ctx, "The same again: ")
		if err != nil {
			return secret.Text{}, err
		}
		if first.Reveal() == again.Reveal() {
			return first, nil
		}
		p.say("the two differ; once more")
	}
}
