package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"coffer/internal/secret"
	"coffer/storage"
)

func newVaultRotateCommand(a *app) *cobra.Command {
	var identities []string
	cmd := &cobra.Command{
		Use:   "rotate",
		Short: "give the vault a new key and seal everything again",
		Long: `Give the vault a new key and seal everything in it again. It is done at one instant:
interrupted before, nothing has happened, and it can be run again.

The new key has to be sealed for everything that opens the vault, so all of it is
needed: the passphrase is asked for, the keyring is read, and each identity file is
given with --with-identity (one in its usual place is found).

The copies that coffer keeps by itself are replaced by one with the new key. Backups
that you made are not changed: what opened them still does.`,
		Example: "  coffer vault rotate\n  coffer vault rotate --with-identity /media/key/coffer.identity",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runVaultRotate(cmd.Context(), identities) },
	}
	cmd.Flags().StringArrayVar(&identities, "with-identity", nil, "an identity file that opens the vault (may be repeated)")
	return cmd
}

func (a *app) runVaultRotate(ctx context.Context, identities []string) error {
	about, err := a.describeVault(ctx)
	if err != nil {
		return err
	}
	err = a.withVault(ctx, func(v *storage.Vault) error {
		all, err := a.allUnlockers(ctx, about, identities)
		if err != nil {
			return err
		}
		return v.Rotate(ctx, all...)
	})
	if err != nil {
		return err
	}
	return a.done("the vault has a new key; backups made earlier are as they were")
}

// allUnlockers collects everything that opens the vault.
func (a *app) allUnlockers(ctx context.Context, about storage.Description, identities []string) ([]storage.Unlocker, error) {
	all := []storage.Unlocker{a.opened}
	missing := make(map[storage.UnlockKind]int)
	for _, s := range about.Slots {
		missing[s.Kind]++
	}
	missing[storage.KindOf(a.opened)]--
	if missing[storage.ByKeyring] > 0 {
		k, err := a.ring.Get(ctx, about.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, storage.Keyring(k))
	}
	if missing[storage.ByIdentity] > len(identities) {
		identities = append(identities, identityPath())
	}
	for _, path := range identities {
		k, err := secret.ReadIdentity(path)
		if err != nil {
			return nil, fmt.Errorf("%w; give it with --with-identity", err)
		}
		all = append(all, storage.Identity(k))
	}
	for range missing[storage.ByPassphrase] {
		pass, err := a.anotherPassphrase(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, storage.Passphrase(pass))
	}
	return all, nil
}

// anotherPassphrase is one that opens the vault beside what opened it.
func (a *app) anotherPassphrase(ctx context.Context) (secret.Text, error) {
	if a.flags.identity != "" && !a.flags.passphrase.IsZero() {
		return a.flags.passphrase.Read(ctx, a.err)
	}
	return a.askSecret(ctx, "Passphrase that opens the vault too: ")
}
