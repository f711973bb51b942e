package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"coffer/internal/secret"
	"coffer/storage"
)

func newVaultPassphraseCommand(a *app) *cobra.Command {
	var next secret.Source
	cmd := &cobra.Command{
		Use:   "passphrase",
		Short: "change the passphrase",
		Long: `Change the passphrase. The old one is asked for, or comes from the flags that every
command has. The vault's file is written anew, so that the old passphrase opens
nothing that is in it.

The copies that coffer keeps by itself are replaced by a new one. Backups that you
made still open with the old passphrase: if somebody may know it, delete them, and run
coffer vault rotate too.`,
		Example: "  coffer vault passphrase\n  coffer vault passphrase --passphrase-file old --new-passphrase-file new",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runVaultPassphrase(cmd.Context(), next) },
	}
	registerNewPassphrase(cmd, &next)
	return cmd
}

// registerNewPassphrase adds the flags that say where a passphrase to be comes
// from.
func registerNewPassphrase(cmd *cobra.Command, s *secret.Source) {
	cmd.Flags().StringVar(&s.File, "new-passphrase-file", "", "file that holds the new passphrase")
	cmd.Flags().StringVar(&s.Command, "new-passphrase-command", "", "command that prints the new passphrase")
	cmd.MarkFlagsMutuallyExclusive("new-passphrase-file", "new-passphrase-command")
}

func (a *app) runVaultPassphrase(ctx context.Context, next secret.Source) error {
	if err := a.loadConfig(); err != nil {
		return err
	}
	about, err := a.describeVault(ctx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(about.Slots, func(s storage.Slot) bool { return s.Kind == storage.ByPassphrase }) {
		return fmt.Errorf("this vault has no passphrase; coffer vault unlock add passphrase gives it one")
	}
	v, old, err := a.openForPassphrase(ctx)
	if err != nil {
		return err
	}
	pass, err := a.nextPassphrase(ctx, next)
	if err == nil {
		err = v.ReplaceUnlocker(ctx, old, storage.Passphrase(pass))
	}
	if err := errors.Join(err, a.leave(ctx, v)); err != nil {
		return err
	}
	return a.done("the passphrase is changed; backups made earlier still open with the old one")
}

// nextPassphrase is one that the vault shall open by from now on.
func (a *app) nextPassphrase(ctx context.Context, from secret.Source) (secret.Text, error) {
	if from.IsZero() && !a.asks() {
		return secret.Text{}, usage("no new passphrase: use --new-passphrase-file or --new-passphrase-command, or run in a terminal")
	}
	return a.newPassphrase(ctx, from)
}

// openForPassphrase opens the vault with its passphrase, which has to be shown
// even where the keyring would do: who finds a terminal open must not be able to
// lock its owner out.
func (a *app) openForPassphrase(ctx context.Context) (*storage.Vault, storage.Unlocker, error) {
	if a.flags.identity != "" {
		return nil, nil, usage("the passphrase is changed with the passphrase; leave --identity out")
	}
	var v *storage.Vault
	var err error
	if a.flags.passphrase.IsZero() {
		v, err = a.unlockByPassphrase(ctx)
	} else {
		v, err = a.unlock(ctx)
	}
	return v, a.opened, err
}
