package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/storage"
)

func newRefreshCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "refresh ID",
		Short: "have Plaid ask a bank now",
		Long: `Have Plaid ask a bank for new transactions now. Plaid may bill it. The rows come
with a sync a little later.`,
		Example: "  coffer items refresh ID && sleep 30 && coffer sync",
		Args:    oneArg("ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withItem(cmd.Context(), args[0], func(_ *storage.Vault, svc *plaidsvc.Service, it ledger.Item) error {
				if err := svc.Refresh(cmd.Context(), it.ID); err != nil {
					return err
				}
				return a.done(fmt.Sprintf("Plaid is asking %s; coffer sync fetches what is new in a minute", it.Name))
			})
		},
	}
}
