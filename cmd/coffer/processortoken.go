package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"coffer/ledger"
	"coffer/plaidsvc"
)

type processorDocument struct {
	AccountID ledger.AccountID `json:"account_id"`
	Processor string           `json:"processor"`
	Token     string           `json:"token"`
}

func newProcessorTokenCommand(a *app) *cobra.Command {
	var processor string
	cmd := &cobra.Command{
		Use:   "processor-token ACCOUNT",
		Short: "hand an account to a payment processor",
		Long: `Hand an account to a payment processor, as dwolla or stripe: print a token with which
that processor, and nobody else, can ask Plaid about this account. The token is
printed once and kept nowhere. It works until the bank is unlinked (coffer items
remove); Stripe's can be used once.

` + accountHelp,
		Example: "  coffer processor-token checking --processor dwolla\n  coffer processor-token 0000 --processor stripe --json",
		Args:    oneArg("ACCOUNT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if processor == "" {
				return usage("--processor is missing: who is the account handed to?")
			}
			if err := plaidsvc.CheckProcessor(processor); err != nil {
				return usage("--processor: %w", err)
			}
			return a.withAccount(cmd.Context(), args[0], func(svc *plaidsvc.Service, acc banked) error {
				token, err := svc.ProcessorToken(cmd.Context(), acc.Account, processor)
				if err != nil {
					return err
				}
				if a.flags.json {
					return a.printJSON(processorDocument{acc.ID, processor, token.Reveal()})
				}
				works := "works until the bank is unlinked"
				if processor == "stripe" {
					works = "can be used once"
				}
				a.tellWait("%s is handed to %s", acc.title(), processor)
				a.tellWait("this token is shown once, and %s:", works)
				_, err = fmt.Fprintln(a.out, printable(token.Reveal()))
				return err
			})
		},
	}
	cmd.Flags().StringVar(&processor, "processor", "", "who gets the account, in Plaid's spelling: dwolla, stripe, ...")
	return cmd
}
