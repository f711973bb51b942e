package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/storage"
)

func newRepairCommand(a *app) *cobra.Command {
	var o linkOptions
	var allow []string
	var accounts bool
	cmd := &cobra.Command{
		Use:   "repair ID",
		Short: "sign in to a bank again",
		Long: `Sign in to a bank again, in the browser or with --hosted on any device, after it
stopped letting Plaid in. What was fetched before stays, and nothing is billed.

With --accounts you also choose there which of the bank's accounts are shared: more
than before, one that you opened since, or fewer. What was fetched of an account that
is not shared any more stays here. Outside of the US and Canada Plaid cannot do that:
link the bank again there, and remove the old link.

With --allow you agree there that the bank also shares account numbers (auth), for
coffer ach and verify, who its accounts belong to (identity), for coffer identity
and verify, what its accounts hold (investments), on which terms money is owed
(liabilities), or its transactions, if it was linked without them. The last three
come with a sync from then on, which Plaid bills.`,
		Example: "  coffer items repair ID\n  coffer items repair ID --hosted\n  coffer items repair ID --accounts\n  coffer items repair ID --allow auth,identity",
		Args:    oneArg("ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(); err != nil {
				return err
			}
			if err := checkAllowed(allow); err != nil {
				return err
			}
			return a.withItem(cmd.Context(), args[0], func(v *storage.Vault, svc *plaidsvc.Service, it ledger.Item) error {
				page, why := a.page(o)
				page.Repair, page.Allow, page.Accounts = it.ID, allow, accounts
				before, err := v.Accounts(cmd.Context(), it.ID)
				if err != nil {
					return err
				}
				items, err := svc.Link(cmd.Context(), page, a.linkReporter(why))
				if len(items) > 0 {
					err = errors.Join(err, a.tellAccounts(cmd.Context(), v, it.ID, before))
				}
				return a.afterLink(cmd.Context(), v, items, err)
			})
		},
	}
	o.register(cmd.Flags())
	cmd.Flags().BoolVar(&accounts, "accounts", false, "choose which accounts the bank shares")
	cmd.Flags().StringSliceVar(&allow, "allow", nil, "what the bank may share from now on: auth, identity, investments, liabilities, transactions")
	return cmd
}

// tellAccounts says which accounts a bank shares that it did not before, and which it
// does not any more.
func (a *app) tellAccounts(ctx context.Context, v *storage.Vault, id ledger.ItemID, before []ledger.Account) error {
	after, err := v.Accounts(ctx, id)
	if err != nil {
		return err
	}
	for _, acc := range after {
		i := slices.IndexFunc(before, func(b ledger.Account) bool { return b.ID == acc.ID })
		was := i >= 0 && !before[i].IsEnded()
		switch {
		case !was && !acc.IsEnded():
			fmt.Fprintln(a.err, "shared now:", printable(acc.Label()))
		case was && acc.IsEnded():
			fmt.Fprintln(a.err, "not shared any more, what is here stays:", printable(acc.Label()))
		}
	}
	return nil
}

// checkAllowed refuses what no command asks for.
func checkAllowed(products []string) error {
	for _, p := range products {
		if !ledger.AllowableProducts.Has(p) {
			return usage("--allow %q: want auth, identity, investments, liabilities or transactions", p)
		}
	}
	return nil
}
