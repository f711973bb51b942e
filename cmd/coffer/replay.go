package main

import (
	"github.com/spf13/cobra"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/storage"
)

func newReplayCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "replay ID",
		Short: "fetch a bank's whole history again",
		Long: `Drop the cursor and fetch a bank's whole history again. Your edits stay. It costs
nothing; rows that the bank no longer has are gone afterwards.`,
		Example: "  coffer items replay ID",
		Args:    oneArg("ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withItem(cmd.Context(), args[0], func(_ *storage.Vault, svc *plaidsvc.Service, it ledger.Item) error {
				result, err := svc.Replay(cmd.Context(), it.ID, a.syncReporter())
				if err != nil {
					return err
				}
				return a.printSynced([]ledger.SyncResult{result})
			})
		},
	}
}
