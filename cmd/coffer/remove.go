package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/storage"
)

func newRemoveCommand(a *app) *cobra.Command {
	var yes, hereOnly bool
	cmd := &cobra.Command{
		Use:   "remove ID",
		Short: "unlink a bank at Plaid and erase it here",
		Long: `Unlink a bank at Plaid, then erase it here: its accounts, its transactions and
your edits of them. If Plaid cannot be told, nothing is erased.

With --here-only Plaid is not told: for a bank whose access Plaid does not know
any more. A link that Plaid still knows would go on, and go on being billed.`,
		Example: "  coffer items remove ID --yes",
		Args:    oneArg("ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withItem(cmd.Context(), args[0], func(_ *storage.Vault, svc *plaidsvc.Service, it ledger.Item) error {
				what, done, remove := "Unlink %s and erase it here?", "%s is unlinked and erased", svc.Remove
				if hereOnly {
					what, done, remove = "Erase %s here?", "%s is erased here", svc.Forget
				}
				if err := a.confirm(cmd.Context(), yes, fmt.Sprintf(what, printable(it.Name))); err != nil {
					return err
				}
				if err := remove(cmd.Context(), it.ID); err != nil {
					return err
				}
				return a.done(fmt.Sprintf(done, it.Name))
			})
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	cmd.Flags().BoolVar(&hereOnly, "here-only", false, "do not tell Plaid")
	return cmd
}
