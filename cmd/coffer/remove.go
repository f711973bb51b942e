package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/storage"
	"coffer/tui/widget"
)

func newRemoveCommand(a *app) *cobra.Command {
	var yes, hereOnly bool
	cmd := &cobra.Command{
		Use:   "remove ID",
		Short: "unlink a bank at Plaid and erase it here",
		Long: `Unlink a bank at Plaid, then erase it here: its accounts, its transactions and
your edits of them. If Plaid cannot be told, nothing is erased. Where the bank is
linked another time, your edits go on there, with the same transactions.

With --here-only Plaid is not told: for a bank whose access Plaid does not know
any more. A link that Plaid still knows would go on, and go on being billed.`,
		Example: "  coffer items remove ID --yes",
		Args:    oneArg("ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withItem(cmd.Context(), args[0], func(v *storage.Vault, svc *plaidsvc.Service, it ledger.Item) error {
				what, done, remove := "Unlink %s and erase it here?", "%s is unlinked and erased", svc.Remove
				if hereOnly {
					what, done, remove = "Erase %s here?", "%s is erased here", svc.Forget
				}
				edits, err := handover(cmd.Context(), v, it.ID)
				if err != nil {
					return err
				}
				if err := a.confirmRemoval(cmd.Context(), yes, widget.HandoverBefore(edits), fmt.Sprintf(what, printable(it.Name))); err != nil {
					return err
				}
				if err := remove(cmd.Context(), it.ID); err != nil {
					return err
				}
				return a.done(fmt.Sprintf(done, it.Name) + widget.HandoverAfter(edits))
			})
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	cmd.Flags().BoolVar(&hereOnly, "here-only", false, "do not tell Plaid")
	return cmd
}

// confirmRemoval asks, once it is said what becomes of the user's edits. Who said yes
// beforehand reads that too.
func (a *app) confirmRemoval(ctx context.Context, yes bool, edits, question string) error {
	if edits == "" {
		return a.confirm(ctx, yes, question)
	}
	if yes {
		fmt.Fprintln(a.err, "coffer:", edits)
	}
	return a.confirm(ctx, yes, edits+" "+question)
}
