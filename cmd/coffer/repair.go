package main

import (
	"github.com/spf13/cobra"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/storage"
)

func newRepairCommand(a *app) *cobra.Command {
	var o linkOptions
	var allow []string
	cmd := &cobra.Command{
		Use:   "repair ID",
		Short: "sign in to a bank again",
		Long: `Sign in to a bank again, in the browser or with --hosted on any device, after it
stopped letting Plaid in. What was fetched before stays, and nothing is billed.

With --allow you agree there that the bank also shares account numbers (auth), for
coffer ach and verify, or who its accounts belong to (identity), for coffer
identity and verify.`,
		Example: "  coffer items repair ID\n  coffer items repair ID --hosted\n  coffer items repair ID --allow auth,identity",
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
				page.Repair, page.Allow = it.ID, allow
				items, err := svc.Link(cmd.Context(), page, a.linkReporter(why))
				return a.afterLink(cmd.Context(), v, items, err)
			})
		},
	}
	o.register(cmd.Flags())
	cmd.Flags().StringSliceVar(&allow, "allow", nil, "what the bank may share from now on: auth, identity")
	return cmd
}

// checkAllowed refuses what no command asks for.
func checkAllowed(products []string) error {
	for _, p := range products {
		if p != "auth" && p != "identity" {
			return usage("--allow %q: want auth or identity", p)
		}
	}
	return nil
}
