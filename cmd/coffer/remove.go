package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/storage"
)

func newRemoveCommand(a *app) *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "remove ID",
		Short: "unlink a bank at Plaid and erase it here",
		Long: `Unlink a bank at Plaid, then erase it here: its accounts, its transactions and
your edits of them. If Plaid cannot be told, nothing is erased.`,
		Example: "  coffer items remove ID --yes",
		Args:    oneArg("ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withItem(cmd.Context(), args[0], func(_ *storage.Vault, svc *plaidsvc.Service, it ledger.Item) error {
				if err := a.confirm(cmd.Context(), yes, "Unlink "+printable(it.Name)+" and erase it here?"); err != nil {
					return err
				}
				if err := svc.Remove(cmd.Context(), it.ID); err != nil {
					return err
				}
				return a.done(fmt.Sprintf("%s is unlinked and erased", it.Name))
			})
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}
