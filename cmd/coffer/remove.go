package main

import (
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
				book, err := v.Book(cmd.Context())
				if err != nil {
					return err
				}
				edits := book.Handover(it.ID)
				if edits.Early {
					return fmt.Errorf("%s of %s would be lost: the other link to it is still fetching older transactions; coffer sync, then remove it",
						widget.Plural(edits.Left, "edit"), printable(it.Name))
				}
				if err := a.confirm(cmd.Context(), yes, before(edits)+fmt.Sprintf(what, printable(it.Name))); err != nil {
					return err
				}
				if err := remove(cmd.Context(), it.ID); err != nil {
					return err
				}
				return a.done(fmt.Sprintf(done, it.Name) + after(edits))
			})
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	cmd.Flags().BoolVar(&hereOnly, "here-only", false, "do not tell Plaid")
	return cmd
}

// before says what becomes of the user's edits when a bank is removed, a sentence and a
// space; "" when there are none.
func before(h ledger.Handover) string {
	moved, left := widget.Plural(len(h.Moves), "edit"), widget.Plural(h.Left, "edit")
	switch {
	case len(h.Moves) == 0 && h.Left == 0:
		return ""
	case len(h.Moves) == 0:
		return fmt.Sprintf("You made %s of its transactions, which no other link to it has. ", left)
	case h.Left == 0:
		return fmt.Sprintf("The other link to it takes over %s. ", moved)
	}
	return fmt.Sprintf("The other link to it takes over %s; %s are of transactions that it does not have. ", moved, left)
}

// after says what became of them.
func after(h ledger.Handover) string {
	if len(h.Moves) == 0 {
		return ""
	}
	return "; the other link to it took over " + widget.Plural(len(h.Moves), "edit")
}
