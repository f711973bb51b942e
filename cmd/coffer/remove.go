package main

import (
	"context"
	"fmt"
	"slices"

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
				goes, err := whatGoes(cmd.Context(), v, it.ID)
				if err != nil {
					return err
				}
				r := removal{goes, widget.HandoverBefore(edits), fmt.Sprintf(what, printable(it.Name))}
				if err := a.confirmRemoval(cmd.Context(), yes, r); err != nil {
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

// A removal is what is said before a bank is removed: how much goes, what becomes of
// the user's edits, "" when there are none, and the question.
type removal struct{ goes, edits, question string }

// whatGoes says how much goes with a bank.
func whatGoes(ctx context.Context, v *storage.Vault, id ledger.ItemID) (string, error) {
	book, err := v.Book(ctx)
	if err != nil {
		return "", err
	}
	var of []ledger.AccountID
	for _, acc := range slices.Concat(book.Accounts(), book.EndedAccounts()) {
		if acc.Item == id {
			of = append(of, acc.ID)
		}
	}
	rows := 0
	if len(of) > 0 { // none would mean any
		rows = len(book.Select(ledger.Query{Accounts: of}, ledger.Sort{By: ledger.SortDate}).Rows)
	}
	return fmt.Sprintf("%s with %s go.", widget.Plural(len(of), "account"), widget.Plural(rows, "transaction")), nil
}

// confirmRemoval asks, once it is said what goes. Who said yes beforehand reads what
// becomes of their edits all the same.
func (a *app) confirmRemoval(ctx context.Context, yes bool, r removal) error {
	if yes && r.edits != "" {
		fmt.Fprintln(a.err, "coffer:", r.goes, r.edits, "That cannot be undone.")
	}
	said := r.goes
	if r.edits != "" {
		said += "\n" + r.edits
	}
	return a.confirm(ctx, yes, said+"\nThat cannot be undone. "+r.question)
}
