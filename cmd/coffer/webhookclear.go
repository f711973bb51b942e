package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"coffer/ledger"
	"coffer/plaidsvc"
)

type webhookClearDocument struct {
	Items []webhookClearedDocument `json:"items"`
}

type webhookClearedDocument struct {
	ID          ledger.ItemID  `json:"id"`
	Institution string         `json:"institution"`
	Cleared     bool           `json:"cleared"`
	Error       *errorDocument `json:"error"`
}

func newWebhookClearCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "clear [ID...]",
		Short: "have Plaid send the banks' webhooks nowhere",
		Long: `Have Plaid send webhooks nowhere any more, those of all banks or of the banks named:
what coffer webhook serve --public-url began. Nothing else changes, and coffer sync
brings what it brought before. A coffer webhook serve --public-url that runs still, or
is started again, sets the address again: stop it first.

A bank whose address cannot be cleared does not keep the others from it.`,
		Example: "  coffer webhook clear\n  coffer webhook clear --json | jq '.items[] | select(.cleared | not)'",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.runWebhookClear(cmd.Context(), args) },
	}
}

func (a *app) runWebhookClear(ctx context.Context, args []string) error {
	return a.atBanks(ctx, args, a.printCleared, func(svc *plaidsvc.Service, ids []ledger.ItemID) ([]ledger.SyncResult, error) {
		return svc.ClearWebhooks(ctx, ids, nil)
	})
}

// printCleared says of each bank how it went: where it failed, on standard error.
func (a *app) printCleared(results []ledger.SyncResult) error {
	doc := webhookClearDocument{Items: []webhookClearedDocument{}}
	for _, r := range results {
		one := webhookClearedDocument{ID: r.Item.ID, Institution: r.Item.Name, Cleared: r.Err == nil}
		if r.Err != nil {
			next := nextStep(r)
			if errors.Is(r.Err, ledger.ErrNetwork) || errors.Is(r.Err, ledger.ErrRateLimited) {
				next = "try again later: coffer webhook clear"
			}
			one.Error = &errorDocument{Code: orNull(plaidCode(r.Err)), Message: r.Err.Error(), Action: orNull(next)}
		}
		doc.Items = append(doc.Items, one)
	}
	failed := a.outcome(results)
	if len(results) > 0 && failed != nil && len(okOf(results)) == 0 {
		return failed // standard output stays empty
	}
	if a.flags.json {
		if err := a.printJSON(doc); err != nil {
			return err
		}
		return failed
	}
	for _, r := range okOf(results) {
		if _, err := fmt.Fprintf(a.out, "%s: its webhooks go nowhere now\n", printable(r.Item.Name)); err != nil {
			return err
		}
	}
	return failed
}
