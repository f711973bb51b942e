package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"coffer/ledger"
	"coffer/storage"
	"coffer/tui/widget"
)

type streamDocument struct {
	ID          string           `json:"id"`
	AccountID   ledger.AccountID `json:"account_id"`
	ItemID      ledger.ItemID    `json:"item_id"`
	Institution string           `json:"institution"`
	Account     *string          `json:"account"`
	Description *string          `json:"description"`
	Merchant    *string          `json:"merchant"`
	Category    *string          `json:"category"`
	Frequency   *string          `json:"frequency"`
	Status      *string          `json:"status"`
	Active      *bool            `json:"active"`
	FirstDate   *string          `json:"first_date"`
	LastDate    *string          `json:"last_date"`
	NextDate    *string          `json:"next_date"`
	Currency    *string          `json:"currency"`
	Average     *string          `json:"average"`
	LastAmount  *string          `json:"last_amount"`
	Count       int              `json:"count"`
	AsOf        *string          `json:"as_of"`
}

func newRecurringCommand(a *app) *cobra.Command {
	var ask bool
	cmd := &cobra.Command{
		Use:   "recurring",
		Short: "list what comes and goes again and again",
		Long: `List what comes and goes again and again, as Plaid finds it in the transactions of
each account: salaries, rents, subscriptions. Negative is money out. What ended is last.

With --ask Plaid is asked now; else the list is that of the last time. Plaid sells this
apart from transactions, tells it once the whole history of a bank is there, and finds
little in less than half a year. A bank that does not tell keeps what it told before.`,
		Example: "  coffer recurring --ask\n  coffer recurring --json",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runRecurring(cmd.Context(), ask) },
	}
	cmd.Flags().BoolVar(&ask, "ask", false, "ask Plaid now (an add-on to transactions, billed by Plaid)")
	return cmd
}

func (a *app) runRecurring(ctx context.Context, ask bool) error {
	return a.withVault(ctx, func(v *storage.Vault) error {
		var asked error
		if ask {
			results, err := a.askRecurring(ctx, v)
			if err != nil {
				return err
			}
			if len(results) == 0 {
				a.tellNoBanks(ctx, v)
			}
			if asked = a.outcome(results); len(okOf(results)) == 0 && asked != nil {
				return asked
			}
		}
		all, d, err := readTold(ctx, v, v.Streams)
		if err != nil {
			return err
		}
		if a.flags.json {
			return cmp.Or(a.printJSON(documentStreams(all, d)), asked)
		}
		if len(all) == 0 && !ask {
			fmt.Fprintln(a.err, "Plaid was not asked yet what recurs; coffer recurring --ask does that")
		}
		return cmp.Or(a.printStreams(all, d), asked)
	})
}

// askRecurring asks every bank of the current environment what recurs.
func (a *app) askRecurring(ctx context.Context, v *storage.Vault) ([]ledger.SyncResult, error) {
	svc, err := a.service(ctx, v)
	if err != nil {
		return nil, err
	}
	return svc.Recurring(ctx, nil, a.syncReporter())
}

// inOrder lists a bank's streams by account; what ended is last, and within what is
// worth most first.
func inOrder(list []ledger.Stream, d directory) []ledger.Stream {
	return slices.SortedStableFunc(slices.Values(list), func(x, y ledger.Stream) int {
		return cmp.Or(d.compare(x.Account, y.Account), x.CompareWeight(y))
	})
}

func documentStreams(all []ledger.Streams, d directory) []streamDocument {
	docs := []streamDocument{}
	for _, told := range all {
		for _, s := range inOrder(told.List, d) {
			docs = append(docs, streamDocument{
				ID: s.ID, AccountID: s.Account, ItemID: told.Item, Institution: d.banks[told.Item], Account: orNull(d.label(s.Account)),
				Description: orNull(s.Description), Merchant: orNull(s.Merchant), Category: orNull(string(s.Category)),
				Frequency: orNull(s.Frequency), Status: orNull(s.Status), Active: s.Active,
				FirstDate: dateOrNull(s.First), LastDate: dateOrNull(s.Last), NextDate: dateOrNull(s.Next),
				Currency: orNull(s.Average.Currency().Code()), Average: amountOrNull(s.Average), LastAmount: amountOrNull(s.Latest),
				Count: s.Count, AsOf: timeOrNull(told.At),
			})
		}
	}
	return docs
}

// printStreams lists them by account.
func (a *app) printStreams(all []ledger.Streams, d directory) error {
	t := newTable("~What", "How often", ">Average", "", "Last", "Next", "Status")
	for _, told := range all {
		last := ledger.AccountID("")
		for _, s := range inOrder(told.List, d) {
			if s.Account != last {
				last = s.Account
				t.head(fmt.Sprintf("%s, %s: as of %s", d.banks[told.Item], d.title(s.Account), a.ago(told.At)))
			}
			t.add(cmp.Or(s.Merchant, s.Description, widget.Unknown), cmp.Or(s.Often(), widget.Unknown), amountCell(s.Average), s.Average.Currency().Code(),
				a.dayCell(s.Last), widget.Coming(s.Next, a.today), cmp.Or(s.Standing(), widget.Unknown))
		}
	}
	if len(t.rows) > 0 {
		return a.printTable(t)
	}
	if len(all) > 0 {
		fmt.Fprintln(a.err, "Plaid finds nothing that recurs; it takes half a year of transactions")
	}
	return nil
}
