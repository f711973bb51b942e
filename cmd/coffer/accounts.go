package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"coffer/ledger"
	"coffer/storage"
	"coffer/tui/widget"
)

type accountDocument struct {
	ID          ledger.AccountID `json:"id"`
	ItemID      ledger.ItemID    `json:"item_id"`
	Institution string           `json:"institution"`
	Name        string           `json:"name"`
	Mask        *string          `json:"mask"`
	Type        string           `json:"type"`
	Subtype     *string          `json:"subtype"`
	Currency    *string          `json:"currency"`
	Current     *string          `json:"current"`
	Available   *string          `json:"available"`
	Limit       *string          `json:"limit"`
	AsOf        *string          `json:"as_of"`
	Live        bool             `json:"live"`
	EndedAt     *string          `json:"ended_at"`
}

func newAccountsCommand(a *app) *cobra.Command {
	var live bool
	cmd := &cobra.Command{
		Use:   "accounts",
		Short: "list accounts and their balances",
		Long: `List accounts and their balances. What is owed is negative.

Balances are those that Plaid had at the last sync: free, and about a day old at most
banks. With --live the banks themselves are asked now, and what they say is marked
live. Plaid bills that for each bank, each time; most answer within ten seconds, some
take a minute, and five times a minute is the most. A bank that does not answer keeps
what Plaid had, and the others are shown all the same.`,
		Example: "  coffer accounts\n  coffer accounts --live --json",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runAccounts(cmd.Context(), live) },
	}
	cmd.Flags().BoolVar(&live, "live", false, "ask the banks now (billed by Plaid)")
	return cmd
}

func (a *app) runAccounts(ctx context.Context, live bool) error {
	return a.withVault(ctx, func(v *storage.Vault) error {
		var asked error
		if live {
			results, err := a.askBalances(ctx, v)
			if err != nil {
				return err
			}
			if asked = a.outcome(results); asked != nil && len(okOf(results)) == 0 {
				return asked
			}
		}
		book, err := v.Book(ctx)
		if err != nil {
			return err
		}
		if err := a.printAccounts(book); err != nil {
			return err
		}
		return asked
	})
}

// askBalances asks every bank of the current environment for its balances.
func (a *app) askBalances(ctx context.Context, v *storage.Vault) ([]ledger.SyncResult, error) {
	svc, err := a.service(ctx, v)
	if err != nil {
		return nil, err
	}
	return svc.Balances(ctx, nil, a.syncReporter())
}

func (a *app) printAccounts(book *ledger.Book) error {
	banks := make(map[ledger.ItemID]string)
	for _, it := range book.Items() {
		banks[it.ID] = it.Name
	}
	all := slices.Concat(book.Accounts(), book.EndedAccounts())
	if a.flags.json {
		docs := make([]accountDocument, 0, len(all))
		for _, acc := range all {
			docs = append(docs, documentAccount(acc, banks[acc.Item]))
		}
		return a.printJSON(docs)
	}
	if len(all) == 0 {
		fmt.Fprintln(a.err, "there are no accounts yet; coffer link links a bank")
		return nil
	}
	t := newTable("~Bank", "~Account", "~Type", ">Current", ">Available", ">Limit", "", "As of")
	for _, acc := range all {
		b := held(acc)
		t.add(banks[acc.Item], acc.Label(), accountKind(acc),
			amountCell(b.Current), amountCell(b.Available), amountCell(b.Limit), acc.Currency.Code(), a.asOf(acc))
	}
	return a.printTable(t)
}

func documentAccount(acc ledger.Account, bank string) accountDocument {
	b := held(acc)
	return accountDocument{
		ID: acc.ID, ItemID: acc.Item, Institution: bank, Name: acc.Name, Mask: orNull(acc.Mask),
		Type: string(acc.Type), Subtype: orNull(acc.Subtype), Currency: orNull(acc.Currency.Code()),
		Current: amountOrNull(b.Current), Available: amountOrNull(b.Available), Limit: amountOrNull(b.Limit),
		AsOf: timeOrNull(b.AsOf), Live: b.Live, EndedAt: timeOrNull(acc.Ended),
	}
}

// held is what an account holds, as far as it is known: nothing is of one that is
// not shared any more.
func held(acc ledger.Account) ledger.Balance {
	if acc.IsEnded() {
		return ledger.Balance{}
	}
	return acc.Balance
}

// asOf says how old a balance is, and marks one that the bank was asked for: what
// is not marked is cached.
func (a *app) asOf(acc ledger.Account) string {
	switch {
	case acc.IsEnded():
		return "not shared since " + acc.Ended.In(a.now().Location()).Format(time.DateOnly)
	case acc.Balance.Live, acc.Balance.AsOf.IsZero(): // that nobody says of when it is does not make it none
		return widget.AsOf(a.now(), acc.Balance)
	}
	return a.ago(acc.Balance.AsOf)
}

func accountKind(acc ledger.Account) string {
	if acc.Subtype != "" {
		return acc.Subtype
	}
	return string(acc.Type)
}

// amountCell is an amount in a table; unknown is a dash, never 0.
func amountCell(amount ledger.Amount) string { return widget.Number(amount) }

func (a *app) ago(t time.Time) string { return widget.Ago(a.now(), t) }
