package main

import (
	"context"

	"github.com/spf13/cobra"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/storage"
)

func newRepairCommand(a *app) *cobra.Command {
	var o linkOptions
	cmd := &cobra.Command{
		Use:   "repair ID",
		Short: "sign in to a bank again",
		Long: `Sign in to a bank again, in the browser, after it stopped letting Plaid in. What
was fetched before stays, and nothing is billed.`,
		Example: "  coffer items repair ID",
		Args:    oneArg("ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.checkTimeout(); err != nil {
				return err
			}
			return a.withItem(cmd.Context(), args[0], func(v *storage.Vault, svc *plaidsvc.Service, it ledger.Item) error {
				return a.runRepair(cmd.Context(), v, svc, it, o)
			})
		},
	}
	cmd.Flags().BoolVar(&o.noBrowser, "no-browser", false, "only print the address")
	cmd.Flags().DurationVar(&o.timeout, "timeout", defaultLinkTimeout, "how long to wait for you")
	return cmd
}

func (a *app) runRepair(ctx context.Context, v *storage.Vault, svc *plaidsvc.Service, it ledger.Item, o linkOptions) error {
	item, err := svc.Link(ctx, plaidsvc.LinkOptions{
		Timeout: o.timeout, NoBrowser: o.noBrowser, Repair: it.ID,
	}, a.linkReporter())
	return a.afterLink(ctx, v, item, err)
}
