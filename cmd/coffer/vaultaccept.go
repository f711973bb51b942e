package main

import (
	"context"

	"github.com/spf13/cobra"

	"coffer/storage"
)

func newVaultAcceptCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "accept",
		Short: "take a vault that is older than the last one seen here",
		Long: `Take a vault that is older than the last one seen here. coffer remembers, outside of
the vault, how far it was, and refuses one that is behind: somebody, or a program
that syncs files, put an older copy in its place. What was changed since that copy
is not in it; banks' transactions come back with coffer sync, your own edits do not.`,
		Example: "  coffer vault accept",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runVaultAccept(cmd.Context()) },
	}
}

func (a *app) runVaultAccept(ctx context.Context) error {
	a.acceptOlder = true
	err := a.withVault(ctx, func(v *storage.Vault) error { return seenFile().Forget(v.ID()) })
	if err != nil {
		return err
	}
	return a.done("the vault is accepted as it is; coffer sync fetches what is missing from banks")
}
