package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/storage"
)

func newRefreshCommand(a *app) *cobra.Command {
	var wait bool
	cmd := &cobra.Command{
		Use:   "refresh ID",
		Short: "have Plaid ask a bank now",
		Long: `Have Plaid ask a bank for new transactions now. Plaid may bill it. The rows come
with a sync a little later.

With --wait coffer waits until Plaid has been at the bank, for two minutes at most,
then syncs the bank, and prints what coffer sync does.`,
		Example: "  coffer items refresh ID --wait\n  coffer items refresh ID && sleep 30 && coffer sync",
		Args:    oneArg("ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withItem(cmd.Context(), args[0], func(_ *storage.Vault, svc *plaidsvc.Service, it ledger.Item) error {
				if wait {
					return a.askAndWait(cmd.Context(), svc, it)
				}
				if err := svc.Refresh(cmd.Context(), it.ID); err != nil {
					return err
				}
				return a.done(fmt.Sprintf("Plaid is asking %s; coffer sync fetches what is new in a minute", it.Name))
			})
		},
	}
	cmd.Flags().BoolVar(&wait, "wait", false, "wait for the bank, then sync it")
	return cmd
}

// askAndWait asks a bank and tells what came in. That the bank was not heard in time
// is no failure: the next sync brings what it told.
func (a *app) askAndWait(ctx context.Context, svc *plaidsvc.Service, it ledger.Item) error {
	result, err := svc.AskNow(ctx, it.ID, a.syncReporter())
	if err != nil {
		return err
	}
	if result.Unheard {
		fmt.Fprintln(a.err, "coffer:", printable(it.Name+": the bank has not answered Plaid yet; coffer sync fetches what is new in a few minutes"))
	}
	return a.printSynced([]ledger.SyncResult{result})
}
