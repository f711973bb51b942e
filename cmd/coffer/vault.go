package main

import (
	"github.com/spf13/cobra"
)

func newVaultCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "vault",
		Short: "look at the vault, and change what opens it",
		Long: `Look at the vault, and change what opens it.

A random key seals the vault. It is kept in the vault itself, once for each way to
open it: a passphrase, the keyring of the system, an identity file. Any one of
them opens the vault. coffer tries the keyring, then the identity file, then asks
for the passphrase; a flag such as --passphrase-file or --identity is the only way
tried when it is given.`,
		Example: "  coffer vault status\n  coffer vault unlock add keyring\n  coffer vault passphrase",
		Args:    noArgs,
		RunE:    wantsCommand,
	}
	cmd.AddCommand(newVaultStatusCommand(a), newVaultPassphraseCommand(a), newVaultUnlockCommand(a), newVaultRotateCommand(a), newVaultAcceptCommand(a))
	return cmd
}
